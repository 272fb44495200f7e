"""A budget as a picture: what the net saving has come to by the end of each year."""

from matplotlib.axes import Axes

from socialimpact._core import Budget
from socialimpact.plots.lines import curve
from socialimpact.plots.style import texts
from socialimpact.plots.told import notes
from socialimpact.types import Language
from socialimpact.wording.tables import Tables
from socialimpact.wording.words import Words


def budget(found: Budget, ax: Axes | None = None, lang: Language = "en") -> Axes:
    """Draw what the net saving of a budget has come to by the end of each year.

    Parameters
    ----------
    found : Budget
        The budget.
    ax : matplotlib Axes, optional
        Where to draw; left out, a figure of its own.
    lang : Language, default "en"
        The language of texts and numbers.
    """
    told = texts(lang)
    words = Words(found.appraisal, lang)
    tables = Tables(found.appraisal, words)
    years, sums = list(found.table["year"]), list(found.table["cumulative"])
    name, even = tables.marked(found.holder), found.break_even_year
    marks = [] if even is None else [(even, sums[years.index(even)], told("chart.even", year=even))]
    return curve(
        years,
        {name: sums},
        target=0,
        marks=marks,
        ax=ax,
        lang=lang,
        x_label=told("budget.year"),
        x_unit="calendar-year",
        label=told("budget.cumulative"),
        unit=words.numbers.currency,
        title=f"{told('chart.title')}: {words.holder_in(found.holder)}",
        notes=notes(told, [tables.level(found.price_level)], [name]),
    )
