"""Waterfalls, budget plans and evidence as Python sees them."""

import copy
import pickle
from decimal import Decimal

import pytest

import socialimpact as si
from conftest import MODELS


def test_a_waterfall_adds_up(sandefjord: si.Appraisal) -> None:
    for holder in ("society", "public", "municipality", "state", "participants"):
        standing = Decimal(0)
        for row in sandefjord.waterfall(holder=holder).table.to_pylist():
            assert row["from"] == (0 if row["level"] else standing)
            standing = row["standing"] if row["step"] == "gross" else standing + (0 if row["level"] else row["amount"])
            assert row["standing"] == standing
        net = sandefjord.measure("npv", holder=holder).value
        assert standing == net


def test_outcomes_of_a_waterfall_stop_at_impact() -> None:
    waterfall = si.read(MODELS / "shape.toml").appraise().waterfall()
    whole = {row["step"]: row["amount"] for row in waterfall.table.to_pylist()}
    parts: dict[str, Decimal] = {}
    for row in waterfall.outcomes.to_pylist():
        parts[row["step"]] = parts.get(row["step"], Decimal(0)) + row["amount"]
    assert parts == {step: whole[step] for step in parts}
    assert set(whole) - set(parts) == {"inputs", "transfers", "financing", "net"}


def test_results_are_values(sandefjord: si.Appraisal) -> None:
    plan = sandefjord.budget_plan("municipality", first_year=2021)
    for result in (sandefjord.waterfall(holder="state"), plan):
        again = pickle.loads(pickle.dumps(result))  # noqa: S301 - our own bytes
        assert again == result
        assert hash(again) == hash(result)
        assert copy.copy(result) is result
        assert copy.deepcopy(result) is result
        assert again.table == result.table
    assert sandefjord.waterfall() != sandefjord.waterfall(holder="state")
    assert sandefjord.budget_plan("municipality") != plan
    assert repr(plan) == "BudgetPlan(municipality, 2021, 2022, 2023, 2024)"
    assert repr(sandefjord.waterfall()).startswith("Waterfall(society, gross 1044")


def test_a_plan_is_the_nominal_budget(sandefjord: si.Appraisal) -> None:
    budget = {row["year"]: row for row in sandefjord.budget("public", price_level="nominal").table.to_pylist()}
    plan = sandefjord.budget_plan("public", first_year=2020)
    rows = plan.table.to_pylist()
    for row in rows:
        if row["row"] == "net":
            assert row["amount"] == budget[row["year"]]["net"]
        if row["row"] == "since-start":
            assert row["amount"] == budget[row["year"]]["cumulative"]
    for year in plan.years:
        lines = [row for row in rows if row["year"] == year and row["cause"]]
        (net,) = [row for row in rows if row["year"] == year and row["row"] == "net"]
        assert sum(row["thousands"] for row in lines) == net["thousands"]


def test_a_year_that_is_not_appraised_says_so(sandefjord: si.Appraisal) -> None:
    rows = sandefjord.budget_plan("public", first_year=2024).table.to_pylist()
    missing = [row for row in rows if row["year"] == 2025]
    assert missing
    assert all(row["amount"] is None and row["thousands"] is None for row in missing)
    assert {row["absent_en"] for row in missing} == {"2025 is not appraised: the years are 2018 to 2024"}
    assert {row["absent_nb"] for row in missing} == {"2025 er ikke vurdert: årene som vurderes, er 2018 til 2024"}


def test_what_cannot_be_asked_says_why(sandefjord: si.Appraisal) -> None:
    with pytest.raises(si.ImpactError, match="no holder of this model"):
        sandefjord.waterfall(holder="nobody")
    with pytest.raises(si.ImpactError, match="there is no budget for `society`"):
        sandefjord.budget_plan("society")
    with pytest.raises(si.ImpactError, match="year `123`"):
        sandefjord.budget_plan("public", first_year=123)


def test_a_notebook_shows_a_line_a_row_and_a_year_a_column(sandefjord: si.Appraisal) -> None:
    shown = sandefjord.budget_plan("municipality")._repr_html_()
    assert all(f">{year}</th>" in shown for year in (2018, 2019, 2020, 2021))
    assert "added up over the plan" in shown
    assert "claimed impact" in sandefjord.waterfall()._repr_html_()


def test_evidence_counts_every_number_that_says_something(sandefjord: si.Appraisal) -> None:
    rows = sandefjord.evidence().to_pylist()
    invented = sum(row["illustrative"] for row in sandefjord.model.assumptions.to_pylist())
    assert {row["footing"]: row["numbers"] for row in rows}["illustrative"] == invented
    assert sum(row["share"] for row in rows) == 1
    assert [row["footing"] for row in rows] == ["a", "b", "c", "ungraded", "filled-in", "illustrative"]


def test_everything_stands_in_the_json_document(sandefjord: si.Appraisal) -> None:
    document = sandefjord.to_dict(plan_from=2021)
    steps = sandefjord.waterfall().table.to_pylist()
    assert [Decimal(row["amount"]) for row in document["waterfall"]["rows"]] == [row["amount"] for row in steps]
    assert document["waterfall"]["unit"]["kind"] == "money"
    assert [plan["years"][0] for plan in document["budget_plans"]] == [2021, 2021, 2021]
    assert document["evidence"][-1]["footing"] == "illustrative"


def test_a_range_of_break_even_values_shows_both_ends(sandefjord: si.Appraisal) -> None:
    quantity = "outcomes.off-assistance.quantity"
    found = sandefjord.model.break_even(quantity, measure="payback", holder="municipality", target=6)
    (low,), (high,) = found.values, found.range_ends
    assert found.status == "several"
    assert high is not None
    for value in (low, high):
        repaid = sandefjord.model.with_({quantity: value}).appraise().measure("payback", holder="municipality")
        assert repaid.value == 6
    assert "anything from 8.57314 to 8.75019 people" in str(found)
    assert "hva som helst fra 8,57314 til 8,75019 personer" in found.text("nb")
    assert repr(found).endswith(f"{low} to {high})")
    (alone,) = sandefjord.model.answers()[0].range_ends
    assert alone is None
