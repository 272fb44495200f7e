"""How a table stands in a terminal of some width: in one piece, in parts side by side, or row by row.

One rule: what is cut looks like something else, so no number, word or address is ever cut; what is wider than the
terminal stands in a line of its own, which the terminal wraps and a copy has whole.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from socialimpact.wording import Cell, Grid

GAP = 3
"""Characters between two columns."""
_NARROWEST_HEAD = 16
"""Characters that the heads of rows keep when a table of several columns is too wide."""
_NARROWEST_TEXT = 12
"""Characters that any other column of words keeps."""
_PAIR = 2
"""Columns of a table that tells one thing of each row."""
_MOST_PARTS = 2
"""Parts that a table with words may have before it is told row by row."""
_INDENT = "  "


def folded(text: str, width: int, first: str = "", further: str = "") -> str:
    """Break a text between its words, lines no wider than asked unless one word is; indented as asked."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, room = "", 0
        for word in paragraph.split(" "):
            taken = cell_len(word)
            if line and taken + 1 > room:
                lines.append(line)
                line = ""
            indent = further if lines else first
            line, room = (f"{line} {word}", room - taken - 1) if line else (indent + word, width - len(indent) - taken)
        lines.append(line)
    return "\n".join(lines)


def cell_text(cell: "Cell") -> str:
    """Give what stands in a cell, with its marks."""
    return ", ".join(filter(None, [cell.text + "†" * cell.dagger, *cell.marks]))


class Layout:
    """Places the columns of one table in a width."""

    def __init__(self, grid: "Grid", width: int) -> None:
        self._grid, self._room = grid, width
        columns = range(len(grid.columns))
        self._least = [self._narrowest(position) for position in columns]
        self._whole = [max(map(cell_len, self._texts(position))) for position in columns]

    def _texts(self, position: int) -> list[str]:
        return [self._grid.columns[position].title, *(cell_text(row[position]) for row in self._grid.rows)]

    def _narrowest(self, position: int) -> int:
        """Give the least width of a column: numbers and addresses whole, words as far as they can be broken."""
        column = self._grid.columns[position]
        enough = _NARROWEST_HEAD if position == 0 and len(self._grid.columns) > _PAIR else _NARROWEST_TEXT
        widths = [_longest_word(column.title)]
        for row in self._grid.rows:
            text = cell_text(row[position])
            whole = cell_len(text)
            unbroken = column.number or row[position].code
            widths.append(whole if unbroken else max(min(whole, enough), _longest_word(text)))
        return max(widths)

    def parts(self) -> list[list[int]] | None:
        """Share the columns among tables that fit, each with the heads of the rows; None where rows suit better.

        Figures are read side by side, in as many parts as it takes; words are not read across more than two, and a row
        is found again in the next part only where no other has its head.
        """
        parts, room = [[0]], self._room - self._least[0]
        for position in range(1, len(self._least)):
            if self._least[position] + GAP > room and len(parts[-1]) > 1:
                parts.append([0])
                room = self._room - self._least[0]
            parts[-1].append(position)
            room -= self._least[position] + GAP
            if room < 0:
                return None
        return parts if room >= 0 and len(parts) <= self._most_parts() else None

    def _most_parts(self) -> int:
        heads = [row[0].text for row in self._grid.rows]
        if len(set(heads)) < len(heads):
            return 1
        has_words = any(not column.number for column in self._grid.columns[1:])
        return _MOST_PARTS if has_words else len(self._grid.columns)

    def widths(self, positions: Sequence[int]) -> list[int]:
        """Give each column of a part its width: what is left goes where lines are broken most."""
        widths = [self._least[position] for position in positions]
        whole = [self._whole[position] for position in positions]
        spare = self._room - sum(widths) - GAP * (len(widths) - 1)
        for _ in range(min(spare, sum(whole) - sum(widths))):
            most = max(range(len(widths)), key=lambda at: whole[at] / widths[at] if widths[at] < whole[at] else 0)
            widths[most] += 1
        return widths

    def records(self) -> list[list[str]]:
        """Tell the table row by row: the head of the row, then a line for each cell that holds something."""
        if len(self._grid.columns) == _PAIR:
            return [[self._line("", cell_text(head), cell, is_whole=cell.code)] for head, cell in self._grid.rows]
        return [self._record(row) for row in self._grid.rows]

    def _record(self, row: Sequence["Cell"]) -> list[str]:
        lines = [
            self._line(_INDENT, column.title, cell, is_whole=column.number or cell.code)
            for column, cell in zip(self._grid.columns[1:], row[1:], strict=True)
            if cell_text(cell)
        ]
        return [folded(cell_text(row[0]), self._room), *lines]

    def _line(self, indent: str, title: str, cell: "Cell", *, is_whole: bool) -> str:
        """Tell one cell after its title; what may not be broken goes to a line of its own where it does not fit."""
        line, further = f"{title}: {cell_text(cell)}", indent + _INDENT
        if not is_whole:
            return folded(line, self._room, indent, further)
        if cell_len(indent + line) <= self._room:
            return indent + line
        return "\n".join([folded(f"{title}:", self._room, indent, further), further + cell_text(cell)])


def _longest_word(text: str) -> int:
    return max(map(cell_len, text.split(" ")))
