"""The PDF file: it says what the page says, to those who do not see it too, and no text of a user is a program."""

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pypdf
import pytest
import typst
from click.testing import CliRunner
from PIL import Image

import socialimpact as si
from conftest import MODELS
from page_kinds import APOLLO, COMMANDS, NAMES, named_as_programs, write_kind
from paid_work import EFFECT, PRICE
from papers import exactly, missing, numbers_of, numbers_of_paper, pages_of, tags_of, text_of_paper
from socialimpact.cli import main
from socialimpact.report.appraisal import appraisal_document
from socialimpact.report.columns import SIZES, strips
from socialimpact.report.document import Branch, Document, Folded, Heading, Items, Paragraph, Part, Picture, Table
from socialimpact.report.html import html_page, template_text
from socialimpact.report.pdf import as_json, pdf_file
from socialimpact.types import Language
from socialimpact.wording import Cell, Column, Grid
from test_report import found, parsed, text_of


@pytest.fixture(scope="module")
def hostile() -> si.Appraisal:
    return named_as_programs()


@cache
def written(appraisal: si.Appraisal, language: Language = "en") -> tuple[Document, bytes]:
    document = appraisal_document(appraisal, language)
    return document, pdf_file(document)


def told(part: Part | Branch) -> Iterator[str]:
    """Every text of a part but those in charts."""
    match part:
        case Paragraph() | Heading():
            yield part.text
        case Items():
            yield from part.lines
        case Table() if not part.grid.rows:
            yield part.nothing
        case Table():
            yield from [part.grid.caption, *part.grid.notes, *(column.title for column in part.grid.columns)]
            yield from (text for row in part.grid.rows for cell in row for text in (cell.text, *cell.marks))
        case Picture():
            yield part.caption
        case Folded():
            yield part.summary
            for one in part.parts:
                yield from told(one)
        case Branch():
            yield from [part.line, *part.marks, *part.said]
            for branch in part.parts:
                yield from told(branch)
        case _:
            for answer in part.answers:
                yield from [answer.who, answer.figure, *answer.beside_figure]


@pytest.mark.parametrize(("model", "language"), [("sandefjord", "en"), ("sandefjord", "nb"), ("map-12x10", "en")])
def test_everything_that_the_page_says_stands_on_paper(model: str, language: Language) -> None:
    document, content = written(si.read(MODELS / f"{model}.toml").appraise(), language)
    text = text_of_paper(content)
    words = [document.name, document.description, *document.facts, *document.footer]
    words += [section.title for section in document.sections]
    words += [text for section in document.sections for part in section.parts for text in told(part)]
    assert missing(words, text) == []


@pytest.mark.parametrize("language", ["en", "nb"])
def test_every_number_of_the_page_is_on_paper_as_often(language: Language) -> None:
    document, content = written(si.read(MODELS / "sandefjord.toml").appraise(), language)
    page = parsed(html_page(document))
    shown = numbers_of(" ".join(text_of(number).replace(" ", "\u00a0") for number in found(page, "data")))
    assert sum(shown.values()) > 500
    assert shown - numbers_of_paper(content) == {}


def test_the_numbers_on_paper_are_the_librarys(sandefjord: si.Appraisal) -> None:
    values = {exactly(number) for number in numbers_of_paper(written(sandefjord, "nb")[1])}
    for row in sandefjord.wrong_pocket().to_pylist():
        assert {round(row[name]) for name in ("pays", "gains", "cashable", "net")} <= values


# For those who do not see it


@pytest.mark.parametrize("language", ["en", "nb"])
def test_a_reader_who_does_not_see_it_has_its_language_title_tags_and_pictures_in_words(
    language: Language, sandefjord: si.Appraisal
) -> None:
    document, content = written(sandefjord, language)
    read = pypdf.PdfReader(io.BytesIO(content))
    root: Any = read.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == (language, True)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read.metadata is not None
    assert read.metadata.title == document.title
    assert b"pdfuaid:part>1" in root["/Metadata"].get_data()
    tags = list(tags_of(content))
    pictures = [part.words for section in document.sections for part in section.parts if isinstance(part, Picture)]
    assert [words for _, words in tags if words is not None] == pictures
    assert [tag for tag, _ in tags].count("/Table") == sum(len(strips(table.grid)) for table in document.tables)
    heads = [tag for tag, _ in tags if tag in {"/H1", "/H2", "/H3"}]
    assert heads[0] == "/H1"
    assert heads.count("/H1") == 1
    assert heads.count("/H2") >= len(document.sections)
    assert "/TH" in {tag for tag, _ in tags}
    assert "/TOC" in {tag for tag, _ in tags}


def test_every_page_has_its_number(sandefjord: si.Appraisal) -> None:
    pages = pages_of(written(sandefjord)[1])
    assert len(pages) > 5
    for at, page in enumerate(pages, start=1):
        assert f"{at} / {len(pages)}" in page


# What users write


@pytest.mark.parametrize("language", ["en", "nb"])
def test_a_name_is_text_and_nothing_else(language: Language, hostile: si.Appraisal) -> None:
    document, content = written(hostile, language)
    text = text_of_paper(content)
    assert document.name == NAMES[0]
    assert missing([*NAMES[:4], NAMES[5], "right\ufffdto\ufffdleft"], text) == []
    assert "\u202e" not in text
    assert "x" * 200 not in text.replace(" ", "")
    read = pypdf.PdfReader(io.BytesIO(content))
    links = [note.get_object()["/A"] for page in read.pages for note in page.get("/Annots", []) if "/A" in note]
    assert {action["/S"] for action in links} <= {"/URI", "/GoTo"}


def test_no_text_of_a_user_is_in_the_program(hostile: si.Appraisal, monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}
    monkeypatch.setattr(typst, "compile", lambda program, **named: given.update(named, program=program) or b"%PDF")
    pdf_file(appraisal_document(hostile))
    assert given["program"] == template_text("report.typ").encode()
    assert set(given["sys_inputs"]) == {"report"}


def test_letters_that_no_font_has_are_told_by_their_codes() -> None:
    model = si.read(MODELS / "beginner.toml").with_({"name": "A \U0001f6d8 \ue123 village \ufffe"})
    text = text_of_paper(written(model.appraise())[1])
    assert "(U+FFFE)" in text
    assert "village" in text


@pytest.mark.parametrize("which", ["hostile", "shape"])
def test_nothing_stands_in_the_margins(which: str, request: pytest.FixtureRequest) -> None:
    appraisal = request.getfixturevalue(which) if which == "hostile" else si.read(MODELS / f"{which}.toml").appraise()
    told = as_json(appraisal_document(appraisal, "nb"))
    drawn: Any = typst.compile(template_text("report.typ").encode(), format="png", ppi=30, sys_inputs={"report": told})
    for page in drawn:
        picture = Image.open(io.BytesIO(page)).convert("L")
        edge = round(16 / 210 * picture.width)  # of margins of 18 mm
        for strip in ((0, 0, edge, picture.height), (picture.width - edge, 0, picture.width, picture.height)):
            assert picture.crop(strip).getextrema() == (255, 255)


# Tables


def test_a_table_is_set_smaller_before_it_is_set_in_parts() -> None:
    def of(columns: int) -> Grid:
        heads = [Column("Year"), *(Column(f"Holder {at}", number=True) for at in range(columns))]
        return Grid("", heads, [[Cell("2018"), *(Cell("−1,234,567") for _ in range(columns))]])

    assert [strip.points for strip in strips(of(8))] == [SIZES[0].points]
    assert [strip.points for strip in strips(of(11))] == [SIZES[-1].points]
    parts = strips(of(20))
    assert [part.positions[0] for part in parts] == [0, 0]
    assert sorted(at for part in parts for at in part.positions[1:]) == list(range(1, 21))


def test_a_short_table_stands_on_one_page_with_its_notes_and_a_long_one_repeats_its_heads(tmp_path: Path) -> None:
    paper = tmp_path / "page.pdf"
    write_kind("statement", "nb", "--pdf", paper)
    pages = pages_of(paper.read_bytes())
    going_on = [text for text in pages if "due_after" in text]
    assert len(going_on) > 1
    assert all(re.search(r"Utelatt\s+Brukt\s+Fordi", text) for text in going_on)
    document, content = written(si.read(MODELS / "bike-workshop.toml").appraise(), "nb")
    texts = [exact_text(text) for text in pages_of(content)]
    short = [table.grid for table in document.tables if table.grid.caption and len(table.grid.rows) in range(2, 6)]
    short = [grid for grid in short if len(strips(grid)) == 1 and strips(grid)[0].lines < 12]
    assert len(short) > 15
    for grid in short:
        lines = [grid.caption, *("".join(cell.text for cell in row[:1]) for row in grid.rows), *grid.notes]
        assert any(all(exact_text(line) in text for line in lines) for text in texts), grid.caption


def exact_text(text: str) -> str:
    return re.sub(r"[\s\u200b`]+", "", text)


# Files


def test_the_same_report_is_the_same_bytes_in_another_process_at_another_time(
    sandefjord: si.Appraisal, tmp_path: Path
) -> None:
    target = tmp_path / "here.pdf"
    sandefjord.to_pdf(target, lang="nb")
    program = (
        f"import socialimpact as si; si.read({str(MODELS / 'sandefjord.toml')!r}).appraise().to_pdf("
        f"{str(tmp_path / 'there.pdf')!r}, lang='nb')"
    )
    later = {"PYTHONPATH": ":".join(sys.path), "TZ": "Asia/Tokyo", "LANG": "C", "SOURCE_DATE_EPOCH": "86400"}
    subprocess.run([sys.executable, "-c", program], check=True, env=later)
    assert target.read_bytes() == (tmp_path / "there.pdf").read_bytes()


def test_files_of_results_are_those_of_the_command(sandefjord: si.Appraisal, tmp_path: Path) -> None:
    sandefjord.to_html(tmp_path / "a.html", lang="nb", plan_from=2021)
    sandefjord.to_pdf(tmp_path / "a.pdf", lang="nb", plan_from=2021)
    typed = ("report", str(MODELS / "sandefjord.toml"), "--lang", "nb", "--plan-from", "2021")
    result = CliRunner().invoke(main, [*typed, "--html", str(tmp_path / "b.html"), "--pdf", str(tmp_path / "b.pdf")])
    assert result.stdout == f"Skrevet: {tmp_path / 'b.html'}\nSkrevet: {tmp_path / 'b.pdf'}\n"
    for ending in ("html", "pdf"):
        assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_with_a_page_writes_it_on_paper_too(command: str, language: str, tmp_path: Path) -> None:
    page, paper = tmp_path / "page.html", tmp_path / "page.pdf"
    write_kind(command, language, "--html", page, "--pdf", paper)
    document = parsed(page.read_text(encoding="utf-8"))
    text = text_of_paper(paper.read_bytes())
    cells = [text_of(cell) for name in ("th", "td", "caption", "h1", "h2", "p") for cell in found(document, name)]
    assert len(cells) > 20
    assert missing(cells, text) == []


def test_a_statement_is_written_too(tmp_path: Path) -> None:
    statement = si.read_contract(APOLLO[0]).settle(APOLLO[1])
    statement.to_html(tmp_path / "page.html")
    statement.to_pdf(tmp_path / "page.pdf", lang="nb")
    assert '<html lang="en">' in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert pypdf.PdfReader(tmp_path / "page.pdf").trailer["/Root"]["/Lang"] == "nb"  # type: ignore[index]


def results() -> dict[str, Any]:
    nothing = si.read_contract("fixtures/contracts/larvik-for-nothing.toml")
    work = si.read(MODELS / "paid-work.toml")
    target, caps = "contract.payments.target.schedule.steps.0.at", [3_000_000, 4_400_000]
    searched: dict[str, Any] = {"low": 0, "high": 600_000, "draws": 10, "seed": 7}
    return {
        "Simulated": si.read(MODELS / "sandefjord.toml").simulate(draws=200, seed=7),
        "Comparison": si.read(MODELS / "sandefjord.toml").compare(["sroi-practice"]),
        "ContractRisk": nothing.risk(draws=200, seed=7),
        "Ranking": nothing.ranking({"contract.at_most": caps, target: [0.1, 0.2]}, by="p95", draws=200, seed=7),
        "BaselineTable": nothing.baselines("fewer-relapses", ["base-no-2015", "base-no-5y"], draws=200, seed=7),
        "PriceFound": work.search(PRICE, payer="state", **searched),
        "Frontier": work.frontier(
            PRICE, {EFFECT: [0.1, 0.3]}, payer="state", investor="fund", rate=0.08, settled=10, **searched
        ),
    }


def test_every_result_that_has_a_page_is_written_in_both_forms(tmp_path: Path) -> None:
    for name, result in results().items():
        assert type(result).__name__ == name
        page, paper = tmp_path / f"{name}.html", tmp_path / f"{name}.pdf"
        si.write_html(result, page, lang="nb")
        si.write_pdf(result, paper, lang="nb")
        document = parsed(page.read_text(encoding="utf-8"))
        assert document.get("lang") == "nb"
        cells = [text_of(cell) for tag in ("h1", "h2", "th", "td") for cell in found(document, tag)]
        assert len(cells) > 10, name
        assert missing(cells, text_of_paper(paper.read_bytes())) == [], name


def test_a_page_of_a_risk_alone_says_where_returns_and_saving_are(tmp_path: Path) -> None:
    for name, financed in (("contracts/larvik-for-nothing", False), ("models/larvik-contract", True)):
        contract, page = si.read_contract(f"fixtures/{name}.toml"), tmp_path / "risk.html"
        assert contract.financed == financed
        si.write_html(contract.risk(draws=50, seed=7), page)
        told = page.read_text(encoding="utf-8").replace("<wbr>", "")
        assert ("contract.return_risk()" in told) == financed
        assert "model.saving_risk()" in told


def test_functions_and_methods_write_the_same_files(sandefjord: si.Appraisal, tmp_path: Path) -> None:
    sandefjord.to_html(tmp_path / "a.html", lang="nb")
    si.write_html(sandefjord, tmp_path / "b.html", lang="nb")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_what_has_no_page_is_refused_with_what_has_one(tmp_path: Path) -> None:
    table: Any = si.conventions()
    with pytest.raises(
        si.ImpactError, match=r"^`\w+` has no page: these have one: an appraisal, simulation, comparison, "
    ):
        si.write_html(table, tmp_path / "page.html")
    with pytest.raises(si.ImpactError, match=r"page\.txt"):
        si.write_pdf(table, tmp_path / "page.txt")
    assert list(tmp_path.iterdir()) == []


def test_without_typst_it_is_said_what_is_missing(
    sandefjord: si.Appraisal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(si.ImpactError, match=r"needs typst: `pip install 'socialimpact\[pdf\]'`"):
        sandefjord.to_pdf(tmp_path / "page.pdf")
    assert list(tmp_path.iterdir()) == []


def test_another_language_is_refused(sandefjord: si.Appraisal, tmp_path: Path) -> None:
    with pytest.raises(si.ImpactError, match=r"^`sv` is no language: the report is written in `en` or `nb`$"):
        sandefjord.to_pdf(tmp_path / "page.pdf", lang="sv")  # type: ignore[arg-type]
