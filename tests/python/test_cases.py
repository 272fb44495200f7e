"""Published cases by way of Python's own values: the figures their sources printed. Rust reads the same files."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import socialimpact as si
from models import FIXTURES

CASES = sorted((FIXTURES / "cases" / "sroi").glob("*.toml")) + sorted((FIXTURES / "cases" / "appraisal").glob("*.toml"))


def test_there_are_cases() -> None:
    assert len(CASES) >= 3


def value(result: si.Appraisal, expected: dict[str, Any]) -> Decimal:
    if "measure" in expected:
        figure = result.measure(expected["measure"], holder=expected.get("perspective", "society"))
        assert figure.value is not None, figure.absent
        return figure.value
    rows = result.ledger.to_pylist()
    found = [row for row in rows if (row["cause"], row["year"]) == (expected["cause"], expected["year"])]
    assert found
    return sum((row[expected["field"]] for row in found), Decimal(0))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_published_case_is_reproduced(path: Path) -> None:
    # Floats are read as decimals, so that what the case prints is compared as printed.
    case = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    result = si.Model.from_dict(case["model"]).appraise()
    assert case["expected"]
    for expected in case["expected"]:
        answer = value(result, expected)
        assert abs(answer - expected["value"]) <= expected["within"], f"{answer} instead of {expected}"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_read_with_floats_is_the_same_model(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    exact, floats = tomllib.loads(text, parse_float=Decimal), tomllib.loads(text)
    assert si.Model.from_dict(exact["model"]) == si.Model.from_dict(floats["model"])
