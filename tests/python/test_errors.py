"""Bad input: one error, every problem, each with its place."""

import pickle
from pathlib import Path
from typing import Any

import pytest

import socialimpact as si
from models import sandefjord
from socialimpact.cli.ending import about, told_in, within

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


def test_problems_told_in_english_alone_are_told_in_english_whole() -> None:
    english = [si.Problem("a", "a", 1, 1, "wrong"), si.Problem("b", "b", 2, 1, "wrong")]
    error = si.ImpactError("a: wrong\nb: wrong\nand 7 more problems", english, 9)
    assert error.in_language("nb") == str(error)
    norwegian = [si.Problem("a", "a", 1, 1, "wrong", "galt")]
    assert si.ImpactError("a: wrong", norwegian, 8).in_language("nb") == "a: galt\nog 7 problemer til"


@pytest.mark.parametrize("problems", [[], [si.Problem("a", "a", 1, 1, "no answer", "intet svar")]])
@pytest.mark.parametrize(
    "told", [lambda: within(Path("m.toml")), lambda: told_in("nb"), lambda: about(Path("m.toml"), Path("rows.csv"))]
)
def test_a_reason_stays_one_wherever_it_is_told_from(told: Any, problems: list[si.Problem]) -> None:
    with pytest.raises(si.ImpactError) as caught, told():
        raise si.ImpactError("no answer", problems, norwegian="intet svar", is_reason=True)
    assert caught.value.is_reason
    assert "intet svar" in caught.value.in_language("nb")


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
