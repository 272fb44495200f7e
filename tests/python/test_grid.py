"""Grids of scenarios over shared draws."""

import copy
import pickle
from decimal import Decimal

import pytest

import socialimpact as si
from conftest import needed

COST, SHARE = "costs.programme.amount", "outcomes.outcome-01.deadweight"
AXES = {COST: [60e6, 90e6, 120e6], SHARE: [0.1, 0.4]}


@pytest.fixture(scope="module")
def model() -> si.Model:
    return si.read("fixtures/models/map-12x10.toml")


@pytest.fixture(scope="module")
def grid(model: si.Model) -> si.Grid:
    return model.grid(AXES, draws=2_000, seed=7, quantiles=[0.05, 0.975])


def test_a_row_is_the_simulation_of_the_model_with_its_values(model: si.Model, grid: si.Grid) -> None:
    rows = grid.table.to_dict()
    assert grid.table.column_names == (
        COST,
        SHARE,
        "mean",
        "mean_error",
        "sd",
        "probability",
        "p05",
        "p97.5",
        "undefined",
    )
    assert rows[COST] == [Decimal(60_000_000)] * 2 + [Decimal(90_000_000)] * 2 + [Decimal(120_000_000)] * 2
    assert rows[SHARE] == [Decimal("0.1"), Decimal("0.4")] * 3
    for row, (cost, share) in enumerate(zip(rows[COST], rows[SHARE], strict=True)):
        npv = model.with_({COST: cost, SHARE: share}).simulate(2_000, 7, measures=["npv"]).measure("npv")
        assert rows["mean"][row] == pytest.approx(npv.mean, rel=1e-11)
        assert rows["sd"][row] == pytest.approx(npv.sd, rel=1e-9)
        assert rows["probability"][row] == npv.probability(above=0)
        assert rows["p97.5"][row] == pytest.approx(npv.quantile(0.975), rel=1e-9)


def test_threads_change_nothing_and_a_grid_travels(model: si.Model, grid: si.Grid) -> None:
    assert model.grid(AXES, draws=2_000, seed=7, quantiles=[0.05, 0.975], threads=2) == grid
    assert pickle.loads(pickle.dumps(grid)) == grid  # noqa: S301 - our own
    assert copy.deepcopy(grid) is grid
    assert model.grid(AXES, draws=2_000, seed=8, quantiles=[0.05, 0.975]) != grid
    assert (len(grid), grid.draws, grid.seed, grid.above, grid.measure, grid.holder) == (
        6,
        2_000,
        7,
        0.0,
        "npv",
        "society",
    )
    assert grid.axes[SHARE] == (Decimal("0.1"), Decimal("0.4"))
    assert grid.point == model.appraise().measure("npv")
    assert "6 scenarios of 2000 draws" in repr(grid)
    assert "probability" in grid._repr_html_()


def test_a_setting_is_an_axis_too(model: si.Model) -> None:
    rows = model.grid({"horizon": [3, 10]}, draws=500, seed=7, measure="sroi_ratio").table.to_dict()
    short = model.with_({"horizon": 3}).simulate(500, 7, measures=["sroi_ratio"]).measure("sroi_ratio")
    assert rows["mean"][0] == pytest.approx(short.mean, rel=1e-11)
    assert rows["probability"][0] == short.probability(above=1)


@pytest.mark.parametrize(
    ("axes", "said"),
    [
        ({SHARE: [0.2, 1.2]}, f"axes.{SHARE}: `{SHARE}` cannot be `1.2`: it takes between 0 and 1"),
        ({SHARE: []}, "is given no value"),
        ({}, "a grid has at least one axis"),
        ({"outcomes.nobody.deadweight": [0.2]}, "outcomes.nobody.deadweight"),
        ({SHARE: ["much"]}, SHARE),
        ({7: [0.2]}, "an address is a text"),
    ],
)
def test_what_cannot_be_varied_is_said_with_its_address(
    model: si.Model, axes: dict[str, list[float]], said: str
) -> None:
    with pytest.raises(si.ImpactError) as refused:
        model.grid(axes, draws=10, seed=1)
    assert said in str(refused.value)


def test_the_rest_is_refused_in_a_sentence(model: si.Model) -> None:
    with pytest.raises(si.ImpactError, match="draws: `70000` is not a whole number from 1 to 65536"):
        model.grid(AXES, draws=70_000, seed=1)
    with pytest.raises(si.ImpactError, match=r"quantiles\[0\]: `1\.5` is not a chance between 0 and 1"):
        model.grid(AXES, draws=10, seed=1, quantiles=[1.5])
    with pytest.raises(si.ImpactError, match="is no holder of this model"):
        model.grid(AXES, draws=10, seed=1, holder="nobody")


def test_progress_counts_scenarios_and_an_exception_ends_it(model: si.Model) -> None:
    seen: list[tuple[int, int]] = []
    model.grid(AXES, draws=100, seed=7, progress=lambda done, of: seen.append((done, of)))
    assert seen[0] == (0, 6)
    assert seen[-1] == (6, 6)

    def stop(_done: int, _of: int) -> None:
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        model.grid(AXES, draws=100, seed=7, progress=stop)


def test_pictures_over_one_and_two_axes(model: si.Model, grid: si.Grid) -> None:
    needed("matplotlib")
    from numpy import asarray

    from socialimpact.plots import alt_text

    line = model.grid({COST: [60e6, 90e6, 120e6]}, draws=300, seed=7).plot()
    assert asarray(line.lines[0].get_xdata()).tolist() == [60e6, 90e6, 120e6]
    assert alt_text(line)
    assert alt_text(grid.plot(lang="nb"))
    third = {"outcomes.outcome-02.deadweight": [0.1, 0.2]}
    with pytest.raises(si.ImpactError, match="a grid of 3 axes has no picture"):
        model.grid({COST: [60e6], "outcomes.outcome-01.deadweight": [0.1], **third}, draws=10, seed=7).plot()
