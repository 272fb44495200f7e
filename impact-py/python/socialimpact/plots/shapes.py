"""Shapes of what is uncertain: a distribution, and the draws of a simulated figure."""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from matplotlib.axes import Axes

from socialimpact._core import Distribution
from socialimpact.plots import style
from socialimpact.plots.columns import Number, column, finite, number, refused, same_length
from socialimpact.types import Language

_POINTS = 401
_LOW, _HIGH = 0.05, 0.95
_NEAR_END = 0.05
"""An end of the range this close to the central part, as a share of it, is drawn."""
_ORDINARY = 0.8
"""The chance that lies where the density is ordinary: the axis is cut at some times that density."""
_TIMES = 4.0
_STEPS = 12
_STEMS_WITH_HEADS = 60
_BINS = 60
"""The most bins; fewer draws have fewer, by the cube root rule."""
_TAIL = 0.001


def density(
    distribution: Distribution,
    *,
    ax: Axes | None = None,
    lang: Language = "en",
    label: str | None = None,
    unit: str | None = None,
    title: str | None = None,
) -> Axes:
    """Draw how likely each value of a distribution is.

    The picture says where the values lie and how surely: the mean as a dashed line, the central 90 % filled more
    darkly, both in figures above. Single values are stems as high as their chances; within a continuous shape they are
    marked with their chance, as a chance and a density have no common scale. The central 99.8 % is drawn; a density
    without end is cut.

    Parameters
    ----------
    distribution : Distribution
        What to draw.
    ax : matplotlib Axes, optional
        Where to draw; left out, a new figure of pyplot.
    lang : Language, default "en"
        The language of texts and numbers.
    label, unit : str, optional
        What the values are, and in what; ``"share"`` makes them percentages.
    title : str, optional
        What stands above.

    Returns
    -------
    matplotlib Axes
        `alt_text` of it is the picture in words.

    Examples
    --------
    >>> import socialimpact as si
    >>> from socialimpact import plots
    >>> ax = plots.density(si.Distribution.beta(mean=0.3, sd=0.1), label="Deadweight", unit="share")
    >>> plots.alt_text(ax)
    'Deadweight: mean 30%, 90% between 14.7% and 47.6%'
    """
    outline = distribution.summary(_POINTS).to_dict()
    x, heights, chances = ([float(value) for value in outline[name]] for name in ("x", "density", "chance"))
    low, high = distribution.quantile([_LOW, _HIGH])
    numbering = style.numbering(lang, unit, x)
    with style.drawing():
        ax = style.axes(ax, 3.4)
        if distribution.is_discrete:
            _stems(ax, x, heights, (low, high))
            style.number_ticks(ax, "y", style.numbering(lang, "share", []), numbering.texts("plot.chance"))
            ax.grid(visible=True, axis="y")
        else:
            _curve(ax, distribution, (x, heights), (low, high))
            _atoms(ax, [(at, chance) for at, chance in zip(x, chances, strict=True) if chance], numbering)
            ax.set_yticks([])
            ax.set_ylabel(numbering.texts("plot.density"), color=style.INK, fontsize=style.SIZE)
        ax.axvline(distribution.mean, color=style.SECOND, linestyle=(0, (5, 3)), linewidth=1.4)
        style.number_ticks(ax, "x", numbering, label, places=x if distribution.is_discrete else None)
        said = [
            numbering.texts("plot.mean", value=numbering.with_unit(distribution.mean)),
            _between(numbering, _HIGH - _LOW, (low, high)),
        ]
        style.heading(ax, title, said)
        name = style.named(title) or numbering.titled(label) or numbering.texts("plot.distribution")
        return style.finished(ax, f"{name}: {', '.join(said)}")


def histogram(
    values: Iterable[Number | None] | None = None,
    *,
    edges: Iterable[Number] | None = None,
    counts: Iterable[Number] | None = None,
    threshold: Number | None = None,
    probability: Number | None = None,
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
    at, heights, drawn, undefined = _bins(values, edges, counts, cut)
    above: float | None
    if probability is not None:
        above = number(probability, "probability")
    else:
        above = sum(value > cut for value in drawn) / len(drawn) if drawn and cut is not None else None
    numbering = style.numbering(lang, unit, at)
    with style.drawing():
        ax = style.axes(ax, 3.4)
        _bars(ax, at, heights, cut)
        if cut is not None and at[0] <= cut <= at[-1]:
            ax.axvline(cut, color=style.INK, linewidth=1.4)
        said = []
        if mean is not None:
            centre = number(mean, "mean")
            ax.axvline(centre, color=style.SECOND, linestyle=(0, (5, 3)), linewidth=1.4)
            said.append(numbering.texts("plot.mean", value=numbering.with_unit(centre)))
        if interval is not None:
            ends = (number(interval[0], "interval[0]"), number(interval[1], "interval[1]"))
            _interval(ax, ends)
            said.append(_between(numbering, number(level, "level"), ends))
        if above is not None and cut is not None:
            said += [
                numbering.texts(f"plot.{side}", share=_share(numbering, part), value=numbering.text(cut))
                for side, part in (("above", above), ("below", 1 - above))
            ]
        if undefined:
            said.append(numbering.texts("plot.undefined", share=_share(numbering, undefined)))
        ax.set_yticks([])
        ax.set_ylabel(numbering.texts("plot.draws"), color=style.INK, fontsize=style.SIZE)
        style.number_ticks(ax, "x", numbering, label)
        style.heading(ax, title, said)
        name = style.named(title) or numbering.titled(label) or numbering.texts("plot.draws")
        return style.finished(ax, f"{name}: {', '.join(said)}" if said else name)


def _share(numbering: style.Numbering, part: float) -> str:
    whole = style.Numbering(numbering.texts, numbering.numbers, 1.0, "", is_share=True)
    return whole.text(round(part, 3))


def _between(numbering: style.Numbering, level: float, ends: tuple[float, float]) -> str:
    low, high = (numbering.text(end) for end in ends)
    unit = f" {numbering.unit}" if numbering.unit else ""
    return numbering.texts("plot.between", share=_share(numbering, level), low=low, high=high) + unit


def _stems(ax: Axes, x: Sequence[float], heights: Sequence[float], ends: tuple[float, float]) -> None:
    within = [ends[0] <= at <= ends[1] for at in x]
    shades = [style.MAIN if inside else style.LIGHT for inside in within]
    ax.vlines(x, 0, heights, colors=shades, linewidth=2.2 if len(x) <= _STEMS_WITH_HEADS else 1.0)
    if len(x) <= _STEMS_WITH_HEADS:
        ax.scatter(x, heights, s=22, c=shades, zorder=3)
    ax.set_ylim(0, 1.12 * max(heights))


def _curve(
    ax: Axes, distribution: Distribution, outline: tuple[list[float], list[float]], ends: tuple[float, float]
) -> None:
    x, heights = outline
    top = _top(x, heights)
    x, heights = _to_the_ends(distribution, x, heights)
    heights = [min(height, 2 * top) for height in heights]
    ax.fill_between(x, heights, color=style.LIGHT, alpha=0.45, linewidth=0)
    places = [(at, height) for at, height in zip(x, heights, strict=True) if ends[0] <= at <= ends[1]]
    places = [(ends[0], _height(x, heights, ends[0])), *places, (ends[1], _height(x, heights, ends[1]))]
    ax.fill_between(
        [at for at, _ in places], [height for _, height in places], color=style.MAIN, alpha=0.45, linewidth=0
    )
    ax.plot(x, heights, color=style.MAIN, linewidth=1.8)
    ax.set_ylim(0, 1.08 * top)


def _height(x: Sequence[float], heights: Sequence[float], at: float) -> float:
    """Give the height of the line at a place."""
    for (left, low), (right, high) in pairwise(zip(x, heights, strict=True)):
        if left <= at <= right and left < right:
            return low + (high - low) * (at - left) / (right - left)
    return 0.0


def _top(x: Sequence[float], heights: Sequence[float]) -> float:
    """Give the height of the axis: that of the line, or less where a peak would hide all the rest."""
    stretches = [
        (max(low, high), (right - left) * (low + high) / 2)
        for (left, low), (right, high) in pairwise(zip(x, heights, strict=True))
        if math.isfinite(low) and math.isfinite(high)
    ]
    highest = max((height for height in heights if math.isfinite(height)), default=1.0)
    total, reached = sum(chance for _, chance in stretches), 0.0
    for height, chance in sorted(stretches):
        reached += chance
        if reached >= _ORDINARY * total:
            return min(highest, _TIMES * height) or 1.0
    return highest or 1.0


def _to_the_ends(distribution: Distribution, x: list[float], heights: list[float]) -> tuple[list[float], list[float]]:
    """Add the ends of the range where they lie close by, and the edges down to the axis."""
    low, high = distribution.support
    near = _NEAR_END * (x[-1] - x[0])
    if x[0] - low <= near:
        steps = _steps(low, x[0])
        x, heights = [low, *steps, *x], [0.0, *_finite(distribution.density(steps), heights[0]), *heights]
    if high - x[-1] <= near:
        steps = _steps(x[-1], high)
        x, heights = [*x, *steps, high], [*heights, *_finite(distribution.density(steps), heights[-1]), 0.0]
    return x, heights


def _steps(low: float, high: float) -> list[float]:
    return [low + (high - low) * step / _STEPS for step in range(_STEPS + 1)]


def _finite(heights: Iterable[float], instead: float) -> list[float]:
    return [height if math.isfinite(height) else instead for height in heights]


def _atoms(ax: Axes, atoms: Sequence[tuple[float, float]], numbering: style.Numbering) -> None:
    """Mark single values within a continuous shape, each with its chance."""
    top = ax.get_ylim()[1]
    for at, chance in atoms:
        ax.vlines(at, 0, 0.88 * top, color=style.MAIN, linewidth=2.2)
        ax.plot([at], [0.88 * top], marker="o", color=style.MAIN, markersize=6)
        text = numbering.texts("plot.exactly", share=_share(numbering, chance), value=numbering.text(at))
        ax.annotate(text, (at, 0.88 * top), (7, 0), textcoords="offset points", va="center", fontsize=style.SMALL)


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
