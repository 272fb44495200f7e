"""Upright bars side by side: several amounts for each day, year or holder, above and below zero."""

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes

from socialimpact.plots import style
from socialimpact.plots.columns import finite, refused, same_length
from socialimpact.plots.columns import label as shown_label
from socialimpact.types import Language

_WHOLE, _HATCHES = 0.8, (None, "////", "....", "xx", "\\\\\\\\")
_NAME, _LINES = 14, 3
"""Characters of the name of a group in a line, and how many lines it has at most."""


def uprights(
    groups: Sequence[str],
    series: Mapping[str, Sequence[float]],
    *,
    ax: Axes | None = None,
    lang: Language = "en",
    x_label: str | None = None,
    label: str | None = None,
    unit: str | None = None,
    title: str | None = None,
    notes: Sequence[str] = (),
) -> Axes:
    """Draw bars side by side in each group, a colour and a hatching for each series.

    Parameters
    ----------
    groups : sequence of str
        What stands along the axis: days, years, holders.
    series : mapping of name to numbers
        One amount for each group; below zero hangs down.
    ax, lang, x_label, label, unit, title, notes
        As for `plots.curve`.

    Returns
    -------
    matplotlib Axes
        `alt_text` of it is the picture in words: every amount of every series.
    """
    if not series or not groups:
        raise refused("series", "there are no values to draw")
    names = [shown_label(group) for group in groups]
    found = {shown_label(name): finite(values, f"series.{name}") for name, values in series.items()}
    for name, values in found.items():
        same_length(names, values, ("groups", f"series.{name}"))
    up = style.numbering(lang, unit, [value for values in found.values() for value in values])
    with style.drawing():
        ax = style.axes(ax, 4.2)
        thick = _WHOLE / len(found)
        for nth, (name, values) in enumerate(found.items()):
            away = (nth - (len(found) - 1) / 2) * thick
            shade, hatch = style.colour(nth), _HATCHES[nth % len(_HATCHES)]
            ax.bar(
                [place + away for place in range(len(names))],
                values,
                width=thick * 0.88,
                facecolor=shade if hatch is None else style.LIGHT,
                edgecolor=shade,
                hatch=hatch,
                linewidth=0.8,
                label=name,
            )
        ax.axhline(0, color=style.INK, linewidth=1.0)
        ax.set_xticks(range(len(names)), [style.wrapped(name, _NAME, _LINES) for name in names])
        ax.margins(x=0.02)
        style.number_ticks(ax, "y", up, label)
        if x_label:
            ax.set_xlabel(x_label, color=style.INK, fontfamily=style.FONT, fontsize=style.SIZE)
        ax.grid(visible=True, axis="y")
        style.beside(ax, "")
        style.heading(ax, title, notes)
        words = [
            f"{name}: "
            + ", ".join(f"{group} {up.with_unit(value)}" for group, value in zip(names, values, strict=True) if value)
            for name, values in found.items()
        ]
        named = style.named(title) or up.titled(label)
        return style.finished(ax, f"{named}: {'; '.join([*words, *notes])}")
