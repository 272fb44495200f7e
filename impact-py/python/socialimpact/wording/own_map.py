"""A practitioner's own value map in words: what was taken for granted, what was left, and what differs, and why."""

from typing import TYPE_CHECKING

from socialimpact.importers.faults import short
from socialimpact.types import Language
from socialimpact.wording.numbers import Numbers
from socialimpact.wording.texts import Texts, shown
from socialimpact.wording.units import unit_in_words

if TYPE_CHECKING:
    from socialimpact.importers.own_map import OwnValueMap
    from socialimpact.importers.own_map.comparing import Compared
    from socialimpact.importers.own_map.lines import Told

_DIGITS = 2
_WORDS = {
    "timing": "own_map_word",
    "share": "own_map_word",
    "who": "own_map_word",
    "kind": "value_map_kind",
    "missing": "own_map_role",
}
"""Where the words of what is told stand."""


def told_of(read: "OwnValueMap", language: Language) -> list[str]:
    """Give lines that tell what was read."""
    texts = Texts(language)
    lines = [texts("own_map.title", name=shown(read.model.name.in_language(language)))]
    for head, told in (("assumed", read.assumed), ("left", read.left)):
        if told:
            lines += ["", texts(f"own_map.{head}"), *(f"  {line(each, texts)}" for each in told)]
    differences = read.differences
    same = len(read.compared) - len(differences)
    if read.compared:
        lines += ["", _compared(texts, same, len(read.compared))]
    return lines + [f"  {difference(each, read, texts)}" for each in differences]


def _compared(texts: Texts, same: int, every: int) -> str:
    """Say how many figures of the sheet are the library's."""
    if every == 1:
        return texts("own_map.compared_one" if same else "own_map.compared_other")
    return texts("own_map.compared", same=same, all=every)


def line(told: "Told", texts: Texts) -> str:
    """Give a line on a cell."""
    values = {key: shown(value) for key, value in told.values.items()}
    for key, words in _WORDS.items():
        if key in values:
            values[key] = texts(f"{words}.{values[key]}")
    if "unit" in values:
        values["unit"] = unit_in_words(texts, told.values["unit"], many=False)
    return f"{shown(told.place)}: {texts(f'own_map_told.{told.key}', **values)}"


def difference(of: "Compared", read: "OwnValueMap", texts: Texts) -> str:
    """Give a line on a figure that is another than the library's, with its cell and why."""
    numbers = Numbers(texts.language, read.model.currency, _DIGITS)
    what = texts(f"own_map_what.{of.what}", year=of.year) if of.year is not None else texts(f"own_map_what.{of.what}")
    of_row = f" ({short(shown(of.row))})" if of.row else ""
    theirs, ours = (numbers.fixed(value, _DIGITS) for value in (of.theirs, of.ours))
    why = either(of.readings, texts)
    return f"{shown(of.place)}: {texts('own_map.differs', what=what + of_row, theirs=theirs, ours=ours, why=why)}"


def either(readings: tuple[tuple[str, ...], ...], texts: Texts) -> str:
    """Give the readings that explain a figure, or say that none is known."""
    told = [texts("own_map.and_").join(texts(f"own_map_reading.{each}") for each in read) for read in readings]
    return texts("own_map.or_").join(told) if told else texts("own_map.unexplained")
