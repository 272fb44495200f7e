"""Published cases by way of Python's own values: the figures their sources printed. Rust reads the same files."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import socialimpact as si
from models import FIXTURES

CASES = [path for folder in ("sroi", "appraisal") for path in sorted((FIXTURES / "cases" / folder).glob("*.toml"))]


def test_the_published_cases_are_there() -> None:
    assert len(CASES) >= 12 + 7


def posted(result: si.Appraisal, cause: str, year: int, field: str) -> Decimal:
    """What the postings of a cause come to in a year; growth is over the year before."""
    if field == "growth":
        return posted(result, cause, year, "amount") / posted(result, cause, year - 1, "amount") - 1
    found = [row for row in result.ledger.to_pylist() if (row["cause"], row["year"]) == (cause, year)]
    assert found
    return sum((row[field] for row in found), Decimal(0))


def value(model: si.Model, expected: dict[str, Any]) -> Decimal:
    """The library's answer to what a case printed: a posting, a break-even value or a measure."""
    result = model.with_(expected.get("with", {})).appraise()
    if "cause" in expected:
        return posted(result, expected["cause"], expected["year"], expected["field"])
    holder, outcome = expected.get("perspective", "society"), expected.get("outcome")
    if "break_even" in expected:
        answer = result.model.break_even(
            expected["break_even"],
            measure=expected["measure"],
            target=expected.get("target", 0),
            holder=holder,
            outcome=outcome,
        )
        assert answer.status == "unique", str(answer)
        return answer.values[0]
    figure = result.measure(expected["measure"], holder=holder, outcome=outcome)
    assert figure.value is not None, figure.absent
    return figure.value


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_published_case_is_reproduced(path: Path) -> None:
    # Floats are read as decimals, so that what the case prints is compared as printed.
    case = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    model = si.Model.from_dict(case["model"])
    assert case["expected"]
    for expected in case["expected"]:
        answer = value(model, expected)
        assert abs(answer - expected["value"]) <= expected["within"], f"{answer} instead of {expected}"
    for printed in case.get("contradicted", []):
        answer = value(model, printed)
        assert abs(answer - printed["printed"]) > printed["within"], f"{answer} is what was printed, and should not be"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_read_with_floats_is_the_same_model(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    exact, floats = tomllib.loads(text, parse_float=Decimal), tomllib.loads(text)
    assert si.Model.from_dict(exact["model"]) == si.Model.from_dict(floats["model"])
