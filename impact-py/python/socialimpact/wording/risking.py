"""The risk of a contract in words and tables, as the terminal and the page show it.

One rule: every figure is the library's, and no chance stands without what is supposed to be the case.
"""

from decimal import Decimal
from typing import Any

from socialimpact._core import ContractRisk
from socialimpact.types import Language
from socialimpact.wording.assuming import contract_assumptions, contract_defaults, is_weak
from socialimpact.wording.contract_names import ContractNames
from socialimpact.wording.drawn import made_by
from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.numbers import Numbers
from socialimpact.wording.texts import LONGEST_NAME, Texts, shown
from socialimpact.wording.units import unit_phrase

_BELIEVED = "as-believed"
_RIGHT, _TRUTH = "nothing-works-baseline-right", "nothing-works"


class Risked:
    """What a report needs to tell the risk of a contract."""

    def __init__(self, risk: ContractRisk, language: Language) -> None:
        self.language: Language = language
        self.texts = Texts(language)
        self.content: dict[str, Any] = risk.to_dict()
        self._names = ContractNames(risk.contract, language)
        self._financed = risk.contract.financed
        self.numbers = Numbers(language, self.content["currency"], 0)
        self.situations: list[dict[str, Any]] = self.content["situations"]
        self._draws: int = self.content["provenance"]["draws"]
        self._dagger: bool = self.content["illustrative"]

    @property
    def title(self) -> str:
        """The name of the contract."""
        return self._label(self.content["name"])

    @property
    def marks(self) -> list[str]:
        """The marks of the figures, in words."""
        return [self.texts(f"mark.{mark}") for mark in ("illustrative", "unverified") if self.content[mark]]

    @property
    def lead(self) -> list[str]:
        """What was drawn, what is paid for nothing, and what to beware of."""
        made = self.content["provenance"]
        draws = self.numbers.whole(self._draws)
        points = self.texts(f"simulation.{made['points']}")
        told = [self.texts("risk.lead", draws=draws, points=points, seed=made["seed"])]
        for key, situation in (("right", _RIGHT), ("truth", _TRUTH)):
            told += [self.texts(f"risk.{key}", chance=self.chance(row)) for row in self._of(situation)]
        for text in (self.content["description"], self.content["note"]):
            told += [self._label(text)] if text else []
        return told + [self.texts(f"risk.{mark}") for mark in ("illustrative", "unverified") if self.content[mark]]

    @property
    def elsewhere(self) -> list[str]:
        """Say which results of the contract stand elsewhere, for a page of its risk alone."""
        keys = ["returns.elsewhere"] if self._financed else []
        return [self.texts(key) for key in (*keys, "saving.elsewhere")]

    def name(self, row: dict[str, Any]) -> str:
        """Give the name of a situation, payer, payment or metric."""
        return self._label(row["name"], LONGEST_NAME)

    def chance(self, row: dict[str, Any]) -> str:
        """Give the chance of paying in a situation: exactly, or as drawn with its standard error."""
        if row["exact"]:
            return self.numbers.part(row["exact"]["chance_of_paying"])
        return self._drawn(row["chance_of_paying"])

    @staticmethod
    def likely(row: dict[str, Any]) -> float:
        """Give the same as a number."""
        return float(row["exact"]["chance_of_paying"] if row["exact"] else row["chance_of_paying"]["value"])

    def overview(self) -> Grid:
        """Show what is paid in each situation, and what each of them means."""
        heads = ["situation", "chance", "mean", "p05", "p50", "p95"]
        rows = [
            [self._head(row), self._chance(row), self._mean(row), *(self._money(row["paid"][key]) for key in heads[3:])]
            for row in self.situations
        ]
        meanings = [f"{self.name(row)}: {self._label(row['meaning'])}." for row in self.situations]
        held = [
            self.texts("risk.held", share=self.numbers.part(row["held"]), situation=self.name(row))
            for row in self.situations
            if row["held"]
        ]
        back = [
            self.texts(
                "risk.refund",
                share=self._drawn(row["refunds"]["chance"]),
                situation=self.name(row),
                amount=self.numbers.amount(_exactly(row["refunds"]["mean"])),
            )
            for row in self.situations
            if row["refunds"]
        ]
        how = [
            self.texts("risk.exact" if any(row["exact"] for row in self.situations) else "risk.drawn"),
            *self._even(),
        ]
        return self._grid(
            self._situations_caption,
            [self.texts(f"risk.{key}") for key in heads],
            rows,
            [*meanings, self.texts("simulation.percentiles"), *how, self.texts("risk.fees"), *back, *held],
        )

    def payers(self) -> Grid:
        """Show what each payer pays on average in each situation, and what one in twenty is above as believed."""
        heads = [self.texts("risk.payer")]
        rows = [[self._head(row)] for row in self.situations[0]["by_payer"]]
        total = [Cell(self.texts("risk.total"), dagger=self._dagger)]
        for situation in self.situations:
            heads.append(self.name(situation))
            total.append(self._money(situation["paid"]["mean"]))
            for row, payer in zip(rows, situation["by_payer"], strict=True):
                row.append(self._money(payer["paid"]["mean"]))
        for situation in self._of(_BELIEVED):
            heads.append(self.texts("risk.by_payer_p95", situation=self.name(situation)))
            total.append(self._money(situation["paid"]["p95"]))
            for row, payer in zip(rows, situation["by_payer"], strict=True):
                row.append(self._money(payer["paid"]["p95"]))
        for situation in self._of(_BELIEVED):
            heads.append(self.texts("risk.by_payer_chance", situation=self.name(situation)))
            total.append(self._chance(situation))
            for row, payer in zip(rows, situation["by_payer"], strict=True):
                row.append(self._part(situation, payer))
        caption = self.texts("risk.by_payer", currency=self.numbers.currency)
        means = [row["paid"] for found in self.situations for row in (found, *found["by_payer"])]
        exact = [self._exact_note()] if any(row["exact"] for row in self._of(_BELIEVED)) else []
        notes = [self.texts("simulation.percentiles"), *self._drawn_note(means), *exact]
        return self._grid(caption, heads, [*rows, total], notes, frozenset({len(rows)}))

    def payments(self) -> Grid:
        """Show the chance that anything is paid of each payment, in each situation."""
        heads = [self.texts("risk.payment"), *map(self.name, self.situations)]
        rows = [
            [Cell(self._names.payment(row["payment"], self.name(row)), dagger=self._dagger)]
            for row in self.situations[0]["by_payment"]
        ]
        for situation in self.situations:
            for row, payment in zip(rows, situation["by_payment"], strict=True):
                row.append(self._part(situation, payment))
        exact = [self._exact_note()] if any(row["exact"] for row in self.situations) else []
        notes = [*exact, self.texts("risk.drawn_chances"), *self._even()]
        return self._grid(self.texts("risk.by_payment"), heads, rows, notes)

    def years(self) -> Grid:
        """Show what each payer is expected to pay in each year, as believed."""
        found = self._of(_BELIEVED)[0]
        years = sorted({row["year"] for row in found["by_year"]})
        payers = found["by_payer"]
        paid = {(row["year"], row["payer"]): row["mean"] for row in found["by_year"]}
        rows = [
            [Cell(str(year), dagger=self._dagger), *(self._money(paid[year, payer["payer"]]) for payer in payers)]
            for year in years
        ]
        caption = self.texts("risk.by_year", currency=self.numbers.currency)
        heads = [self.texts("risk.year"), *map(self.name, payers)]
        return self._grid(caption, heads, rows, self._drawn_note(found["by_year"]))

    def changes(self) -> Grid:
        """Show what those reached are better off in truth, as believed."""
        heads = [self.texts(f"risk.{key}") for key in ("metric", "change", "p05", "p50", "p95")]
        rows = [
            [
                Cell(self._changed(row), dagger=self._dagger),
                *(self._count(row["change"][key]) for key in ("mean", "p05", "p50", "p95")),
            ]
            for row in self._of(_BELIEVED)[0]["changes"]
        ]
        notes = [self.texts("risk.changes_note"), self.texts("simulation.percentiles")]
        return self._grid(self.texts("risk.changes"), heads, rows, notes)

    def measurable(self) -> Grid:
        """Show what the comparisons of the terms can tell from chance."""
        keys = ("estimate", "cohort", "people", "compared", "rate", "expected", "detectable", "power", "people_needed")
        rows = [
            [
                self._head(row),
                Cell(self._names.cohort(row["cohort"]) if row["cohort"] else self.texts("risk.all_cohorts")),
                self._count(row["people"]),
                Cell(self.texts("risk.fixed")) if row["compared"] is None else self._count(row["compared"]),
                Cell(self.numbers.figure(_exactly(row["rate"])), _exactly(row["rate"])),
                *(Cell(self.numbers.part(row[key]), _exactly(row[key])) for key in ("expected", "detectable", "power")),
                Cell(self.texts("risk.none")) if row["people_needed"] is None else self._count(row["people_needed"]),
            ]
            for row in self.content["measurable"]
        ]
        heads = [Column(self.texts(f"risk.{key}"), key not in {"estimate", "cohort"}) for key in keys]
        return Grid(self.texts("risk.measurable"), heads, rows, [*self._notes(), self.texts("risk.measurable_note")])

    def assumptions(self, *, weak: bool = False) -> Grid:
        """Show every number of the terms and the truth; or those of the truth, and of the terms what is weak."""
        rows = [row for row in self.content["assumptions"] if not weak or is_weak(row) or _is_of_truth(row)]
        caption = self.texts("risk.assumptions_weak" if weak else "risk.assumptions")
        return contract_assumptions(rows, self.texts, self.numbers, caption)

    def settings(self) -> Grid:
        """Show what the figures rest on beside numbers: days, and how what is observed scatters."""
        taken = (self.texts("risk.taken"),)
        rows = [
            [Cell(row["address"], code=True), Cell(self._label(row["value"]), marks=taken * row["taken"])]
            for row in self.content["settings"]
        ]
        heads = [Column(self.texts("risk.address")), Column(self.texts("assumptions.value"))]
        return Grid(self.texts("risk.settings"), heads, rows)

    def defaults(self) -> Grid:
        """Show what the document left out, with what was taken instead."""
        return contract_defaults(self.content["defaults"], self.texts, self.language)

    def provenance(self) -> Grid:
        """Show what made these figures."""
        return made_by(self.content["provenance"], self.texts, self.numbers)

    def _of(self, situation: str) -> list[dict[str, Any]]:
        return [row for row in self.situations if row["situation"] == situation]

    def _grid(
        self,
        caption: str,
        heads: list[str],
        rows: list[list[Cell]],
        notes: list[str] | None = None,
        sums: frozenset[int] = frozenset(),
    ) -> Grid:
        columns = [Column(head, number=position > 0) for position, head in enumerate(heads)]
        return Grid(caption, columns, rows, [*self._notes(), *(notes or [])], sums)

    def _drawn_note(self, means: list[dict[str, Any]]) -> list[str]:
        """Say that means of a table were drawn where others were worked out, and how far the farthest may be off."""
        error = self.numbers.amount(_exactly(max((mean["standard_error"] or 0.0 for mean in means), default=0.0)))
        told = self.texts("risk.drawn_note", caption=self._situations_caption, error=error)
        return [told] if any(row["exact"] for row in self.situations) else []

    def _exact_note(self) -> str:
        """Say why a chance in a table of parts was worked out."""
        return self.texts("risk.same_event", caption=self._situations_caption)

    @property
    def _situations_caption(self) -> str:
        return self.texts("risk.situations", currency=self.numbers.currency)

    def _even(self) -> list[str]:
        """Say that the errors of evenly spread draws are those of independent ones."""
        return self.numbers.even_note(self.content["provenance"]["points"])

    def _notes(self) -> list[str]:
        return [self.texts("mark.dagger")] if self._dagger else []

    def _head(self, row: dict[str, Any]) -> Cell:
        return Cell(self.name(row), dagger=self._dagger)

    def _changed(self, row: dict[str, Any]) -> str:
        """Give a metric with what a number above zero is: fewer people, more days, a lower figure."""
        way = "less" if row["direction"] == "decrease" else "more"
        measured = "_measured" if row["kind"] in {"money", "reported"} else ""
        unit = unit_phrase(self.texts, row["unit"], self.numbers.currency) if row["unit"] else ""
        return self.texts(f"risk.change_{way}{measured}", metric=self.name(row), unit=unit).rstrip()

    def _chance(self, row: dict[str, Any]) -> Cell:
        return Cell(self.chance(row), _exactly(self.likely(row)))

    def _mean(self, row: dict[str, Any]) -> Cell:
        """Give what is paid on average: exactly, or as drawn with its standard error."""
        if row["exact"]:
            return self._money(row["exact"]["mean"])
        cell, error = self._money(row["paid"]["mean"]), row["paid"]["standard_error"]
        return Cell(self.numbers.beside_error(cell.text, _exactly(error)), cell.exact) if error else cell

    def _part(self, situation: dict[str, Any], part: dict[str, Any]) -> Cell:
        """Give the chance of a part: exactly where it is paid in the very draws in which anything is."""
        drawn = part["chance_of_paying"]
        same = drawn["value"] == situation["chance_of_paying"]["value"] and 0 < drawn["value"] < 1
        if situation["exact"] and same:
            return self._chance(situation)
        return Cell(self._drawn(drawn), _exactly(drawn["value"]))

    def _drawn(self, estimate: dict[str, Any]) -> str:
        return self.numbers.drawn_chance(estimate["value"], estimate["standard_error"], self._draws)

    def _money(self, value: float) -> Cell:
        return Cell(self.numbers.money(_exactly(value)), _exactly(value))

    def _count(self, value: float) -> Cell:
        return Cell(self.numbers.count(_exactly(value)), _exactly(value))

    def _label(self, label: dict[str, Any], most: int | None = None) -> str:
        return shown(str(label.get(self.language) or label["en"]), most)


def _exactly(value: float) -> Decimal:
    return Decimal(repr(value))


def _is_of_truth(row: dict[str, Any]) -> bool:
    return any(address.startswith("truth.") for address in row["used_at"])
