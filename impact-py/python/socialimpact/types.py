"""The words that options accept, as types for editors and type checkers."""

from typing import Literal, TypeAlias

Measure: TypeAlias = Literal[
    "npv",
    "present_value_outcomes",
    "present_value_inputs",
    "sroi_ratio",
    "sroi_net_ratio",
    "bcr",
    "cashable_saving",
    "payback",
    "discounted_payback",
    "irr",
    "equivalent_annual_value",
    "cost_per_outcome",
    "gain_per_unit",
    "mvpf",
    "willingness_to_pay",
    "net_public_cost",
    "cba_ratio",
    "net_benefit_per_budget_krone",
    "fiscal_payback",
    "discounted_fiscal_payback",
    "fiscal_return",
    "weighted_npv",
]
"""A figure that can be asked of a model."""

CountedIn: TypeAlias = Literal["present-value", "real", "nominal"]
"""What amounts of a year are counted in: present values, krone of the price year, or money of each year."""
PriceLevel: TypeAlias = Literal["real", "nominal"]
"""In krone of the price year, or of each year."""

Language: TypeAlias = Literal["en", "nb"]
"""English or Norwegian bokmål."""

BreakEvenStatus: TypeAlias = Literal["unique", "several", "none", "everywhere"]
"""How many values bring a measure to its target."""

ReturnStatus: TypeAlias = Literal["unique", "several", "none"]
"""How many internal rates of return there are."""

DayCount: TypeAlias = Literal["act/365", "act/360", "act/365.25", "act/act-isda", "30/360", "30e/360"]
"""How the days between two dates become years."""

Points: TypeAlias = Literal["random", "latin", "sobol"]
"""How draws cover what may happen: independently, as a Latin hypercube, or as scrambled Sobol' points."""

Situation: TypeAlias = Literal[
    "as-believed",
    "expected-effect",
    "nothing-works-baseline-right",
    "nothing-works-drifting",
    "nothing-works",
]
"""What is supposed to be the case where a contract is asked what it pays."""

RateOf: TypeAlias = Literal["expected", "median"]
"""Which rate of return over many draws: of the expected flows, or the median, all lost counting as -100 %."""

Timing: TypeAlias = Literal["start", "middle", "end"]
"""When in its year or period a flow falls."""
