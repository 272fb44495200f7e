"""Appraisals: figures with their units or reasons, and tables that add up to them."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any, get_args

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import socialimpact as si
from models import BEGINNER, FIXTURES, beginner, sandefjord


@pytest.fixture(scope="module")
def result() -> si.Appraisal:
    return sandefjord().appraise()


def signed(row: dict[str, Any], holder: str) -> Decimal:
    """What a posting is to a holder."""
    amount: Decimal = row["present_value"]
    return Decimal(row["to"] == holder) * amount - Decimal(row["from"] == holder) * amount


def test_a_figure_has_a_value_and_a_unit(result: si.Appraisal) -> None:
    figure = result.measure("npv", holder="municipality")
    assert isinstance(figure.value, Decimal)
    assert float(figure) == float(figure.value)
    assert figure.unit == "NOK (2022 prices, present value 2018)"
    assert figure.unit.in_language("nb") == "NOK (2022-priser, nåverdi 2018)"
    assert (figure.measure, figure.holder, figure.outcome) == ("npv", "municipality", None)
    assert figure.name.in_language("nb") == "netto nåverdi"
    assert figure.absent is None
    assert figure.absent_in("nb") is None
    assert figure.illustrative
    assert str(figure) == figure.shown == f"{figure.value:,.0f} NOK"
    assert repr(figure) == f"Figure(npv for municipality: {figure.value})"


def test_a_figure_that_does_not_exist_says_why(result: si.Appraisal) -> None:
    figure = result.measure("sroi_ratio", holder="participants")
    assert figure.value is not None
    nothing = si.Model.from_dict({**BEGINNER, "costs": []}).appraise().measure("sroi_ratio")
    assert nothing.value is None
    assert nothing.absent is not None
    assert "no ratio over inputs of 0" in nothing.absent
    assert nothing.absent_in("nb") == nothing.absent.in_language("nb") != nothing.absent
    assert str(nothing) == nothing.absent
    with pytest.raises(si.ImpactError, match="no ratio over inputs"):
        float(nothing)


def test_the_names_of_measures_are_those_of_the_core(result: si.Appraisal) -> None:
    assert set(get_args(si.Measure)) == set(result.measures()["measure"])


def test_all_measures_of_a_perspective_are_a_table(result: si.Appraisal) -> None:
    rows = {row["measure"]: row for row in result.measures("municipality").to_pylist()}
    for name in get_args(si.Measure):
        figure = result.measure(name, holder="municipality")
        assert rows[name]["value"] == figure.value
        assert rows[name]["absent_en"] == figure.absent
        assert rows[name]["shown_nb"] == figure.shown.in_language("nb")


def test_the_net_present_value_is_the_sum_of_the_postings(result: si.Appraisal) -> None:
    for holder in result.model.holders:
        total = sum((signed(row, holder) for row in result.ledger.to_pylist()), Decimal(0))
        assert total == result.measure("npv", holder=holder).value


def test_a_ledger_is_read_as_it_is_by_every_library(result: si.Appraisal) -> None:
    ledger = result.ledger
    amounts = ledger["present_value"]
    assert pa.table(ledger).schema.field("present_value").type == pa.decimal128(38, 12)
    assert pa.table(ledger).column("present_value").to_pylist() == amounts
    assert pl.DataFrame(ledger)["present_value"].to_list() == amounts
    frame = pd.DataFrame.from_arrow(ledger)  # type: ignore[attr-defined]  # pandas-stubs lags behind pandas
    assert list(frame["present_value"]) == amounts
    assert ledger.column_names == (
        *("cause", "class", "from", "to", "kind", "outcome", "year", "gross", "amount", "cashable", "claim"),
        *("nominal", "nominal_cashable", "discount_factor", "present_value", "present_cashable", "present_claim"),
        *("pays_back", "illustrative", "unverified", "illustrative_cashable"),
        *("illustrative_nominal", "illustrative_nominal_cashable"),
    )
    assert set(ledger["class"]) == {"cost", "outcome", "financing"}


def test_a_loss_stands_with_its_ends_turned() -> None:
    document = beginner()
    document["outcomes"][0]["values"][0]["value"] = -20_000
    rows = si.Model.from_dict(document).appraise().ledger.to_pylist()
    loss = next(row for row in rows if row["class"] == "outcome")
    assert (loss["from"], loss["to"], loss["amount"]) == ("neighbours", None, 500_000)


def test_tax_financing_is_posted_to_society() -> None:
    document = {**beginner(), "conventions": "norway-r109-2021"}
    rows = si.Model.from_dict(document).appraise().ledger.to_pylist()
    financing = next(row for row in rows if row["class"] == "financing")
    assert "society" in (financing["from"], financing["to"])
    assert financing["cause"] == "conventions.financing.cost"


@pytest.mark.parametrize("level", get_args(si.PriceLevel))
def test_a_budget_adds_up_by_year(result: si.Appraisal, level: si.PriceLevel) -> None:
    budget = result.budget("municipality", level)
    cumulative = Decimal(0)
    for row in budget.table.to_pylist():
        assert row["net"] == row["savings"] - row["costs"] - row["transfers"]
        cumulative += row["net"]
        assert row["cumulative"] == cumulative
    assert (budget.holder, budget.price_level) == ("municipality", level)
    assert tuple(budget.table["year"]) == result.model.years


def test_a_budget_breaks_even_or_says_why_not(result: si.Appraisal) -> None:
    gains = result.budget("municipality", "nominal")
    assert gains.break_even_year == 2023
    assert gains.why_no_break_even_year is None
    assert gains.why_no_break_even_year_in("nb") is None
    loses = si.Model.from_dict(BEGINNER).appraise().budget("municipality")
    assert loses.break_even_year is None
    assert loses.why_no_break_even_year is not None
    assert "−400000" in loses.why_no_break_even_year.replace(",", "")
    assert loses.why_no_break_even_year_in("nb") == loses.why_no_break_even_year.in_language("nb")


def test_public_budgets_together_are_the_default(result: si.Appraisal) -> None:
    both = [result.budget(holder).table["net"] for holder in ("municipality", "state")]
    assert result.budget().table["net"] == [left + right for left, right in zip(*both, strict=True)]


def test_a_nominal_budget_without_a_price_level_is_refused() -> None:
    document = {**beginner(), "horizon": 20}
    document["costs"] = [
        {"id": "team", "payer": "municipality", "per_year": 1, "years": [2024, 2043], "price_basis": "real"}
    ]
    result = si.Model.from_dict(document).appraise()
    with pytest.raises(si.ImpactError, match=r"the price level of 20\d\d is not known"):
        result.budget("municipality", "nominal")


def test_what_each_holder_pays_and_gains_adds_up_to_its_net_value(result: si.Appraisal) -> None:
    for row in result.wrong_pocket().to_pylist():
        assert row["net"] == row["gains"] + row["receives"] - row["pays"]
        assert row["net"] == result.measure("npv", holder=row["holder"]).value


def test_person_years_and_recipient_years_stand_apart(result: si.Appraisal) -> None:
    units = result.outcome_units().to_pylist()[0]
    assert (units["unit"], units["accrued_unit"]) == ("person", "person-year")
    by_year = result.outcome_units_by_year()
    assert abs(sum(by_year["units"]) - units["accrued"]) <= Decimal("1e-10")
    priced = {row["unit"]: row["units"] for row in result.priced_units().to_pylist()}
    assert priced["recipient-year"] == pytest.approx(units["accrued"] * 12 / Decimal("5.5"), abs=Decimal("1e-9"))


def test_findings_name_rule_place_and_source(result: si.Appraisal) -> None:
    rows = result.findings().to_pylist()
    assert {"illustrative", "unverified-convention"} <= {row["rule"] for row in rows}
    assert {row["severity"] for row in rows} == {"warning", "note"}
    assert all(row["message_en"] and row["message_nb"] and row["source"] for row in rows)


def test_a_figure_is_taken_apart(result: si.Appraisal) -> None:
    value = result.explain("outcomes.off-assistance.values.social-assistance")
    assert value.address == "outcomes.off-assistance.values.social-assistance"
    assert "ssb.no" in str(value)
    assert "kilde: " in value.text("nb")
    assert "\u00a0" in value.text("nb")
    measure = result.explain("npv", holder="municipality")
    assert measure.value == result.measure("npv", holder="municipality").value
    assert measure.to_dict()["value"] == str(measure.value)
    assert str(measure) == measure.text() == measure.text("en")
    assert measure.address is None
    assert measure.unit.startswith("NOK")
    assert measure.title == "npv for municipality"


def test_provenance_says_what_made_the_result(result: si.Appraisal) -> None:
    provenance = result.provenance
    assert provenance["model_hash"] == result.model.hash
    assert provenance["conventions_edition"] == "R-109/2021"
    assert provenance["version"] == si.__version__


def test_everything_is_one_document_with_numbers_as_text(result: si.Appraisal) -> None:
    def fail(text: str) -> None:
        pytest.fail(f"a float: {text}")

    document = json.loads(result.to_json(), parse_float=fail)
    assert document == result.to_dict()
    npv = next(row for row in document["measures"] if (row["measure"], row["holder"]) == ("npv", "society"))
    assert Decimal(npv["value"]) == result.measure("npv").value
    assert [answer["id"] for answer in document["answers"]] == ["municipality-alone", "all-public-budgets"]
    assert len(document["ledger"]) == len(result.ledger)
    assert len(document["assumptions"]) == len(result.model.assumptions)


def test_unknown_names_are_told_the_known_ones(result: si.Appraisal) -> None:
    questions: dict[Callable[[], object], str] = {
        lambda: result.measure("nvp"): "`nvp` is not a measure: ask for one of npv",  # type: ignore[arg-type]
        lambda: result.measure("npv", holder="county"): "choose among society, public, participants",
        lambda: result.measures("county"): "`county` is no holder",
        lambda: result.measure("cost_per_outcome", outcome="x"): "choose among off-assistance",
        lambda: result.budget("county"): "`county` is no holder",
        lambda: result.budget(price_level="fixed"): "`fixed` is not a price level",  # type: ignore[arg-type]
        lambda: result.explain("outcomes.x"): "nothing to explain at `outcomes.x`",
        lambda: result.explain("npv", holder="county"): "`county` is no holder",
        lambda: result.explain("npv").text("de"): "`de` is not a language",  # type: ignore[arg-type]
    }
    for ask, message in questions.items():
        with pytest.raises(si.ImpactError) as caught:
            ask()
        assert message in str(caught.value)


def test_cost_per_outcome_needs_its_outcome() -> None:
    result = si.read(FIXTURES / "models" / "map-12x10.toml").appraise()
    assert result.measure("cost_per_outcome").value is None
    outcome = result.model.outcomes[3]
    figure = result.measure("cost_per_outcome", outcome=outcome)
    assert figure.outcome == outcome
    assert figure.value is not None
    assert f" of {outcome} " in repr(figure)
    assert list(result.measures()["outcome"]).count(outcome) == 2, "cost_per_outcome and gain_per_unit"
