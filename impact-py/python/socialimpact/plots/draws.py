"""The draws of a simulated figure: how often it comes out where, and on which side of a threshold."""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from matplotlib.axes import Axes

from socialimpact.plots import style
from socialimpact.plots.columns import Number, column, finite, number, refused, same_length
from socialimpact.types import Language

_BINS = 60
"""The most bins; fewer draws have fewer, by the cube root rule."""
_TAIL = 0.001
"""The share of the draws left out at each end."""


def histogram(
    values: Iterable[Number | None] | None = None,
    *,
    edges: Iterable[Number] | None = None,
    counts: Iterable[Number] | None = None,
    threshold: Number | None = None,
    probability: Number | None = None,
    undefined: Number = 0,
    interval: tuple[Number, Number] | None = None,
    level: Number = 0.9,
    mean: Number | None = None,
    ax: Axes | None = None,
    lang: Language = "en",
    label: str | None = None,
    unit: str | None = None,
    title: str | None = None,
) -> Axes:
    """Draw the draws of a simulated figure.

    The picture says how often a figure comes out where: what lies above the threshold is filled solidly, what lies at
    or below it is hatched, and the two shares stand above. Of values the central 99.8 % is drawn.

    Parameters
    ----------
    values : iterable of numbers, optional
        The draws; None and NaN are draws without a value, of which the share is said. Or give `edges` and `counts`.
    edges, counts : iterable of numbers, optional
        Bins: one edge more than counts.
    threshold : number, optional
        Zero for a net benefit, one for a ratio.
    probability : number, optional
        The chance of a value above the threshold; left out, that of the values given. Of bins it is said only if given.
    undefined : number, default 0
        The share of the draws without a value, for bins; of values it is counted.
    interval : pair of numbers, optional
        The ends of an interval, marked below the draws; `level` says how much lies between them.
    level : number, default 0.9
        The chance between the ends of the interval.
    mean : number, optional
        Marked with a dashed line.
    ax, lang, label, unit, title
        As for `density`.

    Returns
    -------
    matplotlib Axes
        `alt_text` of it is the picture in words.

    Examples
    --------
    >>> import socialimpact as si
    >>> from socialimpact import plots
    >>> net_benefit = si.Distribution.normal(mean=2, sd=2).sample(1000, seed=7)
    >>> ax = plots.histogram(net_benefit, threshold=0, mean=2, label="Net present value", unit="NOK")
    >>> plots.alt_text(ax)
    'Net present value, NOK: mean 2 NOK, 83.4% above 0, 16.6% at or below 0'
    """
    cut = None if threshold is None else number(threshold, "threshold")
    at, heights, drawn, without = _bins(values, edges, counts, cut)
    above: float | None
    if probability is not None:
        above = number(probability, "probability")
    else:
        above = sum(value > cut for value in drawn) / len(drawn) if drawn and cut is not None else None
    numbering = style.numbering(lang, unit, at)
    said = []
    with style.drawing():
        ax = style.axes(ax, 3.4)
        _bars(ax, at, heights, cut)
        if mean is not None:
            said.append(_mean(ax, number(mean, "mean"), numbering))
        if interval is not None:
            ends = (number(interval[0], "interval[0]"), number(interval[1], "interval[1]"))
            _interval(ax, ends)
            said.append(numbering.between(number(level, "level"), ends))
        said += _shares(numbering, above, cut, without or number(undefined, "undefined"))
        ax.set_yticks([])
        ax.set_ylabel(numbering.texts("plot.draws"), color=style.INK, fontsize=style.SIZE)
        style.number_ticks(ax, "x", numbering, label)
        style.heading(ax, title, said)
        name = style.named(title) or numbering.titled(label) or numbering.texts("plot.draws")
        return style.finished(ax, f"{name}: {', '.join(said)}" if said else name)


def _shares(numbering: style.Numbering, above: float | None, cut: float | None, undefined: float) -> list[str]:
    """Say how the draws are shared out."""
    said = []
    if above in {0, 1} and cut is not None:
        said = [numbering.texts("plot.none_above" if above == 0 else "plot.none_below", value=numbering.text(cut))]
    elif above is not None and cut is not None:
        sides = (("above", above), ("below", 1 - above))
        said = [
            numbering.texts(f"plot.{side}", share=numbering.share(part), value=numbering.text(cut))
            for side, part in sides
        ]
    if undefined:
        said.append(numbering.texts("plot.undefined", share=numbering.share(undefined)))
    return said


def _mean(ax: Axes, centre: float, numbering: style.Numbering) -> str:
    ax.axvline(centre, color=style.SECOND, linestyle=(0, (5, 3)), linewidth=1.4)
    return numbering.texts("plot.mean", value=numbering.with_unit(centre))


def _bins(
    values: Iterable[Number | None] | None,
    edges: Iterable[Number] | None,
    counts: Iterable[Number] | None,
    cut: float | None,
) -> tuple[list[float], list[float], list[float], float]:
    """Give edges, heights, the values that are drawn, and the share of those that are none."""
    if values is None:
        if edges is None or counts is None:
            raise refused("values", "give `values`, or `edges` and `counts`")
        at, number_in = finite(edges, "edges"), finite(counts, "counts")
        same_length(at[1:], number_in, ("edges", "counts"))
        if any(left >= right for left, right in pairwise(at)) or min(number_in) < 0:
            raise refused("edges", "edges rise from one to the next, and counts are zero or more")
        total = sum(number_in) or 1.0
        heights = [count / total / (right - left) for count, (left, right) in zip(number_in, pairwise(at), strict=True)]
        return at, heights, [], 0.0
    if edges is not None or counts is not None:
        raise refused("values", "give `values`, or `edges` and `counts`, not both")
    return _binned(values, cut)


def _binned(values: Iterable[Number | None], cut: float | None) -> tuple[list[float], list[float], list[float], float]:
    import numpy as np

    listed = values if isinstance(values, np.ndarray) else list(values)
    given = np.asarray(listed)
    # Floats stay one block; what else numbers may be is gone through one by one.
    given = np.ravel(given) if given.dtype.kind == "f" else np.asarray(column(listed, "values"))
    drawn = given[~np.isnan(given)]
    if not drawn.size:
        raise refused("values", "there are no values to draw")
    inside = drawn[np.isfinite(drawn)]
    if not inside.size:
        raise refused("values", "all values are infinite")
    low, high = np.quantile(inside, [_TAIL, 1 - _TAIL])
    if cut is not None and low - (high - low) / 2 <= cut <= high + (high - low) / 2:
        low, high = min(low, cut), max(high, cut)
    if not low < high:
        low, high = low - max(abs(low) / 100, 0.5), high + max(abs(high) / 100, 0.5)
    bins = min(_BINS, math.ceil(2 * float(np.cbrt(inside.size))))
    at = np.linspace(low, high, bins + 1)
    if cut is not None and low < cut < high:
        at = np.unique(np.append(at, cut))
    counted, _ = np.histogram(inside, bins=at)
    heights = counted / inside.size / np.diff(at)
    undefined = float(np.isnan(given).mean())
    return [float(edge) for edge in at], [float(height) for height in heights], [float(v) for v in drawn], undefined


def _bars(ax: Axes, at: Sequence[float], heights: Sequence[float], cut: float | None) -> None:
    """Draw the bins, cut at the threshold: solid above it, hatched at and below it."""
    for (left, right), height in zip(pairwise(at), heights, strict=True):
        parts = [(left, right)] if cut is None or not left < cut < right else [(left, cut), (cut, right)]
        for start, end in parts:
            if cut is None or start >= cut:
                ax.fill_between([start, end], height, color=style.MAIN, alpha=0.75, linewidth=0)
            else:
                ax.fill_between(
                    [start, end], height, facecolor="white", edgecolor=style.SECOND, hatch=style.HATCH, linewidth=0
                )
    ax.stairs(heights, at, color=style.INK, linewidth=0.8)
    if cut is not None and at[0] <= cut <= at[-1]:
        ax.axvline(cut, color=style.INK, linewidth=1.4)
    ax.set_ylim(0, 1.08 * max(heights) or 1.0)
    ax.set_xlim(at[0], at[-1])


def _interval(ax: Axes, ends: tuple[float, float]) -> None:
    """Mark an interval along the foot of the picture."""
    ax.plot(
        ends,
        [0, 0],
        color=style.SECOND,
        linewidth=4,
        marker="|",
        markersize=12,
        markeredgewidth=2,
        clip_on=False,
        zorder=4,
    )
