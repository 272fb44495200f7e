"""A waterfall as a picture: from gross value to what is left, each bar from where the one before ends."""

from typing import Any

from matplotlib.axes import Axes

from socialimpact._core import Waterfall
from socialimpact.plots import rows, style
from socialimpact.plots.told import figure_unit, notes
from socialimpact.types import Language
from socialimpact.wording.tables import DAGGER
from socialimpact.wording.texts import sentence_case
from socialimpact.wording.words import Words


def waterfall(found: Waterfall, ax: Axes | None = None, lang: Language = "en") -> Axes:
    """Draw the steps of a waterfall; those that change nothing are left out, as in the report.

    Parameters
    ----------
    found : Waterfall
        The steps.
    ax : matplotlib Axes, optional
        Where to draw; left out, a figure of its own.
    lang : Language, default "en"
        The language of texts and numbers.
    """
    texts = style.texts(lang)
    words = Words(found.appraisal, lang)
    steps = [step for step in found.table.to_pylist() if step["level"] or step["amount"]]
    unit, level = figure_unit(lang, found.unit)
    title = f"{texts('waterfall.title')}, {words.holder_in(found.holder)}"
    names = [_name(step, lang) for step in steps]
    ends = [(float(step["from"]), float(step["standing"])) for step in steps]
    numbering = style.numbering(lang, unit, [end for both in ends for end in both])
    said = notes(texts, [level] if level else [], names)
    with style.drawing():
        ax = style.axes(ax, 1.8 + 0.35 * len(said) + 0.44 * len(steps))
        figures = [numbering.text(float(step["amount"])) for step in steps]
        for position, (step, both) in enumerate(zip(steps, ends, strict=True)):
            shade, hatch = (style.MAIN, None) if step["level"] else (style.SECOND, style.HATCH)
            rows.bar_between(ax, position, both, shade, hatch)
            rows.beside(ax, (max(both), position), figures[position], is_right=True)
        ax.axvline(0, color=style.INK, linewidth=1.0)
        rows.names_of_rows(ax, names)
        rows.room_beside(ax, [0.0, *(end for both in ends for end in both)], names, figures)
        style.number_ticks(ax, "x", numbering, None)
        ax.grid(visible=True, axis="x")
        style.heading(ax, title, said)
        told = [f"{name} {numbering.with_unit(float(step['amount']))}" for name, step in zip(names, steps, strict=True)]
        return style.finished(ax, f"{title}: {', '.join([*told, *said])}")


def _name(step: dict[str, Any], lang: Language) -> str:
    """Give the name of a step, with the dagger of what was invented."""
    name = sentence_case(str(step[f"name_{lang}"] or step["name_en"]))
    return name + DAGGER if step["illustrative"] else name
