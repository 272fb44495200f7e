"""Models: what they say of themselves, and the same model with other values."""

from decimal import Decimal

import pytest

import socialimpact as si
from models import BEGINNER, sandefjord


def test_a_model_says_what_it_is() -> None:
    model = sandefjord()
    assert model.name == "Sandefjord: work with social entrepreneurs"
    assert model.name.in_language("nb") == "Sandefjord: samarbeid med sosiale entreprenører"
    assert model.description is not None
    assert model.description.in_language("nb").startswith("Penger flyttet")
    assert (model.country, model.currency, model.price_year) == ("NO", "NOK", 2022)
    assert (model.start, model.horizon, model.present_value_year) == (2018, 7, 2018)
    assert model.years == tuple(range(2018, 2025))
    assert model.conventions == "norway-r109-2021"
    assert model.holders == ("participants", "municipality", "state")
    assert model.outcomes == ("off-assistance",)
    assert len(model.hash) == 64
    assert repr(model) == "Model(Sandefjord: work with social entrepreneurs, NO, from 2018 for 7 years)"


def test_names_of_holders_and_outcomes_stand_in_tables() -> None:
    model = sandefjord()
    assert model.holder_table["name_nb"] == ["Deltakere", "Sandefjord kommune", "Staten"]
    assert model.holder_table["level"] == [None, "municipality", "state"]
    assert model.outcome_table.to_pylist()[0]["name_nb"] == "Ute av sosialhjelp"


def test_a_model_without_a_description_has_none() -> None:
    assert si.Model.from_dict(BEGINNER).description is None


def test_every_number_has_its_source_and_its_marks() -> None:
    rows = {row["address"]: row for row in sandefjord().assumptions.to_pylist()}
    quantity = rows["outcomes.off-assistance.quantity"]
    assert quantity["distribution"] == "pert(4, 8, 16)"
    assert quantity["point_is"] == "mean"
    assert quantity["illustrative"] is True
    assert quantity["exact"].startswith("8.66666666666666666666666")
    assert quantity["value"] == Decimal("8.666666666667")
    assistance = rows["catalogue.der-no-sosialhjelp-year-2022"]
    assert (assistance["origin"], assistance["value"], assistance["grade"]) == ("catalogue", 56500, "B")
    assert assistance["source_url"].startswith("https://www.ssb.no/")
    assert assistance["name_nb"].startswith("Sosialhjelp")
    shared = rows["assumptions.months-per-recipient"]
    assert shared["used_at"] == "outcomes.off-assistance.values.social-assistance.conversion.months_per_recipient"


def test_what_was_left_out_is_listed() -> None:
    table = si.Model.from_dict(BEGINNER).defaults
    assert "horizon" in table["address"]
    assert all(table["because_en"])
    assert all(table["because_nb"])


def test_a_model_never_changes_and_with_gives_another() -> None:
    model = si.Model.from_dict(BEGINNER)
    before = model.hash
    other = model.with_({"outcomes.less-lonely.quantity": 30, "costs.team.amount": Decimal("1.5")})
    assert model.hash == before != other.hash
    assert other.to_dict()["outcomes"][0]["quantity"] == 30
    assert other.appraise().measure("npv").value == Decimal("599998.2")


def test_other_values_may_be_words_lists_and_tables() -> None:
    model = si.Model.from_dict(BEGINNER)
    other = model.with_(
        {
            "name": "Other",
            "outcomes.less-lonely.quantity": {"pert": [10, 20, 30]},
            "outcomes.less-lonely.intakes": [2024],
        }
    )
    assert other.name == "Other"
    assert other.assumptions["distribution"][other.assumptions["address"].index("outcomes.less-lonely.quantity")] == (
        "pert(10, 20, 30)"
    )


def test_an_address_the_model_does_not_have_is_told_the_nearest() -> None:
    with pytest.raises(si.ImpactError, match=r"did you mean `outcomes\.less-lonely\.quantity`"):
        si.Model.from_dict(BEGINNER).with_({"outcomes.less-lonely.quantty": 1})


def test_values_that_no_document_has_are_named_together() -> None:
    with pytest.raises(si.ImpactError) as caught:
        si.Model.from_dict(BEGINNER).with_({"name": None, "costs.team.amount": float("nan")})  # type: ignore[dict-item]
    assert [problem.address for problem in caught.value.problems] == ["name", "costs.team.amount"]


def test_the_questions_of_the_document_are_listed() -> None:
    first, second = sandefjord().questions
    assert first == si.Question(
        id="municipality-alone",
        break_even="outcomes.off-assistance.quantity",
        measure="npv",
        holder="municipality",
        outcome=None,
        target=Decimal(0),
    )
    assert second.holder == "public"
    assert si.Model.from_dict(BEGINNER).questions == ()


def test_a_label_is_english_and_knows_its_norwegian() -> None:
    label = si.Label("The state", "Staten")
    assert label == "The state"
    assert label.nb == label.in_language("nb") == "Staten"
    assert si.Label("Plain").in_language("nb") == "Plain"
    with pytest.raises(si.ImpactError, match="`de` is not a language"):
        label.in_language("de")  # type: ignore[arg-type]


def test_reference_figures_are_tables() -> None:
    conventions = si.conventions().to_pylist()
    norway = next(row for row in conventions if row["id"] == "norway-r109-2021")
    assert norway["edition"] == "R-109/2021"
    assert "financing.cost" in norway["unverified"]
    assert norway["financing_cost"] == Decimal("0.2")
    everything = si.catalogue()
    assert len(everything) > len(si.catalogue("sosialhjelp vestfold")) > 0
    assert len(si.catalogue("no such words")) == 0
    assert all(everything["source_title"])
    indices = si.indices()
    assert {"cpi-no", "exchange"} <= set(indices["series"]) | set(indices["kind"])
