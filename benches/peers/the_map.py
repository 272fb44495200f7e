"""The map that peers simulate, read from its document: shapes of its uncertain numbers, and what discounts them.

It reads what the benchmark's model needs and no more: one cost in the first year, and outcomes with one value each that
start in the first year and fall off by a share a year. Anything else in the document is an error, not left out.
"""

import tomllib
from dataclasses import dataclass
from math import log, sqrt
from pathlib import Path
from typing import Any

CONVENTIONS = Path(__file__).parents[2] / "impact-core" / "data" / "conventions"


@dataclass(frozen=True)
class Pert:
    """A beta distribution between two points."""

    low: float
    high: float
    a: float
    b: float

    @property
    def width(self) -> float:
        return self.high - self.low


@dataclass(frozen=True)
class Beta:
    a: float
    b: float


@dataclass(frozen=True)
class Lognormal:
    """Mean and standard deviation of the logarithm, and those of the number."""

    mu: float
    sigma: float
    mean: float
    sd: float


@dataclass(frozen=True)
class Outcome:
    id: str
    quantity: Pert
    deadweight: Beta
    others: Beta
    drop_off: Beta
    value: Lognormal


@dataclass(frozen=True)
class Map:
    cost: Pert
    outcomes: list[Outcome]
    years: int
    rate: float
    """The discount rate of every year; the first year is not discounted."""


def pert(written: dict[str, Any]) -> Pert:
    low, mode, high = (float(point) for point in written["pert"])
    return Pert(low, high, 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low))


def beta(written: dict[str, Any]) -> Beta:
    mean, sd = written["beta"]["mean"], written["beta"]["sd"]
    size = mean * (1 - mean) / sd**2 - 1
    return Beta(mean * size, (1 - mean) * size)


def lognormal(written: dict[str, Any]) -> Lognormal:
    mean, sd = written["lognormal"]["mean"], written["lognormal"]["sd"]
    sigma = sqrt(log(1 + (sd / mean) ** 2))
    return Lognormal(log(mean) - sigma**2 / 2, sigma, mean, sd)


def outcome(written: dict[str, Any], horizon: int) -> Outcome:
    known = {"id", "holder", "unit", "quantity", "duration", "deadweight", "attribution", "drop_off", "values"}
    if set(written) != known or written["duration"] != horizon or len(written["values"]) != 1:
        raise SystemExit(f"{written['id']} is not an outcome these scripts know")
    return Outcome(
        id=written["id"],
        quantity=pert(written["quantity"]),
        deadweight=beta(written["deadweight"]),
        others=beta(written["attribution"]["others"]),
        drop_off=beta(written["drop_off"]),
        value=lognormal(written["values"][0]["value"]),
    )


def read(path: str) -> Map:
    model = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    conventions = tomllib.loads((CONVENTIONS / f"{model['conventions']}.toml").read_text(encoding="utf-8"))
    bands, timing = conventions["discount"]["bands"], conventions["discount"]["timing"]
    if len(bands) != 1 or set(timing.values()) != {"start"} or conventions["combination"]["drop_off"] != "geometric":
        raise SystemExit("these scripts discount from the start of each year at one rate")
    [cost] = model["costs"]
    if cost["year"] != model["start"] or model["start"] != model["price_year"]:
        raise SystemExit("these scripts know a cost of the first year only, in its prices")
    outcomes = [outcome(written, model["horizon"]) for written in model["outcomes"]]
    return Map(pert(cost["amount"]), outcomes, model["horizon"], bands[0]["rate"])
