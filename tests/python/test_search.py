"""Prices at which a payer breaks even or an investor reaches a rate, frontiers, rankings, baselines side by side."""

import copy
import pickle
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

import socialimpact as si
from paid_work import EFFECT, PRICE, certain, uncertain

LARVIK = "fixtures/contracts/larvik-for-nothing.toml"
TARGET = "contract.payments.target.schedule.steps.0.at"


def contract(model: si.Model) -> si.Contract:
    found = model.contract
    assert found is not None
    return found


def near(found: Decimal | None, expected: float) -> bool:
    # Payments are rounded draw by draw: a price is found to a millionth of itself.
    return found is not None and abs(float(found) / expected - 1) < 1e-6


def test_a_payer_breaks_even_where_payment_is_saving() -> None:
    # Thirty people save the town 30 · 162,000, and it pays 40 % of fifty prices; the state 30 · 108,000, over 60 %.
    for payer, expected in (("town", 30 * 162_000 / 20), ("state", 30 * 108_000 / 30)):
        found = certain().search(PRICE, payer=payer, low=0, high=1_000_000, draws=10, seed=1)
        assert near(found.value, expected)
        assert (found.status, found.sought, found.holder) == ("unique", "break-even", payer)
        assert (found.current, found.address) == (Decimal(100_000), PRICE)
        assert found.rate is None


def test_the_price_is_the_expected_saving_over_the_expected_number_that_is_paid_for() -> None:
    # By hand, over the very draws: what is paid at a price of one, and what the true change saves at 162,000 each.
    model, draws = uncertain(), 4_000
    risk = contract(model).with_({PRICE: 1}).risk(draws, 7)
    table = risk.draws("as-believed").to_dict()
    starts, changed = np.array(table["paid"]), np.array(table["changes.started"])
    by_hand = changed.mean() * 162_000 / (0.4 * starts.mean())
    found = model.search(PRICE, payer="town", low=0, high=1_000_000, draws=draws, seed=7)
    assert near(found.value, by_hand)
    # What each draw leaves at that price, over the number that the town pays for: the error of a ratio.
    left = changed * 162_000 - by_hand * 0.4 * starts
    off = left.std(ddof=1) / draws**0.5 / (0.4 * starts.mean())
    assert found.standard_error == pytest.approx(off, rel=1e-3)
    assert f" ± {round(off, -1):,.0f};" in str(found).replace("\xa0", " ")
    # Put back, payment and saving meet.
    there = model.with_({PRICE: found.value or 0}).saving_risk(draws, 7)
    town = there.holders.to_pylist()[0]
    assert town["holder"] == "town"
    assert town["paid_mean"] == pytest.approx(town["saved_mean"], rel=1e-6)
    assert town["paid_sd"] > 100_000


def test_an_investor_reaches_its_rate_where_its_flows_do() -> None:
    # Four million lent for 364 days at 8 %, paid back by fifty.
    by_hand = 4e6 * 1.08 ** (364 / 365) / 50
    for model_or_contract in (certain(), contract(certain())):
        found = model_or_contract.search(PRICE, investor="fund", rate=0.08, low=0, high=200_000, draws=10, seed=1)
        assert near(found.value, by_hand)
        assert (found.sought, found.rate, found.rate_of, found.holder) == ("rate", 0.08, "expected", "fund")


@pytest.mark.parametrize("rate_of", ["expected", "median"])
def test_the_rate_at_the_price_found_is_the_rate(rate_of: si.RateOf) -> None:
    terms = contract(uncertain())
    asked: dict[str, Any] = {"draws": 300, "seed": 7, "settled": 200}
    found = terms.search(PRICE, investor="fund", rate=0.05, rate_of=rate_of, low=0, high=400_000, **asked)
    there = terms.with_({PRICE: found.value or 0}).return_risk(**asked)
    column = "rate_of_expected" if rate_of == "expected" else "median_rate"
    assert there.investors[column][0] == pytest.approx(0.05, abs=1e-4)
    if rate_of == "expected":
        # The same by numpy: mean back over four million, to the power of a year.
        back = np.minimum(np.array(there.draws()["paid"]), np.inf).mean()
        assert (back / 4e6) ** (365 / 364) - 1 == pytest.approx(0.05, abs=1e-4)


def test_none_in_range_is_said_with_both_ends() -> None:
    found = certain().search(PRICE, payer="town", low=0, high=240_000, draws=10, seed=1)
    assert (found.status, found.value, found.values) == ("none", None, ())
    # At 240,000 the town saves 4.86 million and pays 4.8.
    assert found.at_ends == pytest.approx((4_860_000, 60_000))
    assert "town is expected to pay what it saves for no value of `contract.payments.started" in found.text()
    assert "60,000" in found.text()
    assert "ingen verdi av" in found.text("nb")


def test_a_sentence_says_who_and_what_in_both_languages() -> None:
    found = certain().search(PRICE, payer="town", low=0, high=1_000_000, draws=10, seed=1)
    assert str(found).startswith("town is expected to pay what it saves where `contract.payments.started")
    assert "er 243\u00a0000; kontrakten har 100\u00a0000" in found.text("nb")
    rate = certain().search(PRICE, investor="fund", rate=0.08, low=0, high=200_000, draws=10, seed=1)
    assert str(rate).startswith("The expected flows of fund return 8% a year")
    assert rate.text("nb").startswith("De forventede beløpene til fund gir 8\u00a0% i året")


def test_a_frontier_says_where_there_is_room() -> None:
    asked: dict[str, Any] = {"payer": "state", "investor": "fund", "rate": 0.08, "low": 0, "high": 600_000}
    found = certain().frontier(PRICE, {EFFECT: [0.1, 0.3]}, draws=10, seed=1, **asked)
    few, many = found.table.to_pylist()
    # Ten of thirty by the programme: the state saves 10 · 108,000 and pays 60 % of thirty; the fund needs 4.32
    # million of thirty.
    assert near(few["payer_price"], 10 * 108_000 / 18)
    assert near(few["investor_price"], 4e6 * 1.08 ** (364 / 365) / 30)
    assert (few["room"], many["room"]) == ("apart", "between")
    assert (few["least"], few["most"]) == (None, None)
    assert (many["least"], many["most"]) == (many["investor_price"], many["payer_price"])
    assert near(many["payer_price"], 108_000)
    assert (found.beside, found.address, len(found)) == (EFFECT, PRICE, 2)
    lower: dict[str, Any] = {**asked, "high": 100_000}
    short = certain().frontier(PRICE, {EFFECT: [0.3]}, draws=10, seed=1, **lower)
    assert short.table.to_pylist()[0]["room"] == "unknown"
    assert short.table["payer_status"] == ["none"]


def test_the_largest_figure_or_the_smallest_is_the_best_and_how_surely() -> None:
    larvik = si.read_contract(LARVIK)
    axes: dict[str, list[float]] = {TARGET: [0.05, 0.1, 0.2], "truth.cohorts.first.people": [50, 51]}
    asked: dict[str, Any] = {"situation": "nothing-works-baseline-right", "draws": 200, "seed": 7}
    found = larvik.ranking(axes, by="chance_of_paying", blocks=5, resamples=100, kept=6, **asked)
    rows = found.table.to_pylist()
    for row in rows:
        assert row["place"] == 1 + sum(other["figure"] < row["figure"] for other in rows)
        assert row["ties"] == sum(other["figure"] == row["figure"] for other in rows) - 1
    assert [row["figure"] for row in rows] == sorted(row["figure"] for row in rows)
    assert sum(row["stays_best"] for row in rows) >= 1
    assert {row["stays_among"] for row in rows} == {1}
    grid = larvik.risk_grid(axes, **asked).table["chance_of_paying"]
    assert [row["figure"] for row in rows] == [grid[row["scenario"]] for row in rows]
    largest = larvik.ranking(axes, by="p95", best="largest", blocks=2, kept=1, resamples=10, **asked)
    assert (largest.by, largest.best, len(largest)) == ("p95", "largest", 1)
    paid = larvik.ranking(axes, by="payers.larvik", kept=1, **asked)
    assert (paid.by, paid.blocks, paid.resamples) == ("payers.larvik", 20, 1_000)


def test_each_baseline_is_held_against_each_as_the_truth() -> None:
    larvik = si.read_contract(LARVIK)
    own = {
        "id": "ferd",
        "rate": "0.63",
        "definition": {"en": "go back", "nb": "går tilbake"},
        "source": {"title": "Ferd"},
    }
    found = larvik.baselines("fewer-relapses", [own | {"rate": 0.63}, "base-no-5y"], draws=4_000, seed=7)
    cells = {(row["contract_baseline"], row["true_baseline"]): row for row in found.table.to_pylist()[:4]}
    right = cells["ferd", "ferd"]
    # P(X <= 28) of fifty at 0.63.
    assert abs(right["chance_of_paying"] - 0.18902846713940413) < 4 * right["chance_error"]
    assert cells["ferd", "base-no-5y"]["chance_of_paying"] > 0.99
    assert found.baselines["definition_nb"] == ["går tilbake", found.baselines["definition_nb"][1]]
    assert found.baselines["rate"] == [Decimal("0.63"), Decimal("0.32")]
    assert len(found.table) == 2 * len(found) ** 2
    assert "true: base-no-5y" in found._repr_html_()


@pytest.mark.parametrize(
    "made",
    [
        lambda: certain().search(PRICE, payer="town", low=0, high=1e6, draws=10, seed=1),
        lambda: contract(certain()).search(PRICE, investor="fund", rate=0.08, low=0, high=2e5, draws=10, seed=1),
        lambda: certain().search(PRICE, investor="fund", rate=0.08, rate_of="median", low=0, high=2e5, draws=9, seed=1),
        lambda: certain().frontier(
            PRICE, {EFFECT: [0.1, 0.3]}, payer="town", investor="fund", rate=0, low=0, high=6e5, draws=10, seed=1
        ),
        lambda: si.read_contract(LARVIK).ranking({TARGET: [0.1, 0.2]}, by="p95", draws=10, seed=1),
        lambda: si.read_contract(LARVIK).baselines(
            "fewer-relapses", [{"id": "a", "rate": 0.5, "definition": "d", "source": "s"}], draws=10, seed=1
        ),
    ],
)
def test_it_travels_as_its_question_and_is_marked(made: Any) -> None:
    found = made()
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own bytes
    assert again == found
    assert repr(again) == repr(found)
    assert copy.deepcopy(found) is found
    assert found.marks == ("illustrative",)
    assert "(illustrative)" in found._repr_html_()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"payer": "fund"}, "payer: `fund` pays for no results: choose among `town`, `state`"),
        ({"payer": 3}, "payer: a holder is the text of its id"),
        ({"payer": None}, "payer: give a `payer` that is to break even, or an `investor` and the `rate`"),
        ({"investor": "fund", "rate": 0.1}, "payer: give a `payer` that is to break even, or an `investor`"),
        ({"payer": None, "investor": "town", "rate": 0}, "investor: `town` lends nothing in the `finance`: choose"),
        ({"payer": None, "investor": "fund", "rate": -1}, "rate: `-1` is no rate per year above -1"),
        (
            {"payer": None, "investor": "fund", "rate": 0, "rate_of": "mean"},
            "rate_of: `mean` is no rate of many draws: choose `expected` or `median`",
        ),
        ({"address": EFFECT}, f"address: `{EFFECT}` is of the truth and no term of the contract"),
        ({"address": PRICE[:-1]}, f"address: `{PRICE[:-1]}` is no number of this contract: did you mean `{PRICE}`?"),
        ({"low": 2e6}, f"low: `{PRICE}` cannot be tried from 2000000 to 1000000"),
    ],
)
def test_a_question_that_cannot_be_asked_says_where(changed: dict[str, Any], said: str) -> None:
    asked: dict[str, Any] = {"address": PRICE, "payer": "town", "low": 0, "high": 1_000_000, "draws": 10, "seed": 1}
    with pytest.raises(si.ImpactError) as caught:
        certain().search(**{**asked, **changed})
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (
            lambda c: c.ranking({TARGET: [0.1]}, by="median", draws=9, seed=1),
            "by: scenarios are not ranked by `median`",
        ),
        (lambda c: c.ranking({TARGET: [0.1]}, by="sd", best="worst", draws=9, seed=1), "best: `worst` is no end"),
        (lambda c: c.ranking({TARGET[:-1]: [0.1]}, by="sd", draws=9, seed=1), f"axes.{TARGET[:-1]}: `{TARGET[:-1]}`"),
        (lambda c: c.ranking({TARGET: [0.1]}, by="sd", blocks=1, draws=9, seed=1), "blocks: `1` is not a whole number"),
        (
            lambda c: c.ranking({TARGET: [0.1]}, by="sd", draws=64, seed=1, points="sobol"),
            "parts of evenly spread draws",
        ),
        (
            lambda c: c.ranking({TARGET: [0.1]}, by="sd", draws=0, seed=1),
            "draws: `0` is not a whole number from 1 to 65536",
        ),
        (lambda c: c.baselines("x", ["base-no-5y"], draws=9, seed=1), "estimate: `x` is no estimate with a fixed"),
        (lambda c: c.baselines("fewer-relapses", [], draws=9, seed=1), "baselines: there is no baseline"),
        (lambda c: c.baselines("fewer-relapses", [0.3], draws=9, seed=1), "baselines[0]: a baseline is the id of"),
        (
            lambda c: c.baselines("fewer-relapses", [{"id": "a", "rate": 0.3, "source": "s"}], draws=9, seed=1),
            "baselines: `a` has no definition: the definition decides",
        ),
        (
            lambda c: c.baselines("fewer-relapses", [{"id": "a", "rat": 0.3}], draws=9, seed=1),
            "baselines[0]: unknown key `rat`",
        ),
    ],
)
def test_a_ranking_or_a_table_that_cannot_be_says_where(ask: Any, said: str) -> None:
    with pytest.raises(si.ImpactError) as caught:
        ask(si.read_contract(LARVIK))
    assert str(caught.value).startswith(said)


def test_progress_ends_a_search() -> None:
    def enough(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    for search in (uncertain().search, contract(uncertain()).search):
        asked: dict[str, Any] = {"low": 0, "high": 1e6, "draws": 5_000, "seed": 7, "progress": enough}
        with pytest.raises(KeyboardInterrupt):
            search(PRICE, investor="fund", rate=0.05, **asked)
