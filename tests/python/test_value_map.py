"""Appraisals as workbooks: a real spreadsheet works out the library's figures, also of input that was changed in it."""

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import socialimpact as si
from conftest import needed
from socialimpact.cli import main
from socialimpact.types import Language, Measure

openpyxl = needed("openpyxl")

MODELS = sorted(Path("fixtures/models").glob("*.toml"))
SANDEFJORD, MAP = Path("fixtures/models/sandefjord.toml"), Path("fixtures/models/map-12x10.toml")
ATTACKS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://example.org","x")', "=cmd|' /C calc'!A0"]
CENT = Decimal("0.005")
WRONG = "is no number, or a formula that no spreadsheet has worked out yet"
MEASURES: dict[str, Measure] = {
    "net present value": "npv",
    "present value of outcomes": "present_value_outcomes",
    "present value of inputs": "present_value_inputs",
    "SROI ratio": "sroi_ratio",
    "net SROI ratio": "sroi_net_ratio",
    "benefit-cost ratio": "bcr",
}
CLOSE = {"sroi_ratio", "sroi_net_ratio", "bcr"}
RATIO = Decimal("0.0000005")
"""What a ratio may differ by: far below the fourth decimal that is shown."""

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
def test_a_spreadsheet_works_out_every_figure_of_the_library(
    language: Language, recalculated: Recalculate, tmp_path: Path
) -> None:
    files = [written(si.read(model), tmp_path / f"{model.stem}-{language}.xlsx", language) for model in MODELS]
    worked_out = 0
    for file in recalculated(files):
        for measure, holder, found, figure, difference in results(file):
            assert isinstance(found, int | float), (file.name, measure, holder, found)
            assert abs(Decimal(str(found)) - Decimal(str(figure))) < CENT, (file.name, measure, holder)
            assert abs(difference) < CENT
            worked_out += 1
    assert worked_out > 400


def posted(file: Path) -> list[dict[str, Any]]:
    """Give the sheet of postings, row by row, under its heads."""
    heads, *rows = openpyxl.load_workbook(file).worksheets[2].iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


LEFT = "What is left (sign, part of the year, and what the library alone works out)"


@pytest.mark.parametrize("model", MODELS, ids=lambda path: path.stem)
def test_every_factor_of_an_amount_has_a_column_of_its_own(model: Path, tmp_path: Path) -> None:
    rows = posted(written(si.read(model), tmp_path / "map.xlsx"))
    for row in rows:
        if row["Class"] not in ("cost of financing", "reimbursement"):
            assert str(row["Amount, real"]).startswith("=PRODUCT("), row
            assert row.get(LEFT) in (None, -1), row
        assert row["Present value"].startswith("=")
        assert row["Present value claimed as social return"].startswith("=")


def test_columns_are_those_that_the_formula_of_the_library_names(tmp_path: Path) -> None:
    shape = posted(written(si.read("fixtures/models/shape.toml"), tmp_path / "shape.xlsx"))
    allowance = [row for row in shape if row["Cause"] == "outcomes.into-work.values.allowance"]
    for row in allowance:
        assert row["Price index"] == pytest.approx(1.071235, abs=1e-9)
        assert row["Exchange"] == pytest.approx(10.859127689326232)
        assert row["Units of the price per unit of the outcome"] == 12
    growth = {(row["Class"], row["Year"]): row["Real growth of the price"] for row in allowance}
    assert growth["outcome", 2024] == pytest.approx(1)  # from 2025 on
    assert growth["outcome", 2021] == pytest.approx(1)
    bears = [row["What of the units is displaced"] for row in shape if row["Class"] == "displaced outcome"]
    assert bears
    assert all(re.fullmatch(r"=('Assumptions'!\$C\$\d+)/\(1-\1\)", step) for step in bears)
    larvik = posted(written(si.read("fixtures/models/larvik.toml"), tmp_path / "larvik.xlsx"))
    shares = [row["Share of a joint holder"] for row in larvik if row["Cause"] == "transfers.payment"]
    assert len(set(shares)) == 4
    assert all(share.startswith("='Assumptions'!") for share in shares)


def test_the_figures_beside_are_the_librarys(tmp_path: Path) -> None:
    model = si.read(SANDEFJORD)
    rows = results(written(model, tmp_path / "map.xlsx"))
    assert rows[0][:2] == ("net present value", "Society")
    assert Decimal(str(rows[0][3])) == pytest.approx(model.appraise().measure("npv").value)
    names = {row["name_en"]: row["id"] for row in model.holder_table.to_pylist()}
    for measure, holder, _, figure, _ in rows:
        if measure == "net present value" and holder in names:
            assert Decimal(str(figure)) == pytest.approx(model.appraise().measure("npv", holder=names[holder]).value)


LIVE, DEAD = "moves what is made of it here", "counts when the workbook is read back"


def moved(file: Path, model: si.Model) -> dict[str, float]:
    """Change every number of a workbook that is said to move what is made of it, each by another share."""
    exact = {row["address"]: Decimal(row["exact"]) for row in model.assumptions.to_pylist()}
    rows = openpyxl.load_workbook(file).worksheets[4].iter_rows(min_row=2, values_only=True)
    live = [str(row[0]) for row in rows if row[10] == LIVE]
    changes: dict[str, float] = {}
    for number, address in enumerate(live):
        kept = round(float(exact[address]) * (0.93 - 0.01 * (number % 9)), 6)
        changes[address] = kept if kept != 0 else 0.05 if is_share(address) else 1000.0
    return changes | shifted(exact, changes)


def shifted(exact: dict[str, Decimal], changes: dict[str, float]) -> dict[str, float]:
    """Move shares of a whole from the first to the last, so that they still add up."""
    wholes = {address.rpartition(".")[0] for address in changes if re.search(r"\.(destinations|shares)\.", address)}
    kept: dict[str, float] = {}
    for whole in wholes:
        parts = [address for address in exact if address.rpartition(".")[0] == whole]
        kept |= {part: float(exact[part]) for part in parts}
        kept[parts[0]], kept[parts[-1]] = kept[parts[0]] - 0.0625, kept[parts[-1]] + 0.0625
    return kept


def is_share(address: str) -> bool:
    return not address.endswith((".value", ".amount", ".per_year"))


def test_whatever_is_said_to_move_moves_every_result_as_in_the_library(
    recalculated: Recalculate, tmp_path: Path
) -> None:
    models = {tmp_path / f"{path.stem}.xlsx": si.read(path) for path in MODELS}
    changes = {file: moved(written(model, file), model) for file, model in models.items()}
    files = [changed(file, changes[file]) for file in models]
    for file, before in zip(recalculated(files), models, strict=True):
        appraisal = models[before].with_(changes[before]).appraise()
        names = {row["name_en"] or row["id"]: row["id"] for row in appraisal.model.holder_table.to_pylist()}
        names |= {"Society": "society", "All public budgets together": "public"}
        moves = 0
        for measure, holder, found, given, difference in results(file):
            assert difference == "input was changed"
            if measure in MEASURES:
                now = appraisal.measure(MEASURES[measure], holder=names[holder]).value
                close = RATIO if MEASURES[measure] in CLOSE else CENT
                assert Decimal(str(found)) == pytest.approx(now, abs=close), (file.name, measure, holder)
            moves += abs(Decimal(str(given)) - Decimal(str(found))) > Decimal("0.01")
        assert moves > 1, file.name
        told = list(openpyxl.load_workbook(file, data_only=True).worksheets[3].iter_rows(values_only=True))
        exact = {row["address"]: float(row["exact"]) for row in models[before].assumptions.to_pylist()}
        assert told[-2][2] == sum(exact[address] != value for address, value in changes[before].items())


def test_groups_of_people_move_with_their_holder(recalculated: Recalculate, tmp_path: Path) -> None:
    model, change = si.read("fixtures/models/early-help.toml"), {"outcomes.back-at-work.deadweight": 0.6}
    (file,) = recalculated([changed(written(model, tmp_path / "groups.xlsx"), change)])
    now = {row["group"]: row["net"] for row in model.with_(change).appraise().groups().to_pylist() if row["group"]}
    told = {row[1]: row[2] for row in results(file) if str(row[0]).startswith("present value of what the group")}
    assert len(told) == len(now) == 3
    for found, net in zip(told.values(), now.values(), strict=True):
        assert Decimal(str(found)) == pytest.approx(net, abs=CENT)


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
    assert row[10] == LIVE
    ratio = next(row[2] for row in results(file) if row[:2] == ("SROI ratio", "Society"))
    assert Decimal(str(ratio)) == pytest.approx(now.measure("sroi_ratio").value, abs=RATIO)


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
    with pytest.raises(si.ImpactError, match=r"^other\.xlsx: no workbook of this library; for your own"):
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
    for formula in formulas:
        assert set(re.findall(r"([A-Za-z.]+)\(", formula)) <= {"SUM", "SUMIFS", "SUMPRODUCT", "PRODUCT", "IF"}, formula
        assert formula != attack
        assert len(attack) < 3 or attack not in formula


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


def texts(file: Path) -> set[str]:
    book = openpyxl.load_workbook(file)
    return {
        str(box.value)
        for sheet in book.worksheets[:5]
        for row in sheet.iter_rows()
        for box in row
        if box.data_type == "s" and box.value
    }


def own_words(model: si.Model) -> str:
    """Give everything the author wrote, and the addresses and ids that are made of it."""
    rows = [*model.assumptions.to_pylist(), *model.appraise().ledger.to_pylist()]
    return "\n".join([model.to_json(), *(str(value) for row in rows for value in row.values())])


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_no_word_of_a_norwegian_workbook_is_english(path: Path, tmp_path: Path) -> None:
    model = si.read(path)
    english, norwegian = (texts(written(model, tmp_path / f"{lang}.xlsx", lang)) for lang in ("en", "nb"))
    assert len(norwegian - english) > 40
    own = own_words(model)
    assert not {word for word in english & norwegian if word not in own}


def test_a_number_of_several_uses_moves_nothing_unless_it_moves_all_of_them(
    recalculated: Recalculate, tmp_path: Path
) -> None:
    """The same share as deadweight and as chance in a quantity: units follow the one, and not the other."""
    document = si.read("fixtures/models/beginner.toml").to_dict()
    document["assumptions"] = {"half": {"value": Decimal("0.5"), "source": "illustrative"}}
    (outcome,) = document["outcomes"]
    outcome["quantity"] = {"chain": {"population": 50, "success": {"use": "half"}}}
    outcome["deadweight"] = {"use": "half"}
    model = si.Model.from_dict(document)
    file = written(model, tmp_path / "both.xlsx")
    (worked,) = recalculated([changed(file, {"assumptions.half": 0.25})])
    row = next(
        row
        for row in openpyxl.load_workbook(worked).worksheets[4].iter_rows(values_only=True)
        if row[0] == "assumptions.half"
    )
    assert row[10] == DEAD
    before = {row[:2]: row[2] for row in results(worked)}
    assert before["present value of outcomes", "Society"] == pytest.approx(
        float(model.appraise().measure("present_value_outcomes").value or 0)
    )
    assert si.read(file) == model.with_({"assumptions.half": Decimal("0.25")})


def test_what_adds_shares_up_moves_nothing_with_them(recalculated: Recalculate, tmp_path: Path) -> None:
    document = si.read("fixtures/models/shape.toml").to_dict()
    document["conventions"] = {"base": "norway-r109-2021", "combination": {"filters": "additive"}}
    model = si.Model.from_dict(document)
    file = written(model, tmp_path / "additive.xlsx")
    changes = moved(file, model)
    assert not any(address.endswith(("deadweight", "displacement.share", "leakage")) for address in changes)
    (worked,) = recalculated([changed(file, changes)])
    now = model.with_(changes).appraise()
    for measure, holder, found, *_ in results(worked):
        if (measure, holder) == ("net present value", "Society"):
            assert Decimal(str(found)) == pytest.approx(now.measure("npv").value, abs=CENT)
        if (measure, holder) == ("SROI ratio", "Society"):  # credit is no share of what the others left
            assert found == "made of more than postings"
