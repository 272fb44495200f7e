"""Units in Norwegian: none that the library names is told in English."""

from pathlib import Path

import pytest

import socialimpact as si
from socialimpact.wording.texts import Texts
from socialimpact.wording.units import unit_phrase

MODELS = sorted(Path("fixtures/models").rglob("*.toml"))
ENGLISH = (
    "year",
    "month",
    "day",
    "share",
    "growth",
    "factor",
    "people",
    "place",
    "price",
    "person-",
    "child",
    "per recipient",
)
AUTHORS_OWN = ("bicycle",)


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_every_unit_of_a_number_is_told_in_norwegian(path: Path) -> None:
    units = {row["unit"] for row in si.read(path).assumptions.to_pylist() if row["unit"]}
    assert units
    for unit in units:
        told = unit_phrase(Texts("nb"), unit, "kr")
        assert not any(word in told for word in ENGLISH), (unit, told)
        if not any(own in unit for own in AUTHORS_OWN):
            assert told != unit, unit


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        ("child-year", "barneår"),
        ("NOK per child-year (2024 prices)", "kr per barneår (2024-priser)"),
        ("bicycle a year", "bicycle i året"),
        ("real growth a year", "realvekst per år"),
    ],
)
def test_units_as_people_say_them(unit: str, told: str) -> None:
    assert unit_phrase(Texts("nb"), unit, "kr") == told
