"""Pictures of what matters and of what it is worth to know: the tables of a simulation as bars and curves.

One rule: everything drawn stands in the table.
"""

from matplotlib.axes import Axes

from socialimpact._core import Table
from socialimpact.plots.lines import curve
from socialimpact.plots.rows import bars
from socialimpact.plots.style import texts
from socialimpact.types import Language


def influence(table: Table, label: str, _unit: str, ax: Axes | None = None, lang: Language = "en") -> Axes:
    """Draw the indices of each number with their intervals: first-order ones, and total ones where there are."""
    say = texts(lang)
    indices = {"first": say("sensitivity.first_order"), "total": say("sensitivity.total")}
    drawn = [name for name in indices if f"{name}_low" in table.column_names]
    columns = {"first": "first_order", "total": "total"}
    title = say("sensitivity.influence_title", figure=label)
    if len(drawn) == 1:
        return bars(
            table["address"],
            table["first_order"],
            low=table["first_low"],
            high=table["first_high"],
            ax=ax,
            lang=lang,
            label=indices["first"],
            unit="share",
            title=title,
        )
    return bars(
        table["address"],
        {indices[name]: table[columns[name]] for name in drawn},
        low={indices[name]: table[f"{name}_low"] for name in drawn},
        high={indices[name]: table[f"{name}_high"] for name in drawn},
        ax=ax,
        lang=lang,
        label=say("sensitivity.share"),
        unit="share",
        title=title,
    )


def learning(table: Table, _label: str, unit: str, ax: Axes | None = None, lang: Language = "en") -> Axes:
    """Draw what it is worth to know each number."""
    say = texts(lang)
    return bars(table["address"], table["evppi"], ax=ax, lang=lang, label=say("sensitivity.worth"), unit=unit)


def options(table: Table, _label: str, _unit: str, ax: Axes | None = None, lang: Language = "en") -> Axes:
    """Draw the chance of each option to turn out best."""
    say = texts(lang)
    names = [
        say(f"sensitivity.{name}") if name in {"nothing", "this"} and position < _OWN else name
        for position, name in enumerate(table["option"])
    ]
    chances = table["chance_of_being_best"]
    return bars(names, chances, ax=ax, lang=lang, label=say("sensitivity.chance_best"), unit="share")


_OWN = 2
"""The options that have no name of their own: doing nothing, and the model itself."""


def studies(table: Table, _label: str, unit: str, ax: Axes | None = None, lang: Language = "en") -> Axes:
    """Draw what a study is worth against its size."""
    say = texts(lang)
    size = "people" if "people" in table.column_names else "exposure"
    sizes, worth = zip(*sorted(zip(table[size], table["evsi"], strict=True)), strict=True)
    return curve(
        sizes,
        worth,
        ax=ax,
        lang=lang,
        x_label=say(f"sensitivity.{size}"),
        label=say("sensitivity.study_worth"),
        unit=unit,
    )


def acceptability(table: Table, label: str, unit: str, ax: Axes | None = None, lang: Language = "en") -> Axes:
    """Draw the chance that a figure is above each threshold."""
    say = texts(lang)
    thresholds, chances = zip(*sorted(zip(table["threshold"], table["probability_above"], strict=True)), strict=True)
    return curve(
        thresholds,
        chances,
        ax=ax,
        lang=lang,
        x_label=label,
        x_unit=unit,
        label=say("sensitivity.chance_above"),
        unit="share",
    )
