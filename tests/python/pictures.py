"""Every kind of picture the library draws, by name: each is drawn in both languages and looked over.

The models are those of the fixtures; a contract's numbers are illustrative, as it says itself.
"""

from collections.abc import Callable
from functools import cache

from matplotlib.axes import Axes

import socialimpact as si
from models import sandefjord
from paid_work import EFFECT, PRICE, certain

PEOPLE, MONTHS = "outcomes.off-assistance.quantity", "assumptions.months-per-recipient"
TOWN = "municipality"
CLAIM = {"metric": "started", "date": "2025-12-31", "cohort": "2025"}


@cache
def small() -> si.Model:
    """Give Sandefjord as the tests have it."""
    return sandefjord()


@cache
def larvik() -> si.Model:
    """Give Larvik, with several municipalities that pay."""
    return si.read("fixtures/models/larvik.toml")


@cache
def drawn() -> si.Simulated:
    """Give draws of Sandefjord."""
    return small().simulate(draws=2_000, seed=3)


@cache
def risk() -> si.ContractRisk:
    """Give what Larvik's contract would pay for nothing."""
    return si.read_contract("fixtures/contracts/larvik-for-nothing.toml").risk(draws=2_000, seed=7)


def flows(lang: si.Language) -> Axes:
    """Draw the cash flows of a settled contract."""
    contract = certain().contract
    assert contract is not None
    statement = contract.settle([{**CLAIM, "person": f"person-{number}"} for number in range(50)])
    return contract.cash_flows(statement).plot(lang=lang)


def frontier(lang: si.Language) -> Axes:
    """Draw the prices of both sides of a contract."""
    along = {EFFECT: [0.1, 0.2, 0.3, 0.4]}
    found = certain().frontier(
        PRICE, along, draws=10, seed=1, payer="state", investor="fund", rate=0.08, low=0, high=600_000
    )
    return found.plot(lang=lang)


def curve(lang: si.Language) -> Axes:
    """Draw where a municipality breaks even."""
    found = small().break_even_curve(MONTHS, (4, 9), PEOPLE, holder=TOWN, steps=6, low=0, high=10)
    return found.plot(lang=lang)


def conventions(lang: si.Language) -> Axes:
    """Draw what makes the difference to a model of the same name."""
    return si.compare([small(), small().with_({PEOPLE: 6})]).plot(lang=lang)


def study(lang: si.Language) -> Axes:
    """Draw what a study is worth against its size."""
    found = drawn().evsi(PEOPLE, {"count": [10, 50, 100]})
    assert isinstance(found, si.PlotTable)
    return found.plot(lang=lang)


PICTURES: dict[str, Callable[[si.Language], Axes]] = {
    "a distribution": lambda lang: si.Distribution.beta(mean=0.35, sd=0.1).plot(lang=lang),
    "a count": lambda lang: si.Distribution.poisson(3.5).plot(lang=lang),
    "a comparison": conventions,
    "a contract's risk": lambda lang: risk().plot(lang=lang),
    "payment beside saving": lambda lang: certain().saving_risk(20, 7).plot(lang=lang),
    "a frontier": frontier,
    "cash flows": flows,
    "a tornado": lambda lang: small().tornado("npv", holder=TOWN).plot(lang=lang),
    "a break-even curve": curve,
    "two numbers at once": lambda lang: small().two_way((PEOPLE, (4, 16)), (MONTHS, (3, 12)), steps=5).plot(lang=lang),
    "many cells": lambda lang: small().two_way((PEOPLE, (4, 16)), (MONTHS, (3, 12)), steps=20).plot(lang=lang),
    "a budget": lambda lang: small().appraise().budget(TOWN).plot(lang=lang),
    "a budget of all": lambda lang: larvik().appraise().budget("public").plot(lang=lang),
    "a waterfall": lambda lang: small().appraise().waterfall().plot(lang=lang),
    "a waterfall below zero": lambda lang: larvik().appraise().waterfall().plot(lang=lang),
    "who pays and who gains": lambda lang: larvik().appraise().plot_wrong_pocket(lang=lang),
    "a grid over one number": lambda lang: small().grid({PEOPLE: [4, 8, 12]}, draws=200, seed=1).plot(lang=lang),
    "a grid": lambda lang: small().grid({PEOPLE: [4, 8, 12], MONTHS: [3, 6]}, draws=200, seed=1).plot(lang=lang),
    "influence": lambda lang: drawn().sobol().plot(lang=lang),
    "total influence": lambda lang: drawn().sobol(total=True).plot(lang=lang),
    "the best option": lambda lang: drawn().evpi().plot(lang=lang),
    "worth of knowing": lambda lang: drawn().evppi().plot(lang=lang),
    "worth of a study": study,
    "acceptability": lambda lang: drawn().acceptability().plot(lang=lang),
    "a simulated figure": lambda lang: drawn().measure("npv", holder=TOWN).plot(lang=lang),
    "a simulated ratio": lambda lang: drawn().measure("sroi_ratio").plot(lang=lang),
}
