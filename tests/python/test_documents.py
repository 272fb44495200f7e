"""Reading models from text, files, bytes and Python's own values: the same document, and the same problems."""

import io
import json
import math
from collections import OrderedDict
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import socialimpact as si
from models import BEGINNER, FIXTURES, beginner, problems

TOML = (FIXTURES / "models" / "beginner.toml").read_text(encoding="utf-8")


def refused(document: Any) -> si.ImpactError:
    with pytest.raises(si.ImpactError) as caught:
        si.Model.from_dict(document)
    return caught.value


def test_text_and_values_are_the_same_model() -> None:
    models = [
        si.Model.from_toml(TOML),
        si.Model.from_dict(BEGINNER),
        si.Model.from_json(json.dumps(BEGINNER)),
        si.Model.from_bytes(TOML.encode()),
        si.Model.from_bytes(b"\xef\xbb\xbf" + TOML.encode(), form="toml"),
        si.Model.from_bytes(json.dumps(BEGINNER).encode()),
        si.read(FIXTURES / "models" / "beginner.toml"),
        si.read(str(FIXTURES / "models" / "beginner.toml")),
    ]
    assert len({model.hash for model in models}) == 1
    assert len(set(models)) == 1


def test_a_model_is_written_and_read_again() -> None:
    for name in ("sandefjord", "map-12x10", "shape"):
        model = si.read(FIXTURES / "models" / f"{name}.toml")
        assert si.Model.from_toml(model.to_toml()) == model
        assert si.Model.from_json(model.to_json()) == model
        assert si.Model.from_dict(model.to_dict()) == model


def test_a_document_keeps_the_digits_of_its_author() -> None:
    document = si.Model.from_toml(TOML.replace("400_000", "400_000.10")).to_dict()
    assert str(document["costs"][0]["amount"]) == "400000.10"
    assert isinstance(document["impact"], Decimal)


def test_a_float_enters_by_its_shortest_text() -> None:
    document = beginner()
    document["outcomes"][0]["deadweight"] = 0.1
    assert si.Model.from_dict(document).to_dict()["outcomes"][0]["deadweight"] == Decimal("0.1")
    document["outcomes"][0]["deadweight"] = np.float64(0.1)
    assert si.Model.from_dict(document).to_dict()["outcomes"][0]["deadweight"] == Decimal("0.1")


def test_whole_numbers_of_every_kind_enter_exactly() -> None:
    big = 7_900_000_000_000_000_000_000_000_001 - 10**9
    for amount in (big, Decimal(big), np.int64(10**18), 10**18):
        document = beginner()
        document["costs"][0]["amount"] = amount
        assert si.Model.from_dict(document).to_dict()["costs"][0]["amount"] == int(amount)


def test_any_mapping_and_tuple_will_do() -> None:
    document = OrderedDict(beginner())
    document["holders"] = tuple(MappingProxyType(holder) for holder in document["holders"])
    assert si.Model.from_dict(MappingProxyType(document)) == si.Model.from_dict(BEGINNER)


def test_everything_wrong_with_values_comes_together() -> None:
    document = beginner()
    document["name"] = None
    document["country"] = "Norway"
    document["start"] = math.nan
    document["holders"][0]["kind"] = {1}
    document["costs"][0]["amount"] = math.inf
    document["outcomes"][0]["quantity"] = Fraction(1, 3)
    document["outcomes"][0]["deadweight"] = 1.5
    found = problems(refused(document))
    assert found["name"] == "None is no value of a document: leave the key out"
    assert found["start"].startswith("`nan` is not a number")
    assert found["holders.neighbours.kind"].startswith("`set` is no value of a document")
    assert found["costs.team.amount"].startswith("`inf` is not a number")
    assert found["outcomes.less-lonely.quantity"].startswith("`Fraction` is no value of a document")
    assert "not between 0 and 1" in found["outcomes.less-lonely.deadweight"]
    assert "Norway" in found["country"]
    assert "is missing" not in " ".join(found.values()), "what is written but unreadable is not missing too"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (datetime(2024, 1, 31, 12), "`2024-01-31 12:00:00` has a time of day"),
        (10**5000, "the whole number has more digits"),
        (10**40, "is larger than 7.9e27"),
        ("\ud800", "not Unicode"),
        (b"text", "`bytes` is no value"),
        (io.StringIO(), "`StringIO` is no value"),
        (Decimal("NaN"), "`NaN` is not a number"),
        ("0,5", "0,5"),
        (True, "true or false"),
        (date(2024, 1, 31), "a date"),
        ([1, 2], "a list"),
    ],
    ids=lambda part: part if isinstance(part, str) and part.isascii() else type(part).__name__,
)
def test_a_value_that_is_no_amount_is_named_at_its_address(value: object, message: str) -> None:
    document = beginner()
    document["costs"][0]["amount"] = value
    error = refused(document)
    assert error.place == "costs.team.amount"
    assert message in str(error)


def test_keys_are_texts() -> None:
    error = refused({**beginner(), 3: 4})
    assert error.problems[0].message == "the key `3` is not a text"
    assert "not Unicode" in str(refused({**beginner(), "\ud800": 4}))


@pytest.mark.parametrize("document", [None, 3, "text", ["impact"], object()])
def test_what_is_no_mapping_is_no_document(document: object) -> None:
    assert "is no document: give a mapping" in str(refused(document))


def test_a_document_without_end_is_refused() -> None:
    endless: dict[str, Any] = beginner()
    endless["assumptions"] = endless
    assert "nested more than 32 levels deep" in str(refused(endless))
    wide: Any = [1] * 1000
    for _ in range(20):
        wide = [wide] * 1000
    assert "more than 200000 values" in str(refused({**beginner(), "questions": wide}))


def test_mistakes_in_text_have_their_lines() -> None:
    text = TOML.replace('"neighbours", kind', '"neighbours", kimd').replace("quantity = 25", "quantity = nan")
    for read in (si.Model.from_toml, lambda text: si.Model.from_bytes(text.encode())):
        with pytest.raises(si.ImpactError) as caught:
            read(text)
        places = {problem.address: problem.line for problem in caught.value.problems}
        assert places["outcomes.less-lonely.quantity"] == 13
        assert caught.value.place is not None
        assert "line 8" in caught.value.place


def test_mistakes_in_a_file_are_the_same(tmp_path: Path) -> None:
    file = tmp_path / "model.toml"
    file.write_text("impact = 1\nname = 7\n", encoding="utf-8")
    with pytest.raises(si.ImpactError) as caught:
        si.read(file)
    assert caught.value.problems[0].line is not None


def test_a_file_that_is_not_utf_8_is_said_so(tmp_path: Path) -> None:
    for name in ("model.toml", "model.json", "model"):
        file = tmp_path / name
        file.write_bytes("name = 'fjord på is'".encode("latin-1"))
        with pytest.raises(si.ImpactError, match="is not UTF-8: save it as UTF-8"):
            si.read(file)


def test_the_ending_of_a_file_says_its_form(tmp_path: Path) -> None:
    file = tmp_path / "model.json"
    file.write_text("[1]", encoding="utf-8")
    with pytest.raises(si.ImpactError) as caught:
        si.read(file)
    assert "a list" in str(caught.value)
    file.write_text(json.dumps(BEGINNER), encoding="utf-8")
    assert si.read(file) == si.Model.from_dict(BEGINNER)


def test_a_missing_file_is_an_os_error_and_a_directory_is_no_document(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        si.read(tmp_path / "nowhere.toml")
    with pytest.raises(si.ImpactError, match="directory"):
        si.read(tmp_path)


def test_lone_surrogates_in_text_are_an_impact_error() -> None:
    for read in (si.Model.from_toml, si.Model.from_json):
        with pytest.raises(si.ImpactError, match="not Unicode"):
            read("\ud800")


def test_an_unknown_form_is_named() -> None:
    with pytest.raises(si.ImpactError, match="`yaml` is not a form of documents"):
        si.Model.from_bytes(b"", form="yaml")  # type: ignore[arg-type]


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.text(st.characters())
    | st.dates()
    | st.datetimes()
    | st.binary()
)
KEYS = st.sampled_from(
    [*BEGINNER, "id", "values", "kind", "value", "pert", "use", "conventions", "transfers"]
) | st.text(st.characters())
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=20
)


T = TypeVar("T")


def outcome(ask: Callable[[], T]) -> T | si.ImpactError:
    """What came of it; any other exception than an ImpactError goes through."""
    try:
        return ask()
    except si.ImpactError as error:
        return error


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(KEYS | st.integers() | st.none(), VALUES, max_size=8))
def test_any_dictionary_is_a_model_or_an_impact_error(document: dict[Any, Any]) -> None:
    for attempt in (document, {**beginner(), **document}):
        read = outcome(lambda: si.Model.from_dict(attempt))  # noqa: B023 - called at once
        if isinstance(read, si.ImpactError):
            assert 0 < len(read.problems) <= read.total
        else:
            assert si.Model.from_dict(read.to_dict()) == read


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["costs.team.amount", "outcomes.less-lonely", "name", "holders", "start", "x"]), VALUES)
def test_any_change_gives_a_model_or_an_impact_error(address: str, value: Any) -> None:
    valued = outcome(lambda: si.Model.from_dict(BEGINNER).with_({address: value}).appraise())
    assert str(valued)
