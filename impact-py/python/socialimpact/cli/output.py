"""What commands write: sentences, tables and JSON.

One rule: a user's text is shown as text, never as markup and never as an instruction to the terminal.
"""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from socialimpact.wording import Grid

_NARROWEST_TEXT = 12
"""Characters that a column of words keeps when a table is too wide."""


def write_json(content: Any) -> None:
    """Write JSON; decimals as text, so that no digit is lost."""
    click.echo(json.dumps(plain(content), ensure_ascii=False, indent=2))


def plain(content: Any) -> Any:
    """Give content as JSON holds it; decimals as text in plain notation."""
    if isinstance(content, Decimal):
        return format(content, "f")
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

        class Terminal(Console):
            def on_broken_pipe(self) -> None:
                raise

        return Terminal(highlight=False, markup=False, emoji=False)

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
        from rich.box import SIMPLE_HEAD
        from rich.table import Table

        table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False)
        for position, column in enumerate(grid.columns):
            widest = max((len(row[position].text) for row in grid.rows), default=0)
            table.add_column(
                self._text(column.title),
                justify="right" if column.number else "left",
                overflow="fold",
                min_width=widest if column.number else min(_NARROWEST_TEXT, widest),
            )
        for row in grid.rows:
            table.add_row(
                *(self._text(", ".join(filter(None, [cell.text + "†" * cell.dagger, *cell.marks]))) for cell in row)
            )
        self._console.print()
        self._console.print(self._text(grid.caption, "italic"))
        self._console.print(table)
        self.notes(grid.notes)

    def notes(self, notes: Iterable[str]) -> None:
        """Write the notes below a table."""
        for note in notes:
            self._console.print(self._text(note, "dim"))

    @staticmethod
    def _text(text: str, style: str = "") -> "Text":
        from rich.text import Text

        return Text(text, style=style)
