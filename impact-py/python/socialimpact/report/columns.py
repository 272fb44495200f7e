"""How a table stands on paper: how small its letters are, and how wide each column.

One rule: no number is ever broken, and no word of a table stands over another; a table that is too wide in small
letters is set in parts, each with the heads of the rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from socialimpact.wording.grid import Cell, Column, Grid

LONGEST_WORD = 26
"""Letters that stand together; what is longer may be broken anywhere, and an address after its dots."""
_GAP = 2
"""Characters between two columns."""
_WIDEST = 60
"""Characters beyond which a column of words gains nothing."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """A size of letters, and how many of them stand in a line of the paper."""

    points: float
    room: int


SIZES = (Sizes(9, 108), Sizes(8, 122), Sizes(7, 140))
"""Numbers are half as wide as their size is high, words less."""


@dataclass(frozen=True, slots=True)
class Strip:
    """Columns of a table that stand side by side, and how many characters each is given."""

    positions: Sequence[int]
    widths: Sequence[int]
    points: float
    lines: int
    """About how many lines its rows are."""


def strips(grid: Grid) -> list[Strip]:
    """Set a table in the largest letters in which it fits whole, or in parts."""
    least = [_least(grid, position) for position in range(len(grid.columns))]
    for size in SIZES:
        if sum(least) + _GAP * (len(least) - 1) <= size.room:
            return [_strip(grid, range(len(least)), least, size)]
    size = SIZES[-1]
    return [_strip(grid, part, least, size) for part in _parts(least, size.room)]


def _parts(least: Sequence[int], room: int) -> list[list[int]]:
    """Share columns among parts that fit, each with the first column."""
    parts, left = [[0]], room - least[0]
    for position in range(1, len(least)):
        if least[position] + _GAP > left and len(parts[-1]) > 1:
            parts.append([0])
            left = room - least[0]
        parts[-1].append(position)
        left -= least[position] + _GAP
    return parts


def _strip(grid: Grid, positions: Sequence[int], least: Sequence[int], size: Sizes) -> Strip:
    """Give what room is left to the columns whose lines are broken most."""
    widths = [least[position] for position in positions]
    whole = [max(_whole(grid, position), least[position]) for position in positions]
    spare = size.room - sum(widths) - _GAP * (len(widths) - 1)
    for _ in range(max(0, min(spare, sum(whole) - sum(widths)))):
        most = max(range(len(widths)), key=lambda at: whole[at] / widths[at] if widths[at] < whole[at] else 0)
        widths[most] += 1
    return Strip(list(positions), widths, size.points, _lines(grid, positions, widths))


def _lines(grid: Grid, positions: Sequence[int], widths: Sequence[int]) -> int:
    """Give about how many lines the rows are, those of a broken text one more than its letters take."""
    columns = list(zip(positions, widths, strict=True))
    return sum(max(1 + len(cell_text(row[at])) // width for at, width in columns) for row in grid.rows)


def _least(grid: Grid, position: int) -> int:
    """Give the least width of a column: numbers whole, words as far as they can be broken."""
    column = grid.columns[position]
    return max(3, *_words(column), *chain.from_iterable(_unbroken(row[position], column) for row in grid.rows))


def _words(column: Column) -> Iterator[int]:
    words = column.title.split("." if column.code else " ")
    yield from (min(len(word) + 1, LONGEST_WORD) for word in words)  # heads are bold


def _unbroken(cell: Cell, column: Column) -> Iterator[int]:
    text = cell_text(cell)
    if column.number and len(text) <= LONGEST_WORD:
        yield len(text)
        return
    for word in text.split(" "):
        pieces = word.split(".") if cell.code else [word]
        yield from (min(len(piece) + cell.code, LONGEST_WORD) for piece in pieces)
    yield from (min(len(mark), LONGEST_WORD) for mark in cell.marks)


def _whole(grid: Grid, position: int) -> int:
    texts = [grid.columns[position].title, *(cell_text(row[position]) for row in grid.rows)]
    return min(_WIDEST, max(map(len, texts)))


def cell_text(cell: Cell) -> str:
    """Give what stands in a cell, without the marks beside it."""
    return cell.text + "†" * cell.dagger
