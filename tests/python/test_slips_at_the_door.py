"""Slips of whoever is in a hurry: another kind of document, another kind of file, a number written for the eye.

Each is answered in one line that names the file and what is expected; nothing is written and nothing falls over.
"""

import os
import shutil
import threading
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import socialimpact as si
from conftest import MODELS
from socialimpact.cli import BAD_INPUT, main

CONTRACTS = MODELS.parent / "contracts"
MODEL = MODELS / "sandefjord.toml"
IN_MODEL = MODELS / "larvik-contract.toml"
TERMS = CONTRACTS / "denver.toml"
ROWS = CONTRACTS / "denver.observations.toml"
CATALOGUE = MODELS.parent / "catalogues" / "own.toml"
AMOUNT = "contract.payments.target.schedule.steps.0.amount"


def typed(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def told(*words: str | Path) -> str:
    """The one line of a refusal, whatever usage stands above it."""
    result = typed(*words)
    assert result.exit_code == BAD_INPUT, result.output
    assert result.stdout == ""
    lines = [line for line in result.stderr.splitlines() if line and not line.startswith(("Usage:", "Try "))]
    assert len(lines) == 1, result.stderr
    return lines[0]


# One kind of document in the place of another


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("settle", TERMS, MODEL), "sandefjord.toml: document (line 1): this is a model, where observations are"),
        (("settle", TERMS, TERMS), "this is a contract by itself, where observations are expected: they have"),
        (("settle", TERMS, CATALOGUE), "this is a catalogue of unit costs, where observations are expected"),
        (("settle", ROWS, ROWS), "these are observations, where a contract is expected: it has `contract`"),
        (("appraise", TERMS), "this is a contract by itself, where a model is expected: it has `country`"),
        (("appraise", ROWS), "these are observations, where a model is expected"),
        (("risk", CATALOGUE), "this is a catalogue of unit costs, where a contract is expected"),
        (("check", ROWS), "these are observations, where a model is expected"),
        (("check", MODEL, "--catalogue", TERMS), "denver.toml: document (line 1): this is a contract by itself"),
    ],
)  # fmt: skip
def test_a_document_of_another_kind_is_told_in_one_line_with_its_file(words: tuple[str, ...], said: str) -> None:
    file, _, sentence = said.rpartition(" (line 1): ")
    assert file in told(*words)
    assert sentence in told(*words)


def test_python_says_the_same() -> None:
    contract = si.read_contract(TERMS)
    readers: list[tuple[Callable[[], object], str]] = [
        (lambda: contract.settle(MODEL), "this is a model, where observations are expected"),
        (lambda: si.read(TERMS), "this is a contract by itself, where a model is expected"),
        (lambda: si.read_contract(ROWS), "these are observations, where a contract is expected"),
        (lambda: si.read_catalogue(ROWS), "these are observations, where a catalogue of unit costs is expected"),
    ]
    for read, said in readers:
        with pytest.raises(si.ImpactError, match=said) as error:
            read()
        assert error.value.total == 1


def test_a_document_is_known_by_its_keys() -> None:
    kinds = {path: si.document_kind(path.read_bytes()) for path in (MODEL, IN_MODEL, TERMS, ROWS, CATALOGUE)}
    assert list(kinds.values()) == ["model", "model", "contract", "observations", "catalogue"]
    assert si.document_kind(b"%PDF-1.7") is None


# Files that are something else

BYTES = {
    "an older workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "a file of an older office program"),
    "a workbook by another name": (b"PK\x03\x04" + bytes(64), "a workbook or a zip file"),
    "a file for paper": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "a PDF file"),
    "UTF-16": ("impact = 1\n".encode("utf-16"), "UTF-16: save it as UTF-8"),
    "zeros": (bytes(500), "this is no text"),
    "Latin-1": ('name = "Bodø"\n'.encode("latin-1"), "is not UTF-8"),
    "nothing": (b"", "is empty"),
    "nothing but a mark": (b"\xef\xbb\xbf\r\n", "is empty"),
}


@pytest.mark.parametrize("name", BYTES)
def test_a_file_that_is_no_text_is_told_once_by_every_reader(name: str, tmp_path: Path) -> None:
    content, said = BYTES[name]
    contract = si.read_contract(TERMS)
    readers: list[tuple[str, Callable[[Path], object]]] = [
        (".toml", si.read),
        (".json", si.read),
        (".txt", si.read),
        (".xls", si.read),
        (".toml", si.read_contract),
        (".toml", si.read_catalogue),
        (".csv", contract.settle),
        (".toml", contract.settle),
        (".json", contract.settle),
    ]
    for ending, read in readers:
        file = tmp_path / f"given{ending}"
        file.write_bytes(content)
        with pytest.raises(si.ImpactError, match=said) as error:
            read(file)
        assert error.value.total <= 1, f"{ending}: {error.value}"


@pytest.mark.parametrize("edited", ["\ufeff", "\r\n"])
def test_marks_and_line_ends_of_another_editor_change_nothing(edited: str, tmp_path: Path) -> None:
    def saved(path: Path) -> Path:
        text = path.read_text(encoding="utf-8")
        text = text.replace("\n", edited) if edited == "\r\n" else edited + text
        copy = tmp_path / path.name
        copy.write_bytes(text.encode())
        return copy

    assert si.read(saved(MODEL)).hash == si.read(MODEL).hash
    assert si.read_contract(saved(TERMS)).hash == si.read_contract(TERMS).hash
    assert si.read_catalogue(saved(CATALOGUE)).ids == si.read_catalogue(CATALOGUE).ids
    contract = si.read_contract(TERMS)
    assert contract.settle(saved(ROWS)).total == contract.settle(ROWS).total


def test_a_folder_in_the_place_of_a_file_is_named(tmp_path: Path) -> None:
    contract, folder = si.read_contract(TERMS), tmp_path / "rows.csv"
    folder.mkdir()
    readers: list[Callable[[Path], object]] = [si.read, si.read_contract, si.read_catalogue, contract.settle]
    readers += [si.read_indigo, si.Catalogue.from_gmca, si.Catalogue.from_csv]
    readers.append(lambda path: si.read_value_map(path, country="NO", currency="NOK", start=2024, holders={}))
    for read in readers:
        with pytest.raises(si.ImpactError, match="is a directory: name a file in it"):
            read(folder)


def test_a_table_is_no_document_by_its_name(tmp_path: Path) -> None:
    table = tmp_path / "rows.csv"
    table.write_text("metric,date,count\na,2024-01-01,1\n", encoding="utf-8")
    said = "rows.csv: this is a table by its name, and a document is a text in TOML or JSON"
    for words in [("check", table), ("appraise", table), ("settle", table, ROWS)]:
        assert said in told(*words)


# Places to write


@pytest.mark.parametrize(("option", "ending"), [("--html", ".html"), ("--pdf", ".pdf"), ("--excel", ".xlsx")])
def test_a_file_in_a_folder_that_is_not_there_is_refused_before_anything_is_read(option: str, ending: str) -> None:
    said = told("report", "nowhere.toml", option, f"no/such/mine{ending}")
    assert said.endswith(f"`no/such/mine{ending}` cannot be written: there is no folder `no/such`")


def test_python_names_the_folder_and_the_ending_too(tmp_path: Path) -> None:
    appraisal = si.read(MODEL).appraise()
    writers = [(appraisal.to_html, "a.html"), (appraisal.to_pdf, "a.pdf"), (appraisal.to_excel, "a.xlsx")]
    for write, name in writers:
        with pytest.raises(si.ImpactError, match="there is no folder"):
            write(tmp_path / "no" / name)
        with pytest.raises(si.ImpactError, match="does not end in"):
            write(tmp_path / "mine.xls")
    (tmp_path / "file").write_text("")
    with pytest.raises(si.ImpactError, match="is no folder"):
        appraisal.to_html(tmp_path / "file" / "a.html")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


# Numbers written for the eye


@pytest.mark.parametrize("values", ["0.1;0.2", "[0,1; 0,2]", "[0,1, 0,2]", "0,1", "[1, 2", "", '["a"]', "true", "1..5"])
def test_an_axis_says_the_form_that_is_expected(values: str) -> None:
    said = told("ranking", IN_MODEL, "--axis", f"{AMOUNT}={values}")
    assert f"write {AMOUNT}=[0.1, 0.2] (square brackets, a point for decimals, a comma between)" in said
    assert "str" not in said.split()


def test_an_axis_without_an_address_is_told_by_example() -> None:
    assert "is not address=[values], such as contract.at_most=[3e6, 4.4e6]" in told(
        "ranking", IN_MODEL, "--axis", "0.1"
    )


@pytest.mark.parametrize("draws", ["1,000", "1 000", "10.5", "many", "1e30", "nan"])
def test_a_number_of_draws_is_whole(draws: str) -> None:
    said = told("simulate", MODEL, "--draws", draws)
    assert f"`{draws}` is not a whole number" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("simulate", MODEL, "--draws", "10.000"), "`10.000` may be 10 or 10000: write its digits alone"),
        (("risk", TERMS, "--draws", "5.000"), "`5.000` may be 5 or 5000: write its digits alone"),
        (("risk", TERMS, "--draws", "12.500"), "`12.500` may be 12.5 or 12500: write its digits alone"),
        (("simulate", MODEL, "--draws", "1.000.000"), "`1.000.000` may be 1000000: write its digits alone"),
        (("simulate", MODEL, "--seed", "1.000"), "`1.000` may be 1 or 1000: write its digits alone"),
    ],
)  # fmt: skip
def test_a_point_that_may_part_thousands_is_refused_where_a_number_is_whole(words: tuple[str, ...], said: str) -> None:
    assert told(*words).endswith(said)


@pytest.mark.parametrize("written", ["1.000.000", "1,000,000", "1 000 000", "1\u00a0000\u00a0000"])
def test_parted_thousands_of_a_price_are_told_as_such(written: str) -> None:
    words = ("search", IN_MODEL, AMOUNT, "--payer", "state", "--low", "0", "--high", written)
    assert told(*words).endswith(f"`{written}` is written with parted thousands: write 1000000")


def test_the_largest_seed_is_taken_and_the_next_refused_in_the_words_of_the_core() -> None:
    few = ("simulate", MODEL, "--draws", "10", "--seed")
    assert typed(*few, "18446744073709551615").exit_code == 0
    assert "is not a whole number from 0 to 2^64 - 1" in told(*few, "18446744073709551616")


def test_more_draws_than_a_search_keeps_are_too_many() -> None:
    words = ("search", IN_MODEL, AMOUNT, "--payer", "state", "--low", "0", "--high", "9", "--draws")
    assert told(*words, "100000").endswith("`100000` is too large: at most 65536")
    model = si.read(IN_MODEL)
    with pytest.raises(si.ImpactError, match="from 1 to 65536"):
        model.search(AMOUNT, payer="larvik", low=0, high=9, draws=65_537, seed=7)


def test_numbers_without_spaces_between_are_told_what_they_may_be() -> None:
    said = told("ranking", IN_MODEL, "--axis", f"{AMOUNT}=[3000000,4000000, 5000000]")
    assert "may have commas inside its numbers: put a space after every comma between them, and write" in said


@pytest.mark.parametrize("path", [MODEL, TERMS])
def test_a_pipe_is_read_once(path: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(path.read_bytes()))
    writer.start()
    result = typed("check", pipe)
    writer.join()
    assert (result.exit_code, result.stdout) == (0, typed("check", path).stdout), result.stderr


def test_a_mistake_in_a_pipe_is_told_with_its_name(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_text("impact = 1\n"))
    writer.start()
    result = typed("check", pipe)
    writer.join()
    assert all(line.startswith(f"{pipe}: ") for line in result.stderr.splitlines())
    assert result.exit_code == BAD_INPUT


def test_a_thousand_may_be_written_so() -> None:
    results = [typed("simulate", MODEL, "--draws", draws).stdout for draws in ("1000", "1e3", "1_000")]
    assert results[0]
    assert len(set(results)) == 1


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("0,5", "`0,5` is written with a decimal comma: write 0.5"),
        ("1.850,5", "`1.850,5` is written with parted thousands: write 1850.5"),
        ("1,850", "`1,850` is written with a comma: write 1.850 if it is a decimal comma, 1850 if it parts thousands"),
        ('"1.850"', "write the number 1.850 if it is a decimal point, 1850 if it parts thousands"),
        ('"0.850"', "expected a number, found a text"),
        ("0.1;0.2", "`0.1;0.2` is no number: write its digits alone, with a decimal point, such as 1234.5"),
        ("12 kr", "`12 kr` is no number"),
        ("40 %", "`40 %` is written as a percentage: write 0.4"),
    ],
)
def test_a_number_that_is_laid_over_is_read_as_one_or_refused_with_a_hint(value: str, said: str) -> None:
    address = "outcomes.off-assistance.quantity"
    assert f"{address}: " in told("appraise", MODEL, "--set", f"{address}={value}")
    assert said in told("appraise", MODEL, "--set", f"{address}={value}")
    with pytest.raises(si.ImpactError, match=address):
        si.read(MODEL).with_({address: value.strip('"')})


def test_a_table_with_semicolons_leaves_no_doubt_of_thousands(tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text("metric;date;count\nhousing-days;2020-06-30;1.850\n", encoding="utf-8")
    said = "observations.1.count (line 2, column 3): the point in `count` may be a decimal point or part thousands"
    assert said in told("settle", TERMS, rows)
    contract = si.read_contract(TERMS)
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"metric": ["housing-days"], "date": ["2020-06-30"], "count": ["1.850"]})
    with pytest.raises(si.ImpactError, match=r"observations\.1\.count: the point in `count`"):
        contract.settle(frame)
    assert contract.settle(frame.assign(count=[1850])).total == contract.settle(frame.assign(count=["1850"])).total


def test_a_number_of_a_typed_column_is_a_number_however_many_decimals_it_has() -> None:
    contract = si.read_contract(TERMS)
    pandas = pytest.importorskip("pandas")
    pyarrow = pytest.importorskip("pyarrow")
    frame = pandas.DataFrame({"metric": ["housing-days"], "date": ["2020-06-30"], "count": [12.375]})
    decimals = pyarrow.array([Decimal("12.375")], pyarrow.decimal128(10, 3))
    table = pyarrow.table({"metric": ["housing-days"], "date": ["2020-06-30"], "count": decimals})
    rows = [{"metric": "housing-days", "date": "2020-06-30", "count": 12.375}]
    totals = {contract.settle(given).total for given in (frame, table, rows)}
    assert totals == {Decimal("187.11")}  # 12.375 · 15.12
    whole = table.set_column(2, "count", pyarrow.array([Decimal("1850.000")], pyarrow.decimal128(10, 3)))
    assert contract.settle(whole).total == Decimal("27972.00")  # 1,850 · 15.12


def test_a_table_without_columns_is_no_table_of_observations() -> None:
    pandas = pytest.importorskip("pandas")
    with pytest.raises(si.ImpactError, match="the table has no columns: name `metric`, `date`"):
        si.read_contract(TERMS).settle(pandas.DataFrame())


# Questions that cannot be answered, before anything is written


def test_a_budget_plan_of_no_year_is_refused_before_anything_is_written() -> None:
    said = told("appraise", MODEL, "--plan-from", "20244")
    assert "20244" in said


def test_one_model_is_not_held_against_itself() -> None:
    assert told("cost-effectiveness", MODEL).endswith("a model is held against another: name two MODELs or more")


def test_what_is_no_json_is_said_so_with_its_file_once() -> None:
    said = told("indigo", MODEL)
    assert said == f"{MODEL}: line 1, column 1: this is no JSON: expecting value"


def test_one_name_is_no_list_of_names() -> None:
    with pytest.raises(si.ImpactError, match="flows: give a list of texts"):
        si.read(MODEL).appraise().split("transfers.payment")
    with pytest.raises(si.ImpactError, match="payers: give a list of texts"):
        si.read(MODEL).appraise().split(payers="state")


# A contract by itself is checked


def test_a_contract_by_itself_is_checked_and_said_to_be_one(tmp_path: Path) -> None:
    assert "Denver: supportive housing: the contract is in order." in typed("check", TERMS).stdout
    assert "Denver: supportive housing: kontrakten er i orden." in typed("check", TERMS, "--lang", "nb").stdout
    assert "the model and its contract are in order." in " ".join(typed("check", IN_MODEL).stdout.split())
    silent = ("check", TERMS, "--set", "contract.payments.housing.at_most.year=2e6", "--strict")
    assert typed(*silent).exit_code == BAD_INPUT, "a total has no part `year`"
    slip = tmp_path / "slip.toml"
    limits = "{ year = 6_000_000, total = 5_290_000 }"
    text = TERMS.read_text(encoding="utf-8")
    assert "at_most = 5_290_000" in text
    slip.write_text(text.replace("at_most = 5_290_000", f"at_most = {limits}"), encoding="utf-8")
    result = typed("check", slip, "--strict")
    assert result.exit_code == 1
    assert "contract.payments.housing.at_most.total" in " ".join(result.stdout.split())
    assert "[idle-limit]" in result.stdout


def test_the_table_of_a_contract_and_of_its_model_say_the_same() -> None:
    contract = si.read_contract(IN_MODEL)
    alone = {(row["rule"], row["address"]) for row in contract.check().to_pylist()}
    whole = {(row["rule"], row["address"]) for row in si.read(IN_MODEL).check(lang="nb").to_pylist()}
    assert alone
    assert alone <= whole


def test_what_is_broken_in_a_contract_is_told_by_check_as_by_settle(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    shutil.copy(TERMS, broken)
    text = broken.read_text(encoding="utf-8").replace("per_unit = ", "per_unit = -")
    broken.write_text(text, encoding="utf-8")
    assert typed("check", broken).stderr == typed("settle", broken, ROWS).stderr != ""
