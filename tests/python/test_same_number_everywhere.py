"""Every number on the page, on paper, in the terminal, in JSON, in a notebook and in the workbook is the same number.

One walk goes over all of them.

Two ways, since neither alone is enough. Whatever is shown must be a number that the library gave, rounded as it is
shown: no number is of a face's own making. And what has a key (a measure and a holder, an address, a posting) must be
that very number in each face.
"""

import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner

import socialimpact as si
from conftest import needed
from faces import FACES, WALKED, authors_texts, everything, shown_in, strangers
from socialimpact.cli import main
from socialimpact.types import Language, Measure
from socialimpact.wording.numbers import Numbers

MODELS = ("sandefjord", "early-help", "danish-housing-first", "larvik", "shape", "map-12x10")
"""Joint holders, groups, somebody without standing, market prices, reimbursements, other currencies, displacement."""
LANGUAGES = get_args(Language)
CENT = Decimal("0.005")

Recalculate = Callable[[list[Path]], list[Path]]


@pytest.fixture(scope="module", params=MODELS)
def appraisal(request: pytest.FixtureRequest) -> si.Appraisal:
    return si.read(f"fixtures/models/{request.param}.toml").appraise()


# No number of a face's own making


@pytest.mark.parametrize(("face", "language"), WALKED)
def test_every_number_a_face_shows_is_one_the_library_gave(
    face: str, language: Language, appraisal: si.Appraisal, tmp_path: Path
) -> None:
    texts = FACES[face](appraisal, language, tmp_path)
    assert sum(len(list(shown_in(text, language))) for text in texts) > 200
    assert strangers(texts, language, everything(appraisal), authors_texts(appraisal)) == []


@pytest.mark.parametrize(("face", "language"), WALKED)
def test_the_walk_finds_any_number_that_was_moved(face: str, language: Language, tmp_path: Path) -> None:
    appraisal = si.read("fixtures/models/sandefjord.toml").appraise()
    pool, written = everything(appraisal), authors_texts(appraisal)
    texts = FACES[face](appraisal, language, tmp_path)
    tried = found = 0
    for text in texts:
        for moved in _each_moved(text, language):
            tried += 1
            found += bool(strangers([moved], language, pool, written))
    assert tried > 40
    # One in a hundred lands by chance on another number of the library.
    assert found >= tried * 0.99, f"{found} of {tried}"


def _each_moved(text: str, language: Language) -> Iterator[str]:
    """Give a text with one of its large numbers moved by a digit in its middle, each in turn."""
    for match in re.finditer(
        r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+" if language == "en" else r"\d{1,3}(?:[\u00a0\u202f]\d{3})+", text
    ):
        at = match.start() + len(match[0]) // 2
        at = at if text[at].isdigit() else at + 1
        if re.fullmatch(r"\d{1,3}.000", match[0]) or "000" in match[0]:
            continue  # three digits of an amount, or a round one of the author's
        yield text[:at] + str((int(text[at]) + 5) % 10) + text[at + 1 :]


# The same number under the same key


def figures(appraisal: si.Appraisal) -> dict[tuple[str, str], Decimal]:
    """Give every measure of every holder that has a value."""
    found = {}
    for holder in ("society", "everybody", "public", *appraisal.model.holders):
        for row in appraisal.measures(holder=holder).to_pylist():
            if row["value"] is not None and row["outcome"] is None:
                found[row["measure"], holder] = row["value"]
    return found


def test_json_and_the_command_give_the_numbers_of_python(appraisal: si.Appraisal, tmp_path: Path) -> None:
    file = tmp_path / "model.toml"
    file.write_text(appraisal.model.to_toml(), encoding="utf-8")
    written = CliRunner().invoke(main, ["appraise", str(file), "--json"], catch_exceptions=False).stdout
    content, again = json.loads(written), si.read(file).appraise()
    assert content == json.loads(again.to_json())
    told = {
        (row["measure"], row["holder"]): Decimal(row["value"])
        for row in content["measures"]
        if row["value"] is not None and row["outcome"] is None
    }
    assert len(told) > 10
    assert told == {key: value for key, value in figures(appraisal).items() if key in told}
    keys = ("gross", "amount", "cashable", "claim", "discount_factor", "present_value", "present_claim")
    for row, ours in zip(content["ledger"], appraisal.ledger.to_pylist(), strict=True):
        for key in keys:  # tables keep twelve decimals of a factor
            assert Decimal(row[key]) == pytest.approx(ours[key], abs=Decimal("1e-12")), (row["cause"], row["year"], key)
    numbers = {row["address"]: Decimal(row["value"]) for row in content["assumptions"]}
    for row in appraisal.model.assumptions.to_pylist():
        assert numbers[row["address"]] == pytest.approx(Decimal(row["exact"]), abs=Decimal("1e-9"))


def rows_of_page(texts: Any) -> list[list[str]]:
    """Give the rows of the page's tables, each cell as it is read."""
    from html.parser import HTMLParser

    class Rows(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.rows: list[list[str]] = []
            self.is_cell = False

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            del attrs
            if tag == "tr":
                self.rows.append([])
            self.is_cell = self.is_cell or tag in ("td", "th")
            if tag in ("td", "th") and self.rows:
                self.rows[-1].append("")

        def handle_endtag(self, tag: str) -> None:
            if tag in ("td", "th"):
                self.is_cell = False

        def handle_data(self, data: str) -> None:
            if self.is_cell and self.rows and self.rows[-1]:
                self.rows[-1][-1] += data

    reader = Rows()
    reader.feed(texts)
    return [[" ".join(cell.split()) for cell in row] for row in reader.rows]


def rows_of_terminal(lines: Any) -> list[list[str]]:
    """Give the rows of the terminal's tables: cells stand at least two spaces apart."""
    return [[" ".join(cell.split()) for cell in re.split(r" {2,}", line.strip())] for line in lines]


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_and_terminal_show_every_measure_as_the_library_gives_it(
    language: Language, appraisal: si.Appraisal, tmp_path: Path
) -> None:
    from socialimpact.report import page

    numbers = Numbers(language, appraisal.model.currency, appraisal.to_dict()["convention"]["displayed_digits"])
    payers = [row["id"] for row in appraisal.model.holder_table.to_pylist() if row["kind"] == "public"][:1]
    tables = {
        "page": rows_of_page(page(appraisal, language=language)),
        "terminal": rows_of_terminal(FACES["terminal"](appraisal, language, tmp_path)),
    }
    compared = 0
    for measure in ("npv", "present_value_outcomes", "present_value_inputs", "equivalent_annual_value"):
        name = appraisal.measure(measure).name.in_language(language)
        for face, rows in tables.items():
            found = [row for row in rows if row and row[0].lower() == name.lower()]
            told = {cell.rstrip("†") for row in found for cell in row[1:]}
            for holder in ("society", "public", *payers):
                figure = appraisal.measure(measure, holder=holder)
                if figure.value is None or figure.never_asked:
                    continue
                shown = " ".join(numbers.money(figure.value).split())
                assert shown in told, (face, measure, holder, shown)
                compared += 1
    assert compared > 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_and_terminal_have_the_same_rows(language: Language, appraisal: si.Appraisal, tmp_path: Path) -> None:
    from socialimpact.report import page

    on_page = [row for row in rows_of_page(page(appraisal, language=language)) if row]
    labels = {row[0] for row in on_page if len(row) > 2}
    same = 0
    for row in rows_of_terminal(FACES["terminal"](appraisal, language, tmp_path)):
        if len(row) > 2 and row[0] in labels and re.search(r"\d", "".join(row[1:])):
            told = [row[0], *(cell for cell in row[1:] if not re.search(r"[^\W\d_]{2}", cell))]
            assert any(stands_in(told, other) for other in on_page if other[0] == row[0]), row
            same += 1
    assert same > 20


def stands_in(row: list[str], wider: list[str]) -> bool:
    """Tell whether a row is a part of one that has more columns: the page shows real amounts beside nominal ones."""
    cells = iter(wider)
    return all(any(cell == other for other in cells) for cell in row)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_comes_to_the_same_numbers(
    language: Language, appraisal: si.Appraisal, recalculated: Recalculate, tmp_path: Path
) -> None:
    openpyxl = needed("openpyxl")
    file = tmp_path / f"{appraisal.model.hash[:12]}-{language}.xlsx"
    appraisal.to_excel(file, lang=language)
    (worked,) = recalculated([file])
    book = openpyxl.load_workbook(worked, data_only=True)
    assert differing(book, appraisal, language) == []
    # and the comparison fails where any one number of each sheet is another
    for sheet, row, column in ((0, 2, -2), (2, 2, -3), (3, 2, 2), (4, 2, 2)):
        cells = next(book.worksheets[sheet].iter_rows(min_row=row, max_row=row))
        box, kept = cells[column], cells[column].value
        box.value = float(kept or 0) + 1
        assert differing(book, appraisal, language) != [], (sheet, row, column)
        box.value = kept


def differing(book: Any, appraisal: si.Appraisal, language: Language) -> list[str]:
    """Give the numbers of a workbook that are others than the library's, sheet by sheet."""
    values, _, postings, results, numbers = book.worksheets[:5]
    found = []
    names = {
        row[f"name_{language}"] or row["name_en"] or row["id"]: row["id"]
        for row in appraisal.model.holder_table.to_pylist()
    }
    measures: dict[str, Measure] = {
        appraisal.measure(measure).name.in_language(language): measure
        for measure in ("npv", "present_value_outcomes", "present_value_inputs", "sroi_ratio", "sroi_net_ratio", "bcr")
    }
    holders = names | {"Society": "society", "Samfunnet": "society", "All public budgets together": "public"}
    holders["Alle offentlige budsjetter samlet"] = "public"
    for measure, who, here, given, *_ in results.iter_rows(min_row=2, values_only=True):
        if measure in measures and given is not None:
            value = appraisal.measure(measures[measure], holder=holders[who]).value
            assert value is not None
            found += [f"{measure}, {who}: {each}" for each in (here, given) if abs(Decimal(str(each)) - value) > CENT]
    _, *rows = postings.iter_rows(values_only=True)
    ledger = sorted(appraisal.ledger.to_pylist(), key=lambda row: row["class"] == "financing")
    for row, ours in zip(rows, ledger, strict=True):
        told = (row[-5], row[-3], row[-1])
        true = (ours["amount"], ours["present_value"], ours["present_claim"])
        found += [f"{row[0]}: {a}" for a, b in zip(told, true, strict=True) if abs(Decimal(str(a)) - b) > CENT]
    exact = {row["address"]: Decimal(row["exact"]) for row in appraisal.model.assumptions.to_pylist()}
    for row in numbers.iter_rows(min_row=2, values_only=True):
        near = abs(exact[row[0]]) * Decimal("1e-14")
        found += [] if abs(Decimal(str(row[2])) - exact[row[0]]) <= near else [f"{row[0]}: {row[2]}"]
    society = sum((Decimal(str(row[-2])) for row in values.iter_rows(min_row=2, values_only=True)), Decimal(0))
    total = appraisal.measure("present_value_outcomes").value or Decimal(0)
    return found if abs(society - total) < CENT * 10 else [*found, f"the value map adds up to {society}"]
