"""Who pays against who gains, in tables and in words: by year, by kind, and the split that leaves no payer worse off.

One rule: money, production and wellbeing stand in columns of their own; only money can pay.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from socialimpact._core import Appraisal
from socialimpact.types import CountedIn
from socialimpact.who_pays import Split
from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.invented import Names, Posted, of_kinds, of_pocket
from socialimpact.wording.split_marks import SplitMarks
from socialimpact.wording.tables import DAGGER, Tables
from socialimpact.wording.words import Words

_OF_MONEY = ("pays", "receives", "gains", "cashable", "net", "cumulative")
_OF_OTHERS = ("economic", "social")
_KINDS = ("fiscal", "economic", "social", "market_prices", "inputs", "transfers", "financing", "net")


@dataclass(frozen=True, slots=True)
class SplitTold:
    """A split in words: what is asked, the answer, and the tables that hold it up."""

    question: str
    sentences: Sequence[str]
    grids: Sequence[Grid]


class WhoPays:
    """Who pays against who gains in one appraisal."""

    def __init__(self, appraisal: Appraisal, tables: Tables) -> None:
        self.appraisal = appraisal
        self.tables = tables
        self.words: Words = tables.words
        self.texts = tables.words.texts

    # By year

    def years(self, counted_in: CountedIn = "present-value") -> list[tuple[str, Grid]]:
        """Show when each holder pays and gains: a table a holder, and whose it is."""
        holders: dict[str, list[dict[str, Any]]] = {}
        for row in self.appraisal.wrong_pocket_years(counted_in=counted_in).to_pylist():
            holders.setdefault(row["holder"], []).append(row)
        return [(holder, self._years(holder, rows, counted_in)) for holder, rows in holders.items()]

    def cumulative(self, counted_in: CountedIn = "present-value") -> dict[str, list[tuple[int, Decimal]]]:
        """Give what the money of each holder has come to by the end of each year; nobody whose money never moves.

        People are left out: what they earn counts as production, so that their money here would be what they lose only.
        """
        people = {item["id"] for item in self.words.items("holders") if item.get("kind") == "people"}
        holders: dict[str, list[tuple[int, Decimal]]] = {}
        moved = set()
        for row in self.appraisal.wrong_pocket_years(counted_in=counted_in).to_pylist():
            if row["kind"] == "fiscal" and row["holder"] not in people:
                holders.setdefault(row["holder"], []).append((row["year"], row["cumulative"]))
                if any(row[name] for name in ("pays", "receives", "gains")):
                    moved.add(row["holder"])
        return {holder: values for holder, values in holders.items() if holder in moved}

    def _years(self, holder: str, rows: list[dict[str, Any]], counted_in: CountedIn) -> Grid:
        by_year: dict[int, dict[str, Decimal]] = {}
        for row in rows:
            cells = by_year.setdefault(row["year"], {})
            if row["kind"] == "fiscal":
                cells |= {name: row[name] for name in _OF_MONEY}
            else:
                cells[row["kind"]] = row["gains"]
        names = [name for name in (*_OF_MONEY, *_OF_OTHERS) if any(cells.get(name) for cells in by_year.values())]
        columns = [Column(self.texts("budget.year"))]
        columns += [Column(self.texts(f"who_pays.{name}"), number=True, group=self._group(name)) for name in names]
        zero = Decimal(0)
        marked = self._marked_years(holder, list(by_year), counted_in)
        shown = [
            [Cell(str(year)), *(self.tables.money(cells.get(name, zero), mark=name in marked[year]) for name in names)]
            for year, cells in by_year.items()
        ]
        # What stands at the end is what the years have come to.
        added = {name: "net" if name == "cumulative" else name for name in names}
        sums = [sum((cells.get(added[name], zero) for cells in by_year.values()), zero) for name in names]
        ever: Names = frozenset().union(*marked.values())
        amounts = (self.tables.money(value, mark=name in ever) for name, value in zip(names, sums, strict=True))
        shown.append([Cell(self.texts("who_pays.all_years")), *amounts])
        notes = [self.texts("mark.dagger")] if ever.intersection(names) else []
        caption = self.texts(
            "who_pays.years_caption",
            who=self.words.holder(holder),
            basis=self.basis(counted_in),
            currency=self._currency,
        )
        return Grid(caption, columns, shown, notes, frozenset({len(shown) - 1}))

    def _marked_years(self, holder: str, years: list[int], counted_in: CountedIn) -> dict[int, Names]:
        """Give which figures of a holder rest on illustrative numbers, year by year."""
        posted = self.tables.invented.postings(nominal=counted_in == "nominal")
        found: dict[int, Names] = {}
        standing: Names = frozenset()
        for year in years:
            own = [one for one in posted if one.year == year]
            marked = of_pocket((one for one in own if one.kind == "fiscal"), holder)
            standing |= {"cumulative"} if "net" in marked else frozenset()
            others = (one for one in own if one.kind in _OF_OTHERS and holder in {one.payer, one.receiver})
            found[year] = marked | standing | {one.kind for one in others if one.amount}
        return found

    def _group(self, name: str) -> str:
        return self.texts("who_pays.money" if name in _OF_MONEY else "who_pays.no_money")

    def basis(self, counted_in: CountedIn) -> str:
        """Say what the money of a table is counted in."""
        if counted_in == "present-value":
            return self.texts("who_pays.present", year=self.words.model.present_value_year)
        return self.words.level(counted_in)

    @property
    def _currency(self) -> str:
        return self.words.numbers.currency

    # By kind

    def kinds(self) -> Grid:
        """Show present values by kind: of society, all public budgets, levels of several budgets, and each holder."""
        table = self.appraisal.value_by_kind().to_pylist()
        names = [name for name in _KINDS if name == "net" or any(row[name] for row in table)]
        ratios = [name for name in ("ratio", "fiscal_ratio") if any(row["ratio"] is not None for row in table)]
        rows = []
        for row in table:
            if row["whose"] == "level" and not self._has_several(row["id"]):
                continue
            marked = of_kinds(self._posted(row))
            cells = [self.tables.money(row[name], mark=name in marked) for name in names]
            cells += [self._ratio(row[name], mark=name in marked) for name in ratios]
            rows.append([Cell(self._whose(row)), *cells])
        columns = [Column(self.texts("pocket.holder"))]
        columns += [Column(self.texts(f"who_pays.kind_{name}"), number=True) for name in (*names, *ratios)]
        notes = [self.texts("who_pays.kinds_note")]
        if ratios and any(row["ratio"] is None for row in table):
            notes.append(self.texts("who_pays.no_inputs", number=1))
        if any(self.words.numbers.is_seen(row["financing"]) and row["financing"] < 0 for row in table):
            notes.append(self.texts("who_pays.kinds_saved"))
        notes += [self.texts("mark.dagger")] if _is_marked(rows) else []
        year = self.words.model.present_value_year
        return Grid(self.texts("who_pays.kinds_caption", year=year, currency=self._currency), columns, rows, notes)

    def _posted(self, row: dict[str, Any]) -> list[Posted]:
        """Give the postings that rest on illustrative numbers among those that a row adds up."""
        posted = self.tables.invented.postings()
        if row["whose"] in {"society", "everybody"}:
            parts = self.appraisal.explain("npv", holder=row["whose"]).to_dict().get("parts") or ()
            counted = {part.get("address") for part in parts}
            return [one for one in posted if one.cause in counted]
        levels = {item["id"]: item.get("level") for item in self.words.items("holders")}
        of_level = {holder for holder, level in levels.items() if level == row["id"]}
        holders = of_level if row["whose"] == "level" else self.words.members(row["id"] or row["whose"])
        return [one for one in posted if one.is_seen_by(holders)]

    def _ratio(self, value: Decimal | None, *, mark: bool) -> Cell:
        if value is None:
            return Cell(self.texts("measures.none", number=1))
        return Cell(self.words.numbers.ratio(value), value, dagger=mark)

    def _whose(self, row: dict[str, Any]) -> str:
        if row["whose"] == "level":
            return self.texts("who_pays.level_together", level=self.level(row["id"]))
        return self.words.holder(row["id"] or row["whose"])

    def level(self, level: str) -> str:
        """Give the name of a level of government."""
        return self.texts(f"who_pays.level_{level}")

    def _has_several(self, level: str) -> bool:
        return [holder.get("level") for holder in self.words.items("holders")].count(level) > 1

    # The split

    @cached_property
    def splits(self) -> list[SplitTold]:
        """Who should pay for all costs, and for what public budgets pay to others."""
        return [self.split(split) for split in self.appraisal.splits() if split.status != "nothing-to-pay"]

    def split(self, split: Split) -> SplitTold:
        """Tell a split in words, with its tables."""
        marks = SplitMarks(split, self.tables.invented.postings())
        several = len(split.levels) > 1
        levels = [self._levels(split, marks)] if several else []
        grids = [self._payers(split, marks), *levels, self._others(split, marks)]
        return SplitTold(self._question(split), self._answer(split, marks), [grid for grid in grids if grid.rows])

    def _question(self, split: Split) -> str:
        if split.all_costs:
            return self.texts("who_pays.question_costs")
        return self.texts("who_pays.question_flows", names=self._flows(split))

    def _flows(self, split: Split) -> str:
        names = [self.words.address_owner(f"{flow}.amount") for flow in split.flows]
        return ", ".join(f"“{name}”" if self.words.language == "en" else f"«{name}»" for name in names)

    def _answer(self, split: Split, marks: SplitMarks) -> list[str]:
        def amount(value: Decimal, *, mark: bool) -> str:
            return self.words.numbers.amount(value) + (DAGGER if mark else "")

        cost, gains = amount(split.cost, mark=marks.cost), amount(split.gains, mark=marks.gains)
        told = [self.texts("who_pays.basis_costs" if split.all_costs else "who_pays.basis_flows")]
        if split.gain == "cashable":
            told.append(self.texts("who_pays.basis_cashable"))
        if split.status == "nothing-to-pay":
            return [*told, self.texts("who_pays.nothing")]
        if split.status == "exists":
            left = amount(split.left, mark=marks.left)
            told.append(self.texts("who_pays.exists", cost=cost, gains=gains, left=left))
        else:
            missing = amount(split.missing, mark=marks.left)
            told.append(self.texts("who_pays.missing", cost=cost, gains=gains, missing=missing))
        if split.losses:
            told.append(self.texts("who_pays.losses", losses=amount(split.losses, mark=marks.losses)))
        return told

    def _payers(self, split: Split, marks: SplitMarks) -> Grid:
        names = ["gain", "pays_now", "least", "pays", "share", "keeps"]
        rows = split.payers.to_pylist()
        shown = self._rows(rows, names, lambda row: self.words.holder(row["holder"]), marks.of_payer)
        notes = [self.texts("who_pays.rule" if split.status == "exists" else "who_pays.least_note")]
        if _is_marked(shown):
            notes.append(self.texts("who_pays.illustrative"))
        return self._split_grid(split, "payers", "pocket.holder", self._kept(rows, names), shown, notes)

    def _levels(self, split: Split, marks: SplitMarks) -> Grid:
        names = ["gain", "pays_now", "least", "least_share", "pays", "share"]
        rows = split.levels.to_pylist()
        shown = self._rows(rows, names, lambda row: self.level(row["level"]), marks.of_level)
        return self._split_grid(split, "levels", "who_pays.level", self._kept(rows, names), shown, [])

    def _others(self, split: Split, marks: SplitMarks) -> Grid:
        names = ["gain", "economic", "social", "pays_now"]
        rows = [row for row in split.others.to_pylist() if any(row[name] for name in names)]
        shown = self._rows(rows, names, lambda row: self.words.holder(row["holder"]), marks.of_other)
        notes = [self.texts("who_pays.others_note")]
        return self._split_grid(split, "others", "pocket.holder", self._kept(rows, names), shown, notes)

    def _kept(self, rows: list[dict[str, Any]], names: Sequence[str]) -> list[str]:
        """Leave out the columns in which no row has anything."""
        return [name for name in names if any(row[name] for row in rows)]

    def _rows(
        self,
        rows: list[dict[str, Any]],
        names: Sequence[str],
        head: Callable[[dict[str, Any]], str],
        marked: Callable[[dict[str, Any]], Names],
    ) -> list[list[Cell]]:
        kept = self._kept(rows, names)
        return [
            [Cell(head(row)), *(self._cell(name, row[name], mark=name in marked(row)) for name in kept)] for row in rows
        ]

    def _cell(self, name: str, value: Decimal | None, *, mark: bool) -> Cell:
        if value is None:
            return Cell("")
        if name in {"share", "least_share"}:
            return Cell(self.words.numbers.share(value), value, dagger=mark)
        return self.tables.money(value, mark=mark)

    def _split_grid(
        self, split: Split, what: str, head: str, names: Sequence[str], rows: list[list[Cell]], notes: list[str]
    ) -> Grid:
        columns = [Column(self.texts(head))]
        columns += [Column(self.texts(f"who_pays.split_{name}"), number=True) for name in names]
        year = self.words.model.present_value_year
        of = "" if split.all_costs else self.texts("who_pays.of_flows", names=self._flows(split))
        caption = self.texts(f"who_pays.{what}_caption", year=year, currency=self._currency, of=of)
        if _is_marked(rows):
            notes = [*notes, self.texts("mark.dagger")]
        return Grid(caption, columns, rows, notes)


def _is_marked(rows: Sequence[Sequence[Cell]]) -> bool:
    return any(cell.dagger for row in rows for cell in row)
