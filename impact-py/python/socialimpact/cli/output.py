"""What commands write: sentences, tables and JSON.

One rule: a user's text is shown as text, never as markup and never as an instruction to the terminal.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from socialimpact.wording import Grid


_CODE = re.compile(r"`([^`\s](?:[^`]*[^`\s])?)`")
"""What a sentence says letter for letter: an address, a command, a value."""


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
        self._write(text, style="bold")

    def heading(self, text: str) -> None:
        """Write a heading with a line of room above it."""
        self.gap()
        self._write(text, style="bold")

    def paragraph(self, text: str, style: str = "") -> None:
        """Write a sentence or several, wrapped to the width between words."""
        self._write(text, style=style)

    def indented(self, text: str) -> None:
        """Write a line below its head, further lines hanging under its first word."""
        self._write(text, "  ", "  ")

    def unbroken(self, text: str) -> None:
        """Write a line that is never broken, such as one with a web address."""
        self._console.print(self._text(text), soft_wrap=True)

    def gap(self) -> None:
        """Leave a line of room."""
        self._console.print()

    def item(self, text: str, depth: int = 0) -> None:
        """Write a line of a list, further lines hanging under its first word."""
        indent = "  " * depth
        self._write(text, f"{indent}• ", f"{indent}  ")

    def grid(self, grid: "Grid") -> None:
        """Write a table, its caption above and its notes below; row by row where it is too wide for columns."""
        from socialimpact.cli.layout import Layout

        self._console.print()
        self._write(grid.caption, style="italic")
        layout = Layout(grid, self._console.width)
        parts = layout.parts()
        for part in parts or []:
            self._console.print(self._table(grid, part, layout.widths(part)), soft_wrap=True)
        for lines in layout.records() if parts is None else []:
            for line in lines:
                self._console.print(self._text(line), soft_wrap=True)
        self.notes(grid.notes)

    def _table(self, grid: "Grid", positions: Sequence[int], widths: Sequence[int]) -> "Table":
        from rich.box import SIMPLE_HEAD
        from rich.table import Table

        from socialimpact.cli.layout import cell_text, folded

        table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False)
        for position, width in zip(positions, widths, strict=True):
            column = grid.columns[position]
            justify: Literal["left", "right"] = "right" if column.number else "left"
            table.add_column(self._text(folded(column.title, width)), justify=justify, width=width, no_wrap=True)
        for row in grid.rows:
            texts = [cell_text(row[position]) for position in positions]
            table.add_row(*(self._text(folded(text, width)) for text, width in zip(texts, widths, strict=True)))
        return table

    def notes(self, notes: Iterable[str]) -> None:
        """Write the notes below a table."""
        for note in notes:
            self._write(note, style="dim")

    def _write(self, text: str, first: str = "", further: str = "", style: str = "") -> None:
        """Write a text broken between its words; what is longer than a line is left to the terminal."""
        from socialimpact.cli.layout import folded

        self._console.print(self._text(folded(text, self._console.width, first, further), style), soft_wrap=True)

    def _text(self, text: str, style: str = "") -> "Text":
        """Give a text; where someone looks, what stands between backticks is bold instead."""
        from rich.text import Text

        if not self._console.is_terminal:
            return Text(text, style=style)
        told = Text(style=style)
        for at, part in enumerate(_CODE.split(text)):
            told.append(part, style="bold" if at % 2 else None)
        return told


def _leave_to_the_ending(_: "Console") -> None:
    """Let a broken pipe go on as an error: how a command ends is decided in one place."""
    raise BrokenPipeError
