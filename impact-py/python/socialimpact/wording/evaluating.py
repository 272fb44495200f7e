"""What a better evaluation is worth, as the terminal and the page show it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from socialimpact._core import Contract
from socialimpact.errors import ImpactError
from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.risking import Risked


@dataclass(frozen=True, slots=True)
class Deciding:
    """Whoever decides to go on: what one unit of a change is worth to them, and what going on costs."""

    worth: Decimal
    cost: Decimal
    metric: str | None = None


class Evaluated:
    """What evaluations of so many people are worth to whoever decides to go on."""

    def __init__(self, contract: Contract, risk: Risked, deciding: Deciding, request: dict[str, Any]) -> None:
        """Value evaluations; the metric may be left out where the truth has one only.

        Raises
        ------
        ImpactError
            Several metrics and none named; as `Contract.evaluation_worth`.
        """
        metrics = [row["metric"] for row in risk.situations[0]["changes"]]
        if deciding.metric is None and len(metrics) != 1:
            known = ", ".join(f"`{metric}`" for metric in metrics)
            raise ImpactError(f"--metric: the truth has several metrics: choose among {known}")
        metric = deciding.metric or metrics[0]
        table = contract.evaluation_worth(metric, worth=deciding.worth, cost=deciding.cost, progress=True, **request)
        self._risk, self._deciding, self.rows = risk, deciding, table.to_pylist()
        self._metric_id = metric
        named = [row for row in risk.situations[0]["changes"] if row["metric"] == metric]
        self._metric = risk.name(named[0]) if named else metric

    @property
    def content(self) -> dict[str, Any]:
        """All of it, for machines."""
        asked = {"worth": float(self._deciding.worth), "cost": float(self._deciding.cost)}
        return {**asked, "rows": self.rows}

    def grid(self) -> Grid:
        """Show what evaluations, and the truth, would be worth."""
        texts, numbers = self._risk.texts, self._risk.numbers
        rows = [[self._people(row), self._worth(row)] for row in self.rows]
        heads = [Column(texts(f"risk.evaluation_{key}"), key != "people") for key in ("people", "worth")]
        asked = {"worth": numbers.amount(self._deciding.worth), "cost": numbers.amount(self._deciding.cost)}
        on_average = numbers.amount(Decimal(repr(self.rows[0]["going_on"])))
        notes = [
            texts("risk.evaluation_asked", metric=self._metric, **asked),
            texts("risk.evaluation_note", going_on=on_average),
            *([texts("risk.evaluation_certain")] if self._compares_with_the_known() else []),
        ]
        return Grid(texts("risk.evaluation"), heads, rows, notes)

    def _compares_with_the_known(self) -> bool:
        """Whether a group to compare with shows what the truth has as certain: what would happen anyway."""
        numbers = {address: row for row in self._risk.content["assumptions"] for address in row["used_at"]}
        anyway = [numbers.get(f"truth.metrics.{self._metric_id}.{key}") for key in ("counterfactual", "drift")]
        compared = any(address.startswith("truth.cohorts.") and address.endswith(".compared") for address in numbers)
        return compared and not any(row and row["distribution"] for row in anyway)

    def _people(self, row: dict[str, Any]) -> Cell:
        if row["people"] is None:
            return Cell(self._risk.texts("risk.evaluation_truth"))
        people = Decimal(repr(row["people"]))
        return Cell(self._risk.numbers.count(people), people)

    def _worth(self, row: dict[str, Any]) -> Cell:
        worth, error = (Decimal(repr(row[key])) for key in ("worth", "standard_error"))
        text = self._risk.numbers.money(worth)
        return Cell(self._risk.numbers.beside_error(text, error) if error else text, worth)
