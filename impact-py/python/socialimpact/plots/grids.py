"""Grids: a result over two assumptions at once."""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.colors import LinearSegmentedColormap, ListedColormap, TwoSlopeNorm

from socialimpact.plots import style
from socialimpact.plots.columns import Number, column, finite, number, refused, same_length
from socialimpact.types import Language

_WRITTEN = 12
"""Grids of no more rows and columns than this have their figures in the cells."""
_SHORT = 4
"""Significant digits of a value that has its own tick."""
_BELOW_TO_ABOVE = ("#9a3b12", "#e0a37f", "#f7f7f7", "#8fb4d3", "#1a4f7a")
"""From below the contour to above it: rust to blue, told apart by the colour-blind and, light to dark, in grey."""


def heatmap(
    x: Iterable[Number],
    y: Iterable[Number],
    matrix: Iterable[Iterable[Number | None]],
    *,
    contour: Number | None = 0,
    ax: Axes | None = None,
    lang: Language = "en",
    x_label: str | None = None,
    x_unit: str | None = None,
    y_label: str | None = None,
    y_unit: str | None = None,
    label: str | None = None,
    unit: str | None = None,
    title: str | None = None,
    notes: Sequence[str] = (),
) -> Axes:
    """Draw a result over two assumptions at once, with a line where it meets a value.

    The picture says which pairs of values are good enough: what is above the contour is blue, what is below it is rust,
    and the contour is a black line. Small grids have their figures in the cells, others are hatched below the line.

    Parameters
    ----------
    x, y : iterable of numbers
        The values of the two assumptions, each in rising order.
    matrix : iterable of rows
        The results: a row for each value of `y`, in it a result for each value of `x`. None and NaN are left white.
    contour : number or None, default 0
        The value of the line, such as 0 for a net benefit and 1 for a ratio.
    ax : matplotlib Axes, optional
        Where to draw; left out, a new figure of pyplot.
    lang : Language, default "en"
        The language of texts and numbers.
    x_label, x_unit, y_label, y_unit, label, unit : str, optional
        What stands along, up and in the cells, and in what; ``"share"`` makes percentages.
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
    >>> ax = plots.heatmap([0, 0.5], [5, 10], [[100, -50], [300, 20]], label="Net benefit")
    >>> plots.alt_text(ax)
    'Net benefit: from −50 to 300, 25% of the cells below 0'
    """
    along, up = _rising(x, "x"), _rising(y, "y")
    rows = [column(row, f"matrix[{position}]") for position, row in enumerate(matrix)]
    same_length(up, rows, ("y", "matrix"))
    for position, row in enumerate(rows):
        same_length(along, row, ("x", f"matrix[{position}]"))
    level = None if contour is None else number(contour, "contour")
    cells = [value for row in rows for value in row if math.isfinite(value)]
    if not cells:
        raise refused("matrix", "there are no values to draw")
    inside = style.numbering(lang, unit, cells)
    with style.drawing():
        ax = style.axes(ax, 4.6)
        norm = _norm(cells, level)
        colours = LinearSegmentedColormap.from_list("below to above", _BELOW_TO_ABOVE)
        places = [[value if math.isfinite(value) else math.nan for value in row] for row in rows]
        mesh = ax.pcolormesh(
            _edges(along), _edges(up), places, cmap=colours, norm=norm, shading="flat", rasterized=True
        )
        is_written = len(along) <= _WRITTEN and len(up) <= _WRITTEN
        said = []
        if level is not None:
            _contour(ax, along, up, places, level)
            said.append(inside.texts("plot.contour", value=inside.text(level)))
        if is_written:
            _figures(ax, mesh, (along, up), places, inside)
        elif level is not None:
            _hatching(ax, along, up, places, level)
            said.append(inside.texts("plot.hatched", value=inside.text(level)))
        style.number_ticks(
            ax,
            "x",
            style.numbering(lang, x_unit, along),
            x_label,
            places=along if is_written and _are_short(along) else None,
        )
        style.number_ticks(
            ax, "y", style.numbering(lang, y_unit, up), y_label, places=up if is_written and _are_short(up) else None
        )
        _key(ax, mesh, inside, label, (cells, level))
        said += notes
        style.heading(ax, title, said)
        return style.finished(ax, _grid_in_words(style.named(title) or inside.titled(label), cells, level, inside))


def _rising(values: Iterable[Number], place: str) -> list[float]:
    found = finite(values, place)
    if any(left >= right for left, right in pairwise(found)):
        raise refused(place, "the values do not rise from one to the next")
    return found


def _are_short(values: Sequence[float]) -> bool:
    """Tell whether each value can stand at its tick; others, such as thirds, leave the ticks to round numbers."""
    return all(math.isclose(value, float(f"{value:.{_SHORT}g}"), rel_tol=1e-12) for value in values)


def _edges(centres: Sequence[float]) -> list[float]:
    """Give the edges of cells around their centres."""
    if len(centres) == 1:
        return [centres[0] - 0.5, centres[0] + 0.5]
    inner = [(left + right) / 2 for left, right in pairwise(centres)]
    return [2 * centres[0] - inner[0], *inner, 2 * centres[-1] - inner[-1]]


def _norm(cells: Sequence[float], level: float | None) -> TwoSlopeNorm:
    low, high = min(cells), max(cells)
    middle = (low + high) / 2 if level is None else level
    reach = max(high - middle, middle - low) or abs(middle) or 1.0
    return TwoSlopeNorm(vmin=middle - reach, vcenter=middle, vmax=middle + reach)


def _contour(
    ax: Axes, along: Sequence[float], up: Sequence[float], places: Sequence[Sequence[float]], level: float
) -> None:
    """Draw the line between below and above."""
    values = [value for row in places for value in row if math.isfinite(value)]
    if len(along) > 1 and len(up) > 1 and min(values) < level < max(values):
        ax.contour(along, up, places, levels=[level], colors=[style.INK], linewidths=2.0)


def _hatching(
    ax: Axes, along: Sequence[float], up: Sequence[float], places: Sequence[Sequence[float]], level: float
) -> None:
    """Hatch the cells below the line."""
    import numpy as np

    cells = np.asarray(places)
    below = np.ma.masked_where(~(cells < level), cells)
    clear = ListedColormap([(0.0, 0.0, 0.0, 0.0)])
    hatched = ax.pcolor(_edges(along), _edges(up), below, hatch="///", linewidth=0, cmap=clear)
    hatched.set_edgecolor(style.QUIET)


def _figures(
    ax: Axes,
    mesh: QuadMesh,
    centres: tuple[Sequence[float], Sequence[float]],
    places: Sequence[Sequence[float]],
    inside: style.Numbering,
) -> None:
    """Write the figures into the cells, in letters that are read well on the colour."""
    import numpy as np

    along, up = centres
    for height, row in zip(up, places, strict=True):
        for at, value in zip(along, row, strict=True):
            if math.isfinite(value):
                shade = tuple(float(part) for part in mesh.to_rgba(np.asarray([value]))[0])
                ink = style.ink_on(shade)
                ground = {"facecolor": shade, "edgecolor": "none", "pad": 1.0}  # the line stops beside the figure
                ax.text(
                    at,
                    height,
                    inside.text(value),
                    ha="center",
                    va="center",
                    color=ink,
                    fontsize=style.SMALL,
                    bbox=ground,
                )


def _key(
    ax: Axes,
    mesh: QuadMesh,
    inside: style.Numbering,
    label: str | None,
    shown: tuple[Sequence[float], float | None],
) -> None:
    """Draw the scale of the colours beside the grid, from the least to the most of its cells and its line."""
    cells, level = shown
    bar = ax.figure.colorbar(mesh, ax=ax, format=style.Ticks(inside), aspect=30)
    bar.outline.set_visible(False)
    bar.ax.tick_params(colors=style.QUIET, labelcolor=style.INK, labelsize=style.SMALL, labelfontfamily=style.FONT)
    bar.set_label(style.fitted(ax, inside.titled(label), upright=True), color=style.INK, fontsize=style.SIZE)
    bar.ax.yaxis.label.set_parse_math(False)
    values = cells if level is None else [*cells, level]
    if min(values) < max(values):
        bar.ax.set_ylim(min(values), max(values))
    if level is not None:
        bar.ax.axhline(level, color=style.INK, linewidth=2.0)


def _grid_in_words(name: str, cells: Sequence[float], level: float | None, inside: style.Numbering) -> str:
    named = name or inside.texts("plot.grid")
    said = [inside.texts("plot.line", label=named, low=inside.text(min(cells)), high=inside.with_unit(max(cells)))]
    if level is not None:
        part = inside.share(sum(value < level for value in cells) / len(cells))
        said.append(inside.texts("plot.part_below", share=part, value=inside.text(level)))
    return ", ".join(said)
