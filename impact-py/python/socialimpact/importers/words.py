"""What the words of British and Norwegian unit-cost tables mean here: units, payers, grades.

A unit is ours where its words say exactly what is counted and over which period. Where they do not (``Per week``: of
what?), the words are kept, and a model that uses the entry must state a conversion.
"""

import re
from dataclasses import dataclass

_PERIODS = {"day": "day", "week": "week", "month": "month", "year": "year", "annum": "year"}
_UNSAID = {"day", "week", "month", "year", "annum", "hour", "half hour", "night", "fte"}
_PER_OVER = re.compile(r"per (?P<thing>[a-z][a-z -]*?)(?: per (?P<period>day|week|month|year|annum))?")
_BED_DAY = "per bed day"


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit, and whether the words say all of it."""

    unit: str
    exact: bool


def unit(words: str) -> KnownUnit:
    """Give the unit that the words of a table say, such as ``Per person per year``."""
    text = " ".join(words.lower().split())
    if text == _BED_DAY:
        return KnownUnit("bed-day", exact=True)
    found = _PER_OVER.fullmatch(text)
    if found and (thing := found["thing"].strip()) not in _UNSAID and not re.search(r"\b(over|for|a|per)\b", thing):
        period = found["period"]
        return KnownUnit(slug(thing) + (f"-{_PERIODS[period]}" if period else ""), exact=True)
    if text.removeprefix("per ") in _PERIODS:
        return KnownUnit(f"unstated-{_PERIODS[text.removeprefix('per ')]}", exact=False)
    return KnownUnit(slug(text.removeprefix("per "))[:60].strip("-") or "unstated", exact=False)


def slug(text: str) -> str:
    """Give a text as an id: small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


_HEALTH = (
    "nhs",
    "gp",
    "acute trust / hospital",
    "clinical commissioning group",
    "community health provider",
    "mental health trust",
    "primary care trust / clinical commissioning group",
)
_STATE = (
    "benefits",
    "cafcass",
    "court",
    "courts",
    "criminal justice system",
    "department for education",
    "dwp",
    "hm revenue and customs",
    "hm treasury",
    "jcp",
    "legal aid",
    "ministry of justice",
    "prison",
    "prison / young offenders institute",
    "probation",
    "young offenders institute",
)
_MUNICIPALITY = (
    "adult services",
    "children's services",
    "environmental services",
    "housing services",
    "local authority",
    "social services",
)
_AGENCIES = {
    **dict.fromkeys(_HEALTH, "health-trust"),
    **dict.fromkeys(_STATE, "state"),
    **dict.fromkeys(_MUNICIPALITY, "municipality"),
    "police": "police",
    "society / economic": "society",
}


def payers(agencies: list[str]) -> list[str]:
    """Give who the agencies of the workbook are; ``other`` for one that none of our payers is, such as ``Multiple``."""
    named = [" ".join(agency.lower().split()) for agency in agencies]
    known = [_AGENCIES.get(agency, "other") for agency in named if agency not in ("", "-")]
    return list(dict.fromkeys(known)) or ["other"]


PAYER_WORDS = {
    **{word: word for word in ("state", "municipality", "county", "police", "funder", "person", "society", "other")},
    **dict.fromkeys(("health-trust", "health trust", "helseforetak", "helseforetaket"), "health-trust"),
    **dict.fromkeys(("stat", "staten"), "state"),
    **dict.fromkeys(("kommune", "kommunen"), "municipality"),
    **dict.fromkeys(("fylke", "fylket", "fylkeskommune", "fylkeskommunen"), "county"),
    **dict.fromkeys(("politi", "politiet"), "police"),
    **dict.fromkeys(("finansiør", "finansiøren"), "funder"),
    **dict.fromkeys(("personen", "deltaker", "deltakeren"), "person"),
    **dict.fromkeys(("samfunn", "samfunnet"), "society"),
    **dict.fromkeys(("annen", "andre"), "other"),
}
"""Who pays, in the words of a user's own table."""

TRUE_WORDS = {"yes", "true", "1", "x", "ja", "sann"}
FALSE_WORDS = {"", "no", "false", "0", "nei", "usann"}
CASHABLE_WORDS = {"yes": "yes", "no": "no", "unknown": "unknown", "ja": "yes", "nei": "no", "ukjent": "unknown"}
