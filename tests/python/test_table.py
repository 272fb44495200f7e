"""Tables: read as they are by pandas, polars and pyarrow, exact where they hold money."""

import pickle
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import socialimpact as si

HOLDERS = ["municipality", "state", None]
AMOUNTS = [Decimal("149940.25"), Decimal("-0.000000000001"), None]

PLACES = Decimal("1e-12")
"""What an amount is kept to."""


@pytest.fixture
def table() -> si.Table:
    return si.Table(
        {
            "holder": HOLDERS,
            "year": [2025, 2026, None],
            "real": AMOUNTS,
            "factor": [0.96, 1.0, None],
            "due": [date(2025, 12, 31), date(1969, 1, 1), None],
            "cashable": [True, False, None],
        }
    )


def test_pyarrow_reads_a_table_as_it_is(table: si.Table) -> None:
    read = pa.table(table)
    assert read.schema.field("real").type == pa.decimal128(38, 12)
    assert read.schema.field("factor").type == pa.float64()
    assert read.schema.field("due").type == pa.date32()
    assert read.column("real").to_pylist() == AMOUNTS
    assert pa.record_batch(table).num_rows == 3
    assert pa.schema(table) == read.schema


def test_a_reader_may_ask_for_other_types(table: si.Table) -> None:
    wanted = pa.schema([*list(pa.schema(table))[:3], pa.field("factor", pa.float32()), *list(pa.schema(table))[4:]])
    assert pa.table(table, schema=wanted).schema.field("factor").type == pa.float32()


def test_pandas_reads_a_table_as_it_is(table: si.Table) -> None:
    frame = pd.DataFrame.from_arrow(table)  # type: ignore[attr-defined]  # pandas-stubs lags behind pandas
    assert list(frame.columns) == list(table.column_names)
    assert list(frame["real"][:2]) == AMOUNTS[:2]
    assert frame["factor"].dtype == "float64"
    assert frame["holder"][0] == "municipality"


def test_polars_reads_a_table_as_it_is(table: si.Table) -> None:
    frame = pl.DataFrame(table)
    assert frame.schema["real"] == pl.Decimal(38, 12)
    assert frame["real"].to_list() == AMOUNTS
    assert frame["due"].to_list() == [date(2025, 12, 31), date(1969, 1, 1), None]
    assert frame["real"].sum() == Decimal("149940.249999999999")


def test_amounts_become_floats_on_request(table: si.Table) -> None:
    floats = table.with_floats()
    assert floats.types["real"] == "ratio"
    assert floats["real"] == [149940.25, -1e-12, None]
    frame = pd.DataFrame.from_arrow(floats)  # type: ignore[attr-defined]  # pandas-stubs lags behind pandas
    assert frame["real"].dtype == "float64"


def test_a_table_gives_python_values(table: si.Table) -> None:
    assert len(table) == 3
    assert table.column_names == ("holder", "year", "real", "factor", "due", "cashable")
    assert table.to_dict()["real"] == AMOUNTS
    first, *_, last = table.to_pylist()
    assert first == {
        "holder": "municipality",
        "year": 2025,
        "real": Decimal("149940.25"),
        "factor": 0.96,
        "due": date(2025, 12, 31),
        "cashable": True,
    }
    assert set(last.values()) == {None}
    assert str(table["real"][0]) == "149940.25"
    assert repr(table) == "Table(3 rows: holder, year, real, factor, due, cashable)"


def test_an_unknown_column_is_named(table: si.Table) -> None:
    with pytest.raises(KeyError, match="there is no column `colour`"):
        table["colour"]


def test_a_table_survives_a_trip_to_another_process(table: si.Table) -> None:
    for original in (table, si.Table({"none": []}, types={"none": "amount"}), si.Table({})):
        copy = pickle.loads(pickle.dumps(original))  # noqa: S301 - our own bytes
        assert copy == original
        assert copy.types == original.types


@given(st.lists(st.none() | st.decimals(min_value=-(10**15), max_value=10**15, places=12)))
def test_amounts_are_kept_to_the_last_place(amounts: list[Decimal | None]) -> None:
    table = si.Table({"real": amounts}, types={"real": "amount"})
    assert pa.table(table).column("real").to_pylist() == table["real"] == amounts


def test_an_amount_between_two_places_goes_to_the_even_one() -> None:
    table = si.Table({"real": [Decimal("0.0000000000005"), Decimal("0.0000000000015")]})
    assert table["real"] == [0, 2 * PLACES]


@pytest.mark.parametrize(
    ("columns", "types", "error", "message"),
    [
        ({"a": [1], "b": [1, 2]}, {}, ValueError, "column `b` has 2 rows, column `a` has 1"),
        ({"a": [None]}, {}, ValueError, "column `a` has no value to go by: name its type"),
        ({"a": [1]}, {"a": "money"}, ValueError, "column `a`: type `money` is not `text`, `whole`, `amount`"),
        ({"a": [object()]}, {}, TypeError, "column `a`: `<object object"),
        ({"a": [1, "x"]}, {}, TypeError, "column `a`, row 1: "),
        (
            {"a": [Decimal(10) ** 27]},
            {},
            ValueError,
            "column `a`: amount `1000000000000000000000000000` has more than 26",
        ),
        ({"a": [Decimal("NaN")]}, {}, ValueError, "column `a`, row 0: "),
    ],
)
def test_a_bad_column_is_named(
    columns: dict[str, list[object]], types: dict[str, str], error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as caught:
        si.Table(columns, types=types)  # type: ignore[arg-type]
    assert str(caught.value).startswith(message)


def test_a_long_table_says_what_a_notebook_does_not_show() -> None:
    page = si.Table({"year": list(range(120))})._repr_html_()
    assert page.count("<tr>") == 51
    assert "70 more rows, 120 in all" in page


EXACT = Decimal("1132600.307807289137")
TOLD = si.Table(
    {
        "name_en": ["Deadweight", None],
        "name_nb": ["Dødvekt", None],
        "year": [2018, 2019],
        "amount": [EXACT, Decimal("-0.25")],
        "share": [0.1 + 0.2, None],
    }
)


def test_a_table_is_printed_with_one_name_and_numbers_for_readers() -> None:
    assert str(TOLD).splitlines() == [
        "name        year     amount  share",
        "Deadweight  2018  1,132,600    0.3",
        "            2019      -0.25",
    ]


def test_a_printed_table_steers_no_terminal() -> None:
    told = str(si.Table({"na\x1b[2Jme": ["red\x1b[31m", "turned\u202eround", "two\nlines"], "n": [1, 2, 3]}))
    assert told.splitlines() == [
        r"na\u{1b}[2Jme        n",
        r"red\u{1b}[31m        1",
        r"turned\u{202e}round  2",
        "two lines            3",
    ]
    assert told == told.encode("ascii").decode()


def test_a_chance_just_below_one_is_printed_as_no_certainty() -> None:
    told = si.Table({"chance": [0.99996, -0.99996, 0.99994, 1.0]})
    assert str(told).split() == ["chance", "0.99996", "-0.99996", "0.9999", "1"]
    assert '<td style="text-align: right">0.99996</td>' in told._repr_html_()


def test_a_notebook_shows_one_name_and_numbers_for_readers() -> None:
    page = TOLD._repr_html_()
    assert '<th scope="col">name</th>' in page
    assert "Dødvekt" not in page
    assert "1,132,600<" in page
    assert "0.3<" in page
    assert "2018<" in page


def test_what_is_rounded_for_readers_stays_exact() -> None:
    assert TOLD["amount"][0] == pa.table(TOLD).column("amount").to_pylist()[0] == EXACT
    assert TOLD["name_nb"][0] == "Dødvekt"
    assert TOLD["share"][0] == 0.1 + 0.2


def test_text_in_a_notebook_is_text(tmp_path: Path, rendered: Callable[[Path], str]) -> None:
    attack = "<script>document.title = 'run'</script><img src=x onerror=\"document.title='run'\">&amp;"
    page = tmp_path / "table.html"
    part = si.Table({attack: [attack]})._repr_html_()
    page.write_text(f"<!doctype html><html lang=en><meta charset=utf-8><title>still</title>{part}", encoding="utf-8")
    document = rendered(page)
    assert "<title>still</title>" in document
    assert document.count("<script>") == 0
    assert "&amp;amp;" in document
