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
        shown = [
            [Cell(str(year)), *(self.tables.money(cells.get(name, zero)) for name in names)]
            for year, cells in by_year.items()
        ]
        # What stands at the end is what the years have come to.
        added = {name: "net" if name == "cumulative" else name for name in names}
        sums = [sum((cells.get(added[name], zero) for cells in by_year.values()), zero) for name in names]
        shown.append([Cell(self.texts("who_pays.all_years")), *map(self.tables.money, sums)])
        notes = [self.texts("mark.dagger")] if self.tables.is_illustrative(holder) else []
        caption = self.texts(
            "who_pays.years_caption",
            who=self.tables.marked(holder),
            basis=self.basis(counted_in),
            currency=self._currency,
        )
        return Grid(caption, columns, shown, notes, frozenset({len(shown) - 1}))

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
        rows, marked = [], False
        for row in table:
            if row["whose"] == "level" and not self._has_several(row["id"]):
                continue
            dagger = row["whose"] != "level" and self.tables.is_illustrative(row["id"] or row["whose"])
            marked = marked or dagger
            cells = [self.tables.money(row[name]) for name in names]
            cells += [self._ratio(row[name]) for name in ratios]
            rows.append([Cell(self._whose(row), dagger=dagger), *cells])
        columns = [Column(self.texts("pocket.holder"))]
        columns += [Column(self.texts(f"who_pays.kind_{name}"), number=True) for name in (*names, *ratios)]
        notes = [self.texts("who_pays.kinds_note")]
        if ratios and any(row["ratio"] is None for row in table):
            notes.append(self.texts("who_pays.no_inputs", number=1))
        if any(self.words.numbers.is_seen(row["financing"]) and row["financing"] < 0 for row in table):
            notes.append(self.texts("who_pays.kinds_saved"))
        notes += [self.texts("mark.dagger")] if marked else []
        year = self.words.model.present_value_year
        return Grid(self.texts("who_pays.kinds_caption", year=year, currency=self._currency), columns, rows, notes)

    def _ratio(self, value: Decimal | None) -> Cell:
        if value is None:
            return Cell(self.texts("measures.none", number=1))
        return Cell(self.words.numbers.ratio(value), value)

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
        several = len(split.levels) > 1
        grids = [self._payers(split), *([self._levels(split)] if several else []), self._others(split)]
        return SplitTold(self._question(split), self._answer(split), [grid for grid in grids if grid.rows])

    def _question(self, split: Split) -> str:
        if split.all_costs:
            return self.texts("who_pays.question_costs")
        return self.texts("who_pays.question_flows", names=self._flows(split))

    def _flows(self, split: Split) -> str:
        names = [self.words.address_owner(f"{flow}.amount") for flow in split.flows]
        return ", ".join(f"“{name}”" if self.words.language == "en" else f"«{name}»" for name in names)

    def _answer(self, split: Split) -> list[str]:
        mark = DAGGER if split.illustrative else ""

        def amount(value: Decimal) -> str:
            return self.words.numbers.amount(value) + mark

        cost, gains = amount(split.cost), amount(split.gains)
        told = [self.texts("who_pays.basis_costs" if split.all_costs else "who_pays.basis_flows")]
        if split.gain == "cashable":
            told.append(self.texts("who_pays.basis_cashable"))
        if split.status == "nothing-to-pay":
            return [*told, self.texts("who_pays.nothing")]
        if split.status == "exists":
            told.append(self.texts("who_pays.exists", cost=cost, gains=gains, left=amount(split.left)))
        else:
            told.append(self.texts("who_pays.missing", cost=cost, gains=gains, missing=amount(split.missing)))
        if split.losses:
            told.append(self.texts("who_pays.losses", losses=amount(split.losses)))
        return told

    def _payers(self, split: Split) -> Grid:
        names = ["gain", "pays_now", "least", "pays", "share", "keeps"]
        rows = split.payers.to_pylist()
        shown = self._rows(split, rows, names, lambda row: self.words.holder(row["holder"]))
        notes = [self.texts("who_pays.rule" if split.status == "exists" else "who_pays.least_note")]
        if split.illustrative:
            notes.append(self.texts("who_pays.illustrative"))
        return self._split_grid(split, "payers", "pocket.holder", self._kept(rows, names), shown, notes)

    def _levels(self, split: Split) -> Grid:
        names = ["gain", "pays_now", "least", "least_share", "pays", "share"]
        rows = split.levels.to_pylist()
        shown = self._rows(split, rows, names, lambda row: self.level(row["level"]))
        return self._split_grid(split, "levels", "who_pays.level", self._kept(rows, names), shown, [])

    def _others(self, split: Split) -> Grid:
        names = ["gain", "economic", "social", "pays_now"]
        rows = [row for row in split.others.to_pylist() if any(row[name] for name in names)]
        shown = self._rows(split, rows, names, lambda row: self.words.holder(row["holder"]))
        notes = [self.texts("who_pays.others_note")]
        return self._split_grid(split, "others", "pocket.holder", self._kept(rows, names), shown, notes)

    def _kept(self, rows: list[dict[str, Any]], names: Sequence[str]) -> list[str]:
        """Leave out the columns in which no row has anything."""
        return [name for name in names if any(row[name] for row in rows)]

    def _rows(
        self,
        split: Split,
        rows: list[dict[str, Any]],
        names: Sequence[str],
        head: Callable[[dict[str, Any]], str],
    ) -> list[list[Cell]]:
        kept = self._kept(rows, names)
        mark = split.illustrative
        return [[Cell(head(row), dagger=mark), *(self._cell(name, row[name]) for name in kept)] for row in rows]

    def _cell(self, name: str, value: Decimal | None) -> Cell:
        if value is None:
            return Cell("")
        if name in {"share", "least_share"}:
            return Cell(self.words.numbers.share(value), value)
        return self.tables.money(value)

    def _split_grid(
        self, split: Split, what: str, head: str, names: Sequence[str], rows: list[list[Cell]], notes: list[str]
    ) -> Grid:
        columns = [Column(self.texts(head))]
        columns += [Column(self.texts(f"who_pays.split_{name}"), number=True) for name in names]
        year = self.words.model.present_value_year
        of = "" if split.all_costs else self.texts("who_pays.of_flows", names=self._flows(split))
        caption = self.texts(f"who_pays.{what}_caption", year=year, currency=self._currency, of=of)
        if any(row[0].dagger for row in rows):
            notes = [*notes, self.texts("mark.dagger")]
        return Grid(caption, columns, rows, notes)
