"""The payoff of a contract as a picture: how likely it is that at least so much is paid, in each situation."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from socialimpact._core import ContractRisk
from socialimpact.plots import style
from socialimpact.plots.lines import end_labels
from socialimpact.types import Language
from socialimpact.wording.risking import Risked

_MOST_STEPS = 1_000
"""Steps of a line; of more different amounts so many quantiles are drawn."""


def payoff(risk: ContractRisk, ax: Axes | None = None, lang: Language = "en") -> Axes:
    """Draw how likely it is that at least so much is paid, a line for each situation.

    Parameters
    ----------
    risk : ContractRisk
        What is drawn; where a line begins is the chance that anything is paid.
    ax : matplotlib Axes, optional
        Where to draw; left out, a figure of its own.
    lang : Language, default "en"
        The language of texts and numbers.
    """
    texts = style.texts(lang)
    told = Risked(risk, lang)
    lines = {str(row["situation"]): _steps(risk.draws(row["situation"])["paid"]) for row in told.situations}
    names = {str(row["situation"]): texts(f"risk.short_{row['situation']}") for row in told.situations}
    said = [
        texts("risk.pays", situation=names[row["situation"]], chance=told.chance(row))
        for row in told.situations
        if row["situation"].startswith("nothing-works")
    ]
    marks = [texts(f"mark.{mark}") for mark in risk.marks]
    most = max(amounts[-1] for amounts, _ in lines.values())
    across, up = style.numbering(lang, risk.contract.currency, [most]), style.numbering(lang, "share", [1.0])
    with style.drawing():
        ax = style.axes(ax, 4.2)
        for position, (amounts, shares) in enumerate(lines.values()):
            ax.plot(
                [0.0, *amounts, amounts[-1]],
                [shares[0], *shares, 0.0],
                drawstyle="steps-pre",
                color=style.colour(position),
                linestyle=style.dash(position),
                linewidth=1.9,
            )
        ax.set_ylim(0, 1.05)
        ax.margins(x=0.02)
        ends = {names[situation]: (amounts[-1], shares[-1]) for situation, (amounts, shares) in lines.items()}
        end_labels(ax, list(ends.items()))
        style.number_ticks(ax, "x", across, texts("risk.axis"))
        style.number_ticks(ax, "y", up, texts("risk.at_least"))
        ax.grid(visible=True)
        style.heading(ax, told.title, [*said, *marks])
        words = [f"{names[row['situation']]}: {told.chance(row)}" for row in told.situations]
        return style.finished(
            ax, f"{style.named(told.title)}. {', '.join([texts('risk.chart_title'), *marks])}: {', '.join(words)}"
        )


def _steps(paid: Sequence[float]) -> tuple[list[float], list[float]]:
    """Give the amounts that are paid, and the share of draws that pay at least each of them."""
    import numpy as np

    drawn = np.sort(np.asarray(paid))
    amounts = np.unique(drawn)
    if amounts.size > _MOST_STEPS:
        amounts = np.unique(np.quantile(drawn, np.linspace(0, 1, _MOST_STEPS), method="closest_observation"))
    shares = 1 - np.searchsorted(drawn, amounts, side="left") / drawn.size
    above = amounts > 0
    if not above.any():
        return [0.0], [0.0]
    return [float(amount) for amount in amounts[above]], [float(share) for share in shares[above]]
