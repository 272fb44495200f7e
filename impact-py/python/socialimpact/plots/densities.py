"""The density of a distribution: how likely each value is."""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from matplotlib.axes import Axes

from socialimpact._core import Distribution
from socialimpact.plots import style
from socialimpact.types import Language

_POINTS = 401
_LOW, _HIGH = 0.05, 0.95
_NEAR_END = 0.05
"""An end of the range this close to the central part, as a share of it, is drawn."""
_ORDINARY = 0.8
"""The chance that lies where the density is ordinary: the axis is cut at some times that density."""
_TIMES = 4.0
_STEPS = 12
"""Points from the central part to an end close by."""
_STEMS_WITH_HEADS = 60


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
            numbering.between(_HIGH - _LOW, (low, high)),
        ]
        style.heading(ax, title, said)
        name = style.named(title) or numbering.titled(label) or numbering.texts("plot.distribution")
        return style.finished(ax, f"{name}: {', '.join(said)}")


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
        text = numbering.texts("plot.exactly", share=numbering.share(chance), value=numbering.text(at))
        ax.annotate(text, (at, 0.88 * top), (7, 0), textcoords="offset points", va="center", fontsize=style.SMALL)
