"""A frontier as a picture: the price of each side as something else varies, and where one price does for both."""

import math

from matplotlib.axes import Axes

from socialimpact._core import Frontier
from socialimpact.plots import style
from socialimpact.plots.lines import curve
from socialimpact.plots.told import axis_unit
from socialimpact.types import Language
from socialimpact.wording.pricing import Priced


def frontier(found: Frontier, ax: Axes | None = None, lang: Language = "en") -> Axes:
    """Draw the price at which the payer pays what it saves beside the one at which the investor reaches its rate.

    Parameters
    ----------
    found : Frontier
        Both prices at each value; a gap is where there is not exactly one.
    ax : matplotlib Axes, optional
        Where to draw; left out, a figure of its own.
    lang : Language, default "en"
        The language of texts and numbers.
    """
    texts = style.texts(lang)
    told = Priced([], found, lang)
    title = texts("pricing.plot_title")
    rows = sorted(found.table.to_pylist(), key=lambda row: row["value"])
    if all(row["payer_price"] is None and row["investor_price"] is None for row in rows):
        return style.empty(title, texts("pricing.plot_nothing"), ax)
    payer, investor = ([_float(row[side]) for row in rows] for side in ("payer_price", "investor_price"))
    along = [float(row["value"]) for row in rows]
    room = next((row for row in rows if row["room"] == "between"), None)
    unsure = any(row["room"] == "unsure" for row in rows)
    said = [texts("pricing.plot_room")] if room else [] if unsure else [texts("pricing.plot_no_room")]
    said += [texts("pricing.plot_unsure")] if unsure else []
    drawn = curve(
        along,
        dict(zip(told.sides(), (payer, investor), strict=True)),
        ax=ax,
        lang=lang,
        x_label=found.beside,
        label=found.address,
        unit=axis_unit(texts, found.unit),
        title=title,
        notes=[*said, *told.marks],
    )
    if room:
        # Of a price the investor's is the lower one, of a threshold the payer's.
        low, high = (investor, payer) if room["least"] == room["investor_price"] else (payer, investor)
        above = [most >= least for least, most in zip(low, high, strict=True)]
        with style.drawing():
            drawn.fill_between(
                along,
                low,
                high,
                where=above,
                interpolate=True,
                facecolor=style.LIGHT,
                edgecolor=style.MAIN,
                alpha=0.35,
                hatch=style.HATCH,
                linewidth=0,
            )
    return drawn


def _float(price: object) -> float:
    return math.nan if price is None else float(price)  # type: ignore[arg-type]  # a column of amounts holds decimals
