"""Simulation: the same bits as in Rust, and every answer held against the draws it is about."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import socialimpact as si
from conftest import MODELS
from socialimpact.types import Points

MEAN_OF_THE_MAP = 17.583452312458544
"""The SROI ratio of ``map-12x10`` over a million draws from seed 7, as the core gives it on this build target."""
KEPT = 10_000_000

UNIFORM: dict[str, Any] = {
    "impact": 1,
    "name": "Work (illustrative)",
    "country": "NO",
    "currency": "NOK",
    "price_year": 2024,
    "start": 2024,
    "horizon": 1,
    "conventions": "sroi-practice",
    "holders": [{"id": "town", "kind": "public", "level": "municipality"}, {"id": "people", "kind": "people"}],
    "costs": [{"id": "team", "payer": "town", "amount": 100, "year": 2024, "source": "illustrative"}],
    "assumptions": {"number": {"uniform": [0, 10]}},
    "outcomes": [
        {
            "id": "work",
            "holder": "people",
            "nature": "event",
            "quantity": {"use": "number"},
            "values": [
                {
                    "id": "wage",
                    "value": 30,
                    "unit": "person",
                    "to": "people",
                    "kind": "social",
                    "source": "illustrative",
                }
            ],
        }
    ],
}
"""Thirty kroner times a number from 0 to 10, less 100."""


@pytest.fixture(scope="module")
def uniform() -> si.Model:
    return si.Model.from_dict(UNIFORM)


@pytest.fixture(scope="module")
def sandefjord() -> si.Model:
    return si.read(MODELS / "sandefjord.toml")


@pytest.fixture(scope="module")
def sim(sandefjord: si.Model) -> si.Simulated:
    return sandefjord.simulate(20_001, 7)


def values(figure: si.SimulatedFigure) -> "np.ndarray[Any, np.dtype[np.float64]]":
    table = figure.draws
    assert table is not None
    return np.asarray(pa.table(table)["value"].to_numpy())


# The draws


def test_a_million_draws_have_the_bits_of_the_core() -> None:
    sim = si.read(MODELS / "map-12x10.toml").simulate(1_000_000, 7, measures=["sroi_ratio"])
    assert sim.measure("sroi_ratio").mean == MEAN_OF_THE_MAP
    assert sim.measures["mean"] == [MEAN_OF_THE_MAP]


@pytest.mark.parametrize("points", ["random", "latin", "sobol"])
def test_threads_change_no_bit(sandefjord: si.Model, points: Points) -> None:
    once = sandefjord.simulate(20_001, 7, points=points, threads=1)
    for threads in (2, 8, None):
        again = sandefjord.simulate(20_001, 7, points=points, threads=threads)
        assert again == once
        assert again.measures == once.measures
        assert again.draws_table(once.addresses) == once.draws_table(once.addresses)


def test_the_columns_of_draws_fit_together(uniform: si.Model) -> None:
    sim = uniform.simulate(5_000, 11, measures=["npv", ("npv", "town")])
    frame = pd.DataFrame(pl.DataFrame(sim.draws_table(["assumptions.number"])).to_dict(as_series=False))
    assert list(frame.columns) == ["draw", "npv for society", "npv for town", "assumptions.number"]
    assert list(frame["draw"]) == list(range(5_000))
    assert np.allclose(frame["npv for society"], 30 * frame["assumptions.number"] - 100, rtol=1e-12)
    assert set(frame["npv for town"]) == {-100.0}
    # What a shared number is drawn at stands at every use of it.
    use = sim.draws_table(["outcomes.work.quantity"])
    assert use["assumptions.number"] == list(frame["assumptions.number"])


@pytest.mark.parametrize("read", [pd.DataFrame.from_arrow, pl.DataFrame, pa.table])  # type: ignore[attr-defined, unused-ignore]
def test_every_library_reads_draws_as_floats(sim: si.Simulated, read: Callable[[object], Any]) -> None:
    frame = read(sim.draws_table())
    column = np.asarray(frame["npv for municipality"])
    assert column.dtype == np.float64
    assert float(column.mean()) == pytest.approx(sim.measure("npv", "municipality").mean, rel=1e-12)


def test_a_draw_without_a_value_is_null(sim: si.Simulated) -> None:
    payback = sim.measure("payback", "municipality")
    assert 0 < payback.undefined < payback.count == 20_001
    assert payback.undefined_share == payback.undefined / 20_001
    assert payback.draws is not None
    column = pl.DataFrame(payback.draws)["value"]
    assert column.null_count() == payback.undefined
    assert column.mean() == pytest.approx(payback.mean, rel=1e-12)


def test_a_measure_asked_for_later_has_the_same_draws(sandefjord: si.Model) -> None:
    early = sandefjord.simulate(5_000, 7, measures=[("bcr", "municipality")])
    late = sandefjord.simulate(5_000, 7, measures=["npv"])
    assert late.measure("bcr", "municipality") == early.measure("bcr", holder="municipality")
    assert late.measure("bcr", "municipality").draws == early.measure("bcr", "municipality").draws
    assert late.measures["measure"] == ["npv"]
    assert late.draws_table().column_names == ("draw", "npv for society")
    assert late.to_dict()["measures"][0]["measure"] == "npv"


def test_the_usual_measures_are_those_of_society_and_of_every_public_budget(sim: si.Simulated) -> None:
    rows = sim.measures
    assert list(zip(rows["measure"], rows["holder"], strict=True)) == [
        ("npv", "society"),
        ("sroi_ratio", "society"),
        ("npv", "public"),
        ("npv", "municipality"),
        ("npv", "state"),
    ]


# What they come to


def test_mean_and_spread_are_those_of_the_draws(sim: si.Simulated) -> None:
    figure = sim.measure("npv", "municipality")
    drawn = values(figure)
    count = len(drawn)
    assert figure.mean == pytest.approx(drawn.mean(), rel=1e-12)
    assert figure.sd == pytest.approx(drawn.std(ddof=1), rel=1e-12)
    assert figure.mean_error == pytest.approx(drawn.std(ddof=1) / np.sqrt(count), rel=1e-12)
    assert figure.range == (drawn.min(), drawn.max())
    assert float(figure) == figure.mean
    assert figure.mean_error is not None
    assert abs(figure.mean - float(figure.point)) < 4 * figure.mean_error


def test_quantiles_are_those_of_numpy(sim: si.Simulated) -> None:
    figure = sim.measure("npv", "public")
    drawn = values(figure)
    chances = [0, 1e-5, 0.001, 0.05, 0.25, 1 / 3, 0.5, 0.75, 0.95, 0.9999, 1]
    for ours, theirs in zip(figure.quantile(chances), np.quantile(drawn, chances), strict=True):
        assert abs(ours - theirs) <= np.spacing(abs(theirs))
    assert figure.quantile(0.05) == figure.quantile([0.05])[0] == figure.interval(0.9)[0]
    assert figure.interval() == tuple(figure.quantile([0.05, 0.95]))
    # Half the distance between the quantiles one standard error of a share to either side.
    aside = np.sqrt(0.05 * 0.95 / len(drawn))
    low, high = np.quantile(drawn, [0.05 - aside, 0.05 + aside])
    assert figure.quantile_error(0.05) == pytest.approx((high - low) / 2, rel=1e-9)


def test_chances_are_shares_of_the_draws(uniform: si.Model) -> None:
    figure = uniform.simulate(100_000, 3).measure("npv")
    drawn = values(figure)
    assert figure.probability(above=50) == pytest.approx((drawn > 50).mean(), abs=1e-12)
    assert figure.probability(below=50) == 1 - figure.probability(above=50)
    error = figure.probability_error(above=0)
    assert error == figure.probability_error(below=0)
    assert error is not None
    assert abs(figure.probability(above=0) - 2 / 3) < 4 * error


def test_a_histogram_is_that_of_numpy(sim: si.Simulated) -> None:
    figure = sim.measure("npv")
    table = figure.histogram(40)
    edges = [*table["low"], table["high"][-1]]
    assert table["count"] == np.histogram(values(figure), bins=edges)[0].tolist()
    assert sum(table["count"]) == 20_001
    part = figure.histogram(10, low=0, high=1e6)
    assert (len(part), part["low"][0], part["high"][-1]) == (10, 0.0, 1e6)
    assert sum(part["count"]) == int(((values(figure) >= 0) & (values(figure) <= 1e6)).sum())


def test_a_summary_says_what_the_answers_say(sim: si.Simulated) -> None:
    figure = sim.measure("sroi_ratio")
    rows = {row["statistic"]: row for row in figure.summary().to_pylist()}
    assert (rows["mean"]["value"], rows["mean"]["standard_error"]) == (figure.mean, figure.mean_error)
    assert (rows["p95"]["value"], rows["p95"]["standard_error"]) == (figure.quantile(0.95), figure.quantile_error(0.95))
    assert rows["above_one"]["value"] == figure.probability(above=1)
    assert {row["bin_error"] for row in rows.values()} == {0.0, None}
    assert "above_one" not in sim.measure("npv").summary()["statistic"]


def test_past_what_is_kept_draws_are_counted_and_the_width_of_their_bins_is_said(uniform: si.Model) -> None:
    sim = uniform.simulate(KEPT + 1, 7, measures=["npv"])
    figure = sim.measure("npv")
    assert figure.draws is None
    with pytest.raises(si.ImpactError, match=r"10000001 draws are too many to keep: ask for 10000000 at most"):
        sim.draws_table()
    row = next(row for row in figure.summary().to_pylist() if row["statistic"] == "p95")
    assert 0 < row["bin_error"] <= 185 / 1000
    assert abs(row["value"] - 185) <= row["bin_error"] + 4 * row["standard_error"]
    assert sum(figure.histogram(30)["count"]) == figure.count == KEPT + 1
    assert any("counted in bins" in note for note in sim.notes)


# What it says of itself


def test_a_measure_that_no_draw_has_says_why(sim: si.Simulated) -> None:
    figure = sim.measure("bcr", "state")
    assert figure.undefined == figure.count == 20_001
    assert figure.absent is not None
    assert figure.absent.in_language("nb").startswith("`bcr for state` har ingen verdi i noen trekning: ")
    asked: list[Callable[[], object]] = [
        lambda: figure.mean,
        lambda: figure.sd,
        lambda: float(figure),
        lambda: figure.quantile(0.5),
        lambda: figure.quantile([]),
        lambda: figure.interval(),
        lambda: figure.probability(above=0),
        lambda: figure.histogram(),
        lambda: figure.range,
        figure.plot,
    ]
    for question in asked:
        with pytest.raises(si.ImpactError, match=r"^`bcr for state` has no value in any draw: there is no ratio"):
            question()
    assert figure.summary().to_dict()["statistic"] == ["undefined_share"]
    assert "no value in any draw" in repr(figure)
    assert "no value in any draw" in figure._repr_html_()


def test_a_model_that_is_certain_says_so() -> None:
    sim = si.read(MODELS / "beginner.toml").simulate(100, 7)
    assert sim.addresses == ()
    (note,) = sim.notes
    assert note == "no number of this model is uncertain: every draw is the same"
    assert note.in_language("nb").startswith("ingen tall")
    assert note in sim._repr_html_()


def test_correlations_that_cannot_be_are_told(uniform: si.Model) -> None:
    document: dict[str, Any] = {
        **UNIFORM,
        "assumptions": {name: {"uniform": [0, 10]} for name in ("number", "b", "c")},
        "correlations": [
            {
                "id": "at-odds",
                "between": ["assumptions.number", "assumptions.b", "assumptions.c"],
                "matrix": [[1, 0.9, 0], [0.9, 1, 0.9], [0, 0.9, 1]],
            }
        ],
    }
    document["outcomes"] = copy.deepcopy(UNIFORM["outcomes"])
    document["outcomes"][0]["deadweight"] = {"use": "b"}
    document["outcomes"][0]["values"][0]["value"] = {"use": "c"}
    document["assumptions"]["b"] = {"uniform": [0, 1]}
    sim = si.Model.from_dict(document).simulate(1_000, 7)
    assert len(sim.repairs) == 3
    assert sim.repairs["correlation"] == ["at-odds"] * 3
    assert sim.repairs["asked"] == [0.9, 0.0, 0.9]
    assert sim.repairs["used"][0] < 0.9
    assert "at-odds" in sim.notes[0]
    assert len(uniform.simulate(10, 7).repairs) == 0


def test_provenance_and_json_say_what_made_it(sim: si.Simulated, sandefjord: si.Model) -> None:
    assert sim.provenance == sandefjord.appraise().provenance | {"seed": 7, "points": "random", "draws": 20_001}
    assert (sim.seed, sim.draws, sim.points, sim.model) == (7, 20_001, "random", sandefjord)
    told = sim.to_dict()
    assert told["provenance"] == sim.provenance
    first = told["measures"][0]
    assert first["summary"]["mean"]["value"] == sim.measure("npv").mean
    assert first["at_point"]["value"] == str(sim.measure("npv").point.value)
    assert told["addresses"] == list(sim.addresses)


def test_equal_models_and_requests_are_equal_results(sandefjord: si.Model, sim: si.Simulated) -> None:
    again = sandefjord.simulate(20_001, 7, threads=1)
    assert again == sim
    assert hash(again) == hash(sim)
    assert again.measure("npv") == sim.measure("npv") != sim.measure("npv", "state")
    assert hash(again.measure("npv")) == hash(sim.measure("npv"))
    for other in (
        sandefjord.simulate(20_000, 7),
        sandefjord.simulate(20_001, 8),
        sandefjord.simulate(20_001, 7, points="latin"),
        sandefjord.with_({"outcomes.off-assistance.quantity": 9}).simulate(20_001, 7),
    ):
        assert other != sim
        assert other.measure("npv") != sim.measure("npv")
    assert sandefjord.simulate(20_001, 7, measures=["npv"]) != sim


def test_results_travel_and_are_drawn_again(sandefjord: si.Model) -> None:
    sim = sandefjord.simulate(3_000, 7, measures=["npv", ("bcr", "municipality")], points="latin")
    again = pickle.loads(pickle.dumps(sim))  # noqa: S301
    assert again == sim == copy.copy(sim) == copy.deepcopy(sim)
    assert again.measures == sim.measures
    figure = sim.measure("cost_per_outcome", outcome="off-assistance")
    assert figure.outcome == "off-assistance"
    assert figure.mean == sim.measure("cost_per_outcome").mean
    assert pickle.loads(pickle.dumps(figure)) == figure  # noqa: S301
    with pytest.raises(AttributeError):
        sim.seed = 8  # type: ignore[misc]


def test_figures_know_their_marks_their_unit_and_their_threshold(sim: si.Simulated) -> None:
    npv, ratio, payback = (sim.measure(name) for name in ("npv", "sroi_ratio", "payback"))
    assert npv.marks == ("illustrative", "unverified")
    assert npv.unit.in_language("nb") == "NOK (2022-priser, nåverdi 2018)"
    assert (npv.threshold, ratio.threshold, payback.threshold) == (0.0, 1.0, None)
    assert npv.point == sim.model.appraise().measure("npv")
    assert npv.simulated is sim
    assert "illustrative" in npv._repr_html_()
    assert repr(npv).startswith("SimulatedFigure(npv for society: mean ")
    assert repr(sim) == "Simulated(Sandefjord: work with social entrepreneurs, 20001 random draws, seed 7)"
    assert "<table" in sim._repr_html_()


# What is refused

REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("no draws", {"draws": 0}, "draws: `0` is not a whole number from 1 to 2^64 - 1"),
    ("fewer", {"draws": -5}, "draws: `-5` is not a whole number from 1 to 2^64 - 1"),
    ("parts of draws", {"draws": 1e6}, "draws: `1000000.0` is not a whole number from 1 to 2^64 - 1"),
    ("a flag", {"draws": True}, "draws: `True` is not a whole number from 1 to 2^64 - 1"),
    ("many Sobol' points", {"draws": 2**33, "points": "sobol"}, "number of draws `8589934592` is not between 1 and"),
    ("negative seed", {"seed": -1}, "seed: `-1` is not a whole number from 0 to 2^64 - 1"),
    ("large seed", {"seed": 2**64}, "seed: `18446744073709551616` is not a whole number from 0 to 2^64 - 1"),
    ("a word as seed", {"seed": "7"}, "seed: `7` is not a whole number from 0 to 2^64 - 1"),
    ("points", {"points": "halton"}, "points: `halton` are no points: choose `random`, `latin` or `sobol`"),
    ("no threads", {"threads": 0}, "threads: `0` is not a whole number from 1 to 1024"),
    ("many threads", {"threads": 10**9}, "threads: `1000000000` is not a whole number from 1 to 1024"),
    ("measure", {"measures": ["nvp"]}, "`nvp` is not a measure: ask for one of npv, "),
    ("holder", {"measures": [("npv", "kommune")]}, "`kommune` is no holder of this model: choose among society, "),
    (
        "outcome",
        {"measures": [("cost_per_outcome", "society", "jobs")]},
        "`jobs` is no outcome of this model: choose among off-assistance",
    ),
    ("a name alone", {"measures": "npv"}, "measures: `str` is no sequence of measures"),
    ("nothing", {"measures": []}, "measures: nothing is asked for: name a measure, or leave `measures` out"),
    ("a number", {"measures": ["npv", 3]}, "measures[1]: `int` is no measure: give its name, (name, holder) or "),
    ("four parts", {"measures": [("npv", "a", "b", "c")]}, "measures[0]: `tuple` is no measure"),
]


@pytest.mark.parametrize(("asked", "message"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_cannot_be_asked_is_told(sandefjord: si.Model, asked: dict[str, Any], message: str) -> None:
    request: dict[str, Any] = {"draws": 10, "seed": 7, **asked}
    with pytest.raises(si.ImpactError) as refused:
        sandefjord.simulate(**request)
    assert str(refused.value).startswith(message)


FIGURE_REFUSED: list[tuple[Callable[[si.SimulatedFigure], object], str]] = [
    (lambda figure: figure.probability(), "above: a chance needs a threshold: give `above` or `below`"),
    (lambda figure: figure.probability(above=0, below=1), "below: a chance has one threshold: give `above` or `below`"),
    (lambda figure: figure.probability(above=float("nan")), "above: `NaN` is no number"),
    (lambda figure: figure.quantile(1.5), "p: probability `1.5` is not between 0 and 1"),
    (lambda figure: figure.quantile([0.5, -1]), "p[1]: probability `-1` is not between 0 and 1"),
    (lambda figure: figure.interval(2), "level: `2` is not a chance between 0 and 1"),
    (lambda figure: figure.histogram(0), "bins: `0` is not a whole number from 1 to 100000"),
    (lambda figure: figure.histogram(10**6), "bins: `1000000` is not a whole number from 1 to 100000"),
    (lambda figure: figure.histogram(low=1), "a range has two ends: give both `low` and `high`, or neither"),
    (lambda figure: figure.histogram(low=1, high=0), "`1` to `0` are not two numbers of which the second is larger"),
    (lambda figure: figure.plot(lang="sv"), "lang: `sv` is not a language of the reports"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("asked", "message"), FIGURE_REFUSED)
def test_what_cannot_be_asked_of_a_figure_is_told(
    sim: si.Simulated, asked: Callable[[si.SimulatedFigure], object], message: str
) -> None:
    with pytest.raises(si.ImpactError) as refused:
        asked(sim.measure("npv"))
    assert str(refused.value).startswith(message)


def test_an_address_that_is_not_uncertain_is_told(sim: si.Simulated) -> None:
    with pytest.raises(si.ImpactError, match=r"is not among the uncertain addresses"):
        sim.draws_table(["outcomes.off-assistance.duration"])
    with pytest.raises(si.ImpactError, match=r"off-assistance\.quantity"):
        sim.draws_table(["outcomes.off-assistance.quantty"])
    with pytest.raises(si.ImpactError, match=r"addresses: `str` is no sequence of addresses"):
        sim.draws_table("outcomes.off-assistance.quantity")
    with pytest.raises(si.ImpactError, match=r"is no holder of this model"):
        sim.measure("npv", "kommune")
