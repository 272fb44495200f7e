"""Models that several tests use."""

import copy
from pathlib import Path
from typing import Any

import socialimpact as si

FIXTURES = Path(__file__).parents[2] / "fixtures"

BEGINNER: dict[str, Any] = {
    "impact": 1,
    "name": "Gardening group",
    "country": "NO",
    "currency": "NOK",
    "price_year": 2024,
    "start": 2024,
    "holders": [
        {"id": "neighbours", "kind": "people"},
        {"id": "municipality", "kind": "public", "level": "municipality"},
    ],
    "costs": [{"id": "team", "payer": "municipality", "amount": 400_000, "year": 2024, "source": "budget"}],
    "outcomes": [
        {
            "id": "less-lonely",
            "holder": "neighbours",
            "quantity": 25,
            "values": [
                {"id": "company", "value": 20_000, "unit": "person-year", "kind": "social", "source": "own estimate"}
            ],
        }
    ],
}
"""The model of ``fixtures/models/beginner.toml`` as Python's own values."""


def beginner() -> dict[str, Any]:
    """Give the beginner's document, to be changed at will."""
    return copy.deepcopy(BEGINNER)


def sandefjord() -> si.Model:
    """Read the Sandefjord model."""
    return si.read(FIXTURES / "models" / "sandefjord.toml")


def problems(error: si.ImpactError) -> dict[str, str]:
    """Give what is wrong by address."""
    return {problem.address: problem.message for problem in error.problems}
