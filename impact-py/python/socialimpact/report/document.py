"""A report before it has a form: what stands in it, in which order, in which words.

One rule: what is told is decided here once; a page and a PDF file lay out the same parts and compute nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from socialimpact.report.chance_chart import Chances
from socialimpact.report.chart import Chart
from socialimpact.report.pair_chart import Pairs
from socialimpact.report.waterfall_chart import Bars
from socialimpact.types import Language
from socialimpact.wording.answers import Answer
from socialimpact.wording.grid import Grid

Drawing: TypeAlias = Chart | Bars | Chances | Pairs
"""A chart with everything in its place."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or several."""

    text: str
    kind: str = ""
    """`after` for what follows from answers; otherwise nothing."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of what follows, one level below that of a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """Lines below each other; `notes` are set small."""

    lines: Sequence[str]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table, or what is said where it has no rows."""

    grid: Grid
    name: str
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """One chart, drawn wide and narrow; told in words beside what it shows."""

    name: str
    kind: str
    """`lines`, `fall`, `chances` or `pairs`."""
    title: str
    words: str
    drawings: Sequence[Drawing]
    caption: str = ""
    marks: Sequence[str] = ()
    key: Sequence[tuple[str, str]] = ()
    """What each kind of bar is, where the chart does not say it."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A figure, what is said of it, and the figures it is made of."""

    line: str
    exact: Decimal | None
    marks: Sequence[str]
    said: Sequence[str]
    parts: Sequence["Branch"]


@dataclass(frozen=True, slots=True)
class Folded:
    """What a page shows when it is asked for: tables, or a figure taken apart."""

    summary: str
    parts: Sequence["Table | Branch"]


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to the questions of a document, side by side."""

    answers: Sequence[Answer]


Part: TypeAlias = Paragraph | Heading | Items | Table | Picture | Folded | Answers
"""Anything that stands in a section."""


@dataclass(frozen=True, slots=True)
class Section:
    """Parts under one head; those of the table of contents are `listed`."""

    name: str
    title: str
    parts: Sequence[Part]
    listed: bool = False
    kind: str = ""
    """`banner` for what a reader must not miss."""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report."""

    language: Language
    title: str
    """What a window or a file is called."""
    kicker: str
    name: str
    sections: Sequence[Section]
    footer: Sequence[str]
    marks: Sequence[str] = ()
    description: str = ""
    facts: Sequence[str] = ()
    skip: str = ""
    """What leads past the head of the page."""
    contents: str = field(default="")
    """What the table of contents is called."""

    @property
    def tables(self) -> Iterator[Table]:
        """All tables with rows, those in folds too, in the order in which they stand."""
        for section in self.sections:
            for part in section.parts:
                parts = part.parts if isinstance(part, Folded) else [part]
                yield from (found for found in parts if isinstance(found, Table) and found.grid.rows)


def has_content(part: Part) -> bool:
    """Tell whether a part has anything to show."""
    if isinstance(part, Table):
        return bool(part.grid.rows or part.nothing)
    if isinstance(part, Picture):
        return bool(part.drawings)
    if isinstance(part, Items):
        return bool(part.lines)
    return bool(part.answers) if isinstance(part, Answers) else True


def section(name: str, title: str, *parts: Part, listed: bool = False, kind: str = "") -> Section:
    """Give a section with those of its parts that have anything to show."""
    return Section(name, title, [part for part in parts if has_content(part)], listed, kind)
