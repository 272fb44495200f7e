"""What investors of a contract may earn and lose, and what is left to those who deliver."""

import copy
import pickle
from typing import Any

import pytest

import socialimpact as si
from paid_work import certain, uncertain

LARVIK = "fixtures/models/larvik-contract.toml"


def only(table: si.Table, situation: str = "as-believed") -> dict[str, Any]:
    (row,) = (row for row in table.to_pylist() if row["situation"] == situation)
    return row


@pytest.fixture(scope="module")
def larvik() -> si.ReturnRisk:
    # People are as the contract's baseline says: 63 % go back.
    contract = si.read_contract(LARVIK).with_({"truth.metrics.relapse.counterfactual": 0.63})
    return contract.return_risk(draws=2_000, seed=7)


def test_a_certain_truth_gives_one_return_that_can_be_worked_out_by_hand() -> None:
    contract = certain().contract
    assert contract is not None
    risk = contract.return_risk(draws=20, seed=1)
    fund, provider = only(risk.investors), only(risk.providers)
    # Fifty at 100,000 come back for four million: (5 / 4) ** (365 / 364) - 1.
    rate = 1.25 ** (365 / 364) - 1
    assert fund["rate_of_expected"] == pytest.approx(rate, abs=1e-9)
    assert fund["median_rate"] == pytest.approx(rate, abs=1e-9)
    assert (fund["total_mean"], fund["multiple_mean"], fund["chance_of_loss"]) == (1_000_000, 1.25, 0)
    # 4.0 million for what costs 3.9.
    assert (provider["total_mean"], provider["chance_of_loss"]) == (100_000, 0)
    # Where nothing works twenty start work: two million of four come back.
    nothing = only(risk.investors, "nothing-works")
    assert (nothing["total_mean"], nothing["chance_of_loss"]) == (-2_000_000, 1)
    assert nothing["rate_of_expected"] == pytest.approx(0.5 ** (365 / 364) - 1, abs=1e-9)


def test_what_is_paid_for_nothing_is_not_lost_and_the_rest_is(larvik: si.ReturnRisk) -> None:
    nothing = only(larvik.investors, "nothing-works")
    # P(X <= 28) of fifty at 0.63 is 0.189: in all other draws the 4.2 million are lost.
    paid = 0.18902846713940413
    assert abs(nothing["chance_of_loss"] - (1 - paid)) < 4 * nothing["chance_error"]
    assert nothing["median_rate"] == -1
    assert nothing["total_p05"] == -4_200_000
    # Of the 0.2 million left where it is paid half is Ferd's and half the provider's, whose work costs 50,000 more
    # than it gets for it.
    assert nothing["total_p95"] == 100_000
    provider = only(larvik.providers, "nothing-works")
    assert {provider["total_p05"], provider["total_p95"]} == {-50_000, 50_000}
    assert provider["chance_of_loss"] == nothing["chance_of_loss"]


def test_a_draw_in_which_nothing_comes_back_is_a_rate_of_minus_one(larvik: si.ReturnRisk) -> None:
    for situation in ("as-believed", "nothing-works-baseline-right", "nothing-works"):
        investor = only(larvik.investors, situation)
        assert investor["with_one_rate"] + investor["lost_all"] == larvik.settled == 1_000
        assert investor["lost_all"] == round(investor["chance_of_loss"] * 1_000)
        assert investor["rate_p50"] == investor["median_rate"]
        assert investor["rate_p05"] == (-1 if investor["lost_all"] > 50 else investor["median_rate"])
    assert len(larvik.without_rate) == 0
    for table in (larvik.situations, larvik.investors, larvik.providers):
        assert table["not_funded"] == [0, 0, 0]


def test_rates_and_gains_stand_with_their_errors(larvik: si.ReturnRisk) -> None:
    nothing = only(larvik.investors, "nothing-works-baseline-right")
    chance = 1 - nothing["chance_of_loss"]
    # A gain of 0.1 million with that chance, a loss of 4.2 million otherwise.
    assert nothing["total_error"] == pytest.approx(4_300_000 * (chance * (1 - chance) / 999) ** 0.5)
    assert 0.01 < nothing["rate_of_expected_error"] < 0.02
    # More than half of the draws are total losses, and so is the median, whichever draws are taken.
    assert nothing["median_rate_error"] == 0


def test_the_first_draws_of_the_risk_are_those_that_are_settled(larvik: si.ReturnRisk) -> None:
    risk = larvik.contract.risk(draws=2_000, seed=7)
    for situation in larvik.situations["situation"]:
        assert larvik.draws(situation)["paid"] == risk.draws(situation)["paid"][:1_000]
    few = larvik.contract.return_risk(2_000, 7, settled=3)
    assert few.draws()["paid"] == larvik.draws()["paid"][:3]
    assert (few.settled, few.count) == (3, 2_000)


def test_it_travels_and_no_thread_changes_a_bit(larvik: si.ReturnRisk) -> None:
    again = pickle.loads(pickle.dumps(larvik))  # noqa: S301 - our own bytes
    assert again == larvik
    assert hash(again) == hash(larvik)
    assert copy.deepcopy(larvik) is larvik
    assert larvik.contract.return_risk(2_000, 7, threads=1) == larvik
    assert larvik.contract.return_risk(2_000, 8) != larvik
    assert larvik.to_dict()["provenance"] == larvik.provenance
    assert larvik.day_count == "act/365"
    assert larvik.marks == ("illustrative",)
    assert "(illustrative)" in larvik._repr_html_()


def test_what_cannot_be_told_says_why(larvik: si.ReturnRisk) -> None:
    with pytest.raises(si.ImpactError, match="the contract has no `finance`: say who puts money in"):
        si.read_contract("fixtures/contracts/larvik-for-nothing.toml").return_risk(10, 1)
    with pytest.raises(si.ImpactError, match=r"^situation: `expected-effect` is not told of the returns"):
        larvik.draws("expected-effect")
    with pytest.raises(si.ImpactError, match=r"^settled: `0` is not a whole number from 1"):
        larvik.contract.return_risk(10, 1, settled=0)


def test_progress_counts_settled_draws_and_ends_a_run() -> None:
    contract = uncertain().contract
    assert contract is not None
    heard: list[tuple[int, int]] = []
    contract.return_risk(50, 7, progress=lambda done, of: heard.append((done, of)))
    assert heard[-1] == (100, 100)

    def enough(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        contract.return_risk(1_000, 7, progress=enough)
