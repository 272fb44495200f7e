"""What an intervention is worth: per krone of public money, to whom, and against other options."""

import json
import math
import pickle
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

import socialimpact as si
from models import FIXTURES
from socialimpact.cli import main

EARLY_HELP = FIXTURES / "models" / "early-help.toml"

PUBLISHED = [
    (5, 2, "ratio", "2.5"),
    (5, 0, "infinite", None),
    (5, -3, "infinite", None),
    (0, -3, "infinite", None),
    (0, 2, "ratio", "0"),
    (-1, 2, "ratio", "-0.5"),
    (-1, 0, "minus-infinite", None),
    (-2, -4, "harm-per-unit-saved", "0.5"),
    (0, 0, "infinite", None),
]


@pytest.fixture(scope="module")
def appraisal() -> si.Appraisal:
    return si.read(EARLY_HELP).appraise()


@pytest.mark.parametrize(("wtp", "cost", "sign", "value"), PUBLISHED)
def test_two_sides_have_the_published_sign(wtp: int, cost: int, sign: str, value: str | None) -> None:
    found = si.mvpf(wtp, cost, nothing_for_nothing="infinite")
    assert (found.sign, found.value) == (sign, value and Decimal(value))
    assert math.isinf(float(found)) == ("infinite" in sign)


def test_nothing_for_nothing_is_undefined_unless_it_is_switched() -> None:
    assert si.mvpf(0, 0).sign == "undefined"
    assert math.isnan(float(si.mvpf(0, 0)))
    with pytest.raises(si.ImpactError, match="nothing_for_nothing `zero` is not known"):
        si.mvpf(0, 0, nothing_for_nothing="zero")  # type: ignore[arg-type]


def test_the_measure_and_the_typed_result_agree(appraisal: si.Appraisal) -> None:
    found = appraisal.mvpf()
    assert found.sign == "ratio"
    assert appraisal.measure("mvpf").value == found.value
    assert appraisal.measure("cba_ratio").value == found.cba_ratio
    assert appraisal.measure("willingness_to_pay").value == found.willingness_to_pay
    assert appraisal.measure("net_public_cost").value == found.net_cost
    assert appraisal.measure("mvpf", holder="state").absent is not None
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301


def test_draws_have_an_interval_in_which_infinity_has_its_place() -> None:
    point = (0.75, 1.0)

    def ends(replaced: int, by: tuple[float, float]) -> tuple[float, float]:
        wtp = [by[0] if at < replaced else 0.5 + at * 0.0005 for at in range(1000)]
        cost = [by[1] if at < replaced else 1.0 for at in range(1000)]
        found = si.mvpf_draws(wtp, cost, point=point)
        return found.low, found.high

    assert ends(0, point) == pytest.approx((0.51225, 0.98725), abs=1e-12)
    assert ends(20, (-1, -1)) == pytest.approx((0.517, 0.9925), abs=1e-12)
    assert ends(60, (-1, -1)) == (-math.inf, math.inf)
    assert ends(40, (1, -1)) == pytest.approx((0.53225, math.inf))


def test_a_simulation_tells_the_cases_of_its_draws() -> None:
    simulated = si.read(EARLY_HELP).simulate(5_000, 7, measures=["mvpf"])
    found = simulated.mvpf()
    assert found.point == "ratio"
    assert sum(found.shares.values()) == pytest.approx(1)
    assert found.ratio_of_means is not None
    assert found.low < found.ratio_of_means < found.high


def test_a_draw_that_pays_for_itself_is_above_one_and_has_no_mean() -> None:
    simulated = si.read(EARLY_HELP).simulate(5_000, 7, measures=["mvpf"])
    ratio, shares = simulated.measure("mvpf"), simulated.mvpf().shares
    assert ratio.infinite == round(shares["infinite"] * 5_000) > 0
    assert ratio.draws is not None
    drawn = [row["value"] for row in ratio.draws.to_pylist()]
    finite = [draw for draw in drawn if draw is not None and math.isfinite(draw)]
    above = sum(draw > 1 for draw in finite) + ratio.infinite
    assert ratio.probability(above=1) == above / (ratio.count - ratio.undefined)
    assert ratio.quantile(0.975) == math.inf
    assert ratio.quantile_error(0.975) is None
    with pytest.raises(si.ImpactError, match="ratio of the means"):
        _ = ratio.mean
    written = simulated.to_dict()
    row = written["measures"][0]
    assert row["summary"]["mean"] is None
    assert row["summary"]["p95"]["value"] == "infinite"
    assert row["summary"]["above_threshold"]["value"] == ratio.probability(above=1)
    # The same number in JSON, in Python and on the terminal.
    assert written["mvpf"]["ratio_of_means"] == simulated.mvpf().ratio_of_means
    asked = ["simulate", str(EARLY_HELP), "--draws", "5000", "--seed", "7", "--measure", "mvpf"]
    said = " ".join(CliRunner().invoke(main, asked).stdout.split())
    assert f"mean net cost: {simulated.mvpf().ratio_of_means:.2f} " in said
    assert "The ratio of the means stands in the table below." in said


def test_groups_add_up_to_their_holder(appraisal: si.Appraisal) -> None:
    rows = appraisal.groups().to_pylist()
    whole = appraisal.measure("npv", holder="families").value
    for by in ("income", "place"):
        assert sum(row["net"] for row in rows if row["by"] == by) == whole
    assert [row["group"] for row in rows] == ["low-income", "middle-income", None, "rural", None]


def test_weights_follow_the_formula() -> None:
    assert si.distributional_weight(25_000, median_income=35_000, elasticity=1.3) == Decimal("1.54869696187")
    with pytest.raises(si.ImpactError, match="incomes are above zero"):
        si.distributional_weight(0, median_income=35_000, elasticity=1.3)


def test_no_aversion_to_inequality_gives_the_unweighted_digits() -> None:
    appraisal = si.read(EARLY_HELP).with_({"weighting.elasticity": 0}).appraise()
    assert appraisal.measure("weighted_npv").value == appraisal.measure("npv").value


def test_standing_is_seen_from_both_sides(appraisal: si.Appraisal) -> None:
    counted = appraisal.model.with_(
        {
            "holders.fund.standing": True,
            "outcomes.back-at-work.values.undeclared-work.standing": True,
        }
    )
    assert counted.appraise().measure("npv").value == appraisal.measure("npv", holder="everybody").value
    told = json.loads(appraisal.to_json())
    assert {row["holder"] for row in told["measures"]} >= {"society", "everybody"}
    assert told["groups"]


def test_options_are_held_against_each_other() -> None:
    model = si.read(FIXTURES / "models" / "beginner.toml")
    small = model.with_({"outcomes.less-lonely.quantity": 10, "costs.team.amount": 200_000})
    dear = model.with_({"outcomes.less-lonely.quantity": 20, "costs.team.amount": 500_000})
    found = si.cost_effectiveness([small, model, dear])
    rows = found.options.to_pylist()
    assert [row["against"] for row in rows] == ["same", "costs-and-gives", "costs-and-gives"]
    assert rows[2]["dominated_by"] == 1
    assert [row["on_frontier"] for row in rows] == [True, True, False]
    with pytest.raises(si.ImpactError, match="the comparator is option 3 of 2"):
        si.cost_effectiveness([model, dear], 3)


@pytest.mark.parametrize("words", [["--histogram"], ["--html", "page.html"]])
def test_draws_that_all_pay_for_themselves_are_told_without_a_picture(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = FIXTURES.resolve() / "models" / "effects.toml"
    monkeypatch.chdir(tmp_path)
    asked = ["simulate", str(document), "--measure", "mvpf", "--draws", "200", *words]
    told = CliRunner().invoke(main, asked, catch_exceptions=False)
    assert (told.exit_code, told.stderr) == (0, "")
    simulated = si.read(document).simulate(200, 7, measures=["mvpf"])
    with pytest.raises(si.ImpactError, match="`mvpf for society` is infinite in every draw"):
        simulated.measure("mvpf").plot()
