"""A value map as a document of ours: who stands in it, what goes in, and what changes for whom."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from socialimpact.importers.faults import short
from socialimpact.importers.own_map import numbers
from socialimpact.importers.own_map.lines import Line, Map, Told
from socialimpact.importers.own_map.refusals import Refusals

LEVELS = ("municipality", "county", "state", "health-trust", "insurance")
KINDS = ("people", *(f"public:{level}" for level in LEVELS), "enterprise", "investor", "unassigned")
"""Who a stakeholder can be."""
_NORWEGIAN = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ö": "o", "ä": "a", "ü": "u", "é": "e"})
_LONGEST = 40
"""Characters of an id."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a value map does not say, and its reader must."""

    country: str
    currency: str
    start: int
    holders: Mapping[str, str]
    price_year: int | None
    rate: Decimal | None
    timing: Literal["start", "middle", "end"]
    attribution: Literal["others", "own"]
    unit: str
    name: str


def exact_rate(given: Decimal | float | str | None) -> Decimal | None:
    """Give a rate that was given, exact; a text may be a percentage.

    Raises
    ------
    ImpactError
        At `rate`: it is no number, or not between 0 and 1.
    """
    if given is None:
        return None
    rate = _number_of(str(given).strip())
    faults = Refusals()
    if rate is None or not rate.is_finite():
        faults.refuse("rate", "rate_unread", text=short(given))
    elif not 0 <= rate <= 1:
        faults.refuse("rate", "rate_outside", text=short(given))
    faults.stop()
    return rate


def _number_of(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        read = numbers.of_text(text)
        return read.value if isinstance(read, numbers.Written) and read.sign is None else None


class Written:
    """The document that a map becomes."""

    def __init__(self, found: Map, frame: Frame, source: str, faults: Refusals) -> None:
        self._found, self._frame, self._source, self._faults = found, frame, source, faults
        self._ids: set[str] = set()
        self.outcomes: dict[str, Line] = {}
        """The row of each outcome, by its id."""
        self._holders = self._who()

    def place_of(self, address: str) -> str | None:
        """Give the cell of a number of an outcome, by its address."""
        parts = address.split(".")
        line = self.outcomes.get(parts[1]) if len(parts) > 2 and parts[0] == "outcomes" else None
        return None if line is None else line.places.get("value" if parts[2] == "values" else parts[2])

    def document(self) -> dict[str, Any]:
        """Give the document."""
        frame, found = self._frame, self._found
        rate = self._rate()
        costs = [self._cost(line) for line in found.lines if line.numbers.get("input_value")]
        outcomes = [self._outcome(line) for line in found.lines if line.is_outcome]
        if not outcomes and not self._faults.total:
            self._faults.refuse(found.name, "no_row")
        last = max((each.get("lag", 0) + math.ceil(each.get("duration", 1)) for each in outcomes), default=1)
        document: dict[str, Any] = {
            "impact": 1,
            "name": frame.name,
            "country": frame.country,
            "currency": frame.currency,
            "price_year": frame.price_year or frame.start,
            "start": frame.start,
            "horizon": max(last, 1),
            "conventions": {
                "base": "value-map",
                "discount": {
                    "bands": [{"from_step": 1, "rate": rate}],
                    "timing": {"costs": "start", "outcomes": frame.timing},
                },
            },
            "holders": list(self._holders.values()),
            **({"costs": costs} if costs else {}),
            "outcomes": outcomes,
        }
        if "ratio" in found.worked:
            place, ratio = found.worked["ratio"]
            document["reported"] = [{"measure": "sroi_ratio", "value": ratio, "source": f"{self._source}, {place}"}]
        return document

    def _who(self) -> dict[str, dict[str, Any]]:
        """Give the stakeholders as holders; say who is not known."""
        holders: dict[str, dict[str, Any]] = {}
        for line in self._found.lines:
            name = line.stakeholder
            if not name or name in holders:
                continue
            kind = self._frame.holders.get(name)
            place = line.places.get("stakeholder", f"{self._found.name}!A{line.row}")
            if kind is None:
                self._faults.refuse(place, "who", name=short(name), kinds=", ".join(KINDS))
                continue
            if kind not in KINDS:
                self._faults.refuse(place, "kind", kind=short(kind), name=short(name), kinds=", ".join(KINDS))
                continue
            word, _, level = kind.partition(":")
            holders[name] = {"id": self._id(name), "name": name, "kind": word} | ({"level": level} if level else {})
        for name in self._frame.holders:
            if all(line.stakeholder != name for line in self._found.lines):
                self._faults.refuse(self._found.name, "nobody", name=short(name))
        return holders

    def _cost(self, line: Line) -> dict[str, Any]:
        name = line.texts.get("input") or line.stakeholder
        return {
            "id": self._id(name),
            "name": name,
            "payer": self._holder(line),
            "amount": line.numbers["input_value"],
            "year": self._frame.start,
            "price_basis": "real",
            "source": line.texts.get("input_source") or self._at(line, "input_value"),
        }

    def _outcome(self, line: Line) -> dict[str, Any]:
        name = line.texts.get("outcome") or line.texts.get("changes") or line.stakeholder
        outcome: dict[str, Any] = {"id": self._id(name), "name": name, "holder": self._holder(line)}
        self.outcomes[outcome["id"]] = line
        if line.texts.get("changes") and line.texts["changes"] != name:
            outcome["change"] = line.texts["changes"]
        outcome |= {"unit": self._frame.unit, "nature": "state", "quantity": self._number(line, "quantity", "source")}
        if (start := line.numbers.get("start")) is not None:
            if start not in (1, 2):
                self._faults.refuse(line.places["start"], "start", text=str(start))
            outcome["lag"] = int(start) - 1 if start in (1, 2) else 0
        for role in ("duration", "deadweight", "displacement", "drop_off"):
            if role in line.numbers:
                outcome[role] = line.numbers[role]
            elif role in ("duration", "deadweight"):
                self._tell(line, role, f"no_{role}")
        if "attribution" in line.numbers:
            outcome["attribution"] = {self._frame.attribution: line.numbers["attribution"]}
        outcome["values"] = [self._value(line)]
        return outcome

    def _value(self, line: Line) -> dict[str, Any]:
        who = self._holders.get(line.stakeholder, {}).get("kind", "")
        kind = "fiscal" if who == "public" else "social"
        if who:  # a stakeholder who is not known is asked for
            self._tell(line, "value", "kind", kind=kind, who=who)
        value = {
            "id": "proxy",
            "value": line.numbers["value"],
            "unit": f"{self._frame.unit}-year",
            "source": line.texts.get("proxy_source") or self._at(line, "value"),
            "kind": kind,
        }
        return value | ({"name": line.texts["proxy"]} if line.texts.get("proxy") else {})

    def _number(self, line: Line, role: str, source: str) -> dict[str, Any]:
        said = "; ".join(line.texts[key] for key in ("indicator", source) if line.texts.get(key))
        return {"value": line.numbers[role], "source": said or self._at(line, role)}

    def _rate(self) -> Decimal:
        """Give the rate: that which was given, or the sheet's own."""
        own = self._found.worked.get("rate")
        if self._frame.rate is not None:
            if own is not None and own[1] != self._frame.rate:
                self._found.assumed.append(
                    Told(own[0], "other_rate", {"rate": str(own[1]), "used": str(self._frame.rate)})
                )
            return self._frame.rate
        if own is None:
            self._faults.refuse(self._found.name, "no_rate")
            return Decimal(0)
        place, rate = own
        for other, second in self._found.rates:
            if second != rate:
                cell = place.rpartition("!")[2]
                self._faults.refuse(other, "second_rate", rate=str(second), first=str(rate), of=cell)
        if rate >= 1:
            self._faults.refuse(place, "high_rate", rate=str(rate))
        return rate

    def _holder(self, line: Line) -> str:
        return str(self._holders.get(line.stakeholder, {}).get("id", ""))

    def _at(self, line: Line, role: str) -> str:
        return f"{self._source}, {line.places[role]}"

    def _tell(self, line: Line, role: str, key: str, **values: str) -> None:
        place = line.places.get(role, f"{self._found.name}!{line.row}")
        self._found.assumed.append(Told(place, key, values))

    def _id(self, name: str) -> str:
        """Give an id of a name, another for each thing."""
        plain = re.sub(r"[^a-z0-9]+", "-", name.lower().translate(_NORWEGIAN)).strip("-")[:_LONGEST].strip("-") or "row"
        stem = plain if plain[0].isalpha() else f"row-{plain}"
        number, made = 1, stem
        while made in self._ids:
            number += 1
            made = f"{stem}-{number}"
        self._ids.add(made)
        return made
