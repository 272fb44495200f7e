"""The map in numpy, vectorised over draws: what the scripts with numpy share."""

import numpy as np
from the_map import Map, Outcome, Pert

Draws = np.ndarray[tuple[int], np.dtype[np.float64]]


def pert(shape: Pert, draw: np.random.Generator, size: int) -> Draws:
    return shape.low + shape.width * draw.beta(shape.a, shape.b, size)


def present_years(drop_off: Draws, years: int, rate: float) -> Draws:
    """Sum up what is left of a unit in each year, discounted, from the last year to the first."""
    left = (1 - drop_off) / (1 + rate)
    total = np.ones_like(left)
    for _ in range(years - 1):
        total *= left
        total += 1
    return total


def columns(of: Outcome, draw: np.random.Generator, size: int) -> dict[str, Draws]:
    """Draw the uncertain numbers of an outcome, by their places in the document."""
    return {
        "quantity": pert(of.quantity, draw, size),
        "deadweight": draw.beta(of.deadweight.a, of.deadweight.b, size),
        "attribution.others": draw.beta(of.others.a, of.others.b, size),
        "drop_off": draw.beta(of.drop_off.a, of.drop_off.b, size),
        "values.value.value": draw.lognormal(of.value.mu, of.value.sigma, size),
    }


def worth(drawn: dict[str, Draws], years: int, rate: float) -> Draws:
    """Give the present value of an outcome."""
    units = drawn["quantity"] * (1 - drawn["deadweight"]) * (1 - drawn["attribution.others"])
    return units * drawn["values.value.value"] * present_years(drawn["drop_off"], years, rate)


def benefits(model: Map, draw: np.random.Generator, size: int) -> Draws:
    total = np.zeros(size)
    for of in model.outcomes:
        total += worth(columns(of, draw, size), model.years, model.rate)
    return total
