"""Social impact measurement: interventions, outcomes, public savings and impact contracts in one exact model."""

from socialimpact._core import (
    Appraisal,
    BreakEven,
    Budget,
    Explanation,
    Figure,
    Model,
    Table,
    __version__,
    address_parts,
    catalogue,
    checks,
    conventions,
    indices,
)
from socialimpact.errors import ImpactError, Problem
from socialimpact.label import Label
from socialimpact.question import Question
from socialimpact.reading import read
from socialimpact.types import BreakEvenStatus, Language, Measure, PriceLevel

__all__ = [
    "Appraisal",
    "BreakEven",
    "BreakEvenStatus",
    "Budget",
    "Explanation",
    "Figure",
    "ImpactError",
    "Label",
    "Language",
    "Measure",
    "Model",
    "PriceLevel",
    "Problem",
    "Question",
    "Table",
    "__version__",
    "address_parts",
    "catalogue",
    "checks",
    "conventions",
    "indices",
    "read",
]
