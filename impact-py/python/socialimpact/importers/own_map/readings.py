"""What a sheet may have meant: other readings of its shares, years and discounting, each tried on its own figures.

One rule: a reading is named where it comes to the sheet's figure; of several as simple as each other all are named.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from itertools import combinations

from socialimpact.importers.own_map.numbers import last_digit

Numbers = Mapping[str, Decimal]
_MOST_TOGETHER = 2
"""How many other readings are tried together."""


def is_as(theirs: Decimal, ours: Decimal) -> bool:
    """Tell whether a figure is another one, rounded as it is written."""
    return abs(theirs - ours) <= last_digit(theirs)


def first_year(numbers: Numbers, readings: Iterable[str]) -> Decimal:
    """Give what a row comes to in its first year, under some readings."""
    read = set(readings)
    share = {role: numbers.get(role, Decimal(0)) for role in ("deadweight", "displacement", "attribution", "drop_off")}
    for role in ("deadweight", "displacement", "attribution"):
        if f"no_{role}" in read:
            share[role] = Decimal(0)
    own = share["attribution"] if "own_attribution" in read else 1 - share["attribution"]
    if "additive" in read:
        left = own - share["deadweight"] - share["displacement"]
    else:
        left = own * (1 - share["deadweight"]) * (1 - share["displacement"])
    amount = numbers["quantity"] * numbers["value"] * left
    if "times_duration" in read:
        amount *= numbers.get("duration", Decimal(1))
    return amount * (1 - share["drop_off"]) if "drop_off_first" in read else amount


_OF_IMPACT = (
    *("own_attribution", "additive", "no_attribution", "no_deadweight", "no_displacement"),
    *("drop_off_first", "times_duration"),
)
_OPPOSED = ({"own_attribution", "no_attribution"},)


def of_impact(theirs: Decimal, numbers: Numbers) -> list[tuple[str, ...]]:
    """Give the readings under which a row comes to what the sheet says."""
    return _simplest(
        _OF_IMPACT, lambda read: is_as(theirs, first_year(numbers, read)), first_year(numbers, ()), numbers
    )


def _simplest(
    known: Iterable[str], holds: Callable[[tuple[str, ...]], bool], ours: Decimal, numbers: Numbers
) -> list[tuple[str, ...]]:
    """Give the smallest sets of readings that hold; those that change nothing of a row are not tried."""
    telling = [reading for reading in known if first_year(numbers, (reading,)) != ours]
    for size in range(1, _MOST_TOGETHER + 1):
        found = [
            read
            for read in combinations(telling, size)
            if not any(opposed <= set(read) for opposed in _OPPOSED) and holds(read)
        ]
        if found:
            return found
    return []


def of_year(theirs: Decimal, base: Decimal, numbers: Numbers, age: int) -> list[tuple[str, ...]]:
    """Give how an amount may fade to what the sheet says of a later year."""
    drop = numbers.get("drop_off", Decimal(0))
    tries = {
        "from_impact": base * (1 - drop) ** age if age >= 0 else Decimal(0),
        "drop_off_first": base * (1 - drop) ** (age + 1) if age >= 0 else Decimal(0),
        "drop_off_linear": base * max(1 - drop * age, Decimal(0)),
        "drop_off_once": base * (1 - drop),
        "no_drop_off": base,
        "a_year_earlier": base * (1 - drop) ** (age + 1) if age >= -1 else Decimal(0),
        "a_year_later": base * (1 - drop) ** (age - 1) if age > 0 else Decimal(0),
        "no_more": Decimal(0),
    }
    return [(reading,) for reading, value in tries.items() if is_as(theirs, value)]


def discounted(years: Mapping[int, Decimal], rate: Decimal, first: Decimal) -> Decimal:
    """Give what the amounts of some years are worth, the first discounted over so much of a year."""
    start = min(years, default=0)
    return sum((amount / (1 + rate) ** (first + year - start) for year, amount in years.items()), Decimal(0))


_FIRST: Mapping[str, Decimal] = {
    "timing_start": Decimal(0),
    "timing_middle": Decimal("0.5"),
    "timing_end": Decimal(1),
}


def of_total(theirs: Decimal, years: Mapping[int, Decimal], rate: Decimal) -> list[tuple[str, ...]]:
    """Give the discounting under which the sheet's years come to its total."""
    if not years:
        return []
    tries = {reading: discounted(years, rate, first) for reading, first in _FIRST.items()}
    tries["undiscounted"] = sum(years.values(), Decimal(0))
    return [(reading,) for reading, value in tries.items() if is_as(theirs, value)]
