"""Numbers in the cells of a practitioner's value map: read as they are meant, or refused with the cell."""

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import socialimpact as si
from conftest import needed
from socialimpact.importers.own_map.numbers import Written, of_text
from socialimpact.importers.own_map.ratios import of_ratio
from socialimpact.importers.own_map.refusals import Unread
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
    assert isinstance(found, Written)
    assert found.value == Decimal(TEXTS[text])


@pytest.mark.parametrize("text", ["1.234", "1,234", "12 apples", "", "1-2", "ca. 5", "NaN", "1e5", "1 234.567"])
def test_what_may_be_two_numbers_or_none_is_not_read(text: str) -> None:
    assert isinstance(of_text(text), Unread)


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
    ("column", "role"), [("I", "quantity"), ("J", "duration"), ("K", "start"), ("M", "value"), ("D", "value of inputs")]
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


RATIOS = {
    "2.67:1": "2.67",
    "2,67 : 1": "2.67",
    "1:2.67": "2.67",
    "£2.67 : £1": "2.67",
    "kr 2,67 : kr 1": "2.67",
    "£2.67 for every £1": "2.67",
    "£2.67 of social value for every £1 invested.": "2.67",
    "2,67 kr for hver krone": "2.67",
    "2,67 kroner per investert krone": "2.67",
    "12 to 1": "12",
    "1:1": "1",
}


@pytest.mark.parametrize("text", RATIOS)
def test_a_ratio_is_read_as_practitioners_write_it(text: str) -> None:
    found = of_ratio(text)
    assert found is not None
    assert found.value == Decimal(RATIOS[text])


@pytest.mark.parametrize(
    "text",
    [
        "5:2",
        "2020/1",
        "1.234:1",
        "2.67",
        "Year 1: 4.2",
        "see page 4",
        "12:30:1",
        "per 1",
        "10 per participant",
        "2020 for every",
    ],
)
def test_what_is_no_ratio_or_may_be_two_is_not_read(text: str) -> None:
    assert of_ratio(text) is None


def test_a_formula_without_a_value_is_refused_where_the_model_needs_its_number(tmp_path: Path) -> None:
    row = {**ROW, "I": "=2*5", "O": "=1-0.6", "F": "A higher social return"}
    with pytest.raises(si.ImpactError) as refused:
        read(people(tmp_path / "map.xlsx", row), holders=BOTH)
    told = "is a formula that no spreadsheet has worked out yet: open the workbook in one and save it"
    assert place_of(refused.value) == {"Value map!I6": told, "Value map!O6": told}


def test_a_formula_that_was_worked_out_to_an_empty_text_is_empty(recalculated: Any, tmp_path: Path) -> None:
    (file,) = recalculated([people(tmp_path / "map.xlsx", {**ROW, "O": '=IF(I6>0,"",0.4)'})])
    found = read(file, holders=BOTH)
    assert "deadweight" not in found.model.to_dict()["outcomes"][0]
    assert found.left == ()


@pytest.mark.parametrize(
    ("given", "meant"),
    [("4 %", "0.04"), ("0,04", "0.04"), ("0.035", "0.035"), (0.02, "0.02"), (Decimal("0.1"), "0.1"), (0, "0")],
)
def test_a_rate_is_taken_as_it_is_written(given: Any, meant: str, tmp_path: Path) -> None:
    model = read(people(tmp_path / "map.xlsx", ROW, rate=None), holders=BOTH, rate=given).model
    assert model.to_dict()["conventions"]["discount"]["bands"][0]["rate"] == Decimal(meant)


@pytest.mark.parametrize("given", [float("nan"), float("inf"), "NaN", "four", "", "kr 0", True, 4, -0.01, "400 %"])
def test_a_rate_that_is_none_is_refused_at_its_argument(given: Any, tmp_path: Path) -> None:
    with pytest.raises(si.ImpactError) as refused:
        read(people(tmp_path / "map.xlsx", ROW), holders=BOTH, rate=given)
    wrong = "is not between 0 and 1" if str(given) in ("4", "-0.01", "400 %") else "is no number"
    assert place_of(refused.value) == {"rate": f"`{given}` {wrong}: 4 % is 0.04"}
