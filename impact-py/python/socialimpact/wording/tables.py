"""The tables of an appraisal, as the terminal and the page show them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from socialimpact._core import Appraisal, Budget
from socialimpact.errors import ImpactError
from socialimpact.types import Measure, PriceLevel
from socialimpact.wording.assuming import is_weak, point_phrase, source_cell, taken_phrase
from socialimpact.wording.found import findings_grid
from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.invented import Invented, Names, of_budget, of_pocket
from socialimpact.wording.texts import Texts, sentence_case, shown
from socialimpact.wording.words import FRACTIONS, Words

DAGGER = "†"
RATIOS: tuple[Measure, ...] = ("sroi_ratio", "bcr")
"""The measures with something below a line."""
OVER_BUDGETS: tuple[Measure, ...] = ("mvpf", "cba_ratio", "net_benefit_per_budget_krone")
"""The measures over what public budgets pay."""
_PERSPECTIVES_ABREAST = 4
_FLOWS = ("costs", "transfers", "savings", "cashable", "net", "cumulative")


def ratio_notes(texts: Texts, measures: Iterable[str]) -> list[str]:
    """Say what stands above and below the line of ratios whose names do not tell, and whose budget it is."""
    asked = set(measures)
    return [
        texts("measures.over", measure=texts(f"measure.{name}"), over=texts(f"measures.over_{name}"))
        for name in OVER_BUDGETS
        if name in asked
    ]


class Tables:
    """Puts the results of one appraisal into tables of one language."""

    def __init__(self, appraisal: Appraisal, words: Words) -> None:
        self.appraisal = appraisal
        self.words = words
        self.texts = words.texts
        self.invented = Invented(appraisal)

    def money(self, value: Decimal, *, mark: bool = False) -> Cell:
        """Give an amount as a cell."""
        return Cell(self.words.numbers.money(value), value, dagger=mark)

    def head(self, section: str, names: Sequence[str], numbers: Sequence[str] = ()) -> list[Column]:
        """Give the heads of columns by the keys of their texts."""
        return [Column(self.texts(f"{section}.{name}"), name in numbers) for name in names]

    # Measures

    def measures(self) -> list[Grid]:
        """Show all measures for society, all public budgets and each of them, a few perspectives abreast."""
        holders = ["society", "public", *self.words.public]
        groups = [holders[at : at + _PERSPECTIVES_ABREAST] for at in range(0, len(holders), _PERSPECTIVES_ABREAST)]
        return [self._measures(group) for group in groups]

    def _measures(self, holders: Sequence[str]) -> Grid:
        columns = [Column(self.texts("measures.measure"))]
        columns += [Column(self.words.holder(holder), number=True) for holder in holders]
        reasons: dict[str, dict[str, None]] = {}
        rows = []
        found = self.appraisal.measures(holder=holders[0]).to_pylist()
        for row in found:
            name, outcome = row["measure"], row["outcome"]
            if name == "weighted_npv" and not self.words.document.get("weighting"):
                continue
            title = self.texts(f"measure.{name}")
            title = self._of_outcome(name, outcome, title) if outcome else title
            rows.append([Cell(title), *(self._measure(name, outcome, holder, reasons) for holder in holders)])
        notes = [
            self.texts("measures.note", number=number, measure="; ".join(measures), reason=reason)
            if reason
            else self.texts("measures.never_asked", number=number)
            for number, (reason, measures) in enumerate(reasons.items(), start=1)
        ]
        notes += self._ratio_notes(holders)
        notes += ratio_notes(self.texts, (row["measure"] for row in found))
        if any(cell.dagger for row in rows for cell in row):
            notes.append(self.texts("mark.dagger"))
        year, currency = self.words.model.present_value_year, self.words.numbers.currency
        return Grid(self.texts("measures.caption", currency=currency, year=year), columns, rows, notes)

    def _of_outcome(self, measure: Measure, outcome: str, title: str) -> str:
        """Say of which outcome a measure is, per what, and whether it is discounted as the caption says."""
        units = next(row for row in self.appraisal.outcome_units().to_pylist() if row["outcome"] == outcome)
        unit = units["accrued_unit" if measure == "cost_per_outcome" else "unit"]
        one = self.words.units(Decimal(1), unit)
        return self.texts(f"measures.{measure}", measure=title, outcome=self.words.outcome(outcome), unit=one)

    def _ratio_notes(self, holders: Sequence[str]) -> list[str]:
        """Say what stands below the line of each ratio, where the library tells."""
        found: dict[tuple[str, str], list[str]] = {}
        for name in RATIOS:
            for holder in holders:
                unit = self.appraisal.measure(name, holder=holder).unit.in_language(self.words.language)
                found.setdefault((name, unit), []).append(self.words.holder(holder))
        everybody = len(holders)
        return [
            self.texts(
                "measures.below_all" if len(who) == everybody else "measures.below",
                measure=self.texts(f"measure.{name}"),
                who=", ".join(who),
                unit=unit,
            )
            for (name, unit), who in found.items()
            if " " in unit  # a bare `ratio` says nothing
        ]

    def _measure(self, measure: Measure, outcome: str | None, holder: str, reasons: dict[str, dict[str, None]]) -> Cell:
        figure = self.appraisal.measure(measure, holder=holder, outcome=outcome)
        if figure.value is None:
            reason = self.words.rounded(shown(figure.absent_in(self.words.language) or ""))
            # One line for each reason, and one for all that is never asked of a holder.
            key = "" if figure.never_asked else reason
            reasons.setdefault(key, {})[self.texts(f"measure.{measure}")] = None
            number = list(reasons).index(key) + 1
            return Cell(self.texts("measures.none", number=number))
        return Cell(self.words.measure(measure, figure.value), figure.value, dagger=figure.illustrative)

    # Budgets

    def is_illustrative(self, holder: str) -> bool:
        """Tell whether what a holder gains rests on illustrative numbers."""
        return self.appraisal.measure("npv", holder=holder).illustrative

    def marked(self, holder: str, most: int | None = None) -> str:
        """Give the name of a holder, with the mark of what rests on illustrative numbers."""
        name = shown(self.words.holder(holder), most)
        return name + DAGGER if self.is_illustrative(holder) else name

    def budget(self, holder: str, price_level: PriceLevel) -> Budget | str:
        """Give the budget of a holder, or why there is none at this price level."""
        try:
            return self.appraisal.budget(holder, price_level=price_level)
        except ImpactError as error:
            for budget in self.words.report.get("budgets", ()):
                if (budget["holder"], budget["price_level"]) == (holder, price_level) and budget["absent"]:
                    return self.words.label(budget["absent"], str(error), None)
            return shown(str(error))

    def level(self, price_level: PriceLevel) -> str:
        """Give a price level in words, inside a sentence."""
        return self.words.level(price_level)

    def budget_grid(self, holder: str, levels: Sequence[PriceLevel] = ("nominal", "real")) -> Grid:
        """Show what a budget pays and saves in each year, at one or both price levels side by side."""
        columns = [Column(self.texts("budget.year"))]
        rows: dict[int, list[Cell]] = {}
        notes: list[str] = []
        for price_level in levels:
            budget = self.budget(holder, price_level)
            named = self.texts(f"budget.{price_level}", year=self.words.model.price_year)
            group = named if len(levels) > 1 else ""
            if isinstance(budget, str):
                notes.append(self.texts("budget.missing", level=named, reason=budget))
                continue
            self._add_level(budget, group, columns, rows)
            notes.append(self.even(budget))
        who, currency = self.words.holder(holder), self.words.numbers.currency
        notes += self._dagger(list(rows.values()))
        caption = self.texts("budget.caption", who=who, currency=currency)
        if len(levels) == 1:
            caption = self.texts("budget.caption_level", who=who, money=self.words.money_in(levels[0]))
        return Grid(caption, columns, [[Cell(str(year)), *cells] for year, cells in rows.items()], notes)

    def _add_level(self, budget: Budget, group: str, columns: list[Column], rows: dict[int, list[Cell]]) -> None:
        table = budget.table.to_pylist()
        flows = [flow for flow in _FLOWS if flow != "transfers" or any(row["transfers"] for row in table)]
        columns += [Column(self.texts(f"budget.{flow}"), number=True, group=group) for flow in flows]
        for row, marked in zip(table, self.marks_of_years(budget), strict=True):
            rows.setdefault(row["year"], []).extend(self.money(row[flow], mark=flow in marked) for flow in flows)

    def marks_of_years(self, budget: Budget) -> Iterator[Names]:
        """Give which figures of each year are marked: what has been come to is, from the first year whose net is."""
        standing: Names = frozenset()
        for year in budget.table["year"]:
            marked = self.budget_marks(budget.holder, {year}, budget.price_level)
            standing |= {"cumulative"} if "net" in marked else frozenset()
            yield marked | standing

    def budget_marks(self, holder: str, years: Collection[int], level: PriceLevel) -> Names:
        """Give which of what a budget pays and saves in some years rests on illustrative numbers."""
        posted = self.invented.postings(nominal=level == "nominal")
        return of_budget((one for one in posted if one.year in years), self.words.members(holder))

    def even(self, budget: Budget) -> str:
        """Say in which year a budget breaks even, or why in none."""
        level, mark = self.level(budget.price_level), self.mark_of_course(budget)
        who = self.words.holder(budget.holder)
        if budget.break_even_year is not None:
            key = "budget.even_public" if budget.holder == "public" else "budget.even"
            return self.texts(key, who=who, year=f"{budget.break_even_year}{mark}", level=level)
        reason = budget.why_no_break_even_year_in(self.words.language) or ""
        return self.texts("budget.not_even", who=who, level=level, reason=self.words.rounded(shown(reason)) + mark)

    def mark_of_course(self, budget: Budget) -> str:
        """Give the mark of what is said of a budget over all its years: when it is even, and where it ends."""
        marked = self.budget_marks(budget.holder, budget.table["year"], budget.price_level)
        return DAGGER if "net" in marked else ""

    # Who pays and who gains

    def pocket(self) -> Grid:
        """Show what each holder pays and gains."""
        names = ["pays", "receives", "gains", "cashable", "net"]
        table = self.appraisal.wrong_pocket().to_pylist()
        if not any(row["receives"] for row in table):
            names.remove("receives")
        rows = []
        for row in table:
            marked = of_pocket(self.invented.postings(), row["holder"])
            marked -= frozenset() if row["kind"] == "public" else {"cashable"}
            who = Cell(self.words.holder(row["holder"]))
            rows.append([who, *(self.money(row[name], mark=name in marked) for name in names)])
        lose = [row["holder"] for row in table if row["pays"] > 0 and row["net"] < 0]
        notes = [self.texts("pocket.loses", who=self.words.holder(holder)) for holder in lose]
        bear = [row["holder"] for row in table if row["pays"] == 0 and row["net"] < 0]
        notes += [self.texts("pocket.bears", who=self.words.holder(holder)) for holder in bear]
        notes += self._dagger(rows)
        year, currency = self.words.model.present_value_year, self.words.numbers.currency
        caption = self.texts("pocket.caption", year=year, currency=currency)
        return Grid(caption, self.head("pocket", ["holder", *names], names), rows, notes)

    # Outcomes

    def units(self) -> Grid:
        """Show how many start, and what accrues."""
        first, last = self.words.years
        columns = [Column(self.texts("units.outcome"))]
        titles = [self.texts("units.started"), self.texts("units.accrued"), self.texts("units.cut_off", last=last)]
        columns += [Column(title, number=True) for title in titles]
        rows = []
        for row in self.appraisal.outcome_units().to_pylist():
            counts = ((row["started"], row["unit"]), (row["accrued"], row["accrued_unit"]))
            cells = [self._count(*count) for count in (*counts, (row["cut_off"], row["accrued_unit"]))]
            rows.append([Cell(self.words.outcome(row["outcome"]), dagger=self.is_invented(row["outcome"])), *cells])
        return Grid(self.texts("units.caption", first=first, last=last), columns, rows, self._dagger(rows))

    def priced_units(self) -> Grid:
        """Show the same outcomes in the units of their prices."""
        columns = [Column(self.texts("units.value")), Column(self.texts("units.units"), number=True)]
        rows = [
            [
                Cell(self.words.address_owner(row["value"]), dagger=self.is_invented(row["value"].split(".")[1])),
                self._count(row["units"], row["unit"]),
            ]
            for row in self.appraisal.priced_units().to_pylist()
        ]
        return Grid(self.texts("units.priced_caption"), columns, rows, self._dagger(rows))

    def is_invented(self, outcome: str) -> bool:
        """Tell whether how many there are of an outcome rests on illustrative numbers."""
        behind = self.appraisal.illustrative_numbers("cost_per_outcome", outcome=outcome)
        return any(not address.startswith("costs.") for address in behind)

    def _dagger(self, rows: Sequence[Sequence[Cell]]) -> list[str]:
        return [self.texts("mark.dagger")] if any(cell.dagger for row in rows for cell in row) else []

    def _count(self, value: Decimal, unit: str) -> Cell:
        return Cell(f"{self.words.numbers.count(value)} {self.words.units(value, unit)}", value)

    def destinations(self) -> Grid:
        """Show where people go."""
        rows = []
        for outcome in self.words.items("outcomes"):
            for destination in outcome.get("destinations") or {}:
                address = f"outcomes.{outcome['id']}.destinations.{destination}"
                row = self.words.assumption(address)
                if row is not None:
                    share = Cell(self.words.numbers.share(row["value"]), row["value"], marks=self._marks(row))
                    name = Cell(self.words.destination(address))
                    rows.append([Cell(self.words.outcome(outcome["id"])), name, share])
        columns = self.head("destinations", ["outcome", "destination", "share"], ["share"])
        return Grid(self.texts("destinations.caption"), columns, rows)

    def _marks(self, row: dict[str, Any]) -> tuple[str, ...]:
        return tuple(self.texts(f"mark.{mark}") for mark in ("illustrative", "unverified") if row[mark])

    # Assumptions

    def assumptions(self, *, weak: bool = False) -> Grid:
        """Show every number with its source and marks, or only those that are weak."""
        table = self.words.model.assumptions.to_pylist()
        rows = [self._assumption(row) for row in table if not weak or is_weak(row)]
        columns = self.head("assumptions", ["name", "value", "unit", "grade", "marks", "source"], ["value"])
        return Grid(self.texts("assumptions.weak_caption" if weak else "assumptions.caption"), columns, rows)

    def _assumption(self, row: dict[str, Any]) -> list[Cell]:
        return [
            Cell(sentence_case(self.words.number_name(row))),
            Cell(self.words.value(row["value"], row["unit"]), row["value"]),
            Cell("; ".join(filter(None, [self._unit(row), point_phrase(self.texts, row)]))),
            Cell(row["grade"] or ""),
            Cell("", marks=self._marks(row)),
            source_cell(row["source_title"], row["source_section"], row["source_url"]),
        ]

    def _unit(self, row: dict[str, Any]) -> str:
        return "" if row["unit"] in FRACTIONS else self.words.unit(row["unit"])

    def defaults(self) -> Grid:
        """Show what the library filled in."""
        because = f"because_{self.words.language}"
        rows = [
            [
                Cell(row["address"], code=True),
                Cell(taken_phrase(self.texts, row["taken"])),
                Cell(shown(row[because] or row["because_en"])),
            ]
            for row in self.words.model.defaults.to_pylist()
        ]
        return Grid(self.texts("defaults.caption"), self.head("defaults", ["address", "taken", "because"]), rows)

    def findings(self, rules: frozenset[str] | None = None) -> Grid:
        """Show what deserves a second look, and last what the document silences, with its reasons."""
        found = self.appraisal.findings().to_pylist()
        return self.of_findings([row for row in found if rules is None or row["rule"] in rules])

    def of_findings(self, found: Iterable[dict[str, Any]]) -> Grid:
        """Show findings, of an appraisal or of draws."""
        return findings_grid(found, self.texts, self.words.numbers)

    def provenance(self, made: Mapping[str, Any] | None = None) -> Grid:
        """Show what made these figures: the appraisal, or what is told of something made from it."""
        rows = []
        for key, value in (made or self.appraisal.provenance).items():
            told = ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value or "–")
            title = self.texts(f"provenance.{key}") if self.texts.has(f"provenance.{key}") else key
            rows.append([Cell(title), Cell(shown(told) or "–", code=key == "model_hash")])
        return Grid(self.texts("provenance.caption"), self.head("provenance", ["item", "value"]), rows)
