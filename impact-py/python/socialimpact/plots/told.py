"""What stands around the pictures of a model: titles, names, units and marks, in the reader's language.

One rule: a picture says whose figure it shows, and marks what was invented.
"""

from collections.abc import Iterable, Sequence

from socialimpact.plots.style import LONGEST_HEAD
from socialimpact.types import Language
from socialimpact.wording.tables import DAGGER
from socialimpact.wording.texts import Texts, sentence_case, shown
from socialimpact.wording.units import unit_phrase
from socialimpact.wording.words import FRACTIONS, Words

_UNSAID = ("as the document writes it",)


def figure_title(words: Words, measure: str, holder: str, marks: Iterable[str], outcome: str | None = None) -> str:
    """Give the title of a figure: the measure, whose it is, and its marks."""
    of = f" ({words.outcome(outcome)})" if outcome else ""
    head = f"{words.texts(f'measure.{measure}')}{of}: {words.holder_in(holder)}"
    return marked_title(words.texts, head, marks)


def marked_title(texts: Texts, head: str, marks: Iterable[str]) -> str:
    """Give a title with its marks behind it: a long head is cut, and never a mark."""
    marked = "".join(f", {texts(f'mark.{mark}')}" for mark in marks)
    return shown(sentence_case(head), LONGEST_HEAD - len(marked)) + marked


def notes(texts: Texts, parts: Sequence[str], names: Iterable[str] = ()) -> list[str]:
    """Give what stands below the title; what a dagger means, where a name has one."""
    return [*parts, *([texts("mark.dagger").rstrip(".")] if any(name.endswith(DAGGER) for name in names) else [])]


def named(name: str, *, is_invented: bool) -> str:
    """Give a name with the dagger of what was invented."""
    return name + DAGGER if is_invented else name


def axis(words: Words, address: str) -> tuple[str, str | None]:
    """Give the name of a number with its dagger, and its unit for an axis."""
    row = words.assumption(address)
    if row is None or row["address"] != address:
        return words.address(address), None
    return named(words.number_name(row), is_invented=row["illustrative"]), axis_unit(words.texts, row["unit"] or "")


def axis_unit(texts: Texts, unit: str) -> str | None:
    """Give the unit of a number for an axis; ``"share"`` for what is shown as a percentage."""
    if unit in FRACTIONS:
        return "share"
    return None if not unit or unit in _UNSAID else unit_phrase(texts, unit, texts("number.krone"))


def figure_unit(lang: Language, unit: str) -> tuple[str | None, str]:
    """Give what a figure is counted in, as the core writes it, for an axis; and its price level."""
    texts = Texts(lang)
    if unit in FRACTIONS:
        return "share", ""
    if unit.startswith("ratio"):
        return None, ""
    counted, _, level = unit_phrase(texts, unit, texts("number.krone")).partition(" (")
    return counted, level.removesuffix(")")
