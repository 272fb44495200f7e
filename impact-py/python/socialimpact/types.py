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
    "cost_per_outcome",
]
"""A figure that can be asked of a model."""

PriceLevel: TypeAlias = Literal["real", "nominal"]
"""In krone of the price year, or of each year."""

Language: TypeAlias = Literal["en", "nb"]
"""English or Norwegian bokmål."""

BreakEvenStatus: TypeAlias = Literal["unique", "several", "none", "everywhere"]
"""How many values bring a measure to its target."""
