"""The importer of the GMCA workbook: a small workbook of our own always, the real one where it is."""

import json
import os
import re
import time
import warnings
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

import socialimpact as si
from conftest import needed
from models import FIXTURES
from workbooks import Cells, Error, Formula, line, small, write

REAL = "SOCIALIMPACT_GMCA"
"""Names the real workbook, which is not in the repository: it belongs to its authors, under CC BY 4.0."""
YEAR = "2010/11"
SLOWEST = 60.0
"""Processor seconds for a sheet of a million rows."""


def imported(folder: Path, sheets: dict[str, Cells]) -> si.Catalogue:
    return si.Catalogue.from_gmca(write(folder / "own.xlsx", sheets))


def refused(folder: Path, sheets: dict[str, Cells]) -> dict[str, str]:
    with pytest.raises(si.ImpactError) as caught:
        imported(folder, sheets)
    return {problem.place: problem.message for problem in caught.value.problems}


def test_every_amount_becomes_an_entry_with_its_source_cell(tmp_path: Path) -> None:
    rows = {row["id"]: row for row in imported(tmp_path, small()).table.to_pylist()}
    assert list(rows) == [
        "gmca-cr1-0-fiscal",
        "gmca-cr1-0-1-fiscal",
        "gmca-cr1-0-1-economic",
        "gmca-cr1-0-1-social",
        "gmca-fire-row-3-fiscal",
        "gmca-he1-0-fiscal",
        "gmca-ho1-0-fiscal",
    ]
    row = rows["gmca-cr1-0-fiscal"]
    assert (row["value"], row["currency"], row["price_year"], row["unit"]) == (Decimal(120), "GBP", 2010, "incident")
    assert (row["payers"], row["grade"], row["cashable"], row["domain"]) == ("police", "C", "unknown", "justice")
    assert row["name_en"] == "Broken window"
    assert row["source_section"] == "own.xlsx, Crime!H3, cost code CR1.0"
    assert "CC BY 4.0" in row["source_title"]
    assert "Greater Manchester Combined Authority" in row["source_title"]
    assert "150 at 2015/16 prices" in row["evidence"]
    assert rows["gmca-cr1-0-1-social"]["payers"] == "society"
    assert rows["gmca-fire-row-3-fiscal"]["name_en"] == "+44 calls to a fire station"


def test_updated_prices_are_the_index_over_the_index(tmp_path: Path) -> None:
    made = si.Catalogue.from_gmca(write(tmp_path / "own.xlsx", small()), prices="updated")
    rows = {row["id"]: row for row in made.table.to_pylist()}
    assert rows["gmca-ho1-0-fiscal"]["value"] == round(Decimal(8000) * 100 / Decimal("82.5"), 11)
    assert {row["price_year"] for row in rows.values()} == {2015}
    assert made.hash != imported(tmp_path, small()).hash


def test_units_that_do_not_say_what_they_count_are_kept_and_need_a_conversion(tmp_path: Path) -> None:
    row = next(row for row in imported(tmp_path, small()).table.to_pylist() if row["id"] == "gmca-he1-0-fiscal")
    assert (row["unit"], row["source_unit"]) == ("unstated-week", "Per week")
    assert row["note"].startswith("unit kept as the workbook has it, `Per week`: state a conversion")


def test_what_others_share_is_not_posted_to_one_of_them(tmp_path: Path) -> None:
    row = next(row for row in imported(tmp_path, small()).table.to_pylist() if row["id"] == "gmca-cr1-0-1-fiscal")
    assert (row["payers"], row["source_payer"]) == ("municipality, other", "Local authority; RSL")


def test_all_that_is_wrong_is_said_at_once_with_sheet_and_cell(tmp_path: Path) -> None:
    sheets = small()
    del sheets["Education & Skills"]
    sheets["Crime"] |= {"H3": "12o", "J4": Error("#REF!"), "N4": Formula("1/0", None), "I4": "2010-11"}
    sheets["Crime"] |= line(5, "CR1.0", "Again", "Per incident", ("Police",), fiscal=(5, "2010/11"))
    sheets["Crime"]["D5"] = Error("#N/A")
    sheets["Health"]["J3"] = Formula("H3*2", None)
    sheets["Housing"]["J3"] = 8001
    sheets["Housing"]["R3"] = "blue"
    sheets["Fire"]["H3"] = True
    sheets["Lookups"]["P12"] = "ninety"
    wrong = refused(tmp_path, sheets)
    assert wrong["Education & Skills"].startswith("the sheet is missing: the workbook has `Introduction`, `Crime`")
    assert wrong["Crime!H3"] == "the amount `12o` is text, not a number"
    assert wrong["Crime!I4"] == "`2010-11` is not a year of the index, such as 2010/11"
    assert wrong["Crime!N4"].startswith("a formula without a value: open the workbook")
    assert wrong["Crime!D5"] == "an error in the workbook: #N/A"
    assert wrong["Health!J3"].startswith("a formula without a value")
    assert wrong["Housing!R3"] == "`BLUE` is no assessment: `R`, `A` or `G` is"
    assert wrong["Fire!H3"] == "the amount `True` is true or false, not a number"
    assert wrong["Lookups!P12"] == "the index `ninety` is text, not a number"


def test_a_figure_that_the_workbook_uprates_otherwise_is_refused(tmp_path: Path) -> None:
    sheets = small()
    sheets["Housing"]["J3"] = 9696.97
    sheets["Crime"]["J4"] = Error("#REF!")
    wrong = refused(tmp_path, sheets)
    assert wrong["Housing!J3"] == "the updated figure `9696.97` is not `9696.969697`, which is 8000 x 100 / 82.5"
    assert wrong["Crime!J4"] == "an error in the workbook: #REF!"
    assert len(wrong) == 2


def test_shifted_columns_are_said_and_their_rows_passed_over(tmp_path: Path) -> None:
    sheets = small()
    moved = {
        re.sub("^[A-T]", lambda found: chr(ord(found[0]) + 1), name): cell for name, cell in sheets["Crime"].items()
    }
    wrong = refused(tmp_path, sheets | {"Crime": {"A1": "New", **moved}})
    assert wrong["Crime!C1"] == (
        "the heading `cost code` is wanted and `Outcome detail` stands here: column D has it, are columns shifted?"
    )
    assert all(place.startswith("Crime!") and place.endswith(("1", "2")) for place in wrong)


def test_a_cost_code_used_twice_names_both_cells(tmp_path: Path) -> None:
    sheets = small()
    sheets["Health"] |= line(4, "CR1.0", "Again", "Per incident", ("Police",), fiscal=(5, "2010/11"))
    assert refused(tmp_path, sheets) == {"Health!H4": "the cost code is used twice: first at Crime!H3"}


def test_many_problems_are_capped_and_counted(tmp_path: Path) -> None:
    sheets = small()
    for row in range(3, 403):
        sheets["Crime"] |= line(row, f"CR{row}", "x", "Each", ("Police",), fiscal=(5, "2010/11")) | {f"H{row}": "five"}
    with pytest.raises(si.ImpactError) as caught:
        imported(tmp_path, sheets)
    assert (len(caught.value.problems), caught.value.total) == (200, 400)
    assert str(caught.value).endswith("and 200 more problems (400 in all)")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("text.xlsx", "text.xlsx: is not a workbook: an .xlsx file is wanted"),
        ("zip.xlsx", "zip.xlsx: is a zip file, but no workbook"),
        ("half.xlsx", "half.xlsx: is not a workbook"),
        ("torn.xlsx", "torn.xlsx: cannot be read as a workbook: "),
        ("bomb.xlsx", "bomb.xlsx: unpacks to 300 MB, more than 256 MB"),
    ],
)
def test_files_that_are_no_workbooks_are_refused(tmp_path: Path, name: str, said: str) -> None:
    file = tmp_path / name
    sound = write(tmp_path / "sound.xlsx", small()).read_bytes()
    if name == "text.xlsx":
        file.write_text("name,amount\n")
    elif name == "half.xlsx":
        file.write_bytes(sound[: len(sound) // 2])
    else:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr("a.txt" if name == "zip.xlsx" else "xl/workbook.xml", "<torn")
            if name == "bomb.xlsx":
                with made.open("xl/worksheets/sheet1.xml", "w") as part:
                    for _ in range(300):
                        part.write(bytes(1 << 20))
    with pytest.raises(si.ImpactError) as caught:
        si.Catalogue.from_gmca(file)
    assert str(caught.value).startswith(said)


def test_a_sheet_that_breaks_off_says_where(tmp_path: Path) -> None:
    rows = [f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(4, 5000)]
    file = write(tmp_path / "own.xlsx", small(), raw={"Housing": [*rows, "<<"]})
    with pytest.raises(si.ImpactError, match=r"^Housing!A\d+: cannot be read from here on: "):
        si.Catalogue.from_gmca(file)


def million(row: str) -> Iterator[str]:
    """Give a million rows, a thousand at a time."""
    for start in range(100, 1_000_100, 1000):
        yield "".join(row.replace("#", str(number)) for number in range(start, start + 1000))


@pytest.mark.slow
def test_a_million_empty_rows_are_passed_over_in_bounded_time(tmp_path: Path) -> None:
    file = write(tmp_path / "own.xlsx", small(), raw={"Crime": million('<row r="#"><c r="A#" s="0"/></row>')})
    start = time.process_time()
    assert len(si.Catalogue.from_gmca(file)) == 7
    assert time.process_time() - start < SLOWEST


@pytest.mark.slow
def test_of_a_million_filled_rows_reading_stops_at_a_bound_and_names_the_cell(tmp_path: Path) -> None:
    row = '<row r="#"><c r="C#"><v>#</v></c><c r="D#"><v>1</v></c><c r="E#"><v>1</v></c><c r="H#"><v>0</v></c></row>'
    sheets = small()
    file = write(
        tmp_path / "own.xlsx",
        sheets,
        raw={"Crime": million(row.replace("</row>", f'<c r="I#" t="str"><v>{YEAR}</v></c></row>'))},
    )
    start = time.process_time()
    with pytest.raises(si.ImpactError) as caught:
        si.Catalogue.from_gmca(file)
    assert time.process_time() - start < SLOWEST
    assert str(caught.value) == "Crime!A20098: more than 20000 rows: the rest is not read"


def test_a_row_number_beyond_any_sheet_does_not_read_for_ever(tmp_path: Path) -> None:
    file = write(
        tmp_path / "own.xlsx", small(), raw={"Crime": ['<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>']}
    )
    with pytest.raises(si.ImpactError, match="below the last row a sheet can have"):
        si.Catalogue.from_gmca(file)


def test_another_version_and_a_choice_that_is_none_are_refused(tmp_path: Path) -> None:
    sheets = small()
    sheets["Introduction"]["C2"] = "Unit Cost Database (v.3.0)"
    assert refused(tmp_path, sheets) == {
        "Introduction!C2": "version `3.0` of the database: this importer reads version 1.4"
    }
    with pytest.raises(si.ImpactError, match="`newest` is not a choice of prices"):
        si.Catalogue.from_gmca(tmp_path / "own.xlsx", prices="newest")  # type: ignore[arg-type]


def test_the_real_workbook_is_read_whole_and_its_uprating_reproduced() -> None:
    openpyxl = needed("openpyxl")
    if REAL not in os.environ:
        pytest.skip(f"{REAL} does not name the GMCA Unit Cost Database v1.4, which is not in the repository")
    workbook = Path(os.environ[REAL])
    made = si.Catalogue.from_gmca(workbook, prices="updated")
    assert len({entry.rsplit("-", 1)[0] for entry in made.ids}) == 684
    ours = {row["source_section"].split(", ")[1]: float(row["value"]) for row in made.table.to_pylist()}
    reproduced = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(workbook, data_only=True)
    for place, value in ours.items():
        sheet, _, cell = place.partition("!")
        theirs = book[sheet][chr(ord(cell[0]) + 2) + cell[1:]].value
        if theirs is not None:
            assert value == pytest.approx(theirs, rel=1e-9), place
            reproduced += 1
    case = json.loads((FIXTURES / "cases" / "appraisal" / "gmca-uprating.json").read_text(encoding="utf-8"))
    assert reproduced == case["values_checked"] == 779
    by_id = {row["id"]: float(row["value"]) for row in made.table.to_pylist()}
    for entry, value in case["samples"].items():
        assert by_id[entry] == pytest.approx(value, rel=case["tolerance_rel"])
    original = {row["id"]: row for row in si.Catalogue.from_gmca(workbook).table.to_pylist()}
    known = si.unit_cost("gm-ho4-1")
    assert any(row["value"] == known.value and row["price_year"] == known.price_year for row in original.values())
