"""What a contract may pay: situations, payers, draws, grids, and how results travel."""

import copy
import json
import pickle
import threading
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import socialimpact as si
from socialimpact import plots

CONTRACTS = Path("fixtures/contracts")
RIGHT: si.Situation = "nothing-works-baseline-right"
AMONG_FIFTY = 0.18902846713940413
"""P(X <= 28) of fifty people at 0.63: a tenth fewer than 63 % is 28.35 people."""


def larvik() -> si.Contract:
    return si.read_contract(CONTRACTS / "larvik-for-nothing.toml")


def with_(*changes: tuple[str, str]) -> si.Contract:
    text = (CONTRACTS / "larvik-for-nothing.toml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return si.Contract.from_toml(text)


@pytest.fixture(scope="module")
def risk() -> si.ContractRisk:
    return larvik().risk(draws=20_000, seed=7)


def row(risk: si.ContractRisk, situation: str) -> dict[str, Any]:
    return next(row for row in risk.situations.to_pylist() if row["situation"] == situation)


def test_a_contract_pays_for_nothing_by_chance_and_where_its_baseline_is_wrong(risk: si.ContractRisk) -> None:
    assert risk.chance_of_paying(RIGHT) == pytest.approx(AMONG_FIFTY, abs=1e-12)
    assert risk.chance_of_paying("nothing-works") > 0.99
    drawn = row(risk, RIGHT)
    assert drawn["exact_chance"] == risk.chance_of_paying(RIGHT)
    assert abs(drawn["chance_of_paying"] - AMONG_FIFTY) < 4 * drawn["chance_error"]
    assert drawn["exact_mean"] == pytest.approx(4_400_000 * AMONG_FIFTY)


def test_without_an_exact_chance_that_of_the_draws_is_given(risk: si.ContractRisk) -> None:
    believed = row(risk, "as-believed")
    assert believed["exact_chance"] is None
    assert risk.chance_of_paying() == believed["chance_of_paying"]
    paid = risk.draws()["paid"]
    assert sum(amount > 0 for amount in paid) / len(paid) == believed["chance_of_paying"]
    assert len(paid) == risk.count == 20_000


def test_payers_payments_and_years_add_up_to_what_is_paid(risk: si.ContractRisk) -> None:
    for situation in risk.situations.to_pylist():
        for table in (risk.by_payer, risk.by_payment, risk.by_year):
            means = [row["mean"] for row in table.to_pylist() if row["situation"] == situation["situation"]]
            assert sum(means) == pytest.approx(situation["mean"], abs=1e-3)
    assert {"chance_of_paying", "chance_error"} <= set(risk.by_payment.column_names)
    assert risk.by_payer["payer"][:4] == ["larvik", "sandefjord", "tonsberg", "faerder"]
    assert set(risk.by_year["year"]) == {2025}


def test_people_are_better_off_by_the_effect_and_not_by_what_is_paid(risk: si.ContractRisk) -> None:
    changes = {row["situation"]: row for row in risk.changes.to_pylist()}
    assert changes["expected-effect"]["mean"] == pytest.approx(2)  # a tenth of 40 % of fifty people
    assert changes["nothing-works"]["mean"] == 0
    assert changes["as-believed"]["unit"] == "person"
    assert set(risk.draws("nothing-works")["changes.relapse"]) == {0}


def test_what_is_invented_is_marked(risk: si.ContractRisk) -> None:
    assert risk.marks == ("illustrative",)
    truth = [row for row in risk.assumptions.to_pylist() if row["address"].startswith("truth.")]
    assert {row["illustrative"] for row in truth} == {True}
    assert [row["value"] for row in truth] == [Decimal("0.4"), Decimal("0.1"), Decimal(50)]
    assert "(illustrative)" in risk._repr_html_()


def test_what_can_be_measured_is_told_with_and_without_draws(risk: si.ContractRisk) -> None:
    (found,) = risk.measurable.to_pylist()
    assert found == larvik().measurable().to_pylist()[0]
    # (1.959964 + 0.841621) · √(0.63 · 0.37 / 50) / 0.63
    assert found["detectable"] == pytest.approx(0.303633, abs=1e-6)
    assert (found["compared"], found["people_needed"]) == (None, 1144)


def test_drift_is_told_where_the_truth_drifts() -> None:
    later = 'people = 50\n\n[[truth.cohorts]]\nid = "second"\ndate = 2027-12-31\npeople = 50'
    risk = with_(("counterfactual = 0.40\n", "counterfactual = 0.40\ndrift = -0.05\n"), ("people = 50", later)).risk(
        2_000, 7
    )
    assert risk.chance_of_paying("nothing-works-drifting") > risk.chance_of_paying(RIGHT)


def test_threads_change_no_bit(risk: si.ContractRisk) -> None:
    assert larvik().risk(20_000, 7, threads=1) == larvik().risk(20_000, 7, threads=3) == risk
    assert larvik().risk(20_000, 8) != risk


def test_it_travels_and_is_copied(risk: si.ContractRisk) -> None:
    again = pickle.loads(pickle.dumps(risk))  # noqa: S301 - our own bytes
    assert again == risk
    assert hash(again) == hash(risk)
    assert copy.copy(risk) is risk
    assert copy.deepcopy(risk) is risk
    assert risk.to_dict()["provenance"] == risk.provenance
    assert risk.provenance["contract_hash"] == larvik().hash
    assert repr(risk).endswith("20000 random draws, seed 7)")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("nothing-work", "situation: `nothing-work` is no situation: did you mean `nothing-works`?"),
        (
            "nothing-works-drifting",
            "situation: `nothing-works-drifting` has nothing to tell of this contract: it is told where",
        ),
        (3, "situation: a situation is a text, such as `nothing-works`"),
    ],
)
def test_a_situation_that_is_not_told_says_why(risk: si.ContractRisk, asked: Any, said: str) -> None:
    for question in (risk.chance_of_paying, risk.draws):
        with pytest.raises(si.ImpactError) as caught:
            question(asked)
        assert str(caught.value).startswith(said)


def test_a_baseline_that_nothing_is_compared_with_is_no_matter_of_drift() -> None:
    risk = si.read_contract("fixtures/models/paid-work.toml").risk(10, 7)
    with pytest.raises(si.ImpactError) as caught:
        risk.chance_of_paying(RIGHT)
    assert str(caught.value) == (
        f"situation: `{RIGHT}` has nothing to tell of this contract: it is told where what it pays for is compared, "
        "and each metric with one fixed baseline only"
    )


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(si.ImpactError, match="the document has no `truth`"):
        si.read_contract(CONTRACTS / "larvik.toml").risk(10, 1)
    with pytest.raises(si.ImpactError, match="the document has no `truth`"):
        si.read_contract(CONTRACTS / "larvik.toml").measurable()
    with pytest.raises(si.ImpactError, match=r"^draws: `8388608` is not a whole number from 1 to 4194304"):
        larvik().risk(1 << 23, 1)
    with pytest.raises(si.ImpactError, match=r"^draws: `0` is not a whole number"):
        larvik().risk(0, 1)


def test_progress_counts_the_draws_of_all_situations_and_ends_a_run() -> None:
    heard: list[tuple[int, int]] = []
    larvik().risk(100_000, 7, progress=lambda done, of: heard.append((done, of)))
    assert heard[-1] == (400_000, 400_000)
    assert all(before[0] <= after[0] for before, after in pairwise(heard))

    def enough(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        larvik().risk(100_000, 7, progress=enough)


def test_progress_of_a_grid_counts_scenarios_and_ends_it() -> None:
    prices = {"contract.payments.target.schedule.steps.0.amount": [1e6 + 1e3 * step for step in range(3_000)]}
    heard: list[tuple[int, int]] = []
    threads: set[int] = set()

    def hear(done: int, of: int) -> None:
        heard.append((done, of))
        threads.add(threading.get_ident())

    grid = larvik().risk_grid(prices, draws=16, seed=7, threads=2, progress=hear)
    assert (heard[0], heard[-1], len(grid)) == ((0, 3_000), (3_000, 3_000), 3_000)
    assert len(heard) > 2
    assert all(before[0] <= after[0] for before, after in pairwise(heard))
    assert threads == {threading.get_ident()}

    def enough(done: int, _of: int) -> None:
        ended.append(done)
        if done:
            raise KeyboardInterrupt

    ended: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        larvik().risk_grid(prices, draws=16, seed=7, threads=2, progress=enough)
    assert len(ended) == 2
    assert 0 < ended[-1] < 3_000


def test_other_threads_run_meanwhile() -> None:
    ran = threading.Event()
    with_lock = threading.Thread(target=ran.set)
    larvik().risk(50_000, 7, progress=lambda _done, _of: None if with_lock.ident else with_lock.start())
    assert ran.wait(10)


def test_a_grid_gives_what_single_runs_give() -> None:
    amounts: dict[str, list[float]] = {
        "contract.payments.target.schedule.steps.0.at": [0.1, 0.2],
        "truth.cohorts.first.people": [50, 500],
    }
    grid = larvik().risk_grid(amounts, situation=RIGHT, draws=1_000, seed=7, quantiles=[0.5, 0.95])
    table = grid.table.to_pylist()
    assert [(row[target], row[people]) for row in table for target, people in [tuple(amounts)]] == [
        (Decimal("0.1"), 50),
        (Decimal("0.1"), 500),
        (Decimal("0.2"), 50),
        (Decimal("0.2"), 500),
    ]
    single = row(with_(("people = 50", "people = 500")).risk(1_000, 7), RIGHT)
    assert (table[1]["chance_of_paying"], table[1]["mean"], table[1]["p95"]) == (
        single["chance_of_paying"],
        single["mean"],
        single["p95"],
    )
    assert table[0]["payers.larvik"] == pytest.approx(table[0]["mean"] / 4)
    assert (len(grid), grid.situation, grid.draws, grid.seed) == (4, RIGHT, 1_000, 7)
    assert pickle.loads(pickle.dumps(grid)) == grid  # noqa: S301 - our own bytes
    assert copy.deepcopy(grid) is grid
    assert grid.marks == ("illustrative",)
    assert "(illustrative)" in grid._repr_html_()


def test_a_grid_has_the_face_of_a_ranking_and_of_a_single_risk() -> None:
    target, people = "contract.payments.target.schedule.steps.0.at", "truth.cohorts.first.people"
    asked: Any = {"situation": RIGHT, "draws": 1_000, "seed": 7, "quantiles": [0.5, 0.95]}
    grid = larvik().risk_grid({target: [0.1, 0.2], people: [50, 500]}, **asked)
    told = grid.to_dict()
    assert json.loads(grid.to_json()) == told
    assert told["provenance"] == grid.provenance == larvik().risk(1_000, 7).provenance
    assert (grid.points, grid.quantiles) == ("random", (0.5, 0.95))
    assert grid.payers == ("larvik", "sandefjord", "tonsberg", "faerder")
    assert [row["payer"] for row in told["payers"]] == list(grid.payers)
    assert (told["illustrative"], told["currency"], told["situation"]) == (True, "NOK", RIGHT)
    assert [axis["address"] for axis in told["axes"]] == list(grid.axes) == [target, people]
    assert told["axes"][1]["current"] == "50"
    # A row of JSON is one of the table, and has the values that make it.
    for row, scenario in zip(grid.table.to_pylist(), told["scenarios"], strict=True):
        assert [Decimal(value) for value in scenario["values"]] == [row[target], row[people]]
        chance = scenario["chance_of_paying"]
        assert (chance["value"], chance["standard_error"]) == (row["chance_of_paying"], row["chance_error"])
        assert (scenario["mean"], scenario["sd"]) == (row["mean"], row["sd"])
        assert scenario["by_payer"] == [row[f"payers.{payer}"] for payer in grid.payers]
        assert scenario["quantiles"] == [row["p50"], row["p95"]]
    assert hash(grid) == hash(pickle.loads(pickle.dumps(grid)))  # noqa: S301 - our own bytes
    assert larvik().risk_grid({target: [0.1, 0.2], people: [50, 501]}, **asked) != grid


@pytest.mark.parametrize(
    ("axes", "said"),
    [
        ({"truth.cohorts.first.peopel": [1, 2]}, "axes.truth.cohorts.first.peopel: `truth.cohorts.first.peopel` is no"),
        ({"truth.cohorts.first.people": [2, 1]}, "axes.truth.cohorts.first.people: the values of"),
        ({}, "a grid has at least one axis"),
        ([1], "axes: give a mapping of addresses to their values"),
    ],
)
def test_a_grid_that_cannot_be_says_where(axes: Any, said: str) -> None:
    with pytest.raises(si.ImpactError) as caught:
        larvik().risk_grid(axes, draws=10, seed=1)
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize("lang", ["en", "nb"])
def test_the_picture_says_what_is_paid_for_nothing(risk: si.ContractRisk, lang: si.Language) -> None:
    drawn = risk.plot(lang=lang)
    said = plots.alt_text(drawn)
    for text in ("18.9%", "99.2%") if lang == "en" else ("18,9\u00a0%", "99,2\u00a0%"):
        assert text in said
        key = drawn.get_legend()
        assert key is not None
        assert any(text in part.get_text() for part in key.get_texts())
    assert ("illustrative" if lang == "en" else "illustrerende") in said
    begins = [np.asarray(line.get_ydata())[0] for line in drawn.lines]
    assert [round(float(begin), 1) for begin in begins] == [1.0, 1.0, 0.2, 1.0]


def test_a_contract_that_never_pays_has_a_picture_that_says_so() -> None:
    never = with_(
        ("value = 0.10, illustrative", "value = 1, illustrative"), ("counterfactual = 0.40", "counterfactual = 0.9")
    )
    assert plots.alt_text(never.risk(10, 7).plot()).endswith("In none of the draws is anything paid, in any situation.")
