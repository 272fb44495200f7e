"""A grid of scenarios as a picture: its means, and where they meet the threshold."""

from typing import Any

from matplotlib.axes import Axes

from socialimpact._core import Grid
from socialimpact.errors import ImpactError
from socialimpact.plots import told
from socialimpact.plots.grids import heatmap
from socialimpact.plots.lines import curve
from socialimpact.plots.simulated import counted_in
from socialimpact.plots.style import texts
from socialimpact.types import Language
from socialimpact.wording.texts import sentence_case
from socialimpact.wording.words import Words

_AROUND = 1.645
"""Standard deviations that hold 90 % of a normal."""


def scenarios(grid: Grid, ax: Axes | None = None, lang: Language = "en") -> Axes:
    """Draw the means of a grid: a line with its spread over one axis, a map over two.

    Parameters
    ----------
    grid : Grid
        With one axis or two.
    ax : matplotlib Axes, optional
        Where to draw; left out, a figure of its own.
    lang : Language, default "en"
        The language of texts and numbers.
    """
    texts(lang)
    words = Words(grid.model.appraise(), lang)
    figure, rows = grid.point, grid.table.to_dict()
    unit, level = counted_in(figure.unit, words)
    label = sentence_case(figure.name.in_language(lang))
    title = told.figure_title(words, grid.measure, grid.holder, grid.marks, grid.outcome)
    names = {address: told.axis(words, address) for address in grid.axes}
    parts = [words.texts("plot.spread" if len(names) == 1 else "plot.means")]
    shown: dict[str, Any] = {
        "title": title,
        "notes": told.notes(words.texts, parts, [name for name, _ in names.values()]),
        "ax": ax,
        "lang": lang,
        "label": f"{label}, {level}" if level else label,
        "unit": unit or None,
    }
    axes = [(address, sorted(set(values))) for address, values in grid.axes.items()]
    at = {address: rows[address] for address, _ in axes}
    match axes:
        case [(address, values)]:
            order = sorted(range(len(at[address])), key=at[address].__getitem__)
            means = [rows["mean"][row] for row in order]
            spread = [rows["sd"][row] for row in order]
            sides = (-_AROUND, _AROUND)
            low, high = ([_off(mean, sd, side) for mean, sd in zip(means, spread, strict=True)] for side in sides)
            return curve(
                values,
                {"": means},
                bands={"": (low, high)},
                target=grid.above,
                x_label=names[address][0],
                x_unit=names[address][1],
                **shown,
            )
        case [(first, ups), (second, alongs)]:
            pairs = zip(at[first], at[second], rows["mean"], strict=True)
            found = {(up, along): mean for up, along, mean in pairs}
            return heatmap(
                alongs,
                ups,
                [[found[up, along] for along in alongs] for up in ups],
                contour=grid.above,
                x_label=names[second][0],
                x_unit=names[second][1],
                y_label=names[first][0],
                y_unit=names[first][1],
                **shown,
            )
        case _:
            message = f"a grid of {len(axes)} axes has no picture: one or two can be drawn"
            raise ImpactError(message)


def _off(mean: float | None, sd: float | None, side: float) -> float | None:
    return None if mean is None or sd is None else mean + side * sd
