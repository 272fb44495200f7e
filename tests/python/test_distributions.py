"""Distributions: made by name or by form, asked, drawn from, and put into models."""

import copy
import json
import math
import pickle
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import socialimpact as si
from socialimpact import Distribution

TOP = Path(__file__).parents[2]
ORACLES = json.loads((TOP / "fixtures" / "oracles" / "distributions.json").read_text(encoding="utf-8"))["cases"]
CLOSE = 1e-9
"""Relative: the oracles have 17 digits; the Rust tests hold each shape to its own bound."""
WIDER = 1e-6
"""What a float of the answer may be off by where the chance itself lies near the last digit of the argument."""

CALLS: list[Distribution] = [
    Distribution.uniform(2, 5),
    Distribution.uniform(quantiles={0.1: 3, 0.9: 8}),
    Distribution.triangular(2, 3, 10),
    Distribution.pert(6, 12, 20),
    Distribution.normal(mean=0.4, sd=0.2),
    Distribution.normal(quantiles=[(0.1, 3), (0.9, 8)]),
    Distribution.lognormal(mean=52000, sd=9000),
    Distribution.lognormal(mu=0, sigma=1.5),
    Distribution.lognormal(quantiles={0.05: 300_000, 0.95: 700_000}),
    Distribution.beta(mean=0.3, sd=0.1),
    Distribution.beta(alpha=2, beta=5),
    Distribution.gamma(mean=3, sd=1),
    Distribution.beta(quantiles={0.1: 0.2, 0.9: 0.5}),
    Distribution.gamma(shape=2.5, scale=4),
    Distribution.gamma(quantiles=[(0.05, 3), (0.95, 20)]),
    Distribution.student(location=0.3, scale=0.1, df=4),
    Distribution.poisson(4),
    Distribution.binomial(n=25, p=0.3),
    Distribution.negative_binomial(mean=6, dispersion=2),
    Distribution.negative_binomial(mean=6, sd=4),
    Distribution.discrete({1: 0.2, 3: 0.8}),
    Distribution.empirical(np.array([3.0, 4, 4, 7])),
    Distribution.histogram(edges=(0, 10, 20), weights=np.array([1, 2])),
    Distribution.mixture([(1, Distribution.discrete({0: 1})), (3, {"uniform": [10, 20]})]),
    Distribution.truncated(Distribution.normal(mean=1, sd=1), low=0),
    Distribution.range90(10, 25),
    Distribution.range90(10, 25, shape="lognormal"),
    Distribution.normal(mean=Decimal("0.1234567890123456789012345"), sd=1e-3),
]


def numbered(form: Any) -> Any:
    """Give a form of the oracles with its digits as numbers."""
    if isinstance(form, str):
        return Decimal(form) if form[:1] in "-0123456789" else form
    if isinstance(form, list):
        return [numbered(part) for part in form]
    return {key: numbered(part) for key, part in form.items()} if isinstance(form, dict) else form


@pytest.mark.parametrize("case", ORACLES, ids=lambda case: json.dumps(case["form"])[:60])
def test_answers_are_those_of_a_program_of_sixty_digits(case: dict[str, Any]) -> None:
    shape = Distribution.from_dict(numbered(case["form"]))
    assert shape.mean == pytest.approx(float(case["mean"]), rel=CLOSE, abs=1e-12)
    assert shape.sd == pytest.approx(float(case["sd"]), rel=CLOSE)
    for row in case["quantiles"]:
        found = shape.quantile(float(row["u"]))
        assert found == pytest.approx(float(row["x"]), rel=WIDER, abs=1e-12) or shape.cdf(found) >= float(row["u"])
        assert shape.cdf(float(row["x"])) == pytest.approx(float(row["lower"]), rel=WIDER)
        assert shape.survival(float(row["x"])) == pytest.approx(float(row["upper"]), rel=WIDER)
    if case["density"]:
        density = shape.density(float(case["density"]["x"]))
        assert density == pytest.approx(float(case["density"]["density"]), rel=CLOSE)


@pytest.mark.parametrize("shape", CALLS, ids=repr)
def test_a_distribution_comes_back_from_its_form_its_text_and_its_pickle(shape: Distribution) -> None:
    for again in (
        Distribution.from_dict(shape.to_dict()),
        eval(repr(shape), {"Distribution": Distribution, "Decimal": Decimal}),  # noqa: S307
        pickle.loads(pickle.dumps(shape)),  # noqa: S301
        copy.copy(shape),
        copy.deepcopy(shape),
    ):
        assert again == shape
        assert hash(again) == hash(shape)
        assert again.quantile([0.1, 0.7]) == shape.quantile([0.1, 0.7])
    assert shape != Distribution.uniform(-1, 1)


def test_every_form_of_the_documents_has_a_call_of_its_name() -> None:
    assert {shape.name for shape in CALLS} >= {next(iter(numbered(case["form"]))) for case in ORACLES}
    assert all(callable(getattr(Distribution, shape.name)) for shape in CALLS)


small = st.decimals(min_value=-1000, max_value=1000, places=4)
above = st.decimals(min_value="0.001", max_value=1000, places=4)
plain_forms = st.one_of(
    st.tuples(small, above, above).map(lambda n: {"pert": [n[0], n[0] + n[1], n[0] + n[1] + n[2]]}),
    st.tuples(small, above).map(lambda n: {"normal": {"mean": n[0], "sd": n[1]}}),
    st.tuples(above, above).map(lambda n: {"gamma": {"shape": n[0], "scale": n[1]}}),
    st.lists(small, min_size=1, max_size=6).map(lambda values: {"empirical": values}),
    st.lists(st.tuples(small, above), min_size=1, max_size=4).map(
        lambda rows: {"discrete": [list(row) for row in rows]}
    ),
    st.tuples(small, above).map(lambda n: {"range90": [n[0], n[0] + n[1]], "shape": "normal"}),
)
forms = st.recursive(
    plain_forms,
    lambda inner: st.lists(st.tuples(above, inner), min_size=1, max_size=3).map(
        lambda parts: {"mixture": [list(part) for part in parts]}
    ),
    max_leaves=4,
)


@given(forms)
def test_a_form_reads_to_itself_whatever_it_says(form: dict[str, Any]) -> None:
    shape = Distribution.from_dict(form)
    assert shape.to_dict() == form
    assert Distribution.from_dict(shape.to_dict()) == shape
    low, high = shape.quantile([0.05, 0.95])
    assert shape.support[0] <= low <= high <= shape.support[1]


REFUSED: list[tuple[Callable[[], object], str, str]] = [
    (lambda: Distribution.beta(mean=1.4, sd=0.1), "beta.mean", "beta: mean `1.4` is not between 0 and 1"),
    (
        lambda: Distribution.beta(quantiles={0.1: 0.2, 0.9: 50}),
        "beta",
        "the value of a quantile `50` is not between 0 and 1",
    ),
    (lambda: Distribution.beta(mean=0.3, quantiles={0.1: 0.2, 0.9: 0.5}), "beta", "unknown key `mean`"),
    (
        lambda: Distribution.gamma(quantiles={0.1: 3, 0.9: 3.00002}),
        "gamma",
        "with a shape between 0.001 and 1000000000",
    ),
    (lambda: Distribution.normal(mean=3), "normal", "`sd` is missing"),
    (lambda: Distribution.pert(6, "x", 20), "pert.mode", "`str` is no number"),  # type: ignore[arg-type]
    (lambda: Distribution.pert(6, 22, 20), "pert", "pert needs low <= most likely <= high"),
    (lambda: Distribution.normal(mean=math.nan, sd=1), "normal.mean", "`nan` is not a number"),
    (lambda: Distribution.uniform(3), "uniform", "uniform takes 2 numbers, got 1"),
    (lambda: Distribution.uniform(1, 2, quantiles={0.1: 2, 0.9: 4}), "uniform", "unknown key `low`"),
    (lambda: Distribution.poisson(-1), "poisson", "poisson: mean `-1` is not above 0"),
    (lambda: Distribution.discrete("abc"), "values", "`str` is no sequence"),  # type: ignore[arg-type]
    (lambda: Distribution.empirical([]), "empirical", "empirical has no values"),
    (lambda: Distribution.empirical([1, math.inf]), "empirical.1", "`inf` is not a number"),
    (lambda: Distribution.range90(1, 2, shape="log"), "shape", "unknown word `log`"),  # type: ignore[arg-type]
    (lambda: Distribution.truncated(CALLS[0]), "truncated", "`low` or `high` is missing"),
    (
        lambda: Distribution.mixture([(1, {"beta": {"mean": 1.3, "sd": 0.1}})]),
        "mixture.0.1.beta.mean",
        "mean `1.3` is not between 0 and 1",
    ),
    (lambda: Distribution.from_dict({"value": 3}), "document", "unknown key `value`"),
    (lambda: Distribution.from_dict({}), "document", "a distribution is needed here"),
    (lambda: CALLS[0].quantile([0.5, 2]), "u[1]", "probability `2` is not between 0 and 1"),
    (lambda: CALLS[0].cdf("a"), "x", "`str` is no number"),  # type: ignore[arg-type]
    (lambda: CALLS[0].density([1, None]), "x[1]", "`NoneType` is no number"),  # type: ignore[list-item]
    (lambda: CALLS[0].sample(3, seed=-1), "seed", "`-1` is not a whole number"),
    (lambda: CALLS[0].summary(1), "points", "`1` is not from 2 to 100000"),
]


@pytest.mark.parametrize(("wrong", "place", "message"), REFUSED)
def test_what_is_wrong_is_said_at_its_place(wrong: Callable[[], object], place: str, message: str) -> None:
    with pytest.raises(si.ImpactError) as told:
        wrong()
    assert told.value.place == place
    assert message in str(told.value)


def test_distributions_cut_without_end_are_refused_not_crashed_on() -> None:
    shape = Distribution.normal(mean=0, sd=1)
    for bound in range(15):
        shape = Distribution.truncated(shape, low=-9 - bound)
    with pytest.raises(si.ImpactError, match="nested more than 32 levels deep"):
        Distribution.truncated(shape, low=-99)


def test_one_number_is_answered_by_one_and_many_by_a_list() -> None:
    shape = Distribution.normal(mean=10, sd=2)
    assert shape.quantile(0.5) == 10.0
    assert shape.cdf(Decimal(10)) == 0.5
    assert shape.cdf([10, np.float64(10)]) == [0.5, 0.5]
    assert shape.survival(np.array([10.0, 50.0]))[0] == 0.5
    assert 0 < shape.survival(50) < 1e-80
    assert shape.upper_quantile(1e-20) > shape.quantile(1 - 1e-15)
    assert math.isnan(shape.cdf(math.nan))
    assert shape.cdf([]) == []


def test_draws_are_those_of_the_address_and_nothing_else() -> None:
    shape = Distribution.gamma(mean=3, sd=1)
    draws = shape.sample(20_000, seed=7, address="outcomes.a.quantity")
    assert draws[:5] == shape.sample(5, seed=7, address="outcomes.a.quantity")
    assert draws[:5] != shape.sample(5, seed=8, address="outcomes.a.quantity")
    assert draws[:5] != shape.sample(5, seed=7, address="outcomes.b.quantity")
    assert abs(np.mean(draws) - 3) < 4 / math.sqrt(len(draws))
    assert shape.sample(0, seed=7) == []


def test_a_summary_draws_the_distribution() -> None:
    table = Distribution.beta(mean=0.3, sd=0.1).summary(101).to_dict()
    assert len(table["x"]) == 101
    assert np.trapezoid(table["density"], table["x"]) == pytest.approx(0.998, abs=0.001)
    assert set(table["chance"]) == {0.0}
    counts = Distribution.binomial(n=2, p=0.5).summary().to_dict()
    assert counts["x"] == [0, 1, 2]
    assert counts["chance"] == pytest.approx([0.25, 0.5, 0.25], rel=1e-12)


def test_shapes_that_crowd_an_end_are_warned_about() -> None:
    (text,) = Distribution.beta(alpha=0.02, beta=3).caveats
    assert text.startswith("alpha `0.02` is below 0.1")
    assert Distribution.beta(mean=0.3, sd=0.1).caveats == ()


def test_a_notebook_shows_the_call_and_its_figures_escaped() -> None:
    page = Distribution.truncated(Distribution.normal(mean=1, sd=1), low=0)._repr_html_()
    assert "Distribution.truncated(of=Distribution.normal(mean=1, sd=1), low=0)" in page
    assert '<td style="text-align: right">1.29</td>' in page


class TestInModels:
    """A distribution put into a model is the form a document would have."""

    model = si.read(TOP / "fixtures" / "models" / "beginner.toml")
    deadweight = Distribution.beta(mean=0.3, sd=0.1)
    address = "outcomes.less-lonely.deadweight"

    def test_an_override_takes_it_as_its_form(self) -> None:
        changed = self.model.with_({self.address: self.deadweight})
        assert changed == self.model.with_({self.address: {"beta": {"mean": 0.3, "sd": 0.1}}})
        assert changed.distribution(self.address) == self.deadweight
        assert si.Model.from_toml(changed.to_toml()).distribution(self.address) == self.deadweight

    def test_a_document_takes_it_wherever_a_number_stands(self) -> None:
        document = self.model.to_dict()
        document["outcomes"][0]["quantity"] = Distribution.pert(6, 12, 20)
        document["outcomes"][0]["deadweight"] = {"truncated": {"of": self.deadweight, "high": 0.6}, "source": "a guess"}
        model = si.Model.from_dict(document)
        assert model.distribution("outcomes.less-lonely.quantity") == Distribution.pert(6, 12, 20)
        assert model.distribution(self.address) == Distribution.truncated(self.deadweight, high=0.6)

    def test_one_that_reaches_too_far_is_refused_at_the_address(self) -> None:
        with pytest.raises(si.ImpactError, match="must be between 0 and 1") as told:
            self.model.with_({self.address: Distribution.normal(mean=0.3, sd=0.1)})
        assert told.value.place == self.address

    def test_one_that_nests_too_deep_where_it_stands_is_refused(self) -> None:
        deep: Distribution = Distribution.normal(mean=0, sd=1)
        for bound in range(15):
            deep = Distribution.truncated(deep, low=-9 - bound)
        with pytest.raises(si.ImpactError, match="nested more than 32 levels deep") as told:
            self.model.with_({"outcomes.less-lonely.quantity": {"mixture": [[1, deep]]}})
        assert told.value.place == "outcomes.less-lonely.quantity.mixture.0.1"

    def test_a_plain_number_has_none_and_an_unknown_address_is_an_error(self) -> None:
        assert self.model.distribution("outcomes.less-lonely.quantity") is None
        with pytest.raises(si.ImpactError, match=r"outcomes\.less-lonely\.quantty.*did you mean"):
            self.model.distribution("outcomes.less-lonely.quantty")

    def test_the_register_gives_its_intervals_as_distributions(self) -> None:
        effect = {"population": 40, "baseline": 0.3, "register": "reentry-rct-reconviction"}
        model = self.model.with_({"outcomes.less-lonely.quantity": {"effect": effect}})
        found = model.distribution("effects.reentry-rct-reconviction")
        assert found == Distribution.lognormal(quantiles={0.025: 0.77, 0.975: 1.12})
