"""What each holder pays for results beside what it saves by them."""

import copy
import pickle
from typing import Any

import pytest

import socialimpact as si
from paid_work import EFFECT, PRICE, certain, uncertain

TOWN, STATE = 162_000, 108_000
"""What a person in work saves them."""


def of(risk: si.SavingRisk, situation: str = "as-believed") -> dict[str, dict[str, Any]]:
    return {row["holder"]: row for row in risk.holders.to_pylist() if row["situation"] == situation}


def test_fifty_are_paid_for_and_thirty_save() -> None:
    risk = certain().saving_risk(draws=10, seed=1)
    rows = of(risk)
    assert rows["town"]["paid_mean"] == pytest.approx(0.4 * 50 * 100_000)
    assert rows["town"]["saved_mean"] == pytest.approx(30 * TOWN)
    assert rows["state"]["net_mean"] == pytest.approx(30 * STATE - 0.6 * 50 * 100_000)
    assert (rows["town"]["covers"], rows["state"]["covers"]) == (1, 1)
    nothing = of(risk, "nothing-works")
    # Twenty start work anyway: they are paid for, and save nothing that would not have been saved.
    assert nothing["town"]["paid_mean"] == pytest.approx(0.4 * 20 * 100_000)
    assert (nothing["town"]["saved_mean"], nothing["town"]["covers"]) == (0, 0)


def test_years_add_up_to_what_is_paid_and_saved() -> None:
    risk = uncertain().saving_risk(draws=500, seed=7)
    for situation in ("as-believed", "nothing-works"):
        years = [row for row in risk.by_year.to_pylist() if row["situation"] == situation]
        for holder, row in of(risk, situation).items():
            for part in ("paid", "saved", "net"):
                total = sum(year[part] for year in years if year["holder"] == holder)
                assert total == pytest.approx(row[f"{part}_mean"], abs=1e-3)
    # Half of the intake is in 2025, for two years; all that is paid is due in 2025.
    town = {row["year"]: row for row in risk.by_year.to_pylist() if row["holder"] == "town"}
    assert [year for year, row in town.items() if row["paid"]] == [2025]
    assert {2025, 2026, 2027} <= set(town)


def test_payers_share_what_they_can_and_what_is_missing_is_said() -> None:
    # Together they pay 5 million and save 30 · (162,000 + 108,000) = 8.1 million.
    found = certain().saving_risk(10, 1).fair_shares()
    town, state = found.shares.to_pylist()
    assert (found.status, found.missing, found.losing) == ("exists", 0, ())
    assert (town["least"], town["most"]) == pytest.approx((1 - 30 * STATE / 5e6, 30 * TOWN / 5e6))
    assert (state["least"], state["most"]) == pytest.approx((1 - 30 * TOWN / 5e6, 30 * STATE / 5e6))
    # At twice the price they save 1.9 million too little.
    dear = certain().with_({PRICE: 200_000}).saving_risk(10, 1).fair_shares()
    assert (dear.status, len(dear.shares)) == ("missing", 0)
    assert dear.missing == pytest.approx(10e6 - 8.1e6)
    free = certain().with_({PRICE: 0}).saving_risk(10, 1).fair_shares("expected-effect")
    assert (free.status, free.situation) == ("nothing-to-pay", "expected-effect")
    assert found.to_dict()["shares"][0]["holder"] == "town"


def test_what_is_left_out_is_said() -> None:
    model = certain()
    document = model.to_dict()
    document["outcomes"].append({**document["outcomes"][0], "id": "health", "quantity": 1})
    risk = si.Model.from_dict(document).saving_risk(10, 1)
    rows = risk.outcomes.to_pylist()
    assert [(row["outcome"], row["metric"], row["left_out"]) for row in rows] == [
        ("into-work", "started", False),
        ("health", None, True),
    ]
    assert of(risk)["town"]["saved_mean"] == pytest.approx(30 * TOWN)
    assert not risk.at_expected_values


def test_it_travels_and_no_thread_changes_a_bit() -> None:
    risk = uncertain().saving_risk(500, 7)
    again = pickle.loads(pickle.dumps(risk))  # noqa: S301 - our own bytes
    assert again == risk
    assert hash(again) == hash(risk)
    assert copy.copy(risk) is risk
    assert uncertain().saving_risk(500, 7, threads=1) == risk
    assert uncertain().with_({EFFECT: 0.3}).saving_risk(500, 7) != risk
    assert risk.to_dict()["provenance"] == risk.provenance
    assert risk.marks == ("illustrative",)
    assert "(illustrative)" in risk._repr_html_()
    assert repr(risk) == "SavingRisk(Into work (illustrative), 500 random draws, seed 7)"


def test_a_model_without_a_contract_says_so() -> None:
    with pytest.raises(si.ImpactError, match="the model has no `contract`: there is no payment to hold against"):
        si.read("fixtures/models/beginner.toml").saving_risk(10, 1)
    with pytest.raises(si.ImpactError) as caught:
        si.read("fixtures/models/beginner.toml").saving_risk(10, 1)
    assert caught.value.is_reason
    assert pickle.loads(pickle.dumps(caught.value)).is_reason  # noqa: S301 - our own bytes
    with pytest.raises(si.ImpactError, match=r"^situation: `nothing-works-drifting` has nothing to tell"):
        certain().saving_risk(10, 1).fair_shares("nothing-works-drifting")


def test_progress_ends_a_run() -> None:
    def enough(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        uncertain().saving_risk(100_000, 7, progress=enough)
