"""Pictures of what varying numbers shows: a tornado, a break-even curve, a two-way grid, with their names and units."""

from decimal import Decimal
from typing import Any

from matplotlib.axes import Axes

from socialimpact._core import BreakEvenCurve, Figure, Tornado, TwoWay
from socialimpact.plots import told
from socialimpact.plots.columns import Number, refused
from socialimpact.plots.grids import heatmap
from socialimpact.plots.lines import curve
from socialimpact.plots.rows import tornado
from socialimpact.plots.style import texts
from socialimpact.types import Language
from socialimpact.wording.numbers import Numbers
from socialimpact.wording.texts import Texts
from socialimpact.wording.words import FRACTIONS, Words

_ONE_FOR = ("sroi_ratio", "bcr", "mvpf", "cba_ratio")
"""Ratios that are good enough from one on."""


def tornado_of(found: Tornado, *, ax: Axes | None = None, lang: Language = "en", most: int = 15) -> Axes:
    """Draw a tornado; rows without a figure are left out and counted."""
    say, words = _words(found, lang)
    numbers = Numbers(lang, "NOK", 0)
    rows, missing, rare = [], 0, 0
    for row in found.table.to_pylist():
        if row["swing"] is None:
            missing += 1
            continue
        ends = {key: _written(numbers, row[key], row["unit"]) for key in ("low_at", "high_at")}
        rare += row["note_en"] is not None
        name = _name(row, lang) + (say("tornado.reaches") if row["note_en"] else "")
        name = told.named(name, is_invented=row["illustrative"])
        marked = found.base.illustrative
        rows.append({"label": name, "low": row["low"], "high": row["high"], "illustrative": marked, **ends})
    base = found.base
    if base.value is None:
        raise refused("base", str(base.absent_in(lang)))
    marks = _marks(base)
    parts = [say("plot.missing_rows", count=missing)] if missing else []
    parts += [say("plot.rare")] if rare else []
    unit, level = told.figure_unit(lang, str(base.unit))
    label = say(f"measure.{base.measure}")
    named: dict[str, Any] = {
        "label": f"{label}, {level}" if level else label,
        "unit": unit,
        "title": told.figure_title(words, base.measure, base.holder, marks, base.outcome),
        "notes": told.notes(say, parts, [told.named(str(row["label"]), is_invented=base.illustrative) for row in rows]),
    }
    return tornado(rows, base=base.value, most=most, ax=ax, lang=lang, **named)


def curve_of(found: BreakEvenCurve, *, ax: Axes | None = None, lang: Language = "en") -> Axes:
    """Draw a break-even curve; a gap is where there is none in range."""
    content = found.to_dict()
    along = [Decimal(point["at"]) for point in content["points"]]
    lines = max((len(point["answer"]["values"]) for point in content["points"]), default=0)
    if not lines:
        raise refused("values", _label(content["points"][-1]["answer"]["sentence"], lang))
    say, words = _words(found, lang)
    series = {
        str(nth + 1): [
            Decimal(point["answer"]["values"][nth]) if nth < len(point["answer"]["values"]) else None
            for point in content["points"]
        ]
        for nth in range(lines)
    }
    drawn: Any = series["1"] if lines == 1 else series
    x, y_unit = content["x"], content["points"][0]["answer"]["unit"]
    names = [
        _marked(words, address, _label(name, lang))
        for address, name in ((found.x, x["name"]), (found.y, content["y_name"]))
    ]
    figure = words.appraisal.measure(found.measure, holder=found.holder, outcome=found.outcome)
    return curve(
        along,
        drawn,
        ax=ax,
        lang=lang,
        x_label=names[0],
        x_unit=told.axis_unit(say, x["unit"]),
        label=names[1],
        unit=told.axis_unit(say, y_unit),
        title=told.marked_title(
            say,
            say("plot.break_even", figure=told.figure_title(words, found.measure, found.holder, (), found.outcome)),
            _marks(figure),
        ),
        notes=told.notes(say, [], names),
    )


_BY_MEASURE: Any = object()


def grid_of(
    found: TwoWay, *, ax: Axes | None = None, lang: Language = "en", contour: Number | None = _BY_MEASURE
) -> Axes:
    """Draw a two-way grid with the line where the measure is good enough."""
    (say, words), base, x, y = _words(found, lang), found.base, found.x, found.y
    if contour is _BY_MEASURE:
        contour = 1 if base.measure in _ONE_FOR else 0
    names = [_marked(words, axis["address"], axis["name"].in_language(lang)) for axis in (x, y)]
    unit, level = told.figure_unit(lang, str(base.unit))
    label = say(f"measure.{base.measure}")
    return heatmap(
        x["values"],
        y["values"],
        found.matrix,
        contour=contour,
        ax=ax,
        lang=lang,
        x_label=names[0],
        x_unit=told.axis_unit(say, x["unit"]),
        y_label=names[1],
        y_unit=told.axis_unit(say, y["unit"]),
        label=f"{label}, {level}" if level else label,
        unit=unit,
        title=told.figure_title(words, base.measure, base.holder, _marks(base), base.outcome),
        notes=told.notes(say, [], names),
    )


def _words(found: Tornado | BreakEvenCurve | TwoWay, lang: Language) -> tuple[Texts, Words]:
    texts(lang)
    words = Words(found.model.appraise(), lang)
    return words.texts, words


def _marks(figure: Figure) -> list[str]:
    return [mark for mark in ("illustrative", "unverified") if getattr(figure, mark)]


def _marked(words: Words, address: str, name: str) -> str:
    row = words.assumption(address)
    return told.named(name, is_invented=row is not None and row["illustrative"])


def _name(row: dict[str, Any], lang: Language) -> str:
    return str(row[f"name_{lang}"] or row["name_en"])


def _label(label: dict[str, Any] | str, lang: Language) -> str:
    """Give a label of a result as a dictionary has it."""
    return label if isinstance(label, str) else str(label.get(lang) or label["en"])


def _written(numbers: Numbers, value: Decimal, unit: str) -> str:
    return numbers.share(value) if unit in FRACTIONS else numbers.plain(value)
