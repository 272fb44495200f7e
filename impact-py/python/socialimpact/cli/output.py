"""What commands write: sentences, tables and JSON.

One rule: a user's text is shown as text, never as markup and never as an instruction to the terminal.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Literal

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from socialimpact.wording import Cell, Grid

_NARROWEST_TEXT = 12
"""Characters that a column of words keeps when a table is too wide."""
_GAP = 3
"""Characters between two columns."""


def write_json(content: Any) -> None:
    """Write JSON; decimals as text, so that no digit is lost, and dates as text."""
    click.echo(json.dumps(plain(content), ensure_ascii=False, indent=2))


def plain(content: Any) -> Any:
    """Give content as JSON holds it; decimals as text in plain notation, dates as in ISO 8601."""
    if isinstance(content, Decimal):
        return format(content, "f")
    if isinstance(content, date):
        return content.isoformat()
    if isinstance(content, Mapping):
        return {str(key): plain(value) for key, value in content.items()}
    if isinstance(content, (list, tuple)):
        return [plain(value) for value in content]
    return content


class Page:
    """The terminal as a page: headings, paragraphs and tables, in colour only where someone looks."""

    @cached_property
    def _console(self) -> "Console":
        from rich.console import Console

        terminal: type[Console] = type("Terminal", (Console,), {"on_broken_pipe": _leave_to_the_ending})
        return terminal(highlight=False, markup=False, emoji=False)

    def title(self, text: str) -> None:
        """Write the title of the page."""
        self._console.print(self._text(text, "bold"))

    def heading(self, text: str) -> None:
        """Write a heading with a line of room above it."""
        self._console.print()
        self._console.print(self._text(text, "bold"))

    def paragraph(self, text: str, style: str = "") -> None:
        """Write a sentence or several, wrapped to the width."""
        self._console.print(self._text(text, style))

    def indented(self, text: str) -> None:
        """Write a line below its head, further lines hanging under its first word."""
        width = max(self._console.width, 2 + _NARROWEST_TEXT)
        lines = wrap(text, width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
        self._console.print(self._text("\n".join(lines)))

    def unbroken(self, text: str) -> None:
        """Write a line that is never broken, such as one with a web address."""
        self._console.print(self._text(text), soft_wrap=True)

    def gap(self) -> None:
        """Leave a line of room."""
        self._console.print()

    def item(self, text: str, depth: int = 0) -> None:
        """Write a line of a list, further lines hanging under its first word."""
        indent = "  " * depth
        width = max(self._console.width, len(indent) + _NARROWEST_TEXT)
        lines = wrap(text, width, initial_indent=f"{indent}• ", subsequent_indent=f"{indent}  ", break_on_hyphens=False)
        self._console.print(self._text("\n".join(lines)))

    def grid(self, grid: "Grid") -> None:
        """Write a table, its caption above and its notes below."""
        self._console.print()
        self._console.print(self._text(grid.caption, "italic"))
        for part in self._parts(grid):
            self._console.print(self._table(grid, part))
        self.notes(grid.notes)

    def _parts(self, grid: "Grid") -> list[list[int]]:
        """Share the columns of a table among tables that fit the width; each opens with the heads of the rows."""
        widths = [_width(grid, position) for position in range(len(grid.columns))]
        parts, room = [[0]], self._console.width - widths[0]
        for position in range(1, len(grid.columns)):
            if widths[position] > room and len(parts[-1]) > 1:
                parts.append([0])
                room = self._console.width - widths[0]
            parts[-1].append(position)
            room -= widths[position]
        return parts

    def _table(self, grid: "Grid", positions: Sequence[int]) -> "Table":
        from rich.box import SIMPLE_HEAD
        from rich.table import Table

        table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False)
        tight = sum(_whole_width(grid, position) for position in positions) > self._console.width
        for position in positions:
            column = grid.columns[position]
            justify: Literal["left", "right"] = "right" if column.number else "left"
            width = _width(grid, position) - _GAP
            # Where all does not fit in one line, heads and words are wrapped; a number never is.
            fixed = width if column.number and tight else None
            title = self._text(column.title)
            table.add_column(title, justify=justify, overflow="fold", min_width=width, width=fixed)
        for row in grid.rows:
            table.add_row(*(self._text(_cell_text(row[position])) for position in positions))
        return table

    def notes(self, notes: Iterable[str]) -> None:
        """Write the notes below a table."""
        for note in notes:
            self._console.print(self._text(note, "dim"))

    @staticmethod
    def _text(text: str, style: str = "") -> "Text":
        from rich.text import Text

        return Text(text, style=style)


def _cell_text(cell: "Cell") -> str:
    return ", ".join(filter(None, [cell.text + "†" * cell.dagger, *cell.marks]))


def _width(grid: "Grid", position: int) -> int:
    """Give the least width of a column: of its longest number and word of its head, or of words that can be wrapped."""
    column = grid.columns[position]
    widest = max((len(_cell_text(row[position])) for row in grid.rows), default=0)
    if not column.number:
        return _GAP + min(_NARROWEST_TEXT, widest)
    return _GAP + max(widest, *(len(word) for word in column.title.split() or [""]))


def _whole_width(grid: "Grid", position: int) -> int:
    """Give the width at which nothing of a column is wrapped."""
    texts = (_cell_text(row[position]) for row in grid.rows)
    return _GAP + max(len(text) for text in (grid.columns[position].title, *texts))


def _leave_to_the_ending(_: "Console") -> None:
    """Let a broken pipe go on as an error: how a command ends is decided in one place."""
    raise BrokenPipeError
