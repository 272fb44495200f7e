"""Arrow in and out: every table goes to pandas, polars, pyarrow and DuckDB, and what takes rows takes theirs."""

import ast
import math
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import socialimpact as si
from conftest import MODELS
from paid_work import EFFECT, PRICE, certain

CONTRACTS = Path("fixtures/contracts")


@cache
def results() -> dict[str, Any]:
    """One of each result that has tables."""
    model = si.read(MODELS / "sandefjord.toml")
    appraisal, quantity = model.appraise(), "outcomes.off-assistance.quantity"
    simulated = model.simulate(200, 7, measures=[("npv", "municipality")])
    work, larvik = certain(), si.read_contract(CONTRACTS / "larvik-for-nothing.toml")
    denver = si.read_contract(CONTRACTS / "denver.toml")
    statement = denver.settle(CONTRACTS / "denver.observations.toml")
    searched: dict[str, Any] = {"payer": "state", "investor": "fund", "rate": 0.08, "low": 0, "high": 600_000}
    return {
        "model": model,
        "appraisal": appraisal,
        "budget": appraisal.budget("municipality"),
        "budget plan": appraisal.budget_plan("municipality"),
        "waterfall": appraisal.waterfall(),
        "simulated": simulated,
        "tornado": model.tornado(holder="municipality"),
        "comparison": si.compare([model, si.read(MODELS / "bike-workshop.toml")]),
        "cost-effectiveness": si.cost_effectiveness([model, model]),
        "grid": model.grid({quantity: [5, 10]}, draws=100, seed=7),
        "contract": larvik,
        "statement": statement,
        "cash flows": denver.cash_flows(statement),
        "contract risk": larvik.risk(200, 7),
        "frontier": work.frontier(PRICE, {EFFECT: [0.1, 0.3]}, draws=10, seed=1, **searched),
        "own catalogue": si.read_catalogue(MODELS.parent / "catalogues" / "own.toml"),
        "catalogue": si.catalogue(),
        "effects": si.effects(),
        "conventions": si.conventions(),
        "indices": si.indices(),
        "checks": si.checks(),
        "units": si.units(),
        "templates": si.templates(),
    }


def table_members() -> dict[str, list[tuple[str, bool]]]:
    """The members of each class that the stubs call a table: its name, and whether it is called without being told."""
    tree = ast.parse((Path(si.__file__).parent / "_core.pyi").read_text(encoding="utf-8"))
    found: dict[str, list[tuple[str, bool]]] = {}
    for cls in (node for node in tree.body if isinstance(node, ast.ClassDef)):
        for member in (node for node in cls.body if isinstance(node, ast.FunctionDef)):
            told = len(member.args.args) + len(member.args.posonlyargs) - 1 - len(member.args.defaults)
            gives = ast.unparse(member.returns) if member.returns else ""
            if gives in {"Table", "PlotTable"} and told == 0 and None not in member.args.kw_defaults:
                is_property = any(ast.unparse(one) == "property" for one in member.decorator_list)
                found.setdefault(cls.name, []).append((member.name, not is_property))
    return found


MEMBERS = table_members()


@cache
def tables() -> dict[str, si.Table]:
    """Every table that a result gives of itself."""
    found: dict[str, si.Table] = {}
    for name, result in results().items():
        if isinstance(result, si.Table):
            found[name] = result
            continue
        for member, is_called in MEMBERS.get(type(result).__name__, []):
            value = getattr(result, member)() if is_called else getattr(result, member)
            found[f"{name}: {member}"] = value
        if isinstance(result, si.CostEffectiveness):
            found[f"{name}: options"] = result.options
    return found


OTHERS = {
    *("Distribution", "ReturnRisk", "SavingRisk", "Ranking", "BaselineTable", "RiskGrid"),
    *("BreakEvenCurve", "TwoWay", "BreakEven", "Evpi", "SimulatedFigure", "Table"),
}
"""Results whose tables are of the same make and take longer to get."""


def test_every_class_with_a_table_is_tried_or_named() -> None:
    tried = {type(result).__name__ for result in results().values()}
    assert set(MEMBERS) - tried - OTHERS == set()
    assert len(tables()) > 50


def plain(value: Any) -> Any:
    """A value as every one of the readers gives it."""
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    return [plain(one) for one in value] if isinstance(value, list | np.ndarray) else value


def by_duckdb(rows: si.Table) -> dict[str, list[Any]]:  # noqa: ARG001 - DuckDB finds it by its name
    found: dict[str, list[Any]] = pa.table(duckdb.sql("select * from rows")).to_pydict()
    return found


READERS: dict[str, Callable[[si.Table], dict[str, list[Any]]]] = {
    "pyarrow": lambda table: pa.table(table).to_pydict(),
    "polars": lambda table: pl.DataFrame(table).to_dict(as_series=False),
    "pandas": lambda table: {
        name: list(column)
        for name, column in pd.DataFrame.from_arrow(table).items()  # type: ignore[attr-defined]  # stubs lag behind
    },
    "duckdb": by_duckdb,
}


@pytest.mark.parametrize("reader", READERS)
def test_every_table_is_read_as_it_is(reader: str) -> None:
    for name, table in tables().items():
        given = READERS[reader](table)
        assert list(given) == list(table.column_names), name
        for column, values in table.to_dict().items():
            assert [plain(value) for value in given[column]] == [plain(value) for value in values], (name, column)


# Inputs


def duck(columns: dict[str, list[Any]]) -> Any:
    frame = pa.table(columns)
    assert frame.num_rows
    return duckdb.from_arrow(frame)


WRITERS: dict[str, Callable[[dict[str, list[Any]]], Any]] = {
    "pyarrow": pa.table,
    "polars": pl.DataFrame,
    "pandas": pd.DataFrame,
    "duckdb": duck,
    "ours": si.Table,
}
DAYS = [date(2024, 1, 1), date(2025, 1, 1), date(2026, 7, 1)]
FLOWS = {"first": [-100.0, -50.0], "second": [60.0, 10.0], "third": [60.0, 55.0]}
OBSERVED: dict[str, list[Any]] = {
    "metric": ["housing-days", "housing-days", "jail-reduction"],
    "date": [date(2019, 12, 31), date(2020, 12, 31), date(2020, 12, 31)],
    "count": [258_858.0, 41_070.0, 0.38],
}
ROWS: dict[str, list[Any]] = {"scenario": ["m", "m"], "seed": [7, 8], "draws": [100, 100]}


@cache
def beginner() -> dict[str, si.Model]:
    return {"m": si.read(MODELS / "beginner.toml")}


TAKERS: dict[str, tuple[dict[str, list[Any]], Callable[[Any], Any], Callable[[], Any]]] = {
    "irr_batch": (FLOWS, si.irr_batch, lambda: si.irr_batch([list(row) for row in zip(*FLOWS.values(), strict=True)])),
    "xirr_batch": (
        FLOWS,
        lambda given: si.xirr_batch(DAYS, given),
        lambda: si.xirr_batch(DAYS, [list(row) for row in zip(*FLOWS.values(), strict=True)]),
    ),
    "settle": (
        OBSERVED,
        lambda given: si.read_contract(CONTRACTS / "denver.toml").settle(given).lines,
        lambda: results()["statement"].lines,
    ),
    "simulate_batch": (
        ROWS,
        lambda given: si.simulate_batch(beginner(), given),
        lambda: si.simulate_batch(beginner(), si.Table(ROWS)),
    ),
    "simulate_parts": (
        ROWS,
        lambda given: si.merge_parts(beginner(), si.simulate_parts(beginner(), given)),
        lambda: si.simulate_batch(beginner(), si.Table(ROWS)),
    ),
}


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("taker", TAKERS)
def test_every_input_takes_rows_of_every_library(taker: str, writer: str) -> None:
    columns, take, expected = TAKERS[taker]
    assert take(WRITERS[writer](columns)) == expected()


def test_everything_that_the_stubs_say_takes_arrow_is_tried() -> None:
    text = (Path(si.__file__).parent / "_core.pyi").read_text(encoding="utf-8")
    takes = {
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
        and any(ast.unparse(one.annotation) in {"_ArrowStream", "_Series"} for one in node.args.args if one.annotation)
    }
    assert takes - set(TAKERS) == {"merge_parts"}, "which is given what simulate_parts gives"
