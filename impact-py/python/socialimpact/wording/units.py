"""Units in words: `person-year` as people say it, and the units of money the core writes in English."""

import re

from socialimpact.wording.texts import LONGEST_NAME, Texts, shown

_MONEY = re.compile(r"^(?P<currency>[A-Z]{3})(?P<yearly> a year)?(?: per (?P<unit>\S+))?(?: \((?P<level>[^()]*)\))?$")
_YEARLY = " a year"
_PERIODS = ("day", "week", "month", "year")


def unit_in_words(texts: Texts, unit: str, *, many: bool = True) -> str:
    """Give the unit of an outcome or a price, such as `person-year`; a thing of the author's own keeps its word."""
    if texts.has(f"unit.{unit}") and unit not in _PERIODS:
        return texts.pair(f"unit.{unit}")[1 if many else 0]
    thing, _, period = unit.rpartition("-")
    if thing and period in _PERIODS:
        form = period if many else f"one_{period}"
        return texts(f"unit.{form}", thing=shown(thing, LONGEST_NAME))
    return shown(unit, LONGEST_NAME)


def unit_phrase(texts: Texts, unit: str, currency: str, *, many: bool = True) -> str:
    """Give the unit of a number in words; the core names it, such as `share` or `NOK per person-year (2022 prices)`."""
    key = "unit_phrase." + unit.replace(" ", "_")
    if texts.has(key):
        return texts(key)
    money = _MONEY.match(unit)
    if money is None and unit.endswith(_YEARLY):
        return texts("unit_phrase.a_year", money=unit_in_words(texts, unit.removesuffix(_YEARLY), many=many))
    if money is None:
        return unit_in_words(texts, unit, many=many)
    code = money["currency"]
    phrase = currency if code == "NOK" else code
    if money["yearly"]:
        phrase = texts("unit_phrase.a_year", money=phrase)
    if money["unit"]:
        phrase = texts("unit_phrase.per", money=phrase, unit=unit_in_words(texts, money["unit"], many=False))
    levels = [_level(texts, level) for level in (money["level"] or "").split(", ") if level]
    return f"{phrase} ({', '.join(levels)})" if levels else phrase


def is_money(unit: str) -> bool:
    """Tell whether a unit of the core is money."""
    return bool(_MONEY.match(unit))


def _level(texts: Texts, level: str) -> str:
    if prices := re.fullmatch(r"(\d{4}) prices", level):
        return texts("unit_phrase.prices", year=prices[1])
    if present := re.fullmatch(r"present value (\d{4})", level):
        return texts("unit_phrase.present_value", year=present[1])
    return texts("unit_phrase.nominal") if level == "nominal" else level
