"""Statements as workbooks: formulas that a real spreadsheet works out to the library's own amounts."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import socialimpact as si
from conftest import needed
from socialimpact.cli import main
from socialimpact.types import Language

openpyxl = needed("openpyxl")

CONTRACTS = Path("fixtures/contracts")
PAID = Path("fixtures/models/paid-by-results.toml")
ATTACKS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://example.org","x")', "=cmd|' /C calc'!A0"]


def observed(name: str) -> si.Statement:
    return si.read_contract(CONTRACTS / f"{name}.toml").settle(CONTRACTS / f"{name}.observations.toml")


def claims(people: int, group: str = "", day: str = "2025-05-31") -> list[dict[str, Any]]:
    claim = {"metric": "started", "date": day, "group": group}
    return [{**claim, "person": f"{group}-{day}-{person}"} for person in range(people)]


def paid(*rows: dict[str, Any]) -> si.Statement:
    contract = si.read(PAID).contract
    assert contract is not None
    return contract.settle([*rows, {"metric": "days", "date": "2025-06-30", "count": 1_200}])


def sheets(path: Path, *, values: bool) -> list[list[list[Any]]]:
    book = openpyxl.load_workbook(path, data_only=values)
    return [[[box.value for box in row] for row in sheet.iter_rows()] for sheet in book.worksheets]


def cents(value: Any) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.01"))


CASES: dict[str, Callable[[], si.Statement]] = {
    "denver": lambda: observed("denver"),
    "peterborough": lambda: observed("peterborough"),
    "care-leavers": lambda: observed("care-leavers-i-aspire"),
    "fair-chance": lambda: observed("fair-chance-fund"),
    "claims": lambda: paid(*claims(7), *claims(8, "young"), *claims(2, "young", "2025-06-30")),
    "changes": lambda: paid(*claims(9)).since(paid(*claims(6), *claims(7, "young"))),
    "nothing": lambda: si.read_contract(CONTRACTS / "denver.toml").settle([]),
}


@pytest.mark.parametrize("language", ["en", "nb"])
def test_a_spreadsheet_works_out_the_amounts_of_the_library(
    language: Language, recalculated: Callable[[list[Path]], list[Path]], tmp_path: Path
) -> None:
    statements = {tmp_path / f"{name}-{language}.xlsx": make() for name, make in CASES.items()}
    for file, statement in statements.items():
        statement.to_excel(file, lang=language)
    for file, statement in zip(recalculated(list(statements)), statements.values(), strict=True):
        lines, totals, _ = sheets(file, values=True)
        assert [cents(row[13]) for row in lines[1:] if row[0]] == statement.lines["amount"], file
        found = [row for row in totals if row[2] is not None]
        assert cents(found[0][2]) == statement.total, file
        parts = [statement.by_payer, statement.by_payment, statement.by_metric, statement.by_year]
        assert [cents(row[2]) for row in found[1:-1]] == [amount for part in parts for amount in part["amount"]], file
        assert found[-1][2] == 0, file


def test_so_many_times_a_price_is_a_formula_and_what_is_limited_an_amount(tmp_path: Path) -> None:
    file = tmp_path / "denver.xlsx"
    observed("denver").to_excel(file)
    lines, totals, _ = sheets(file, values=False)
    assert lines[1][9:14] == [258_858, 15.12, 1, "=J2*K2*L2", "=ROUND(M2,2)"]
    assert totals[0][2] == "=SUM('Lines'!$N$2:$N$4)"
    limited = si.read_contract(CONTRACTS / "denver.toml").settle(
        [{"metric": "housing-days", "date": "2020-12-31", "count": 400_000}]
    )
    limited.to_excel(file)
    row = sheets(file, values=False)[0][1]
    assert row[12:15] == [
        "=J2*K2*L2",
        5_290_000,
        "Limited by what “housing” allows (`contract.payments.housing.at_most`)",
    ]
    paid(*claims(8, "young")).to_excel(file)  # a shared price, and 1.25 for the group
    assert sheets(file, values=False)[0][1][9:13] == [8, 40_000, 1.25, "=J2*K2*L2"]


def test_few_people_are_hidden_there_too(tmp_path: Path) -> None:
    file = tmp_path / "few.xlsx"
    statement = paid(*claims(7), *claims(2, "young"))
    for every_line in (False, True):
        statement.to_excel(file, every_line=every_line)
        groups = [row[4] for row in sheets(file, values=False)[0][1:]]
        assert ("young" in groups) is every_line


def attacked(attack: str, file: Path) -> Path:
    """Write a workbook of a contract and a payer that are called like a formula."""
    text = (CONTRACTS / "peterborough.toml").read_text(encoding="utf-8")
    name = attack.replace('"', '\\"')
    for called in ("Peterborough: fewer reconvictions", "Ministry of Justice"):
        assert called in text
        text = text.replace(f'name = "{called}"', f'name = "{name}"')
    si.Contract.from_toml(text).settle(CONTRACTS / "peterborough.observations.toml").to_excel(file)
    return file


def boxes(file: Path) -> list[Any]:
    return [box for sheet in openpyxl.load_workbook(file).worksheets for row in sheet.iter_rows() for box in row]


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_users_text_never_starts_a_formula(attack: str, tmp_path: Path) -> None:
    found = boxes(attacked(attack, tmp_path / "attack.xlsx"))
    named = [box for box in found if box.value == attack]
    assert len(named) >= 3
    assert all(box.data_type == "s" and box.quotePrefix for box in named)
    formulas = [box.value for box in found if box.data_type == "f"]
    assert formulas
    assert all(formula.startswith(("=SUM(", "=SUMIF(", "=ROUND(", "=J", "=-J")) for formula in formulas)


def test_a_spreadsheet_takes_it_for_a_text_too(
    recalculated: Callable[[list[Path]], list[Path]], tmp_path: Path
) -> None:
    files = [attacked(attack, tmp_path / f"attack-{number}.xlsx") for number, attack in enumerate(ATTACKS)]
    for file, attack in zip(recalculated(files), ATTACKS, strict=True):
        named = [box for box in boxes(file) if box.value == attack]
        assert len(named) >= 3, attack
        assert all(box.data_type == "s" for box in named), attack


def test_the_command_writes_it_in_its_language(tmp_path: Path) -> None:
    file = tmp_path / "avregning.xlsx"
    words = [
        "settle",
        CONTRACTS / "denver.toml",
        CONTRACTS / "denver.observations.toml",
        "--lang",
        "nb",
        "--excel",
        file,
    ]
    assert CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False).exit_code == 0
    assert openpyxl.load_workbook(file).sheetnames == ["Linjer", "Summer", "Grunnlaget"]


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(si.ImpactError, match="there is no folder"):
        observed("denver").to_excel(tmp_path / "nowhere" / "file.xlsx")
    with pytest.raises(si.ImpactError, match=r"^`sv` is no language: the workbook is written in `en` or `nb`$"):
        observed("denver").to_excel(tmp_path / "file.xlsx", lang="sv")  # type: ignore[arg-type]
