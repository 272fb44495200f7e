"""Effects and paths: their addresses from Python, and the model of individual placement and support."""

from decimal import Decimal

import pytest

import socialimpact as si
from models import FIXTURES, beginner, problems

PATH = "outcomes.in-work.quantity.effect.path.1.difference"


def test_the_model_of_ips_answers_as_computed_by_hand() -> None:
    # The arithmetic stands in tests/ips_employment.rs.
    model = si.read(FIXTURES / "models" / "ips-employment.toml")
    result = model.appraise()
    (units,) = result.outcome_units().to_pylist()
    assert (units["accrued"], units["unit"]) == (Decimal("0.179165"), "person")
    npv = result.measure("npv", holder="public")
    assert npv.value is not None
    assert round(npv.value, 6) == Decimal("-7062.227768")
    answer = model.break_even(PATH, measure="npv", holder="public")
    assert round(answer.values[0], 9) == Decimal("0.113340621")
    doubled = model.with_({PATH: Decimal("0.2")}).appraise().outcome_units().to_pylist()[0]
    assert doubled["accrued"] == Decimal("0.35833")
    assert "forskjell etter 1,5 år" in str(result.explain("outcomes.in-work").to_dict())


def test_an_effect_of_the_register_is_one_number_with_its_source() -> None:
    document = beginner()
    effect = {"population": 100, "baseline": Decimal("0.20"), "register": "rand-ced-recid"}
    document["outcomes"][0] |= {"quantity": {"effect": effect}, "direction": "decrease"}
    model = si.Model.from_dict(document)
    row = next(row for row in model.assumptions.to_pylist() if row["address"] == "effects.rand-ced-recid")
    assert (row["value"], row["origin"], row["register_entry"]) == (Decimal("0.57"), "register", "rand-ced-recid")
    assert row["source_title"]
    assert model.appraise().outcome_units().to_pylist()[0]["started"] == Decimal("7.527352297593")
    assert model.with_({"effects.rand-ced-recid": 1}).appraise().outcome_units().to_pylist()[0]["started"] == 0
    assert model.appraise().provenance["effects_edition"]


def test_what_is_no_effect_is_refused_at_its_address() -> None:
    document = beginner()
    effect = {"population": 100, "baseline": Decimal("0.20"), "register": "ips-no-43m"}
    document["outcomes"][0]["quantity"] = {"effect": effect}
    with pytest.raises(si.ImpactError) as refused:
        si.Model.from_dict(document)
    said = problems(refused.value)["outcomes.less-lonely.quantity.effect.register"]
    assert said.startswith("`ips-no-43m` of the register is a mean difference, not an effect on a share or a rate")
