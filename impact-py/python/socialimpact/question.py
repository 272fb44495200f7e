"""The break-even questions that a document asks of itself."""

from dataclasses import dataclass
from decimal import Decimal

from socialimpact.types import Measure


@dataclass(frozen=True, slots=True)
class Question:
    """A question: which value of an assumption brings a measure to its target.

    Attributes
    ----------
    id : str
        The id in the document.
    break_even : str
        The address of the assumption to be varied.
    measure : Measure
        The measure.
    holder : str
        Whose: ``"society"``, ``"public"`` or the id of a holder.
    outcome : str or None
        Of which outcome, for cost per outcome.
    target : Decimal
        The value the measure must meet.

    Examples
    --------
    >>> import socialimpact as si
    >>> (question, *_) = si.read("fixtures/models/sandefjord.toml").questions
    >>> question.id, question.break_even
    ('municipality-alone', 'outcomes.off-assistance.quantity')
    """

    id: str
    break_even: str
    measure: Measure
    holder: str
    outcome: str | None
    target: Decimal
