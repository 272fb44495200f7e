"""Pictures of what matters and of what it is worth to know: the tables of a simulation as bars and curves.

One rule: everything drawn stands in the table; a standard error is drawn as the 90 % interval it stands for.
"""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes

from socialimpact._core import PlotTable
from socialimpact.plots import told
from socialimpact.plots.lines import curve
from socialimpact.plots.rows import bars
from socialimpact.plots.style import empty, texts
from socialimpact.types import Language
from socialimpact.wording.texts import Texts, sentence_case

_REACH = 1.645
"""Standard errors from an estimate to the ends of its 90 % interval."""


def influence(table: PlotTable, _: str, _unit: str, head: str, ax: Axes | None = None, lang: Language = "en") -> Axes:
    """Draw the indices of each number with their intervals: first-order ones, and total ones where there are."""
    say = texts(lang)
    indices = {"first": say("sensitivity.first_order"), "total": say("sensitivity.total")}
    drawn = [name for name in indices if f"{name}_low" in table.column_names]
    columns = {"first": "first_order", "total": "total"}
    names = _names(table, lang)
    title = say("sensitivity.influence_title", figure=head) + _marks(say, table)
    beyond = [note.in_language(lang) for note in table.notes]
    notes = told.notes(say, [say("plot.whiskers"), *beyond], names)
    if None in table["first_order"]:
        return _ranks(table, names, head, notes, ax, lang)
    if len(drawn) == 1:
        return bars(
            names,
            table["first_order"],
            low=table["first_low"],
            high=table["first_high"],
            ax=ax,
            lang=lang,
            label=f"{say('sensitivity.share')}, {indices['first'].lower()}",
            unit="share",
            title=title,
            notes=notes,
        )
    return bars(
        names,
        {indices[name]: table[columns[name]] for name in drawn},
        low={indices[name]: table[f"{name}_low"] for name in drawn},
        high={indices[name]: table[f"{name}_high"] for name in drawn},
        ax=ax,
        lang=lang,
        label=say("sensitivity.share"),
        unit="share",
        title=title,
        notes=notes,
    )


def _ranks(
    table: PlotTable, names: Sequence[str], head: str, notes: Sequence[str], ax: Axes | None, lang: Language
) -> Axes:
    """Draw the rank correlation with each number, where there is no variance to share out."""
    say = texts(lang)
    rows = zip(names, table["rank_correlation"], table["rank_error"], strict=True)
    ranked = [row for row in rows if row[1] is not None]
    values, errors = [row[1] for row in ranked], [row[2] for row in ranked]
    return bars(
        [row[0] for row in ranked],
        values,
        low=[value - _REACH * error for value, error in zip(values, errors, strict=True)],
        high=[value + _REACH * error for value, error in zip(values, errors, strict=True)],
        ax=ax,
        lang=lang,
        label=say("sensitivity.rank_correlation"),
        title=say("sensitivity.rank_title", figure=head) + _marks(say, table),
        notes=notes,
    )


def learning(table: PlotTable, _: str, unit: str, head: str, ax: Axes | None = None, lang: Language = "en") -> Axes:
    """Draw what it is worth to know each number; those of which no draw shows a gain are counted."""
    say = texts(lang)
    rows: list[tuple[str, Any, Any]] = list(
        zip(_names(table, lang), table["evppi"], table["standard_error"], strict=True)
    )
    seen = [row for row in rows if row[1] or row[2]]
    title, (counted, level) = told.marked_title(say, head, table.marks), told.figure_unit(lang, unit)
    if not seen:
        return empty(title, say("plot.unseen_all", count=len(rows)), ax)
    names = [row[0] for row in seen]
    worth, errors = [row[1] for row in seen], [row[2] for row in seen]
    low, high = _interval(worth, errors)
    unseen = len(rows) - len(seen)
    parts = [say("plot.whiskers"), *([say("plot.unseen", count=unseen)] if unseen else [])]
    return bars(
        names,
        worth,
        low=low,
        high=high,
        ax=ax,
        lang=lang,
        label=_with(say("sensitivity.worth"), level),
        unit=counted,
        title=title,
        notes=told.notes(say, parts, names),
    )


def options(table: PlotTable, _: str, _unit: str, head: str, ax: Axes | None = None, lang: Language = "en") -> Axes:
    """Draw the chance of each option to turn out best."""
    say = texts(lang)
    names = [
        say(f"sensitivity.{name}") if name in {"nothing", "this"} and position < _OWN else name
        for position, name in enumerate(table["option"])
    ]
    chances = table["chance_of_being_best"]
    title = told.marked_title(say, head, table.marks)
    return bars(names, chances, ax=ax, lang=lang, label=say("sensitivity.chance_best"), unit="share", title=title)


_OWN = 2
"""The options that have no name of their own: doing nothing, and the model itself."""


def studies(table: PlotTable, _: str, unit: str, head: str, ax: Axes | None = None, lang: Language = "en") -> Axes:
    """Draw what a study is worth against its size."""
    say = texts(lang)
    size = "people" if "people" in table.column_names else "exposure"
    found = sorted(zip(table[size], table["evsi"], table["standard_error"], strict=True))
    sizes, worth, errors = ([row[part] for row in found] for part in range(3))
    name = say("sensitivity.study_worth")
    counted, level = told.figure_unit(lang, unit)
    return curve(
        sizes,
        {"": worth},
        bands={"": _interval(worth, errors)},
        ax=ax,
        lang=lang,
        x_label=say(f"sensitivity.{size}"),
        label=_with(name, level),
        unit=counted,
        title=told.marked_title(say, head, table.marks),
        notes=[say("plot.band")],
    )


def acceptability(
    table: PlotTable, label: str, unit: str, head: str, ax: Axes | None = None, lang: Language = "en"
) -> Axes:
    """Draw the chance that a figure is above each threshold."""
    say = texts(lang)
    found = sorted(zip(table["threshold"], table["probability_above"], table["standard_error"], strict=True))
    thresholds, chances, errors = ([row[part] for row in found] for part in range(3))
    name = say("sensitivity.chance_above")
    low, high = _interval(chances, errors)
    counted, level = told.figure_unit(lang, unit)
    return curve(
        thresholds,
        {"": chances},
        bands={"": (low, [min(end, 1.0) for end in high])},
        ax=ax,
        lang=lang,
        x_label=sentence_case(_with(label, level)),
        x_unit=counted,
        label=name,
        unit="share",
        title=told.marked_title(say, head, table.marks),
        notes=[say("plot.band")],
    )


def _interval(values: Sequence[float], errors: Sequence[float]) -> tuple[list[float], list[float]]:
    """Give the ends of 90 % intervals of what is never below nothing."""
    pairs = list(zip(values, errors, strict=True))
    return [max(0.0, value - _REACH * error) for value, error in pairs], [v + _REACH * error for v, error in pairs]


def _names(table: PlotTable, lang: Language) -> list[str]:
    rows = table.to_pylist()
    return [told.named(str(row[f"name_{lang}"] or row["name_en"]), is_invented=row["illustrative"]) for row in rows]


def _marks(say: Texts, table: PlotTable) -> str:
    return "".join(f", {say(f'mark.{mark}')}" for mark in table.marks)


def _with(label: str, level: str) -> str:
    return f"{label}, {level}" if level else label
