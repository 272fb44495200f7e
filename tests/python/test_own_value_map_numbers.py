"""Numbers in the cells of a practitioner's value map: read as they are meant, or refused with the cell."""

import datetime
from decimal import Decimal
from pathlib import Path

import pytest

import socialimpact as si
from conftest import needed
from socialimpact.importers.own_map.numbers import of_text
from test_own_value_map import BOTH, ROW, people, place_of, read

openpyxl = needed("openpyxl")
TEXTS = {
    "kr 1 234,50": "1234.50",
    "1\u00a0234\u202f567,-": "1234567",
    "£1,234.50": "1234.50",
    "1.234,50": "1234.50",
    "1.234.567": "1234567",
    "0,125": "0.125",
    "(12)": "-12",
    "\u221212,5": "-12.5",
    "40 %": "0.40",
    "NOK 7": "7",
    "-£5": "-5",
    "(£ 1 250)": "-1250",
    "5 kr": "5",
    "5,- kr": "5",
    "1'234'567.5": "1234567.5",
    "1,234.567": "1234.567",
    "0": "0",
}


@pytest.mark.parametrize("text", TEXTS)
def test_numbers_are_read_as_practitioners_write_them(text: str) -> None:
    found = of_text(text)
    assert not isinstance(found, str)
    assert found.value == Decimal(TEXTS[text])


@pytest.mark.parametrize("text", ["1.234", "1,234", "12 apples", "", "1-2", "ca. 5", "NaN", "1e5", "1 234.567"])
def test_what_may_be_two_numbers_or_none_is_not_read(text: str) -> None:
    assert isinstance(of_text(text), str)


@pytest.mark.parametrize(
    "text",
    [
        *("31.12.2024", "1.2.3", "10 20", "1,2.3", "5 kr 50", "5 £ 50", "01.02.2024", "1 2", "12 34 567", "1,23,456"),
        *("1.234.56", "1,234,567,8", "1.234 567", "1 234'567", "0.123.456", "2024 12 31", "1..2", "1 .5", "5 kr 5 kr"),
    ],
)
def test_a_date_or_two_numbers_in_one_cell_are_never_one_number(text: str, tmp_path: Path) -> None:
    with pytest.raises(si.ImpactError) as refused:
        read(people(tmp_path / "map.xlsx", {**ROW, "I": text}), holders=BOTH)
    assert place_of(refused.value)["Value map!I6"].startswith(f"`{text}` is no number")


def test_a_date_cell_among_numbers_is_refused(tmp_path: Path) -> None:
    row = {**ROW, "I": datetime.date(2024, 12, 31), "J": datetime.timedelta(days=3), "O": datetime.datetime(2024, 5, 1)}
    with pytest.raises(si.ImpactError) as refused:
        read(people(tmp_path / "map.xlsx", row, percent=False), holders=BOTH)
    told = place_of(refused.value)
    assert told["Value map!I6"] == "`2024-12-31 00:00:00` is a date or a time, no number"
    assert {"Value map!I6", "Value map!J6", "Value map!O6"} <= set(told)


@pytest.mark.parametrize(
    ("column", "role"), [("I", "quantity"), ("J", "duration"), ("K", "start"), ("M", "value"), ("D", "input_value")]
)
def test_a_percentage_is_refused_where_no_share_is_meant(column: str, role: str, tmp_path: Path) -> None:
    file = people(tmp_path / "map.xlsx", {**ROW, column: 0.5})
    book = openpyxl.load_workbook(file)
    book["Value map"][f"{column}6"].number_format = "0%"
    book.save(file)
    with pytest.raises(si.ImpactError) as refused:
        read(file, holders=BOTH)
    told = f"`0.5` is a percentage, and {role} is none: write it as a number"
    assert place_of(refused.value) == {f"Value map!{column}6": told}
    with pytest.raises(si.ImpactError, match=f"`50 %` is a percentage, and {role} is none"):
        read(people(tmp_path / "text.xlsx", {**ROW, column: "50 %"}), holders=BOTH)
