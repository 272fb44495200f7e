"""A simulated figure as a picture: its draws, its threshold, and what stands above them."""

import math

from matplotlib.axes import Axes

from socialimpact._core import SimulatedFigure
from socialimpact.label import Label
from socialimpact.plots.draws import histogram
from socialimpact.plots.style import texts
from socialimpact.plots.told import figure_title
from socialimpact.types import Language
from socialimpact.wording.words import Words

_TAIL = 0.001
"""The share of the draws left out at each end."""
_LEVEL = 0.9
_IN_PERCENT = "rate a year"


def simulated(figure: SimulatedFigure, ax: Axes | None = None, lang: Language = "en") -> Axes:
    """Draw how often a simulated figure comes out where.

    Parameters
    ----------
    figure : SimulatedFigure
        Of the central 99.8 % of its draws that are numbers a picture is made; the shares said are of all draws
        with a value.
    ax : matplotlib Axes, optional
        Where to draw; left out, a figure of its own.
    lang : Language, default "en"
        The language of texts and numbers.
    """
    texts(lang)
    words = Words(figure.simulated.model.appraise(), lang)
    threshold = figure.threshold
    low, high = _ends(figure, threshold)
    bins = figure.histogram(low=low, high=high).to_dict()
    unit, level = counted_in(figure.unit, words)
    return histogram(
        edges=[*bins["low"], bins["high"][-1]],
        counts=bins["count"],
        threshold=threshold,
        probability=None if threshold is None else figure.probability(above=threshold),
        undefined=figure.undefined_share,
        interval=_numbers(figure.interval(_LEVEL)),
        level=_LEVEL,
        mean=None if figure.mean_note else figure.mean,
        ax=ax,
        lang=lang,
        label=level or None,
        unit=unit or None,
        title=figure_title(words, figure.measure, figure.holder, figure.marks, figure.outcome),
    )


def _numbers(ends: tuple[float, float]) -> tuple[float, float] | None:
    """Leave out an interval of which an end is infinite: no picture reaches there."""
    return ends if all(map(math.isfinite, ends)) else None


def _ends(figure: SimulatedFigure, threshold: float | None) -> tuple[float, float]:
    """Give the values the picture reaches over: with the threshold, where that is near."""
    low, high = figure.central(1 - 2 * _TAIL)
    near = (high - low) / 2
    if threshold is not None and low - near <= threshold <= high + near:
        low, high = min(low, threshold), max(high, threshold)
    if low < high:
        return low, high
    return low - max(abs(low) / 100, 0.5), high + max(abs(high) / 100, 0.5)


def counted_in(label: Label, words: Words) -> tuple[str, str]:
    """Give what a figure is counted in, and at which price level."""
    unit = str(label)
    if unit == _IN_PERCENT:
        return "share", ""
    if unit.startswith("ratio"):
        return "", label.in_language(words.language)
    counted, _, level = words.unit(unit).partition(" (")
    return counted, level.removesuffix(")")
