"""The command `cash-flows`: parties, tranches and flows in both languages and as JSON."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import socialimpact as si
from socialimpact.cli import BAD_INPUT, main

CONTRACTS = Path("fixtures/contracts")


def typed(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["cash-flows", *map(str, words)], catch_exceptions=False)


@pytest.fixture
def nothing(tmp_path: Path) -> Path:
    file = tmp_path / "nothing.csv"
    file.write_text("metric,date,count\nreduction,2015-07-02,0\n", encoding="utf-8")
    return file


def test_each_party_each_tranche_and_each_flow_is_told(nothing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    told = typed(CONTRACTS / "rikers.toml", nothing).stdout
    for text in (
        "−1,200,000.00",
        "Bloomberg Philanthropies",
        "2,400,000.00",
        "Loss made good",
        "2015-08-31",
        "act/365",
    ):
        assert text in told, text
    assert "invented for illustration" in told
    assert "Bloomberg Philanthropies: all flows are paid: nothing is received" in told


def test_it_is_told_in_norwegian(nothing: Path) -> None:
    told = typed(CONTRACTS / "rikers.toml", nothing, "--lang", "nb").stdout
    for text in ("Innskudd og tilbakebetaling per transje", "Dekket tap", "31.08.2015", "−1\u00a0200\u00a0000,00"):
        assert text in told, text


def test_a_takeover_is_said(tmp_path: Path) -> None:
    file = tmp_path / "goals.csv"
    file.write_text("metric,date,count,of\ngoals,2026-11-30,6,10\n", encoding="utf-8")
    assert "The test of the takeover is met." in typed(CONTRACTS / "asker.toml", file).stdout
    file.write_text("metric,date,count,of\ngoals,2026-11-30,4,10\n", encoding="utf-8")
    assert "The test of the takeover is not met." in typed(CONTRACTS / "asker.toml", file).stdout


def test_what_has_no_figure_says_why(tmp_path: Path) -> None:
    file = tmp_path / "homes.csv"
    file.write_text("metric,date,count\naccommodation,2013-10-31,50\n", encoding="utf-8")
    told = " ".join(typed(CONTRACTS / "london-rough-sleepers.toml", file).stdout.split())
    assert "The service cannot be carried out as planned without results: 200,000 would be lacking" in told


def test_json_holds_every_amount_as_text(nothing: Path) -> None:
    result = json.loads(typed(CONTRACTS / "rikers.toml", nothing, "--json").stdout)
    assert result["tranches"][0]["loss"] == "1200000.00"
    assert result["flows"][0]["to"] == "contract.account"


def test_what_is_lacking_is_said_at_its_place(nothing: Path, tmp_path: Path) -> None:
    terms = tmp_path / "terms.toml"
    text = (CONTRACTS / "rikers.toml").read_text(encoding="utf-8")
    head, costs = text.split("[[contract.finance.costs]]")
    terms.write_text(f"{head}[[contract.finance.costs]]{costs.replace('2_400_000', '2_500_000', 1)}", encoding="utf-8")
    result = typed(terms, nothing)
    assert result.exit_code == BAD_INPUT
    said = f"{terms}: contract.finance.costs.service: on 2012-08-31 2,500,000 has to be paid and 100,000 is lacking"
    assert result.stderr.startswith(said)


FEW = """
impact = 1
name = "Work kept"
currency = "NOK"
holders = [
    { id = "state", kind = "public", level = "state" }, { id = "bank", kind = "investor" },
    { id = "provider", kind = "enterprise" },
]
[contract]
payee = "provider"
payers = [{ holder = "state" }]
metrics = [{ id = "kept", kind = "claims" }]
payments = [{ id = "kept", of = "kept", schedule = { per_unit = 100 }, due_after = 30 }]
[contract.finance]
tranches = [{ id = "loan", holder = "bank", commitment = 1_000 }]
costs = [{ id = "course", to = "provider", paid = [{ date = 2024-01-01, amount = 1_000 }] }]
"""


def test_no_face_tells_a_rate_from_which_a_day_of_few_people_is_solved(tmp_path: Path) -> None:
    terms, seen = tmp_path / "terms.toml", tmp_path / "seen.csv"
    terms.write_text(FEW, encoding="utf-8")
    people = [*(("2024-03-31", at) for at in range(6)), *(("2024-06-29", at) for at in range(6, 9))]
    lines = ["metric,date,person", *(f"kept,{day},p{person}" for day, person in people)]
    seen.write_text("\n".join(lines), encoding="utf-8")
    contract = si.read_contract(terms)
    flows = contract.cash_flows(contract.settle(seen))
    known = next(row for row in flows.to_dict(every_line=True)["parties"] if row["party"] == "bank")["xirr"]
    digits = f"{abs(known) * 100:.2f}"
    faces = [
        *(typed(terms, seen, "--lang", lang).stdout for lang in ("en", "nb")),
        typed(terms, seen, "--json").stdout,
        flows.to_json(),
        flows._repr_html_(),
        str(flows.parties.to_pylist()),
        str(flows.tranches.to_pylist()),
    ]
    for face in faces:
        assert "2024-07-29" not in face
        assert "29.07.2024" not in face
        assert digits not in face
        assert digits.replace(".", ",") not in face
        assert str(abs(known))[:8] not in face
    assert "some of it moves on days on which few people are paid for" in " ".join(faces[0].split())
    assert "noen av beløpene gjelder dager der det betales for få personer" in " ".join(faces[1].split())
    assert f"{digits}%" in typed(terms, seen, "--every-line").stdout
