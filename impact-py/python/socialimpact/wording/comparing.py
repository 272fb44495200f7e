"""A comparison in words and tables, as the terminal and the page show it.

One rule: every figure is the library's; here is only decided which row shows it.
"""

import re
from decimal import Decimal
from typing import Any

from socialimpact._core import Comparison
from socialimpact.types import Language
from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.numbers import Numbers
from socialimpact.wording.tables import ratio_notes
from socialimpact.wording.texts import LONGEST_NAME, Texts, sentence_case, shown
from socialimpact.wording.units import is_money, unit_phrase
from socialimpact.wording.words import Words

_UNIT = re.compile(r"[A-Z]{3}(?: a year)? \(\d{4} prices(?:, present value \d{4})?\)")
_ID = re.compile(r"`(\w+)`")


class Compared:
    """What a report needs to tell a comparison."""

    def __init__(self, found: Comparison, language: Language) -> None:
        self.found = found
        self.language: Language = language
        self.texts = Texts(language)
        self.words = Words(found.models[0].appraise(), language)
        self.content: dict[str, Any] = found.to_dict()
        self.models: list[dict[str, Any]] = self.content["models"]
        self.measures: list[dict[str, Any]] = self.content["measures"]

    @property
    def title(self) -> str:
        """The name of the model, or of all of them."""
        names = list(dict.fromkeys(self._label(model["name"]) for model in self.models))
        return self.texts("comparison.title", names=" | ".join(names))

    @property
    def lead(self) -> list[str]:
        """What is compared with what, and how differences are told."""
        return [
            self.texts("comparison.base", name=self._name(0)),
            self.texts("comparison.rule"),
        ]

    @property
    def warnings(self) -> list[str]:
        """What makes ratios unlike, and which models have no figures."""
        told = [self._unlike(row) for row in self.content["unlike"]]
        for at, model in enumerate(self.models):
            if model["not_valued"]:
                reason = shown(model["not_valued"])
                told.append(self.texts("comparison.not_valued", name=self._name(at), reason=reason))
        return told

    def _unlike(self, row: dict[str, Any]) -> str:
        message = f"{sentence_case(_ID.sub(self._called, self._label(row['message'])))} [{row['rule']}]"
        silenced = row["silenced"]
        return self.texts("findings.reason", message=message, reason=shown(silenced)) if silenced else message

    def _called(self, found: re.Match[str]) -> str:
        """Give the name of a measure whose id stands in a sentence."""
        key = f"measure_in.{found[1]}"
        return self.texts(key).replace(",", "") if self.texts.has(key) else found[0]

    def columns(self) -> Grid:
        """Show what is compared: conventions with edition and switches of its own, country and money."""
        keys = ("conventions", "edition", "overridden", "country", "money", "carried")
        heads = [Column(self.texts("comparison.model")), *(Column(self.texts(f"comparison.{key}")) for key in keys)]
        return Grid(self.texts("comparison.columns"), heads, [self._model(at) for at in range(len(self.models))])

    def _model(self, at: int) -> list[Cell]:
        model = self.models[at]
        made, carried = model["provenance"], model["carried"]
        factor = Decimal(carried["factor"])
        own = self.texts("comparison.in_prices", currency=model["currency"], year=model["price_year"])
        told = ""
        if factor != 1 or carried["exchange"]:
            common = self.texts("comparison.in_prices", currency=carried["currency"], year=carried["price_year"])
            by = [carried["index"], carried["exchange"]]
            told = f"{self._numbers.factor(factor)} → {common} ({', '.join(filter(None, by))})"
        switches = ", ".join(switch.removeprefix("conventions.") for switch in made["overridden_switches"])
        texts = (made["conventions"], made["conventions_edition"], switches, model["country"], own, told)
        return [Cell(self._name(at)), *(Cell(shown(text, LONGEST_NAME)) for text in texts)]

    def holders(self) -> list[str]:
        """Give the perspectives, in their order."""
        return list(dict.fromkeys(row["holder"] for row in self.measures))

    def figures(self, holder: str) -> Grid:
        """Show every measure of a perspective side by side; what nobody has is counted below."""
        rows, told, nothing = [], [], 0
        for row in self.measures:
            if row["holder"] != holder:
                continue
            if not any(figure["figure"] and figure["figure"]["value"] is not None for figure in row["figures"]):
                nothing += 1
                continue
            rows.append([Cell(self._measure(row)), *(self._own(figure) for figure in row["figures"])])
            told.append(row["measure"])
        notes = [self.texts("comparison.nothing", count=nothing)] if nothing else []
        if any(cell.dagger for row in rows for cell in row):
            notes.append(self.texts("mark.dagger"))
        notes += ratio_notes(self.texts, told)
        if unverified := self._unverified(holder):
            notes.append(self.texts("comparison.unverified", names="; ".join(unverified)))
        caption = self.texts("comparison.figures", who=self.words.holder(holder))
        return Grid(caption, self._heads(self.texts("comparison.measure")), rows, notes)

    def _unverified(self, holder: str) -> list[str]:
        """Give the models some figure of which rests on what was not read at its source."""
        own = [[figure["figure"] for figure in row["figures"]] for row in self.measures if row["holder"] == holder]
        rests = [any(row[at] and row[at]["unverified"] for row in own) for at in range(len(self.models))]
        return [self._name(at) for at, unverified in enumerate(rests) if unverified]

    def common(self, holder: str) -> Grid:
        """Show the same in common money; no rows where nothing was carried."""
        is_carried = any(Decimal(model["carried"]["factor"]) != 1 for model in self.models)
        rows = []
        for row in self.measures:
            if is_carried and row["holder"] == holder and any(figure["value"] for figure in row["figures"]):
                cells = [self._value(row["measure"], figure["value"]) for figure in row["figures"]]
                rows.append([Cell(self._measure(row)), *cells])
        carried = self.models[0]["carried"]
        money = self.texts("comparison.in_prices", currency=carried["currency"], year=carried["price_year"])
        caption = self.texts("comparison.common", who=self.words.holder(holder), money=money)
        return Grid(caption, self._heads(self.texts("comparison.measure")), rows)

    def causes(self, row: dict[str, Any]) -> Grid:
        """Show what makes each model's difference to the base in one measure; the last row is the difference itself."""
        others = row["figures"][1:]
        worth, idle = self._worth(others)
        rows = [
            [Cell(name), *(Cell("") if value is None else self._value(row["measure"], str(value)) for value in values)]
            for name, values in worth.items()
        ]
        whole = [self._value(row["measure"], figure["difference"]) for figure in others]
        rows.append([Cell(self.texts("comparison.difference")), *whole])
        notes = [
            self.texts("comparison.apart", name=self._name(at), reason=self._reason(figure["apart"]))
            for at, figure in enumerate(others, 1)
            if figure["apart"]
        ]
        if idle:
            notes.append(self.texts("comparison.idle", names=", ".join(sorted(idle))))
        notes += self._interactions(row)
        heads = [Column(self.texts("comparison.cause")), *self._heads("")[2:]]
        caption = self.texts(
            "comparison.causes",
            measure=self._measure(row),
            who=self.words.holder_in(row["holder"]),
            base=self._name(0),
        )
        return Grid(caption, heads, rows, notes, frozenset({len(rows) - 1}))

    def _worth(self, others: list[dict[str, Any]]) -> tuple[dict[str, list[Decimal | None]], set[str]]:
        """Give what each cause is worth for each model, those of one name together; and what is worth nothing."""
        worth: dict[str, list[Decimal | None]] = {}
        idle: set[str] = set()
        for at, figure in enumerate(others):
            for cause in figure["causes"]:
                name, by = self._label(cause["name"], LONGEST_NAME), Decimal(cause["by"])
                if by == 0:
                    idle.add(name)
                    continue
                values = worth.setdefault(name, [None for _ in others])
                values[at] = by + (values[at] or 0)
        return worth, idle - worth.keys()

    def _interactions(self, row: dict[str, Any]) -> list[str]:
        told = []
        for at, figure in enumerate(row["figures"][1:], 1):
            together = figure["interaction"]
            if together is not None and Decimal(together) != 0:
                value = self._value(row["measure"], together).text
                told.append(self.texts("comparison.interaction", name=self._name(at), value=value))
        return told

    def _heads(self, first: str) -> list[Column]:
        return [Column(first), *(Column(self._name(at), number=True) for at in range(len(self.models)))]

    def _own(self, figure: dict[str, Any]) -> Cell:
        own = figure["figure"]
        if own is None:
            return Cell("–")
        if own["value"] is None:
            return Cell("–")
        return Cell(self._shown(own), Decimal(own["value"]), dagger=own["illustrative"])

    def _shown(self, own: dict[str, Any]) -> str:
        """Give a figure as an appraisal shows it; money with its currency, per what it is."""
        told = self.words.measure(own["measure"], Decimal(own["value"]))
        unit = own["unit"]["en"].partition(" (")[0]
        return f"{told} {unit_phrase(self.texts, unit, self.texts('number.krone'))}" if is_money(unit) else told

    def _value(self, measure: str, value: str | None) -> Cell:
        if value is None:
            return Cell("–")
        exact = Decimal(value)
        return Cell(self.words.measure(measure, exact), exact)

    def _reason(self, reason: dict[str, Any]) -> str:
        return _UNIT.sub(self._unit, self.words.rounded(self._label(reason)))

    def _unit(self, found: re.Match[str]) -> str:
        """Give the unit of a figure that a reason names in English."""
        return unit_phrase(self.texts, found[0], self.texts("number.krone"))

    def _measure(self, row: dict[str, Any]) -> str:
        of = f" ({self.words.outcome(row['outcome'])})" if row["outcome"] else ""
        return self.texts(f"measure.{row['measure']}") + of

    def _name(self, at: int) -> str:
        return self._label(self.models[at]["label"], LONGEST_NAME)

    def _label(self, label: dict[str, Any], most: int | None = None) -> str:
        return shown(str(label.get(self.language) or label["en"]), most)

    @property
    def _numbers(self) -> Numbers:
        return self.words.numbers
