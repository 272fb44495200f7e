"""Rows of bars: what moves a result, and how much each of several things counts."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.container import BarContainer

from socialimpact.plots import style
from socialimpact.plots.columns import Number, column, number, refused, same_length
from socialimpact.plots.columns import label as shown_label
from socialimpact.types import Language
from socialimpact.wording.tables import DAGGER

_ROW, _TITLE, _NOTE, _AROUND = 0.44, 0.4, 0.35, 1.4
"""Height of a row, of a title, of a note, and of what else stands around the rows, in inches."""
_NAME, _LINES, _LETTER = 24, 3, 5.4
"""Characters of a name in a line, how many lines it has at most, and the width of a character in points."""
_KEY, _KEYS = 6, 16
"""Width of a key beside its words, in letters, and the height of a line of keys, in points."""
_MARGIN = 0.03
"""What is left free before bars that hang to the left, as a share of them."""
_MOST = 20
_NOTES = 2
"""Notes that there is room for; more of them stand beside each other."""
_LONGEST = _NAME * _LINES
"""Characters of a name: enough for what tells it from another of the same beginning."""


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    low: float
    high: float
    low_at: str
    high_at: str
    mark: str

    @property
    def moved(self) -> float:
        return abs(self.high - self.low)

    @property
    def sides(self) -> tuple[tuple[float, str], tuple[float, str]]:
        return (self.low, self.low_at), (self.high, self.high_at)


def tornado(
    rows: Iterable[Mapping[str, object]],
    *,
    base: Number,
    most: int = _MOST,
    ax: Axes | None = None,
    lang: Language = "en",
    label: str | None = None,
    unit: str | None = None,
    title: str | None = None,
    notes: Sequence[str] = (),
) -> Axes:
    """Draw how far each assumption moves a result, the one that moves it most on top.

    The picture says which assumptions matter: each bar reaches from the result where the assumption is low to the
    result where it is high, both written at its ends; the line through all of them is the result in the model.

    Parameters
    ----------
    rows : iterable of mappings
        ``low`` and ``high``, the results; ``label``, or else ``address``; where they should be shown, ``low_at`` and
        ``high_at``, the values of the assumption as texts; and ``illustrative``, true where the results rest on
        invented numbers and are to be marked.
    base : number
        The result in the model.
    most : int, default 20
        The most rows drawn; how many are left out is said.
    ax : matplotlib Axes, optional
        Where to draw; left out, a new figure of pyplot.
    lang : Language, default "en"
        The language of texts and numbers.
    label, unit : str, optional
        What the result is, and in what; ``"share"`` makes it a percentage.
    title : str, optional
        What stands above.
    notes : sequence of str, optional
        What stands below the title.

    Returns
    -------
    matplotlib Axes
        `alt_text` of it is the picture in words.

    Examples
    --------
    >>> from socialimpact import plots
    >>> rows = [
    ...     {"label": "Deadweight", "low": 900_000, "high": -200_000, "low_at": "10 %", "high_at": "60 %"},
    ...     {"label": "Drop-off", "low": 500_000, "high": 350_000},
    ... ]
    >>> plots.alt_text(plots.tornado(rows, base=400_000, label="Net present value", unit="NOK"))
    'Net present value, NOK: in the model: 400,000 NOK, Deadweight moves it most, from 900,000 to −200,000 NOK'
    """
    read = sorted((_row(row, position) for position, row in enumerate(rows)), key=lambda row: -row.moved)
    if not read:
        raise refused("rows", "there are no rows to draw")
    if most < 1:
        raise refused("most", f"`{most}` is not 1 or more")
    centre, drawn = number(base, "base"), read[:most]
    ends = [centre, *(end for row in drawn for end in (row.low, row.high))]
    numbering = style.numbering(lang, unit, ends)
    with style.drawing():
        ax = style.axes(ax, _AROUND + (_TITLE if title else 0) + _NOTE * min(len(notes), _NOTES) + _ROW * len(drawn))
        sides = [(style.SECOND, None), (style.MAIN, style.HATCH)]
        for position, row in enumerate(drawn):
            for (shade, hatch), end in zip(sides, (row.low, row.high), strict=True):
                bar_between(ax, position, (centre, end), shade, hatch)
            _ends(ax, position, row, numbering)
        lifted = _keys(ax, sides, [numbering.texts("plot.at_low"), numbering.texts("plot.at_high")])
        ax.axvline(centre, color=style.INK, linewidth=1.2)
        names_of_rows(ax, [row.label for row in drawn])
        room_beside(
            ax,
            ends,
            [row.label for row in drawn],
            [f"{numbering.text(end)}{row.mark} ({at})" for row in drawn for end, at in row.sides],
            both=True,
        )
        style.number_ticks(ax, "x", numbering, label)
        ax.grid(visible=True, axis="x")
        said = [numbering.texts("plot.base", value=numbering.with_unit(centre))]
        if len(read) > most:
            said.append(numbering.texts("plot.more_rows", count=len(read) - most))
        said += notes
        style.heading(ax, title, said, lifted=lifted)
        return style.finished(ax, _words(title, label, numbering, said, drawn[0]))


def bars(
    labels: Iterable[object],
    values: Iterable[Number | None] | Mapping[str, Iterable[Number | None]],
    *,
    low: Iterable[Number | None] | Mapping[str, Iterable[Number | None]] | None = None,
    high: Iterable[Number | None] | Mapping[str, Iterable[Number | None]] | None = None,
    most: int = _MOST,
    ax: Axes | None = None,
    lang: Language = "en",
    label: str | None = None,
    unit: str | None = None,
    title: str | None = None,
    notes: Sequence[str] = (),
) -> Axes:
    """Draw how much each of several things counts, the largest on top: Sobol' indices, the value of information.

    The picture says which come first and how surely: each bar has its figure beside it and, where the ends of intervals
    are given, a whisker.

    Parameters
    ----------
    labels : iterable of str
        What each bar is.
    values : iterable of numbers, or mapping of name to such
        How long each bar is; of a mapping, two and more bars in each row, ordered by the last of them.
    low, high : iterable of numbers, or mapping of name to such, optional
        The ends of the intervals: both or neither, in the shape of `values`.
    most : int, default 20
        The most rows drawn; how many are left out is said.
    ax, lang, label, unit, title, notes
        As for `tornado`.

    Returns
    -------
    matplotlib Axes
        `alt_text` of it is the picture in words.

    Examples
    --------
    >>> from socialimpact import plots
    >>> ax = plots.bars(["Deadweight", "Wage"], [0.2, 0.7], low=[0.1, 0.6], high=[0.3, 0.8], label="Total index")
    >>> plots.alt_text(ax)
    'Total index: largest: Wage, 0.7'
    """
    names, series = [shown_label(name, _LONGEST) for name in labels], _series(values, "values")
    lows, highs = _series(low, "low"), _series(high, "high")
    if lows.keys() != highs.keys() or (lows and lows.keys() != series.keys()):
        raise refused("low", "give `low` and `high` of all `values`, or neither")
    for place, columns in (("values", series), ("low", lows), ("high", highs)):
        for found in columns.values():
            same_length(names, found, ("labels", place))
    if most < 1:
        raise refused("most", f"`{most}` is not 1 or more")
    last = list(series.values())[-1]
    order = sorted(range(len(names)), key=lambda row: (math.isnan(last[row]), -last[row]))
    drawn = order[:most]
    ends = [0.0, *(end for columns in (series, lows, highs) for found in columns.values() for end in found)]
    ends = [end for end in ends if math.isfinite(end)]
    numbering = style.numbering(lang, unit, ends)
    with style.drawing():
        above = (_TITLE if title else 0) + _NOTE * min(len(notes), _NOTES)
        ax = style.axes(ax, _AROUND + above + _ROW * len(drawn) * (0.55 + 0.45 * len(series)))
        thick = 0.8 / len(series)
        sides = [(style.colour(nth), style.HATCH if nth % 2 else None) for nth in range(len(series))]
        for nth, (name, found) in enumerate(series.items()):
            away = (nth - (len(series) - 1) / 2) * thick
            for position, row in enumerate(drawn):
                whisker = (lows[name][row], highs[name][row]) if lows else None
                _length(ax, (found[row], position + away, thick), whisker, sides[nth], numbering)
        lifted = _keys(ax, sides, [shown_label(name) for name in series]) if len(series) > 1 else 0.0
        names_of_rows(ax, [names[row] for row in drawn])
        room_beside(ax, ends, [names[row] for row in drawn], [numbering.text(last[row]) for row in drawn])
        ax.axvline(0, color=style.INK, linewidth=1.0)
        style.number_ticks(ax, "x", numbering, label)
        ax.grid(visible=True, axis="x")
        said = [numbering.texts("plot.more_rows", count=len(order) - most)] if len(order) > most else []
        said += notes
        style.heading(ax, title, said, lifted=lifted)
        largest = numbering.texts("plot.largest", label=names[order[0]], value=numbering.with_unit(last[order[0]]))
        named = style.named(title) or numbering.titled(label) or numbering.texts("plot.effects")
        return style.finished(ax, f"{named}: {', '.join([largest, *said])}")


def _row(row: Mapping[str, object], position: int) -> _Row:
    place = f"rows[{position}]"
    name = row.get("label") or row.get("address")
    if name is None:
        raise refused(place, "`label` or `address` is missing")
    found = {}
    for key in ("low", "high"):
        if key not in row:
            raise refused(place, f"`{key}` is missing")
        found[key] = number(row[key], f"{place}.{key}")  # type: ignore[arg-type]  # what is no number is refused
    low_at, high_at = (
        shown_label(text, 16) if (text := row.get(key)) is not None else "" for key in ("low_at", "high_at")
    )
    mark = DAGGER if row.get("illustrative") else ""
    return _Row(shown_label(name, _LONGEST), found["low"], found["high"], low_at, high_at, mark)


def _series(
    values: Iterable[Number | None] | Mapping[str, Iterable[Number | None]] | None, place: str
) -> dict[str, list[float]]:
    if values is None:
        return {}
    if isinstance(values, Mapping):
        if not values:
            raise refused(place, "there are no values to draw")
        return {str(name): column(found, f"{place}.{name}") for name, found in values.items()}
    return {"": column(values, place)}


def bar_between(
    ax: Axes, at: float, ends: tuple[float, float], shade: str, hatch: str | None, thick: float = 0.62
) -> BarContainer:
    """Draw a bar between two values; a hatched one is light between the strokes."""
    fill = {"color": shade} if hatch is None else {"facecolor": style.LIGHT, "edgecolor": shade, "hatch": hatch}
    return ax.barh(at, ends[1] - ends[0], left=ends[0], height=thick, linewidth=0.8, **fill)  # type: ignore[arg-type]


def _length(
    ax: Axes,
    bar: tuple[float, float, float],
    whisker: tuple[float, float] | None,
    side: tuple[str, str | None],
    numbering: style.Numbering,
) -> None:
    """Draw a bar from zero (length, place, thickness) with its whisker and its figure; nothing for a gap."""
    value, at, thick = bar
    if not math.isfinite(value):
        return
    bar_between(ax, at, (0.0, value), *side, thick=thick * 0.85)
    reach = max(value, 0.0)
    if whisker is not None:
        ax.plot(whisker, [at, at], color=style.INK, linewidth=1.2, marker="|", markersize=7)
        reach = max([reach, *(end for end in whisker if math.isfinite(end))])
    beside(ax, (reach, at), numbering.text(value), is_right=True)


def _ends(ax: Axes, position: int, row: _Row, numbering: style.Numbering) -> None:
    """Write the results at the ends of a bar, and the values of the assumption that lead to them."""
    sides = sorted(row.sides, key=lambda side: side[0])
    for (value, at), is_right in zip(sides, (False, True), strict=True):
        text = numbering.text(value) + row.mark + (f" ({at})" if at else "")
        beside(ax, (value, position), text, is_right=is_right)


def beside(ax: Axes, place: tuple[float, float], text: str, *, is_right: bool) -> None:
    """Write a figure beside the end of a bar."""
    ax.annotate(
        text,
        place,
        (5 if is_right else -5, 0),
        textcoords="offset points",
        ha="left" if is_right else "right",
        va="center",
        color=style.INK,
        fontsize=style.SMALL,
    )


def names_of_rows(ax: Axes, names: Sequence[str]) -> None:
    """Name the rows, the first on top."""
    ax.set_yticks(range(len(names)), [style.wrapped(name, _NAME, _LINES) for name in names])
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.spines["left"].set_visible(False)


def room_beside(
    ax: Axes, ends: Sequence[float], names: Sequence[str], figures: Sequence[str], *, both: bool = False
) -> None:
    """Leave as much room beside the bars as their figures need: to the right, or on both sides."""
    names_wide = min(max(map(len, names)), _NAME) * _LETTER
    figure_wide = max(map(len, figures)) * _LETTER + 8
    left = max(style.wide(ax) - names_wide, style.wide(ax) / 3)
    low, high = min(ends), max(ends)
    span = high - low or abs(high) or 1.0
    part = min(figure_wide / left, 0.4)
    room = span * part / (1 - (2 if both else 1) * part)
    ax.set_xlim(low - (room if both else span * _MARGIN if low < 0 else 0), high + room)


def _keys(ax: Axes, sides: Sequence[tuple[str, str | None]], names: Sequence[str]) -> float:
    """Say what the bars are, above the picture; give the points that takes."""
    from matplotlib.patches import Patch

    keys = [
        Patch(facecolor=shade if hatch is None else style.LIGHT, edgecolor=shade, hatch=hatch, label=name)
        for (shade, hatch), name in zip(sides, names, strict=True)
    ]
    beside = max(1, style.letters(ax) // (max(map(len, names)) + _KEY))
    columns = min(len(keys), beside)
    ax.legend(
        handles=keys,
        loc="lower left",
        bbox_to_anchor=(0, 1),
        borderaxespad=0.1,
        borderpad=0.2,
        frameon=False,
        ncols=columns,
        fontsize=style.SMALL,
    )
    return _KEYS * -(-len(keys) // columns)


def _words(title: str | None, label: str | None, numbering: style.Numbering, said: Sequence[str], first: _Row) -> str:
    name = style.named(title) or numbering.titled(label) or numbering.texts("plot.ranked")
    most = numbering.texts(
        "plot.moves_most",
        label=first.label,
        low=numbering.text(first.low) + first.mark,
        high=numbering.with_unit(first.high) + first.mark,
    )
    return f"{name}: {', '.join([*said, most])}" if first.moved else f"{name}: {numbering.texts('plot.no_rows')}"
