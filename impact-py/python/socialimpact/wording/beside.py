"""What stands beside the priced account, as tables."""

from decimal import Decimal
from functools import cached_property
from typing import Any

from socialimpact._core import Appraisal
from socialimpact.beside import BreakEvenVolume, EnterpriseAccount, GoalCoverage, NonPriced
from socialimpact.errors import ImpactError
from socialimpact.types import Measure, PriceLevel
from socialimpact.wording.grid import Cell, Grid
from socialimpact.wording.tables import DAGGER, Tables
from socialimpact.wording.texts import shown


class Beside:
    """Effects without a price, goals and the enterprise of one appraisal; nothing where the document has none."""

    def __init__(self, appraisal: Appraisal, tables: Tables) -> None:
        self.appraisal = appraisal
        self.tables = tables
        self.words = tables.words
        self.texts = tables.words.texts

    # Effects without a price

    @cached_property
    def non_priced(self) -> Grid | None:
        """Show each effect without a price, what it comes to, and which way they pull."""
        found = self.appraisal.non_priced()
        if found is None:
            return None
        names = ["name", "whom", "change", "importance", "size", "consequence", "evidence"]
        rows = [self._effect(row) for row in found.effects.to_pylist()]
        return Grid(self.texts("non_priced.caption"), self.tables.head("non_priced", names), rows, self._said_of(found))

    def _effect(self, row: dict[str, Any]) -> list[Cell]:
        whom = self.words.holder(row["holder"])
        if row["group"]:
            whom = self.texts("non_priced.part", group=self.words.group(row["group"]), whom=whom)
        name = self._label(row, "name")
        if row["outcome"]:
            name = self.texts("non_priced.of_outcome", name=name, outcome=self.words.outcome(row["outcome"]))
        change = self._label(row, "change")
        if row["from"] is not None:
            change = self.texts("non_priced.in_years", change=change, first=row["from"], last=row["to"])
        if row["note"]:
            change = self.texts("non_priced.noted", change=change, note=shown(row["note"]))
        judged = [row["grade"] or "", shown(row["design"] or ""), shown(row["source_title"] or "")]
        return [
            Cell(name, dagger=row["illustrative"]),
            Cell(whom),
            Cell(change),
            Cell(self.texts(f"non_priced.importance_{row['importance']}")),
            Cell(self.texts(f"non_priced.size_{row['size']}")),
            Cell(row["consequence"].replace("-", "−"), marks=self._marks(row)),
            Cell(", ".join(filter(None, judged))),
        ]

    def _label(self, row: dict[str, Any], name: str) -> str:
        return shown(row[f"{name}_{self.words.language}"] or row[f"{name}_en"])

    def _marks(self, row: dict[str, Any]) -> tuple[str, ...]:
        return (self.texts("mark.unverified"),) if row["unverified"] else ()

    def _said_of(self, found: NonPriced) -> list[str]:
        value = self.texts("number.none") if found.npv is None else self._worth(found.npv, "npv")
        scale = shown(found.scale.in_language(self.words.language))
        told = [
            self.texts(f"non_priced.{found.bearing}", npv=value),
            self.texts("non_priced.people"),
            self.texts("non_priced.scale", scale=scale, edition=found.scale_edition),
        ]
        if found.unverified:
            told.append(self.texts("non_priced.unread"))
        if found.illustrative:
            told.append(self.texts("mark.dagger"))
        return told

    def _worth(self, value: Decimal, measure: Measure) -> str:
        """Give an amount of society's, marked where the measure it is of rests on illustrative numbers."""
        mark = DAGGER if self.appraisal.measure(measure).illustrative else ""
        return self.words.numbers.amount(value) + mark

    # Goals

    @cached_property
    def goals(self) -> Grid | None:
        """Show which goals are served by what and how much."""
        coverage = self.appraisal.goals()
        if coverage is None:
            return None
        numbers = ["started", "accrued", "value"]
        names = ["goal", "served", *numbers, "consequence"]
        rows = [self._served(row) for row in coverage.goals.to_pylist()]
        year, currency = self.words.model.present_value_year, self.words.numbers.currency
        caption = self.texts("goals.caption", year=year, currency=currency)
        return Grid(caption, self.tables.head("goals", names, numbers), rows, self._covered(coverage, rows))

    def _served(self, row: dict[str, Any]) -> list[Cell]:
        goal = self._label(row, "name")
        where = row["target"] if row["scheme"] == "sdg" else ", ".join(filter(None, [row["scheme"], row["target"]]))
        if where and where not in goal:
            goal = self.texts("goals.where", goal=goal, where=shown(where))
        if row["outcome"]:
            return [
                Cell(goal),
                Cell(self.words.outcome(row["outcome"]), dagger=row["illustrative"]),
                self._count(row["started"], row["unit"]),
                self._count(row["accrued"], row["accrued_unit"]),
                self.tables.money(row["present_value"]),
                Cell(""),
            ]
        if row["non_priced"]:
            name = Cell(self.words.named("non_priced", row["non_priced"]), dagger=row["illustrative"])
            sign = Cell(row["consequence"].replace("-", "−"))
            return [Cell(goal), name, Cell(""), Cell(""), Cell(""), sign]
        return [Cell(goal), Cell(self.texts("goals.nothing")), Cell(""), Cell(""), Cell(""), Cell("")]

    def _count(self, value: Decimal, unit: str) -> Cell:
        return Cell(f"{self.words.numbers.count(value)} {self.words.units(value, unit)}", value)

    def _covered(self, coverage: GoalCoverage, rows: list[list[Cell]]) -> list[str]:
        served, whole = (self._worth(value, "present_value_outcomes") for value in (coverage.served, coverage.whole))
        told = [self.texts("goals.once", served=served, whole=whole)]
        if coverage.several:
            told.append(self.texts("goals.several", list=self._list("outcomes", coverage.several)))
        named = (
            ("outcomes_without", "outcomes", coverage.outcomes_without_goal),
            ("non_priced_without", "non_priced", coverage.non_priced_without_goal),
        )
        unserved = [self._label(row, "name") for row in coverage.goals.to_pylist() if row["goal"] in coverage.unserved]
        if unserved:
            told.append(self.texts("goals.unserved", list=", ".join(unserved)))
        told += [self.texts(f"goals.{key}", list=self._list(kind, ids)) for key, kind, ids in named if ids]
        if any(cell.dagger for row in rows for cell in row):
            told.append(self.texts("mark.dagger"))
        return told

    def _list(self, kind: str, ids: tuple[str, ...]) -> str:
        return ", ".join(self.words.named(kind, one) for one in ids)

    # The enterprise

    @cached_property
    def accounts(self) -> list[Grid]:
        """Show the enterprise's own account in money of each year and in the model's prices."""
        levels: tuple[PriceLevel, ...] = ("nominal", "real")
        return [grid for level in levels if (grid := self._account(level)) is not None]

    def _account(self, level: PriceLevel) -> Grid | None:
        try:
            account = self.appraisal.enterprise(level)
        except ImpactError:
            return None
        if account is None:
            return None
        table = account.years.to_pylist()
        names = ["sales", "contracts", "grants", "other", "costs", "result", "margin", "financing", "cash"]
        optional = {"sales", "contracts", "grants", "other", "financing"}
        names = [name for name in names if name not in optional or any(row[name] for row in table)]
        rows = [[Cell(str(row["year"])), *(self._money(name, row[name]) for name in names)] for row in table]
        caption = self.texts(
            "enterprise.caption",
            who=self.words.holder(account.holder),
            level=self.words.level(level),
            opening=self.words.numbers.amount(account.opening_cash),
        )
        return Grid(caption, self.tables.head("enterprise", ["year", *names], names), rows, self._told(account))

    def _money(self, name: str, value: Decimal | None) -> Cell:
        if value is None:
            return Cell("")
        return Cell(self.words.numbers.share(value), value) if name == "margin" else self.tables.money(value)

    def _told(self, account: EnterpriseAccount) -> list[str]:
        numbers, runway = self.words.numbers, account.runway
        if runway.months is not None:
            told = [self.texts("enterprise.gone", months=numbers.plain(runway.months), year=runway.year)]
        else:
            told = [
                self.texts("enterprise.lasts", year=runway.year, lowest=numbers.amount(runway.lowest or Decimal(0)))
            ]
        told.append(self._even(account.break_even, account.unit))
        if account.earned_share is not None:
            told.append(self.texts("enterprise.earned", share=numbers.share(account.earned_share)))
        posted = {row["cause"]: row for row in account.lines.to_pylist() if row["origin"] == "ledger"}
        if posted:
            told.append(self.texts("enterprise.posted", list=", ".join(self._cause(row) for row in posted.values())))
        if account.illustrative:
            told.append(self.texts("enterprise.invented"))
        return told

    def _cause(self, row: dict[str, Any]) -> str:
        return self._label(row, "name") if row["name_en"] else self.words.address_owner(row["cause"])

    def _even(self, found: BreakEvenVolume, unit: str | None) -> str:
        if found.units is None or found.whole is None or unit is None:
            return self.texts(f"enterprise.{found.status}")
        units = self.words.units(found.whole, unit)
        exactly = self.words.numbers.fixed(found.units, 2)
        return self.texts(
            f"enterprise.{found.status}", whole=self.words.numbers.count(found.whole), units=units, exactly=exactly
        )
