"""Cash flows as a picture: what each party pays and receives, and when."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from matplotlib.axes import Axes

from socialimpact._core import CashFlows
from socialimpact.plots import style
from socialimpact.plots.uprights import uprights
from socialimpact.types import Language
from socialimpact.wording.flowing import Flowing

_MOST_DAYS, _MOST_PARTIES = 8, 5
"""Days that are told by themselves, and parties with bars of their own."""


def flows(found: CashFlows, ax: Axes | None = None, lang: Language = "en") -> Axes:
    """Draw what each party pays (below zero) and receives on each day; by year, where there are many days.

    Parameters
    ----------
    found : CashFlows
        The cash flows; the contract's own account and the resources of delivery are no parties of the picture.
    ax : matplotlib Axes, optional
        Where to draw; left out, a figure of its own.
    lang : Language, default "en"
        The language of texts and numbers.
    """
    texts = style.texts(lang)
    told = Flowing(found, lang)
    rows = [row for row in found.by_date.to_pylist() if not row["party"].startswith("contract.")]
    title = texts("cash_flows.plot_title")
    if not rows:
        return style.empty(title, texts("cash_flows.plot_nothing"), ax)
    days = {(row["date"], row["year"]) for row in rows}
    by_day = len(days) <= _MOST_DAYS and all(day for day, _ in days)
    moved: defaultdict[str, Decimal] = defaultdict(Decimal)
    at: defaultdict[tuple[str, date | int], Decimal] = defaultdict(Decimal)
    for row in rows:
        when = row["date"] if by_day else row["year"]
        at[row["party"], when] += row["amount"]
        moved[row["party"]] += abs(row["amount"])
    order = list(dict.fromkeys(row["party"] for row in found.parties.to_pylist() if row["party"] in moved))
    kept = sorted(sorted(order, key=lambda party: -moved[party])[:_MOST_PARTIES], key=order.index)
    when = sorted({day for _, day in at}, key=str)
    written = texts("settlement.day")
    notes = [texts(f"mark.{mark}") for mark in ("illustrative", "unverified") if told.content[mark]]
    if len(order) > len(kept):
        notes.append(texts("cash_flows.plot_more", count=len(order) - len(kept)))
    return uprights(
        [day.strftime(written) if isinstance(day, date) else str(day) for day in when],
        {told.party(party): [float(at[party, day]) for day in when] for party in kept},
        ax=ax,
        lang=lang,
        x_label=texts("cash_flows.plot_day" if by_day else "budget.year"),
        label=texts("cash_flows.plot_axis"),
        unit=found.contract.currency,
        title=title,
        notes=notes,
    )
