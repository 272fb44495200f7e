"""Appraisals as workbooks: a real spreadsheet works out the library's figures, also of input that was changed in it."""

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import socialimpact as si
from socialimpact.cli import main
from socialimpact.types import Language, Measure

openpyxl = pytest.importorskip("openpyxl")

MODELS = sorted(Path("fixtures/models").glob("*.toml"))
SANDEFJORD, MAP = Path("fixtures/models/sandefjord.toml"), Path("fixtures/models/map-12x10.toml")
ATTACKS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://example.org","x")', "=cmd|' /C calc'!A0"]
CENT = Decimal("0.005")
WRONG = "is no number, or a formula that no spreadsheet has worked out yet"
MEASURES: dict[str, Measure] = {
    "net present value": "npv",
    "present value of outcomes": "present_value_outcomes",
    "present value of inputs": "present_value_inputs",
}

Recalculate = Callable[[list[Path]], list[Path]]


def written(model: si.Model, file: Path, lang: Language = "en") -> Path:
    model.appraise().to_excel(file, lang=lang)
    return file


def results(file: Path) -> list[tuple[Any, ...]]:
    """Give measure, holder, what the spreadsheet works out, the library's figure and their difference."""
    sheet = openpyxl.load_workbook(file, data_only=True).worksheets[3]
    return [row[:5] for row in sheet.iter_rows(min_row=2, values_only=True) if row[3] is not None]


def place(file: Path, address: str) -> str:
    sheet = openpyxl.load_workbook(file).worksheets[4]
    return next(f"C{row[0].row}" for row in sheet.iter_rows() if row[0].value == address)


def changed(file: Path, changes: dict[str, float]) -> Path:
    """Change input in a workbook, as somebody at a spreadsheet would."""
    book = openpyxl.load_workbook(file)
    for address, value in changes.items():
        book.worksheets[4][place(file, address)].value = value
    book.save(file)
    return file


@pytest.mark.parametrize("language", ["en", "nb"])
def test_a_spreadsheet_works_out_the_figures_of_the_library(
    language: Language, recalculated: Recalculate, tmp_path: Path
) -> None:
    files = [written(si.read(model), tmp_path / f"{model.stem}-{language}.xlsx", language) for model in MODELS]
    worked_out = 0
    for file in recalculated(files):
        rows = results(file)
        for measure, holder, found, figure, difference in rows:
            if found == "made of more than postings" or found == "laget av mer enn posteringene":
                continue
            assert abs(Decimal(str(found)) - Decimal(str(figure))) < CENT, (file.name, measure, holder)
            assert abs(difference) < CENT
            worked_out += 1
        assert any(isinstance(row[2], int | float) for row in rows), file.name
    assert worked_out > 200


def test_the_figures_beside_are_the_librarys(tmp_path: Path) -> None:
    model = si.read(SANDEFJORD)
    rows = results(written(model, tmp_path / "map.xlsx"))
    assert rows[0][:2] == ("net present value", "Society")
    assert Decimal(str(rows[0][3])) == pytest.approx(model.appraise().measure("npv").value)
    names = {row["name_en"]: row["id"] for row in model.holder_table.to_pylist()}
    for measure, holder, _, figure, _ in rows:
        if measure == "net present value" and holder != "Society":
            assert Decimal(str(figure)) == pytest.approx(model.appraise().measure("npv", holder=names[holder]).value)


CHANGES: dict[str, tuple[Path, dict[str, float]]] = {
    "map": (
        MAP,
        {
            "outcomes.outcome-01.deadweight": 0.5,
            "outcomes.outcome-02.quantity": 1_000,
            "outcomes.outcome-03.values.value.value": 12_345,
        },
    ),
    "sandefjord": (SANDEFJORD, {"outcomes.off-assistance.quantity": 4, "outcomes.off-assistance.displacement": 0.25}),
    "work": (Path("fixtures/models/work.toml"), {"outcomes.in-work.quantity": 10, "costs.follow-up.amount": 2_000_000}),
    "larvik": (Path("fixtures/models/larvik.toml"), {"outcomes.kept-out.quantity": 9}),
    "early-help": (Path("fixtures/models/early-help.toml"), {"outcomes.back-at-work.deadweight": 0.6}),
}


def test_input_that_is_changed_moves_every_result_as_in_the_library(recalculated: Recalculate, tmp_path: Path) -> None:
    files = [
        changed(written(si.read(model), tmp_path / f"{name}.xlsx"), changes)
        for name, (model, changes) in CHANGES.items()
    ]
    for file, (path, changes) in zip(recalculated(files), CHANGES.values(), strict=True):
        appraisal = si.read(path).with_(changes).appraise()
        names = {row["name_en"] or row["id"]: row["id"] for row in appraisal.model.holder_table.to_pylist()}
        moved = 0
        for measure, holder, found, given, difference in results(file):
            if not isinstance(found, int | float) or measure not in MEASURES:
                continue
            now = appraisal.measure(MEASURES[measure], holder=names.get(holder, "society")).value
            assert Decimal(str(found)) == pytest.approx(now, abs=CENT), (file.name, measure, holder)
            assert difference == "input was changed"
            moved += abs(Decimal(str(given)) - Decimal(str(found))) > 1
        assert moved > 1, file.name
        told = list(openpyxl.load_workbook(file, data_only=True).worksheets[3].iter_rows(values_only=True))
        assert told[-2][2] == len(changes)


@pytest.mark.parametrize("conventions", ["sroi-practice", "norway-r109-2021"])
def test_credit_due_to_others_moves_what_the_conventions_let_it_move(
    conventions: str, recalculated: Recalculate, tmp_path: Path
) -> None:
    document = si.read(SANDEFJORD).to_dict()
    document["conventions"] = conventions
    document["outcomes"][0]["attribution"] = {"others": Decimal("0.2")}
    model, address = si.Model.from_dict(document), "outcomes.off-assistance.attribution.others"
    (file,) = recalculated([changed(written(model, tmp_path / f"{conventions}.xlsx"), {address: 0.5})])
    now = model.with_({address: 0.5}).appraise()
    found = {row[1]: row[2] for row in results(file) if row[0] == "net present value" and row[2] is not None}
    state = next(row["name_en"] for row in model.holder_table.to_pylist() if row["id"] == "state")
    assert Decimal(str(found[state])) == pytest.approx(now.measure("npv", holder="state").value, abs=CENT)
    moves = openpyxl.load_workbook(file).worksheets[4]
    row = next(row for row in moves.iter_rows(values_only=True) if row[0] == address)
    live = conventions == "sroi-practice"
    assert row[10] == ("moves what is made of it here" if live else "counts when the workbook is read back")


@pytest.mark.parametrize("model", MODELS, ids=lambda path: path.stem)
def test_a_workbook_is_read_back_as_the_model_it_is_of(model: Path, tmp_path: Path) -> None:
    for language in ("en", "nb"):
        assert si.read(written(si.read(model), tmp_path / "map.xlsx", language)) == si.read(model)


def test_a_number_that_was_changed_is_read_as_it_stands(tmp_path: Path) -> None:
    changes = {"outcomes.off-assistance.quantity": 4, "outcomes.off-assistance.displacement": 0.25}
    file = changed(written(si.read(SANDEFJORD), tmp_path / "map.xlsx"), changes)
    assert si.read(file) == si.read(SANDEFJORD).with_(changes)


def test_a_spreadsheet_that_saved_it_changes_no_number(recalculated: Recalculate, tmp_path: Path) -> None:
    (file,) = recalculated([written(si.read(SANDEFJORD), tmp_path / "saved.xlsx")])
    assert si.read(file) == si.read(SANDEFJORD)


def test_every_cell_that_is_no_number_is_said_with_its_place(tmp_path: Path) -> None:
    file = written(si.read(SANDEFJORD), tmp_path / "map.xlsx")
    quantity, displacement = (place(file, f"outcomes.off-assistance.{name}") for name in ("quantity", "displacement"))
    book = openpyxl.load_workbook(file)
    book.worksheets[4][quantity].value, book.worksheets[4][displacement].value = "many", "=1/4"
    book.worksheets[4]["A2"].value, book.worksheets[4]["A3"].value = (
        "costs.elsewhere",
        "outcomes.off-assistance.duration",
    )
    book.save(file)
    with pytest.raises(si.ImpactError) as refused:
        si.read(file)
    told = str(refused.value).splitlines()
    assert told[0] == "map.xlsx, Assumptions!C2: `costs.elsewhere` is no number of the model"
    assert f"map.xlsx, Assumptions!{quantity}: the value of `outcomes.off-assistance.quantity` {WRONG}" in told
    assert f"map.xlsx, Assumptions!{displacement}: the value of `outcomes.off-assistance.displacement` {WRONG}" in told
    assert any(line.endswith("`outcomes.off-assistance.duration` stands here a second time") for line in told)
    assert "map.xlsx, Assumptions: `assumptions.months-per-recipient` is missing" in told


def test_a_value_the_model_does_not_take_is_refused(tmp_path: Path) -> None:
    file = changed(written(si.read(SANDEFJORD), tmp_path / "map.xlsx"), {"outcomes.off-assistance.displacement": 1.5})
    with pytest.raises(si.ImpactError, match=r"^map\.xlsx, Assumptions: .*outcomes\.off-assistance\.displacement"):
        si.read(file)


def test_another_workbook_is_no_model(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    with pytest.raises(si.ImpactError, match=r"^other\.xlsx: has no sheet `Document`: of workbooks, only those"):
        si.read(tmp_path / "other.xlsx")
    (tmp_path / "text.xlsx").write_text("impact = 1")
    with pytest.raises(si.ImpactError, match=r"^text\.xlsx: is not a workbook"):
        si.read(tmp_path / "text.xlsx")


def attacked(attack: str, file: Path) -> Path:
    """Write a workbook of a model, a holder and an outcome that are called like a formula."""
    document = si.read(SANDEFJORD).to_dict()
    document["name"] = document["holders"][1]["name"] = document["outcomes"][0]["name"] = attack
    return written(si.Model.from_dict(document), file)


def boxes(file: Path) -> list[Any]:
    return [box for sheet in openpyxl.load_workbook(file).worksheets for row in sheet.iter_rows() for box in row]


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_users_text_never_starts_a_formula(attack: str, tmp_path: Path) -> None:
    found = boxes(attacked(attack, tmp_path / "attack.xlsx"))
    named = [box for box in found if box.value == attack]
    assert len(named) >= 2
    assert all(box.data_type == "s" and box.quotePrefix for box in named)
    formulas = [box.value for box in found if box.data_type == "f"]
    assert formulas
    assert all(re.match(r"=('|\(1-'|SUM|C\d|I\d|IF\(SUM|-?\d)", formula) for formula in formulas)


def test_a_spreadsheet_takes_it_for_a_text_too(recalculated: Recalculate, tmp_path: Path) -> None:
    files = [attacked(attack, tmp_path / f"attack-{number}.xlsx") for number, attack in enumerate(ATTACKS)]
    for file, attack in zip(recalculated(files), ATTACKS, strict=True):
        named = [box for box in boxes(file) if box.value == attack]
        assert named, attack
        assert all(box.data_type == "s" for box in named), attack


def test_the_command_writes_page_and_workbook(tmp_path: Path) -> None:
    page, book = tmp_path / "side.html", tmp_path / "verdikart.xlsx"
    words = ["report", SANDEFJORD, "--lang", "nb", "--html", page, "--excel", book]
    assert CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False).exit_code == 0
    assert page.exists()
    assert openpyxl.load_workbook(book).sheetnames == [
        *("Verdikart", "Enheter per år", "Posteringer", "Resultater", "Forutsetninger", "Dokument")
    ]
    again = CliRunner().invoke(main, ["appraise", str(book)], catch_exceptions=False)
    assert again.exit_code == 0
    nothing = CliRunner().invoke(main, ["report", str(SANDEFJORD)])
    assert nothing.exit_code == 2
    assert "name a file to write" in nothing.output
