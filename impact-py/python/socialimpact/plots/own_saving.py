"""Payment beside own saving as a picture: what each payer is expected to pay and to save, by year."""

from matplotlib.axes import Axes

from socialimpact._core import SavingRisk
from socialimpact.plots import style
from socialimpact.plots.uprights import uprights
from socialimpact.types import Language, Situation
from socialimpact.wording.saving import Saved

_MOST_GROUPS = 8
"""Payers and years that stand side by side; where there are more, a payer's years are added up."""


def own_saving(
    risk: SavingRisk, ax: Axes | None = None, lang: Language = "en", situation: Situation = "as-believed"
) -> Axes:
    """Draw what each payer is expected to pay beside what it is expected to save, by year.

    Parameters
    ----------
    risk : SavingRisk
        Payments and savings.
    ax : matplotlib Axes, optional
        Where to draw; left out, a figure of its own.
    lang : Language, default "en"
        The language of texts and numbers.
    situation : Situation, default "as-believed"
        What is supposed to be the case.
    """
    texts = style.texts(lang)
    told = Saved(risk, lang)
    found = told.situation(situation)
    title = texts("saving.plot_title", situation=told.name(found))
    payers = [row for row in found["holders"] if row["covers"] is not None]
    if not payers:
        return style.empty(title, texts("saving.shares_nothing_to_pay"), ax)
    amounts = {
        f"{told.name(row)} {year['year']}": (year["paid"], year["saved"])
        for row in payers
        for year in row["years"]
        if year["paid"] or year["saved"]
    }
    notes, x_label = list(told.marks), texts("saving.plot_payers_years")
    if not amounts or len(amounts) > _MOST_GROUPS:
        amounts = {told.name(row): (row["paid"]["mean"], row["saved"]["mean"]) for row in payers}
        notes.append(texts("saving.plot_all_years"))
        x_label = texts("saving.plot_payers")
    return uprights(
        list(amounts),
        {
            texts("saving.pays"): [paid for paid, _ in amounts.values()],
            texts("saving.saves"): [saved for _, saved in amounts.values()],
        },
        ax=ax,
        lang=lang,
        x_label=x_label,
        label=texts("saving.plot_axis"),
        unit=risk.contract.currency,
        title=title,
        notes=notes,
    )
