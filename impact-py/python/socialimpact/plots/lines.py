"""Lines: a result against one assumption, a threshold or the size of a study."""

import math
from collections.abc import Iterable, Mapping, Sequence

from matplotlib.axes import Axes

from socialimpact.plots import style
from socialimpact.plots.columns import Number, column, finite, number, refused, same_length
from socialimpact.plots.columns import label as shown_label
from socialimpact.report.chart import spread
from socialimpact.types import Language

_MARKED = 30
"""Lines of no more points than this show them."""
_LINE = 0.065
"""Height of a label at the end of a line, as a share of the picture."""


def curve(
    x: Iterable[Number],
    series: Mapping[str, Iterable[Number | None]] | Iterable[Number | None],
    *,
    bands: Mapping[str, tuple[Iterable[Number | None], Iterable[Number | None]]] | None = None,
    target: Number | None = None,
    marks: Iterable[tuple[Number, Number, str]] = (),
    ax: Axes | None = None,
    lang: Language = "en",
    x_label: str | None = None,
    x_unit: str | None = None,
    label: str | None = None,
    unit: str | None = None,
    title: str | None = None,
    notes: Sequence[str] = (),
) -> Axes:
    """Draw lines: a break-even curve, acceptability over thresholds, the value of a study against its size.

    The picture says how results follow what stands along the axis. Each line has its name at its end and dashes of its
    own; a gap in a line is where it has no value.

    Parameters
    ----------
    x : iterable of numbers
        Along the axis, in rising order.
    series : mapping of name to numbers, or numbers
        The lines; None and NaN are gaps.
    bands : mapping of name to pair of columns, optional
        Low and high ends around some of the lines.
    target : number, optional
        A level drawn across.
    marks : iterable of (x, y, text), optional
        Points that are named, such as where a line meets the target.
    ax : matplotlib Axes, optional
        Where to draw; left out, a new figure of pyplot.
    lang : Language, default "en"
        The language of texts and numbers.
    x_label, x_unit, label, unit : str, optional
        What stands along and up, and in what; ``"share"`` makes percentages, ``"calendar-year"`` years.
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
    >>> lines = {"Municipality": [0.2, 0.5, 0.9], "State": [0.6, 0.7, 0.7]}
    >>> ax = plots.curve([0, 50_000, 100_000], lines, x_label="Worth of a person-year", x_unit="NOK", unit="share")
    >>> plots.alt_text(ax)
    'Curves: Municipality: from 20% to 90%, State: from 60% to 70%'
    """
    along, lines = finite(x, "x"), _lines(series)
    around = {name: _band(name, ends, along) for name, ends in (bands or {}).items()}
    for name, found in lines.items():
        same_length(along, found, ("x", f"series.{name}" if name else "series"))
    for name in around:
        if name not in lines:
            raise refused("bands", f"there is no line `{name}`")
    level = None if target is None else number(target, "target")
    heights = [value for found in lines.values() for value in found] + ([] if level is None else [level])
    across, up = style.numbering(lang, x_unit, along), style.numbering(lang, unit, heights)
    with style.drawing():
        ax = style.axes(ax, 3.8)
        for position, (name, found) in enumerate(lines.items()):
            _line(ax, position, along, found, around.get(name))
        if level is not None:
            _target(ax, level, up)
        ax.margins(x=0.02)
        _end_labels(ax, along, lines)
        said = [] if level is None else [up.texts("plot.target", value=up.with_unit(level))]
        for position, (at, height, text) in enumerate(marks):
            place = (number(at, f"marks[{position}]"), number(height, f"marks[{position}]"))
            _mark(ax, place, shown_label(text), is_rising=_rises(along, lines, place[0]))
            said.append(shown_label(text))
        style.number_ticks(ax, "x", across, x_label)
        style.number_ticks(ax, "y", up, label)
        ax.grid(visible=True)
        style.heading(ax, title, notes)
        words = [_line_in_words(name, found, up) for name, found in lines.items()]
        named = style.named(title) or up.titled(label) or up.texts("plot.lines")
        said += notes
        return style.finished(ax, f"{named}: {', '.join([*words, *said])}")


def _lines(series: Mapping[str, Iterable[Number | None]] | Iterable[Number | None]) -> dict[str, list[float]]:
    if not isinstance(series, Mapping):
        return {"": column(series, "series")}
    if not series:
        raise refused("series", "there are no lines to draw")
    return {str(name): column(values, f"series.{name}") for name, values in series.items()}


def _band(
    name: str, ends: tuple[Iterable[Number | None], Iterable[Number | None]], along: Sequence[float]
) -> tuple[list[float], list[float]]:
    low, high = (column(end, f"bands.{name}") for end in ends)
    same_length(along, low, ("x", f"bands.{name}"))
    same_length(along, high, ("x", f"bands.{name}"))
    return low, high


def _line(
    ax: Axes,
    position: int,
    along: Sequence[float],
    found: Sequence[float],
    band: tuple[list[float], list[float]] | None,
) -> None:
    shade = style.colour(position)
    marker = style.MARKERS[position % len(style.MARKERS)] if len(along) <= _MARKED else None
    if band is not None:
        ax.fill_between(along, *band, color=shade, alpha=0.16, linewidth=0)
    ax.plot(along, found, color=shade, linestyle=style.dash(position), linewidth=1.9, marker=marker, markersize=4.5)


def _end_labels(ax: Axes, along: Sequence[float], lines: Mapping[str, Sequence[float]]) -> None:
    """Name each line where it ends, the names moved apart."""
    named = [
        (position, name, [(at, value) for at, value in zip(along, found, strict=True) if math.isfinite(value)])
        for position, (name, found) in enumerate(lines.items())
    ]
    named = [(position, name, points) for position, name, points in named if name and points]
    if not named:
        return
    low, high = ax.get_ylim()
    span = high - low
    # From the top down, as the chart of the report places its labels.
    places = spread([(high - points[-1][1]) / span for _, _, points in named], _LINE, 1.0)
    for (position, name, points), place in zip(named, places, strict=True):
        ax.annotate(
            shown_label(name),
            xy=points[-1],
            xycoords="data",
            xytext=(1.015, 1 - place),
            textcoords="axes fraction",
            va="center",
            color=style.colour(position),
            fontsize=style.SMALL,
            annotation_clip=False,
            arrowprops={
                "arrowstyle": "-",
                "color": style.colour(position),
                "linewidth": 0.6,
                "shrinkA": 1,
                "shrinkB": 2,
                "relpos": (0, 0.5),
            },
        )


def _target(ax: Axes, level: float, up: style.Numbering) -> None:
    ax.axhline(level, color=style.INK, linewidth=1.0)
    ax.annotate(
        up.texts("plot.target", value=up.with_unit(level)),
        (1, level),
        (-2, 3),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        ha="right",
        color=style.INK,
        fontsize=style.SMALL,
    )


def _rises(along: Sequence[float], lines: Mapping[str, Sequence[float]], at: float) -> bool:
    """Tell whether the first line goes up around a place."""
    near = [value for place, value in zip(along, next(iter(lines.values())), strict=True) if place <= at]
    after = [value for place, value in zip(along, next(iter(lines.values())), strict=True) if place >= at]
    return bool(near and after) and (after[1] if len(after) > 1 else after[0]) > near[-2 if len(near) > 1 else -1]


def _mark(ax: Axes, place: tuple[float, float], text: str, *, is_rising: bool) -> None:
    """Mark a point of a line, its name on the side of it that a line going up or down leaves free."""
    ax.plot(*place, marker="o", markersize=8, markerfacecolor="white", markeredgecolor=style.INK, markeredgewidth=1.4)
    low, high = ax.get_xlim()
    is_far = place[0] > low + (high - low) / 3
    to_left = is_rising and is_far  # near the axis it stands below the line, to the right
    ax.annotate(
        text,
        place,
        (-8 if to_left else 8, -16 if is_rising and not to_left else 8),
        textcoords="offset points",
        ha="right" if to_left else "left",
        color=style.INK,
        fontsize=style.SMALL,
        annotation_clip=False,
    )


def _line_in_words(name: str, found: Sequence[float], up: style.Numbering) -> str:
    values = [value for value in found if math.isfinite(value)] or [math.nan]
    said = up.texts("plot.line", label=shown_label(name), low=up.text(values[0]), high=up.with_unit(values[-1]))
    return said if name else said.removeprefix(": ")
