"""The payoff of a contract as a picture: how likely it is that at least so much is paid, in each situation."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from socialimpact._core import ContractRisk
from socialimpact.plots import style
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
    rows = {str(row["situation"]): row for row in told.situations}
    lines = {situation: _steps(risk.draws(row["situation"])["paid"]) for situation, row in rows.items()}
    most = max(amounts[-1] for amounts, _ in lines.values())
    if not most:
        return style.empty(told.title, texts("risk.never"), ax)
    across, up = style.numbering(lang, risk.contract.currency, [most]), style.numbering(lang, "share", [1.0])
    said = [(texts(f"risk.short_{situation}"), told.chance(row)) for situation, row in rows.items()]
    with style.drawing():
        ax = style.axes(ax, 4.2)
        for position, ((amounts, shares), (name, chance)) in enumerate(zip(lines.values(), said, strict=True)):
            ax.plot(
                [0.0, *amounts, amounts[-1]],
                [shares[0], *shares, 0.0],
                drawstyle="steps-pre",
                color=style.colour(position),
                linestyle=style.dash(position),
                linewidth=1.9,
                label=f"{name}:\n{chance}",
            )
        ax.set_ylim(0, 1.05)
        ax.margins(x=0.02)
        style.beside(ax, texts("risk.chance"))
        style.number_ticks(ax, "x", across, texts("risk.axis"))
        style.number_ticks(ax, "y", up, texts("risk.at_least"))
        ax.grid(visible=True)
        style.heading(ax, told.title, told.marks)
        head = ", ".join([texts("risk.chart_title"), *told.marks])
        words = ", ".join(f"{name}: {chance}" for name, chance in said)
        return style.finished(ax, f"{style.named(told.title)} {head}: {words}")


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
