"""Pictures of what varying numbers shows: a tornado, a break-even curve, a two-way grid, with their names and units."""

import re
from decimal import Decimal
from typing import Any

from matplotlib.axes import Axes

from socialimpact._core import BreakEvenCurve, Figure, Tornado, TwoWay
from socialimpact.plots.columns import Number, refused
from socialimpact.plots.grids import heatmap
from socialimpact.plots.lines import curve
from socialimpact.plots.rows import tornado
from socialimpact.types import Language
from socialimpact.wording.numbers import Numbers
from socialimpact.wording.texts import Texts
from socialimpact.wording.units import unit_phrase
from socialimpact.wording.words import FRACTIONS

_ONE_FOR = ("sroi_ratio", "bcr")
"""Ratios that are good enough from one on."""
_CURRENCY = re.compile(r"^[A-Z]{3}\b")
_UNSAID = ("as the document writes it",)


def tornado_of(found: Tornado, *, ax: Axes | None = None, lang: Language = "en", most: int = 15) -> Axes:
    """Draw a tornado; rows without a figure are left out and counted."""
    numbers = Numbers(lang, "NOK", 0)
    rows, missing = [], 0
    for row in found.table.to_pylist():
        if row["swing"] is None:
            missing += 1
            continue
        ends = {key: _written(numbers, row[key], row["unit"]) for key in ("low_at", "high_at")}
        rows.append({"label": _name(row, lang), "low": row["low"], "high": row["high"], **ends})
    base = found.base
    if base.value is None:
        raise refused("base", str(base.absent_in(lang)))
    texts = Texts(lang)
    title = texts("plot.missing_rows", count=missing) if missing else None
    named = {"label": texts(f"measure.{base.measure}"), "unit": _figure_unit(base), "title": title}
    return tornado(rows, base=base.value, most=most, ax=ax, lang=lang, **named)


def curve_of(found: BreakEvenCurve, *, ax: Axes | None = None, lang: Language = "en") -> Axes:
    """Draw a break-even curve; a gap is where there is none in range."""
    content = found.to_dict()
    along = [Decimal(point["at"]) for point in content["points"]]
    lines = max((len(point["answer"]["values"]) for point in content["points"]), default=0)
    if not lines:
        raise refused("values", _label(content["points"][-1]["answer"]["sentence"], lang))
    texts = Texts(lang)
    series = {
        str(nth + 1): [
            Decimal(point["answer"]["values"][nth]) if nth < len(point["answer"]["values"]) else None
            for point in content["points"]
        ]
        for nth in range(lines)
    }
    drawn: Any = series["1"] if lines == 1 else series
    x, y_unit = content["x"], content["points"][0]["answer"]["unit"]
    return curve(
        along,
        drawn,
        ax=ax,
        lang=lang,
        x_label=_label(x["name"], lang),
        x_unit=_unit(texts, x["unit"]),
        label=_label(content["y_name"], lang),
        unit=_unit(texts, y_unit),
    )


_BY_MEASURE: Any = object()


def grid_of(
    found: TwoWay, *, ax: Axes | None = None, lang: Language = "en", contour: Number | None = _BY_MEASURE
) -> Axes:
    """Draw a two-way grid with the line where the measure is good enough."""
    texts, base, x, y = Texts(lang), found.base, found.x, found.y
    if contour is _BY_MEASURE:
        contour = 1 if base.measure in _ONE_FOR else 0
    return heatmap(
        x["values"],
        y["values"],
        found.matrix,
        contour=contour,
        ax=ax,
        lang=lang,
        x_label=x["name"].in_language(lang),
        x_unit=_unit(texts, x["unit"]),
        y_label=y["name"].in_language(lang),
        y_unit=_unit(texts, y["unit"]),
        label=texts(f"measure.{base.measure}"),
        unit=_figure_unit(base),
    )


def _name(row: dict[str, Any], lang: Language) -> str:
    return str(row[f"name_{lang}"] or row["name_en"])


def _label(label: dict[str, Any] | str, lang: Language) -> str:
    """Give a label of a result as a dictionary has it."""
    return label if isinstance(label, str) else str(label.get(lang) or label["en"])


def _written(numbers: Numbers, value: Decimal, unit: str) -> str:
    return numbers.share(value) if unit in FRACTIONS else numbers.plain(value)


def _unit(texts: Texts, unit: str) -> str | None:
    """Give the unit of a number for an axis; ``"share"`` for what is shown as a percentage."""
    if unit in FRACTIONS:
        return "share"
    return None if unit in _UNSAID else unit_phrase(texts, unit, texts("number.krone"))


def _figure_unit(figure: Figure) -> str | None:
    """Give the unit of a figure: its currency, or percentages for a rate; years stand in the name of the measure."""
    if figure.measure == "irr":
        return "share"
    found = _CURRENCY.match(str(figure.unit))
    return found[0] if found else None
