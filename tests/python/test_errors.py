"""Bad input: one error, every problem, each with its place."""

import pickle
from typing import Any

import pytest

import socialimpact as si
from models import sandefjord

MESSAGE = "`outcomes..deadweight` is not an address: segments of a-z, 0-9, `-` and `_`, joined by dots"


def raised() -> si.ImpactError:
    with pytest.raises(si.ImpactError) as caught:
        si.address_parts("outcomes..deadweight")
    return caught.value


def test_an_error_is_a_value_error_in_the_words_of_the_core() -> None:
    error = raised()
    assert isinstance(error, ValueError)
    assert str(error) == f"document: {MESSAGE}"


def test_an_error_has_its_place_and_its_problems() -> None:
    error = raised()
    assert error.place == "document"
    assert error.problems == (si.Problem(place="document", address="", line=None, column=None, message=MESSAGE),)
    assert error.total == 1
    assert str(error.problems[0]) == str(error)


def test_an_error_without_problems_has_no_place() -> None:
    error = si.ImpactError("nothing to read")
    assert (error.place, error.problems, error.total) == (None, (), 0)


def test_an_error_survives_a_trip_to_another_process() -> None:
    error = raised()
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (str(copy), copy.problems, copy.total) == (str(error), error.problems, error.total)


def test_an_address_comes_apart() -> None:
    assert si.address_parts("outcomes.into-work.values.0") == ("outcomes", "into-work", "values", "0")


def test_a_holder_or_an_outcome_that_is_no_text_is_refused_by_its_name() -> None:
    model: Any = sandefjord()
    appraisal, sim, address = (
        model.appraise(),
        model.simulate(100, 7, measures=["npv"]),
        "outcomes.off-assistance.quantity",
    )
    axes: dict[str, Any] = {"axes": {address: [1, 2]}, "draws": 10, "seed": 7}
    of_both: list[Any] = [
        lambda given: appraisal.measure("npv", **given),
        lambda given: appraisal.explain("npv", **given),
        lambda given: sim.measure("npv", **given),
        lambda given: sim.sobol(**given),
        lambda given: sim.acceptability(**given),
        lambda given: model.grid(**axes, **given),
        lambda given: model.tornado(**given),
        lambda given: model.break_even(address, **given),
        lambda given: model.two_way((address, [1]), ("horizon", [3]), **given),
        lambda given: model.break_even_curve("horizon", [3], address, **given),
        lambda given: si.cost_effectiveness([model], **given),
    ]
    of_holder: list[Any] = [
        lambda given: appraisal.measures(**given),
        lambda given: appraisal.budget(**given),
        lambda given: appraisal.budget_plan(**given),
        lambda given: appraisal.waterfall(**given),
        lambda given: sim.evpi(**given),
        lambda given: sim.evppi(**given),
    ]
    for ask in [*of_both, *of_holder]:
        with pytest.raises(si.ImpactError, match=r"^holder: a holder is the text of its id"):
            ask({"holder": 7})
    for ask in of_both:
        with pytest.raises(si.ImpactError, match=r"^outcome: an outcome is the text of its id"):
            ask({"outcome": 7})
