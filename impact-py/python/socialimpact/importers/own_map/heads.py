"""Heads of a value map: which column holds what, by the words above it, in English and Norwegian.

Source of the words: SROI Network, The Value Map, training sheet as copied at issuu (column heads), and the glossary.
"""

import re
from dataclasses import dataclass, field

from socialimpact.importers.faults import short
from socialimpact.importers.own_map.cells import Box, Sheet
from socialimpact.importers.own_map.refusals import Refusals

FIRST_ROWS = 30
"""Among how many rows the heads are looked for."""
_FEWEST = 4
"""How many columns must be known for a row to be one of heads."""
_MOST_BESIDE = 3
"""How many rows of heads there are above and below the one that says most."""

_IMPACT = (
    r"^impact|^effekt|(?:total|annual|net) impact|virkningsverdi|nettovirkning|nettoeffekt"
    r"|(?:samlet|sum|årlig|netto) (?:virkning|effekt)"
)
_WORDS: tuple[tuple[str, str], ...] = (
    ("sample", r"sample|utvalg"),
    ("stakeholder", r"stakeholder|interessent|aktør|berørt|målgruppe"),
    ("changes", r"intended|tilsikte"),
    ("year", r"^(?:year|år)\s*\d|^20\d\d$"),
    ("present_value", r"total present value|sum nåverdi|samlet nåverdi|^nåverdi|^present value"),
    ("ratio", r"\bsroi\b|social return|sosial avkastning"),
    ("deadweight", r"dead\s?-?weight|dødvekt|(?:skjedd|skje|inntruffet) uansett"),
    ("displacement", r"displacement|fortrengning"),
    ("attribution", r"attribution|andres (?:bidrag|andel)|attribusjon|tilskriv(?:n)?ing|skyldes andre"),
    ("drop_off", r"drop\s?-?off|avtakende|avtagende|bortfall|frafall"),
    ("start", r"outcomes? starts?|virkningen? (?:starter|begynner)|^start"),
    ("duration", r"duration|varighet|^antall år"),
    ("quantity", r"quantity|^antall|^mengde|^omfang"),
    ("proxy", r"proxy|proksy"),
    ("indicator", r"indicator|indikator"),
    ("impact", _IMPACT),
    ("outputs", r"^outputs?|^resultat|^leveranse"),
    ("source", r"source|kilde"),
    ("description", r"description|beskrivelse"),
    ("value", r"value|verdi|kostnad|enhetspris"),
    ("inputs", r"^inputs?\b|^innsats"),
    ("outcomes", r"outcomes?|virkning"),
)
"""What a head says; of several words the first in it counts, and here those that name one thing come first."""
_IN_GROUP: dict[str, dict[str, str]] = {
    "description": {"inputs": "input", "outcomes": "outcome", "proxy": "proxy"},
    "value": {"inputs": "input_value", "outcomes": "value", "proxy": "value"},
    "source": {"inputs": "input_source", "outcomes": "source", "proxy": "proxy_source"},
}
"""What a head that may stand in several groups of columns says in each."""
_ALONE = {"inputs": "input", "outcomes": "outcome"}
_GROUPS = ("inputs", "outcomes", "proxy")
_MAY_REPEAT = ("source", "proxy_source", "input_source", "sample", "input", "outcome", "indicator", "changes", "impact")
"""What the model needs no more than one of: the first is taken, and each further one is told."""
NO_PLACE = ("sample", "outputs")
"""What a column may hold that the model has no place for."""
NEEDED = ("stakeholder", "outcome", "quantity", "value")
"""Columns without which there is no map."""


@dataclass
class Heads:
    """Where the heads of a sheet stand, and the column of each."""

    first: int
    at: int
    """The row that says most; above it are groups of columns, below it questions."""
    last: int
    columns: dict[str, int] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    """The words of each column's head."""
    years: dict[int, int] = field(default_factory=dict)
    """The column of each numbered year."""
    unread: dict[int, tuple[Box, str, str]] = field(default_factory=dict)
    """Columns that are not read: the head, why, and where the one is that is read in its place."""


def word_of(text: str) -> str | None:
    """Give what a head says; None where it says nothing that is known."""
    low = text.lower()
    found = [(match.start(), number) for number, (_, words) in enumerate(_WORDS) if (match := re.search(words, low))]
    return _WORDS[min(found)[1]][0] if found else None


def find_heads(sheet: Sheet) -> Heads | None:
    """Give the heads of a sheet; None where it has none of a value map."""
    known = {row: sum(word_of(box.text) is not None for _, box in _own(sheet, row)) for row in _rows(sheet)}
    best = max(known, key=lambda row: (known[row], -row), default=0)
    if known.get(best, 0) < _FEWEST:
        return None
    first, last = best, best
    while first > 1 and best - first < _MOST_BESIDE and _is_of_heads(sheet, first - 1, known.get(first - 1, 0)):
        first -= 1
    while last - best < _MOST_BESIDE and _asks(sheet, last + 1):
        last += 1
    return Heads(first, best, last)


def name_columns(sheet: Sheet, heads: Heads, faults: Refusals) -> None:
    """Find what each column holds; say which are missing, which stand twice, and which nothing is known of."""
    group = "outcomes"
    rows = [*range(heads.at, heads.first - 1, -1), *range(heads.at + 1, heads.last + 1)]
    named: list[tuple[int, str, Box, Box]] = []
    for column in range(1, sheet.columns + 1):
        boxes = [box for row in rows if (box := sheet.box(row, column)) is not None]
        words = [(word, box) for box in boxes if (word := word_of(box.text)) is not None]
        group = next((word for word, box in words if box.is_first and word in _GROUPS), group)
        if words:
            word, box = words[0]
            role = _IN_GROUP[word][group] if word in _IN_GROUP else _ALONE.get(word, word)
            named.append((column, role, box, boxes[0]))
        elif boxes:
            heads.unread[column] = boxes[0], "unknown_head", ""
    for column, role, box, own in sorted(named, key=lambda each: each[2] is not each[3]):  # a column's own head first
        _name(sheet, heads, (column, role, box, own), faults)
    for role in (role for role in NEEDED if role not in heads.columns):
        found = _found(heads)
        faults.refuse(
            f"{sheet.name}!A{heads.first}", "missing_head" if found else "missing_heads", role=role, found=found
        )


def _name(sheet: Sheet, heads: Heads, named: tuple[int, str, Box, Box], faults: Refusals) -> None:
    """Take a column for what it holds, or say that another has it already."""
    column, role, box, own = named
    if role == "year":
        number = _number_in(box.text)
        first = heads.years.setdefault(number, column)
        if first != column:
            heads.unread[column] = own, "repeated", _place(sheet, heads, first)
    elif role not in heads.columns:
        heads.columns[role], heads.places[role], heads.words[role] = column, box.place, box.text
    elif box is not own:  # only its group or its question is known
        heads.unread[column] = own, "unknown_head", ""
    elif role in _MAY_REPEAT:
        heads.unread[column] = own, "repeated", heads.places[role]
    else:
        faults.refuse(f"{sheet.name}!{box.place}", "second_head", role=role, of=heads.places[role])


def _place(sheet: Sheet, heads: Heads, column: int) -> str:
    box = sheet.box(heads.at, column)
    return "" if box is None else box.place


def _number_in(text: str) -> int:
    """Give the first number of the head of a year, which has one."""
    return int(next(iter(re.findall(r"\d+", text))))


def _rows(sheet: Sheet) -> range:
    return range(1, min(FIRST_ROWS, sheet.rows) + 1)


def _own(sheet: Sheet, row: int) -> list[tuple[int, Box]]:
    return [(column, box) for column, box in sheet.row(row) if box.is_first and box.is_text]


def _is_of_heads(sheet: Sheet, row: int, known: int) -> bool:
    """Tell whether a row above the heads names groups of them."""
    return known > 0 and all(box.is_text for _, box in sheet.row(row))


def _asks(sheet: Sheet, row: int) -> bool:
    """Tell whether a row below the heads asks what stands under them."""
    boxes = _own(sheet, row)
    asked = sum("?" in box.text or "(" in box.text for _, box in boxes)
    return (
        bool(boxes) and asked * 2 >= len(boxes) and len(boxes) == len([1 for _, box in sheet.row(row) if box.is_first])
    )


def _found(heads: Heads) -> str:
    return short(", ".join(f"`{short(heads.words[role])}` ({place})" for role, place in heads.places.items()), 300)
