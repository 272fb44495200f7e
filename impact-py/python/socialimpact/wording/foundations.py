"""The tables of what an appraisal is made of: budget plans, waterfalls, and what its numbers stand on."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from socialimpact._core import Appraisal, BudgetPlan, Waterfall
from socialimpact.errors import ImpactError
from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.invented import Posted
from socialimpact.wording.tables import Tables
from socialimpact.wording.texts import LONGEST_NAME, sentence_case, shown

_SUMS = frozenset({"net", "cumulative", "since-start"})
_PLAN_KEYS = {"cashable": "memo", "net": "sum", "cumulative": "sum", "since-start": "sum"}


class Foundations:
    """Puts budget plans, waterfalls and evidence into tables of one language."""

    def __init__(self, appraisal: Appraisal, tables: Tables) -> None:
        self.appraisal = appraisal
        self.tables = tables
        self.words = tables.words
        self.texts = tables.texts

    def _name(self, row: dict[str, Any]) -> str:
        return shown(str(row[f"name_{self.words.language}"] or row["name_en"]), LONGEST_NAME)

    # Budget plans

    def plan(self, holder: str, first_year: int | None = None) -> Grid:
        """Show four years of a budget, line by line, in whole thousands."""
        plan = self.appraisal.budget_plan(holder, first_year=first_year)
        rows = plan.table.to_pylist()
        reasons: dict[str, int] = {}
        lines: dict[tuple[str, str | None], list[Cell]] = {}
        posted = [
            one for one in self.tables.invented.postings(nominal=True) if one.is_money_of(self.words.members(holder))
        ]
        for row in rows:
            if row["row"] == "since-start" and not self._started_before(plan):
                continue
            key = (row["row"], row["cause"])
            if key not in lines:
                lines[key] = [Cell(sentence_case(self._name(row))), Cell(self._kind(row["row"]))]
            lines[key].append(self._cell(row, reasons, mark=_is_marked(row, posted, plan.years[0])))
        columns = [Column(self.texts("plan.line")), Column(self.texts("plan.kind"))]
        columns += [Column(str(year), number=True) for year in plan.years]
        notes = [self.texts("plan.missing", number=number, reason=reason) for reason, number in reasons.items()]
        notes.append(self.texts("plan.rounding"))
        if any(cell.dagger for cells in lines.values() for cell in cells):
            notes.append(self.texts("mark.dagger"))
        first, last = plan.years[0], plan.years[-1]
        who, currency = self.words.holder(holder), self.words.numbers.currency
        caption = self.texts("plan.caption", who=who, first=first, last=last, currency=currency)
        return Grid(caption, columns, list(lines.values()), notes, sums=self._sums(lines))

    @staticmethod
    def _sums(lines: dict[tuple[str, str | None], list[Cell]]) -> frozenset[int]:
        return frozenset(position for position, (kind, _) in enumerate(lines) if kind in _SUMS)

    def _started_before(self, plan: BudgetPlan) -> bool:
        return plan.years[0] > self.words.model.start

    def _kind(self, kind: str) -> str:
        return self.texts(f"plan.{_PLAN_KEYS.get(kind, kind)}")

    def _cell(self, row: dict[str, Any], reasons: dict[str, int], *, mark: bool) -> Cell:
        if row["amount"] is None:
            reason = shown(row[f"absent_{self.words.language}"] or row["absent_en"] or "")
            number = reasons.setdefault(self.words.rounded(reason), len(reasons) + 1)
            return Cell(self.texts("measures.none", number=number))
        return Cell(self.words.numbers.fixed(row["thousands"], 0), row["amount"], dagger=mark)

    # Waterfalls

    def waterfall(self) -> Waterfall | str:
        """Give the waterfall of society, or why there is none."""
        try:
            return self.appraisal.waterfall()
        except ImpactError as error:
            found = self.words.report.get("waterfall", {}).get("absent")
            return self.words.label(found, str(error), None)

    def waterfall_grid(self, waterfall: Waterfall) -> Grid:
        """Show the steps from gross value to net."""
        rows, standing = [], False
        for row in waterfall.table.to_pylist():
            standing = standing or row["illustrative"]
            amount = standing if row["level"] else row["illustrative"] and bool(row["amount"])
            cells = [self.tables.money(row["amount"], mark=amount), self.tables.money(row["standing"], mark=standing)]
            rows.append([Cell(sentence_case(self._name(row))), *cells])
        levels = frozenset(at for at, row in enumerate(waterfall.table.to_pylist()) if row["level"])
        notes = [self.texts("waterfall.net_note")]
        if any(cell.dagger for row in rows for cell in row):
            notes.append(self.texts("mark.dagger"))
        columns = self.tables.head("waterfall", ["step", "amount", "standing"], ["amount", "standing"])
        return Grid(self._caption("caption"), columns, rows, notes, sums=levels)

    def waterfall_outcomes(self, waterfall: Waterfall) -> Grid:
        """Show the steps of each outcome, where there are several."""
        steps: dict[str, str] = {}
        rows: dict[str, list[Cell]] = {}
        for row in waterfall.outcomes.to_pylist():
            steps.setdefault(row["step"], sentence_case(self._name(row)))
            cells = rows.setdefault(row["outcome"], [Cell(self.words.outcome(row["outcome"]))])
            cells.append(self.tables.money(row["amount"], mark=row["illustrative"] and row["amount"] != 0))
        columns = [Column(self.texts("waterfall.outcome")), *(Column(name, number=True) for name in steps.values())]
        is_marked = any(cell.dagger for cells in rows.values() for cell in cells)
        marked = [self.texts("mark.dagger")] if is_marked else []
        return Grid(self._caption("caption_outcomes"), columns, list(rows.values()) if len(rows) > 1 else [], marked)

    def _caption(self, key: str) -> str:
        year, currency = self.words.model.present_value_year, self.words.numbers.currency
        return self.texts(f"waterfall.{key}", year=year, currency=currency)

    # Evidence

    def evidence(self) -> Grid:
        """Show how many numbers stand on which footing, and what rests on them."""
        rows = [
            [
                Cell(sentence_case(self._name(row))),
                Cell(str(row["numbers"]), row["numbers"]),
                self._share(row["share"]),
            ]
            for row in self.appraisal.evidence().to_pylist()
        ]
        names = ["footing", "numbers", "share"]
        return Grid(self.texts("evidence.caption"), self.tables.head("evidence", names, names[1:]), rows)

    def _share(self, share: Decimal | None) -> Cell:
        return Cell("–") if share is None else Cell(self.words.numbers.share(share), share)


def _is_marked(row: dict[str, Any], posted: Iterable[Posted], first: int) -> bool:
    """Tell whether a figure of a plan rests on an illustrative number: a line by its cause, a sum by all it adds up."""
    kind, year = row["row"], row["year"]
    if kind == "cashable":
        return any(one.cashable and one.summed_as == "outcome" for one in posted if one.year == year)
    since = {kind: year, "cumulative": first, "since-start": 0}[kind]
    causes = (one.cause for one in posted if one.amount and since <= one.year <= year)
    return any(row["cause"] in {None, cause} for cause in causes)
