"""Whose saving it is, and when it is money: reimbursements and places that close in whole steps."""

import json
from decimal import Decimal

import pytest
from click.testing import CliRunner

import socialimpact as si
from models import FIXTURES
from socialimpact.cli import main
from socialimpact.report import page

DANISH = FIXTURES / "models" / "danish-housing-first.toml"
PRISON = FIXTURES / "models" / "prison-wing.toml"


def kept(model: si.Model, year: int) -> Decimal:
    rows = model.appraise().budget("municipality").table.to_pylist()
    return round(Decimal(next(row["savings"] for row in rows if row["year"] == year)), 2)


@pytest.fixture(scope="module")
def one() -> si.Model:
    return si.read(DANISH).with_({"assumptions.people": 1, "outcomes.housed.values.support.value": 0})


def test_a_municipality_keeps_what_the_state_does_not_pay_back(one: si.Model) -> None:
    assert kept(one, 2022) == 275000
    assert kept(one, 2024) == Decimal("459589.04")
    assert kept(one.with_({"reimbursements.shelter-after.days_a_year": 90}), 2024) == Decimal("482191.78")


def test_a_reimbursement_is_a_posting_with_both_ends(one: si.Model) -> None:
    rows = [row for row in one.appraise().ledger.to_pylist() if row["class"] == "reimbursement"]
    assert {(row["from"], row["to"]) for row in rows} == {("municipality", "state")}
    assert {row["cause"] for row in rows} >= {"reimbursements.shelter-before", "reimbursements.shelter-after"}


def test_days_may_be_solved_for(one: si.Model) -> None:
    days = "reimbursements.shelter-after.days_a_year"
    at_ninety = one.with_({days: 90}).appraise().measure("npv", holder="state").value
    assert at_ninety is not None
    assert [round(found) for found in one.break_even(days, holder="state", target=at_ninety).values] == [90]
    told = str(one.appraise().explain("reimbursements.shelter-after"))
    assert "days a year paid back" in told
    assert "used on every day of 365" in told


def test_the_page_names_reimbursements_and_steps_in_both_languages() -> None:
    danish = page(si.read(DANISH).appraise(), language="nb")
    assert "Halve herberget, uten grense" in danish
    assert "refusjon" in danish
    assert 'id="capacities"' not in danish
    prison = page(si.read(PRISON).appraise(), language="nb")
    assert "Plasser som legges ned" in prison
    assert "10 plasser legges ned sammen" in prison


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["appraise", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_command_shows_the_places_that_close() -> None:
    assert "Places that close" in run(str(PRISON))
    told = json.loads(run(str(PRISON), "--json"))
    assert [row["steps"] for row in told["capacities"]] == ["1", "2", "1", "0"]
