"""Columns of every kind: lists, words, numbers, days and bytes as each library keeps them."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import socialimpact as si
from conftest import MODELS

FLOWS = [[-100.0, 60.0, 60.0], [-50.0, 10.0, 55.0]]
DAYS = [date(2024, 1, 1), date(2025, 1, 1), date(2026, 7, 1)]
DENVER = Path("fixtures/contracts/denver.toml")


class Both:
    """Hands over a column as an array, and as a stream that is no table."""

    def __init__(self, array: Any) -> None:
        self.array = array

    def __arrow_c_array__(self, requested_schema: object = None) -> object:
        return self.array.__arrow_c_array__(requested_schema)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return pa.chunked_array([self.array]).__arrow_c_stream__(requested_schema)


class Broken:
    """Fails to hand over an array."""

    def __arrow_c_array__(self, requested_schema: object = None) -> object:
        raise RuntimeError("the connection is closed")


LISTS: dict[str, Callable[[], Any]] = {
    "a series of polars": lambda: pl.Series(FLOWS),
    "a series of pandas": lambda: pd.Series(FLOWS, dtype=pd.ArrowDtype(pa.list_(pa.float64()))),
    "a series of pandas with an index": lambda: pd.Series(
        FLOWS, index=[3, 9], dtype=pd.ArrowDtype(pa.list_(pa.float64()))
    ),
    "an object that hands over both an array and a stream": lambda: Both(pa.array(FLOWS)),
    "an array of pyarrow": lambda: pa.array(FLOWS),
    "an array in chunks": lambda: pa.chunked_array([FLOWS[:1], FLOWS[1:]]),
    "large lists": lambda: pa.array(FLOWS, pa.large_list(pa.float64())),
    "lists of one width": lambda: pa.array(FLOWS, pa.list_(pa.float64(), 3)),
    "a part of an array": lambda: pa.array([[1.0], *FLOWS, [2.0]])[1:3],
    "a part of lists of one width": lambda: pa.array([[1.0] * 3, *FLOWS], pa.list_(pa.float64(), 3))[1:],
    "decimals": lambda: pa.array([[Decimal(int(flow)) for flow in row] for row in FLOWS]),
    "small whole numbers": lambda: pa.array([[int(flow) for flow in row] for row in FLOWS], pa.list_(pa.int16())),
    "large whole numbers": lambda: pa.array([[int(flow) for flow in row] for row in FLOWS], pa.list_(pa.int64())),
    "floats of 32 bits": lambda: pa.array(FLOWS, pa.list_(pa.float32())),
}


@pytest.mark.parametrize("kind", LISTS)
def test_lists_of_every_kind_are_series(kind: str) -> None:
    assert si.irr_batch(LISTS[kind]()) == si.irr_batch(FLOWS)


def test_a_column_of_no_rows_is_no_series() -> None:
    assert len(si.irr_batch(pa.array([], pa.list_(pa.float64())))) == 0
    assert len(si.irr_batch(pa.chunked_array([], pa.list_(pa.float64())))) == 0


def test_floats_are_the_nearest_to_the_decimals_of_a_table() -> None:
    third = Decimal("0.333333333333")
    assert si.Table({"amount": [third, None]}).with_floats().to_dict() == {"amount": [0.333333333333, None]}


@pytest.mark.parametrize(
    "days",
    [
        pa.array(DAYS),
        pa.array(DAYS, pa.date64()),
        pa.array(DAYS).cast(pa.timestamp("s")),
        pa.array(DAYS).cast(pa.timestamp("s")).cast(pa.timestamp("ns", "UTC")),
        pa.array([day.isoformat() for day in DAYS]),
        pl.Series([day.isoformat() for day in DAYS]),
        pl.Series(DAYS),
        pd.Series(pd.to_datetime(DAYS)),
        pd.Series(pd.to_datetime(DAYS), index=pd.to_datetime(["2000-01-01", "2010-01-01", "2020-01-01"])),
        pd.Series([day.isoformat() for day in DAYS], dtype="category"),
        pa.chunked_array([DAYS[:1], DAYS[1:]]),
    ],
    ids=lambda days: f"{type(days).__name__} {getattr(days, 'type', getattr(days, 'dtype', ''))}",
)
def test_days_of_every_kind_are_dates(days: Any) -> None:
    assert si.xirr_batch(days, FLOWS) == si.xirr_batch(DAYS, FLOWS)


def test_lists_of_days_are_dates_of_each_series() -> None:
    assert si.xirr_batch(pa.array([DAYS, DAYS]), FLOWS) == si.xirr_batch([DAYS, DAYS], FLOWS)


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "days of another time zone": (
        lambda: si.xirr_batch(pa.array(DAYS).cast(pa.timestamp("s")).cast(pa.timestamp("s", "Europe/Oslo")), FLOWS),
        'dates: a column of Timestamp(s, "Europe/Oslo") holds no dates',
    ),
    "words that are no days": (
        lambda: si.xirr_batch(pa.array(["2024-01-01", "soon", "2026-07-01"]), FLOWS),
        "dates[1]: there is no day of the calendar here: write `2024-01-31`",
    ),
    "days written in another way": (
        lambda: si.xirr_batch(pa.array(["2024-01-01", "2025 - 1-1", "2026-07-01"]), FLOWS),
        "dates[1]: there is no day of the calendar here",
    ),
    "a day beyond the calendar": (
        lambda: si.xirr_batch(pa.array([19_723, 2**31 - 1, 20_635], pa.int32()).cast(pa.date32()), FLOWS),
        "dates[1]: there is no day of the calendar here",
    ),
    "a day missing among categories": (
        lambda: si.xirr_batch(
            pa.DictionaryArray.from_arrays(pa.array([0, 1, 2]), pa.array(["2024-01-01", None, "2026-07-01"])), FLOWS
        ),
        "dates[1]: there is no day of the calendar here",
    ),
    "a day missing in a list": (
        lambda: si.xirr_batch(pa.array([["2024-01-01", "2025-01-01", "2026-07-01"], ["2024-01-01", "x", ""]]), FLOWS),
        "dates[1][1]: there is no day of the calendar here",
    ),
    "a row that is nothing": (
        lambda: si.irr_batch(
            pa.StructArray.from_arrays(
                [pa.array([-1.0, -1.0]), pa.array([2.0, 3.0])], ["a", "b"], mask=pa.array([False, True])
            )
        ),
        "there is nothing in row 1 (null)",
    ),
    "numbers as days": (lambda: si.xirr_batch(pa.array([1, 2, 3]), FLOWS), "dates: a column of Int64 holds no dates"),
    "a list without a number": (
        lambda: si.irr_batch(pa.chunked_array([[[1.0, 2.0]], [[-1.0, None]]])),
        "flows[1][1]: there is nothing here (null)",
    ),
    "a row without a list": (
        lambda: si.irr_batch(pa.chunked_array([[[1.0, 2.0]], [[-1.0, 1.0], None]])),
        "flows[2]: there is nothing here (null)",
    ),
    "lists of words": (
        lambda: si.irr_batch(pa.array([["a"]])),
        "holds no flows",
    ),
    "a column of words": (
        lambda: si.irr_batch(pa.array(["a"])),
        "a column of Utf8 holds no flows: give numbers, or one",
    ),
    "lists as observations": (
        lambda: si.read_contract(DENVER).settle(pa.table({"metric": [["a"]], "date": [DAYS[0]], "count": [1]})),
        "observations: column 1 (List(Utf8)) is no text, number or date",
    ),
    "a column as observations": (
        lambda: si.read_contract(DENVER).settle(pl.Series(["a"])),
        "a single column is no observations: give a table with named columns",
    ),
    "a column as rows": (
        lambda: si.simulate_batch(si.read(MODELS / "beginner.toml"), pa.chunked_array([["a"]])),
        "a single column is no batch: give a table with named columns",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_a_column_does_not_hold_is_said(what: str) -> None:
    call, message = REFUSED[what]
    with pytest.raises((si.ImpactError, ValueError)) as failure:
        call()
    assert message in str(failure.value)


def test_an_object_that_fails_to_hand_over_says_why() -> None:
    broken: Any = Broken()
    with pytest.raises(si.ImpactError, match="cannot be handed over as Arrow: the connection is closed"):
        si.read_contract(DENVER).settle(broken)
    with pytest.raises(RuntimeError, match="the connection is closed"):
        si.irr_batch(broken)


OBSERVED: dict[str, list[Any]] = {
    "metric": ["housing-days", "housing-days", "jail-reduction"],
    "date": [date(2019, 12, 31), date(2020, 12, 31), date(2020, 12, 31)],
    "count": [258_858, 41_070, 0.38],
}
COUNTS = [Decimal("258858"), Decimal("41070"), Decimal("0.38")]


@pytest.mark.parametrize(
    "change",
    [
        {"metric": pa.array(OBSERVED["metric"]).dictionary_encode()},
        {"metric": pa.array(OBSERVED["metric"], pa.string_view())},
        {"metric": pa.array(OBSERVED["metric"], pa.large_string())},
        {"count": pa.array(COUNTS)},
        {"count": pa.array(COUNTS, pa.decimal256(50, 3))},
        {"date": pa.array(OBSERVED["date"]).cast(pa.timestamp("us"))},
        {"date": pa.array(OBSERVED["date"], pa.date64())},
        {"date": pa.array([day.isoformat() for day in OBSERVED["date"]])},
        {"group": pa.nulls(3)},
    ],
    ids=lambda change: " ".join(f"{name} {column.type}" for name, column in change.items()),
)
def test_columns_of_every_kind_are_observations(change: dict[str, Any]) -> None:
    contract = si.read_contract(DENVER)
    assert contract.settle(pa.table(OBSERVED | change)).lines == contract.settle(pa.table(OBSERVED)).lines


def test_a_moment_of_a_day_is_no_day() -> None:
    noon = pa.array([datetime(2019, 12, 31, 12)] * 3)  # noqa: DTZ001, RUF100 - moments without a zone are meant
    with pytest.raises(si.ImpactError, match=r"2019-12-31T12:00:00|is no date"):
        si.read_contract(DENVER).settle(pa.table(OBSERVED | {"date": noon}))


def test_parts_on_their_way_may_be_kept_as_any_bytes() -> None:
    models = {"m": si.read(MODELS / "beginner.toml")}
    parts = si.simulate_parts(models, si.Table({"scenario": ["m"], "seed": [7], "draws": [100]}))
    table = pa.table(parts)
    place = next(number for number, field in enumerate(table.schema) if field.type == pa.binary())
    expected = si.merge_parts(models, parts)
    for kind in (pa.large_binary(), pa.binary_view()):
        other = table.set_column(place, table.schema.field(place).name, table.column(place).cast(kind))
        assert si.merge_parts(models, other) == expected
    assert si.merge_parts(models, pl.DataFrame(parts)) == expected


def test_a_list_is_printed_as_its_numbers() -> None:
    told = str(si.Table({"roots": [[0.111748591, 2.5], []]}))
    assert told.split("\n")[1:] == ["[0.1117, 2.5]", "[]"]
