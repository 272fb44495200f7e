"""Bad input: one error, every problem, each with its place."""

import pickle

import pytest

import socialimpact as si

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
