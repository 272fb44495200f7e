"""Schemas of what commands write: held to what the core serializes, to its words, and to all there is to write."""

import json
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

import socialimpact as si
from conftest import MODELS
from schemas import HELD, PARTS, SCHEMAS, WRITTEN, Shapes, renewed, sources, written
from socialimpact import types
from socialimpact.cli.output import plain

NAMES = sorted(path.stem for path in SCHEMAS.glob("*.json"))
LISTS = {
    "AnswerStatus": types.BreakEvenStatus,
    "CountedIn": types.CountedIn,
    "DayCount": types.DayCount,
    "Points": types.Points,
    "PriceLevel": types.PriceLevel,
    "RateOf": types.RateOf,
    "Situation": types.Situation,
    "Timing": types.Timing,
}


def schema(name: str) -> Any:
    return json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))


def objects(node: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every object of a schema with its place."""
    if isinstance(node, dict):
        if "properties" in node:
            yield place, node
        for key, value in node.items():
            yield from objects(value, f"{place}/{key}")
    elif isinstance(node, list):
        for position, value in enumerate(node):
            yield from objects(value, f"{place}/{position}")


def wrong(name: str, content: Any) -> list[str]:
    """Say what of some content a schema does not take."""
    found = Draft202012Validator(schema(name)).iter_errors(plain(content))
    return [f"{error.json_path}: {error.message[:200]}" for error in found]


@pytest.mark.parametrize("name", sorted({*WRITTEN, *PARTS, *HELD}))
def test_a_schema_is_what_the_core_serializes(name: str) -> None:
    """Keys, optional ones, nulls and words; after a change: `python tests/python/schemas.py`."""
    assert written(renewed(name, schema(name))) == written(schema(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_shape_is_closed(name: str) -> None:
    assert [place for place, found in objects(schema(name)) if found.get("additionalProperties") is not False] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_key_says_what_it_holds(name: str) -> None:
    empty = [
        f"{place}/{key}"
        for place, found in objects(schema(name))
        for key, value in found["properties"].items()
        if not value
    ]
    assert empty == []


@pytest.mark.parametrize("name", LISTS)
def test_words_of_the_core_are_those_of_the_package(name: str) -> None:
    assert set(Shapes(sources()).listed(name)) == set(get_args(LISTS[name]))


def test_a_status_that_was_never_seen_is_in_the_schema() -> None:
    status = schema("break-even")["$defs"]["answer_status"]["enum"]
    assert set(status) == {"unique", "several", "none", "everywhere"}
    row = schema("break-even")["$defs"]["answer_report"]
    assert {"type": "null"} in row["properties"]["range_ends"]["items"]["anyOf"]


# Everything there is


def test_every_entry_of_the_reference_figures_fits() -> None:
    assert wrong("catalogue-search", si.catalogue().to_pylist()) == []
    assert wrong("effects-search", si.effects().to_pylist()) == []
    assert wrong("conventions", si.conventions().to_pylist()) == []


def test_every_check_fits() -> None:
    assert [row["rule"] for row in si.checks().to_pylist() if wrong("check", row)] == []


@pytest.mark.parametrize("model", sorted(path.name for path in MODELS.glob("*.toml")))
def test_what_is_told_of_every_model_fits(model: str) -> None:
    read = si.read(MODELS / model)
    appraisal = read.appraise()
    assert wrong("appraise", json.loads(appraisal.to_json())) == []
    assert wrong("explain", appraisal.explain("npv").to_dict()) == []
    assert wrong("break-even", [answer.to_dict() for answer in read.answers()]) == []
    assert wrong("simulate", read.simulate(draws=50, seed=1).to_dict()) == []
    assert wrong("compare", si.compare([read, read]).to_dict()) == []
    try:
        tornado = read.tornado("npv")
    except si.ImpactError:
        return
    assert wrong("tornado", tornado.to_dict()) == []


@pytest.mark.parametrize("convention", si.conventions()["id"])
def test_a_model_under_every_convention_fits(convention: str) -> None:
    text = (MODELS / "bike-workshop.toml").read_text(encoding="utf-8")
    document = si.Model.from_toml(text).to_dict() | {"conventions": convention}
    assert wrong("appraise", json.loads(si.Model.from_dict(document).appraise().to_json())) == []
