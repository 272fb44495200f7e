"""One model in one language: names of holders, outcomes and addresses, and numbers with their units."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Any

from socialimpact._core import Appraisal
from socialimpact.errors import ImpactError
from socialimpact.types import Language, PriceLevel
from socialimpact.wording.found import rounded
from socialimpact.wording.numbers import Numbers
from socialimpact.wording.texts import LONGEST_NAME, Texts, shown
from socialimpact.wording.units import is_money, unit_in_words, unit_phrase

_DESTINATION = re.compile(r"\.destinations\.[^.]+$")
_MONEY_ROUNDED_FROM = 100
"""Amounts below this keep two decimals where they have them: a price per hour is not rounded to whole kroner."""

_UNSAID = frozenset({"share", "value", "difference", "units"})
"""Parts of an address that say nothing beside the part before them."""
_OWNED = 3
"""Parts of an address of something owned: section, id, key."""
_IN_YEARS = frozenset({"payback", "discounted_payback", "fiscal_payback", "discounted_fiscal_payback"})
"""Measures counted in years."""
_AS_RATIO = frozenset({"sroi_ratio", "sroi_net_ratio", "bcr", "mvpf", "cba_ratio", "net_benefit_per_budget_krone"})
"""Measures that are ratios."""
AS_RATE = frozenset({"irr", "fiscal_return"})
"""Measures that are rates a year."""
FRACTIONS = frozenset({"share", "price growth a year", "rate a year"})
"""Units of numbers that are shown as a percentage."""


class Words:
    """What a report needs to speak of a model."""

    def __init__(self, appraisal: Appraisal, language: Language) -> None:
        self.appraisal = appraisal
        self.model = appraisal.model
        self.language: Language = language
        self.texts = Texts(language)
        self.numbers = Numbers(language, self.model.currency, int(self.convention.get("displayed_digits", 0)))
        self.document: dict[str, Any] = self.model.to_dict()

    @cached_property
    def report(self) -> dict[str, Any]:
        """The appraisal as the library reports it; empty where a question of the document fails."""
        try:
            found: dict[str, Any] = self.appraisal.to_dict()
        except ImpactError:
            return {}
        return found

    @property
    def convention(self) -> dict[str, Any]:
        """The rules in force, with the model's own switches in them."""
        found: dict[str, Any] = self.report.get("convention", {})
        return found

    # Names

    def label(self, written: object, instead: str, most: int | None = LONGEST_NAME) -> str:
        """Give a name or sentence of the document in this language: a text, or a table of languages."""
        if isinstance(written, dict):
            written = written.get(self.language) or written.get("en")
        return shown(str(written), most) if written else shown(instead, most)

    @cached_property
    def name(self) -> str:
        """What the model is called, in full."""
        return shown(self.model.name.in_language(self.language))

    @cached_property
    def description(self) -> str:
        """What the model says of itself, in full."""
        described = self.model.description
        return shown(described.in_language(self.language)) if described else ""

    def items(self, key: str) -> list[dict[str, Any]]:
        """Give the tables of a list of the document: holders, costs, outcomes."""
        return [item for item in self.document.get(key, []) if isinstance(item, dict)]

    def _named(self, key: str, item_id: str) -> str:
        for item in self.items(key):
            if item.get("id") == item_id:
                return self.label(item.get("name"), item_id)
        return shown(item_id, LONGEST_NAME)

    def named(self, key: str, item_id: str) -> str:
        """Give the name of what stands under an id in a list of the document."""
        return self._named(key, item_id)

    def outcome(self, outcome: str) -> str:
        """Give the name of an outcome."""
        return self._named("outcomes", outcome)

    def group(self, group: str) -> str:
        """Give the name of a group of people."""
        return self._named("groups", group)

    def holder(self, holder: str) -> str:
        """Give the name of a holder or perspective, as a heading or at the start of a sentence."""
        if holder in {"society", "everybody", "public"}:
            return self.texts(f"who.{holder}")
        return self._named("holders", holder)

    def holder_in(self, holder: str) -> str:
        """Give the name of a holder or perspective inside a sentence."""
        if holder in {"society", "everybody", "public"}:
            return self.texts(f"who.{holder}_in")
        return self._named("holders", holder)

    def holder_alone(self, holder: str) -> str:
        """Give the name of a holder inside a sentence; `alone` where it is one of several public budgets."""
        name = self.holder_in(holder)
        return self.texts("who.alone", name=name) if holder in self.public and len(self.public) > 1 else name

    @cached_property
    def public(self) -> list[str]:
        """The ids of the public budgets, in the order of the document."""
        return [item["id"] for item in self.items("holders") if item.get("kind") == "public"]

    def members(self, holder: str) -> frozenset[str]:
        """Give the holders whose money a holder or perspective is: all public budgets, or those of a joint holder."""
        if holder == "public":
            return frozenset(self.public)
        joint = next((item.get("shares") or {} for item in self.items("holders") if item["id"] == holder), {})
        return frozenset({holder, *joint})

    # Addresses

    @cached_property
    def _assumptions(self) -> dict[str, dict[str, Any]]:
        return {address: row for row in self.model.assumptions.to_pylist() for address in self._addresses(row)}

    @staticmethod
    def _addresses(row: dict[str, Any]) -> Iterator[str]:
        used = row["used_at"]
        yield from used.split(", ") if isinstance(used, str) else used or ()
        yield row["address"]

    def assumption(self, address: str) -> dict[str, Any] | None:
        """Give the row of the number at an address."""
        found = self._assumptions.get(address) or self._assumptions.get(address.removesuffix(".value"))
        return found or self._assumptions.get(f"{address.removesuffix('.value')}.proxy")

    def number_name(self, row: dict[str, Any]) -> str:
        """Give what a number is called: its own name, or its key and whose it is.

        Where another number is called the same, the outcome or cost it belongs to is added; where that tells them no
        better apart, its address.
        """
        bare, section = self._bare_name(row), self._name_with_section(row)
        if self._names[bare] == 1:
            return bare
        return section if self._names[section] == 1 else f"{bare} ({shown(row['address'], LONGEST_NAME)})"

    @cached_property
    def _names(self) -> Counter[str]:
        """How many numbers have each name."""
        rows = self.model.assumptions.to_pylist()
        return Counter(name for row in rows for name in {self._bare_name(row), self._name_with_section(row)})

    def _name_with_section(self, row: dict[str, Any]) -> str:
        section, _, rest = str(row["address"]).partition(".")
        bare = self._bare_name(row)
        if section not in {"outcomes", "costs", "transfers", "reimbursements"}:
            return bare
        return f"{bare} ({self._named(section, rest.partition('.')[0])})"

    def _bare_name(self, row: dict[str, Any]) -> str:
        own = self._own_name(row)
        return (
            shown(own, LONGEST_NAME)
            if own and not _DESTINATION.search(row["address"])
            else self.address(row["address"])
        )

    def _own_name(self, row: dict[str, Any]) -> str | None:
        own: str | None = (row["name_nb"] if self.language == "nb" else None) or row["name_en"]
        return own

    def destination(self, address: str) -> str:
        """Give the name of the destination at an address; its id where it has none."""
        row = self._assumptions.get(address)
        own = self._own_name(row) if row and row["address"] == address else None
        return shown(own or address.rpartition(".")[2], LONGEST_NAME)

    def address(self, address: str, key: str = "key") -> str:
        """Give an address in words: `outcomes.into-work.deadweight` as deadweight of “Into work”.

        With `key_in` as the key, as it stands inside a sentence: in Norwegian with its article.
        """
        parts = address.split(".")
        owner = self._owner(parts)
        if parts[-2:-1] == ["destinations"]:
            key_name = self.texts("key.destination_share", id=self.destination(address))
        elif parts[-2:-1] == ["shares"]:
            key_name = self.texts("key.holder_share", id=self.holder(parts[-1]))
        else:
            key_name = self._key(parts[2:] if owner else parts, key)
        return self.texts("key.of", key=key_name, name=owner) if owner else key_name

    def _key(self, parts: list[str], key: str) -> str:
        """Give the last part of an address that has a text; what comes after it in brackets."""
        for at in range(len(parts) - 1, -1, -1):
            if self.texts.has(f"key.{parts[at]}") and (at == 0 or parts[at] != "share"):
                after = [part for part in parts[at + 1 :] if part not in _UNSAID]
                text = self.texts(f"{key if self.texts.has(f'{key}.{parts[at]}') else 'key'}.{parts[at]}")
                return f"{text} ({shown('.'.join(after), LONGEST_NAME)})" if after else text
        return shown(".".join(parts), LONGEST_NAME)

    def address_owner(self, address: str) -> str:
        """Give the name of the cost, outcome or value at an address."""
        return self._owner([*address.split("."), ""]) or shown(address, LONGEST_NAME)

    def _owner(self, parts: list[str]) -> str | None:
        if len(parts) < _OWNED:
            return None
        section, item_id, *below = parts
        for item in self.items(section):
            if item.get("id") != item_id:
                continue
            if below[0] == "values" and len(below) > 1:
                for value in item.get("values", []):
                    if value.get("id") == below[1]:
                        return self.label(value.get("name"), below[1])
            return self.label(item.get("name"), item_id)
        return None

    # Numbers

    def level(self, price_level: PriceLevel, price_year: int | None = None) -> str:
        """Give a price level in words, inside a sentence: kroner of a year, or prices of it in another currency.

        The year is the model's price year where no other is given.
        """
        key = f"number.{price_level}" + ("" if self.model.currency == "NOK" else "_elsewhere")
        return self.texts(key, year=price_year or self.model.price_year)

    def money_in(self, price_level: PriceLevel) -> str:
        """Give the currency and price level that amounts of a table are in."""
        key = "number.money_in" + ("" if self.model.currency == "NOK" else "_elsewhere")
        return self.texts(key, currency=self.numbers.currency, level=self.level(price_level))

    def value(self, value: Decimal, unit: str) -> str:
        """Give a number as its unit is read, without the unit: money, a percentage, or plain."""
        if unit in FRACTIONS:
            return self.numbers.share(value)
        large = abs(value) >= _MONEY_ROUNDED_FROM
        return self.numbers.money(value) if is_money(unit) and large else self.numbers.plain(value)

    def value_with_unit(self, value: Decimal, unit: str) -> str:
        """Give a number with its unit in words."""
        if unit == "":
            return self.numbers.factor(value)
        if unit in FRACTIONS or unit.startswith("ratio"):
            return self.value(value, unit)
        if is_money(unit) and unit == self.model.currency:
            return self.numbers.amount(value)
        return f"{self.value(value, unit)} {unit_phrase(self.texts, unit, self.numbers.currency, many=value != 1)}"

    def unit(self, unit: str) -> str:
        """Give a unit in words."""
        return unit_phrase(self.texts, unit, self.numbers.currency)

    def units(self, value: Decimal, unit: str) -> str:
        """Give what is counted in words, one or many."""
        return unit_in_words(self.texts, unit, many=value != 1)

    def rounded(self, sentence: str) -> str:
        """Round the exact decimals inside a sentence of the core for show, with the decimal sign of the language."""
        return rounded(sentence, self.numbers)

    def measure(self, measure: str, value: Decimal) -> str:
        """Give the value of a measure: ratios with two decimals, years whole, money as the conventions show it."""
        if measure in _AS_RATIO:
            return self.numbers.ratio(value)
        if measure in AS_RATE:
            return self.numbers.share(value)
        return self.numbers.plain(value) if measure in _IN_YEARS else self.numbers.money(value)

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year appraised."""
        return self.model.start, self.model.start + self.model.horizon - 1
