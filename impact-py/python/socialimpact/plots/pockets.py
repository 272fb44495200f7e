"""Who pays against who gains as a picture: the money of each holder, added up year by year."""

from matplotlib.axes import Axes

from socialimpact._core import Appraisal
from socialimpact.plots.lines import curve
from socialimpact.plots.style import empty, texts
from socialimpact.plots.told import notes
from socialimpact.types import CountedIn, Language
from socialimpact.wording.tables import Tables
from socialimpact.wording.who_pays import WhoPays
from socialimpact.wording.words import Words


def pockets(
    appraisal: Appraisal, ax: Axes | None = None, *, counted_in: CountedIn = "present-value", lang: Language = "en"
) -> Axes:
    """Draw what the money of each holder has come to by the end of each year.

    Parameters
    ----------
    appraisal : Appraisal
        The appraisal.
    ax : matplotlib Axes, optional
        Where to draw; left out, a new figure of pyplot.
    counted_in : {"present-value", "real", "nominal"}, default "present-value"
        Present values, krone of the price year, or money of each year.
    lang : Language, default "en"
        The language of texts and numbers.
    """
    texts(lang)
    words = Words(appraisal, lang)
    told = WhoPays(appraisal, Tables(appraisal, words))
    found = told.cumulative(counted_in)
    title = words.texts("who_pays.plot_title")
    if not found:
        return empty(title, words.texts("who_pays.no_money_moves"), ax)
    years = [year for year, _ in next(iter(found.values()))]
    lines = {told.tables.marked(holder): [value for _, value in values] for holder, values in found.items()}
    return curve(
        years,
        lines,
        ax=ax,
        lang=lang,
        x_label=words.texts("budget.year"),
        x_unit="calendar-year",
        label=words.texts("who_pays.plot_label", basis=told.basis(counted_in)),
        unit=words.numbers.currency,
        title=title,
        notes=notes(words.texts, [], lines),
    )
