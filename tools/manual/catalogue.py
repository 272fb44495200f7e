"""The pages of the catalogue: every unit cost, effect and index series, with source, edition and grade."""

import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2] / "impact-py" / "python"))

import socialimpact as si

Row = dict[str, Any]

COUNTRIES = {"NO": "Norway", "GB": "United Kingdom", "US": "United States", "IE": "Ireland", "DK": "Denmark"}
"""Countries with a page of their own; the rest share one."""
DOMAINS = {
    "baseline": "What usually happens",
    "employment": "Work",
    "reoffending": "Reoffending",
    "benchmark": "Benchmarks",
}
"""Kinds of effects with a page of their own; the rest share one."""

INTRODUCTION = """## Catalogue

Everything that a document can name and that was not its author's: what a day in prison or a month of benefit costs,
what was found elsewhere, how prices moved. Made from the catalogue of this version when the manual was built; each
row has its source, edition and grade (A the best, D the weakest).

| table | rows |
|---|---|
"""
COSTS = """A model names one by its id: ``proxy = "…"``. In Python `si.unit_cost("…")` has all of it, and
`si.catalogue("words")` searches; on the command line `socialimpact catalogue search`. What is cashable releases money
in a budget when it is not used; an average cost mostly does not."""
COST_HEAD = {"id": 14, "what": 34, "value": 15, "payer": 9, "cashable": 8, "grade": 5, "source": 15}
EFFECTS = """What was found elsewhere, with its design and grade. Elsewhere is not here: a rate of other people, or by
another definition, is a place to start from. In Python `si.effect("…")` and `si.effects("words")`; on the command
line `socialimpact effects search`."""
EFFECT_HEAD = {"id": 14, "what, for whom": 34, "found": 12, "follow-up": 9, "design": 12, "grade": 5, "source": 14}
INDICES = """How prices, wages and parities moved, for carrying an amount from one year or country to another. In
Python `si.index("…")` has the values."""
INDEX_HEAD = {"series": 16, "what": 40, "base": 10, "years": 9, "grade": 5, "source": 20}


def section() -> tuple[str, dict[str, str]]:
    """Give the section of the table of contents, and its pages."""
    costs, effects, indices = si.catalogue().to_pylist(), si.effects().to_pylist(), si.indices().to_pylist()
    countries = _by(costs, lambda row: row["country"][:2], COUNTRIES, "Elsewhere")
    kinds = _by(effects, lambda row: row["domain"], DOMAINS, "Housing, health and wellbeing")
    pages, lines = {}, []
    for name, rows in countries.items():
        page = f"unit-costs-{_slug(name)}"
        pages[f"catalogue/{page}.rst"] = _page(f"Unit costs: {name}", COSTS, COST_HEAD, map(_cost, rows))
        lines.append(f"| [Unit costs: {name}](catalogue/{page}.rst) | {len(rows)} |")
    for name, rows in kinds.items():
        page = f"effects-{_slug(name)}"
        pages[f"catalogue/{page}.rst"] = _page(f"Effects: {name}", EFFECTS, EFFECT_HEAD, map(_effect, rows))
        lines.append(f"| [Effects: {name}](catalogue/{page}.rst) | {len(rows)} |")
    by_series: dict[str, list[Row]] = {}
    for row in indices:
        by_series.setdefault(row["series"], []).append(row)
    pages["catalogue/indices.rst"] = _page("Index series", INDICES, INDEX_HEAD, map(_series, by_series.values()))
    lines.append(f"| [Index series](catalogue/indices.rst) | {len(by_series)} |")
    return INTRODUCTION + "\n".join(lines) + "\n", pages


def _cost(row: Row) -> list[str]:
    name, norwegian = _text(row["name_en"]), row["name_nb"]
    what = name if norwegian in (None, row["name_en"]) else f"{name} (*{_text(norwegian)}*)"
    value = f"{_amount(row)} {_text(row['currency'])} per {_text(row['unit'])}"
    value += "" if row["in_g"] is None else f" ({row['in_g']} G)"
    value += f", {row['price_year']} prices" if row["price_year"] else ""
    payers = _text(row["payers"] or row["source_payer"] or "not said")
    return [f"``{row['id']}``", what + _note(row), value, payers, _text(row["cashable"]), row["grade"], _source(row)]


def _effect(row: Row) -> list[str]:
    what = f"{_text(row['intervention_en'])}: {_text(row['outcome_en'])}. {_text(row['population_en'])}"
    if row["country"]:
        what += f" ({row['country']})"
    unit = _text(row["unit"]) if row["unit"] else ""
    return [
        f"``{row['id']}``",
        what + _note(row),
        f"{_amount(row)} {unit} ({_text(row['measure'])})",
        _text(row["follow_up"] or "not said"),
        _text(row["study"] or row["design"] or "not said") + (f"; n = {row['n']:,}" if row["n"] else ""),
        row["grade"],
        _source(row),
    ]


def _series(rows: list[Row]) -> list[str]:
    first, years = rows[0], f"{rows[0]['year']}-{rows[-1]['year']}"
    what, base = _text(first["title_en"]) + _note(first), _text(first["base"] or "")
    return [f"``{first['series']}``", what, base, years, first["grade"], _source(first)]


def _amount(row: Row) -> str:
    ends = "" if row["low"] is None or row["high"] is None else f" ({row['low']:,} to {row['high']:,})"
    return f"{row['value']:,}{ends}"


def _note(row: Row) -> str:
    marks = [word for word in ("illustrative", "provisional", "derived") if row.get(word) is True]
    note = "; ".join([*marks, *([row["note"]] if row["note"] else [])])
    return f" — {_text(note)}" if note else ""


def _source(row: Row) -> str:
    title, url = _text(row["source_title"] or "not said"), row["source_url"]
    link = f"`{title} <{url.replace('_', chr(92) + '_')}>`__" if url else title
    part = f", {_text(row['source_section'])}" if row["source_section"] else ""
    return f"{link}{part}. Edition {_text(row['edition'])}"


def _page(title: str, text: str, head: dict[str, int], rows: Iterable[list[str]]) -> str:
    lines = [title, "=" * len(title), "", text, "", ".. list-table::", "   :header-rows: 1", "   :class: entries"]
    lines += [f"   :widths: {' '.join(map(str, head.values()))}", ""]
    for row in [list(head), *rows]:
        for position, cell in enumerate(row):
            lines.append(f"   {'* -' if position == 0 else '  -'} {' '.join(cell.split())}")
    return "\n".join(lines) + "\n"


def _by(rows: list[Row], key: Callable[[Row], str], names: dict[str, str], rest: str) -> dict[str, list[Row]]:
    parts: dict[str, list[Row]] = {name: [] for name in (*names.values(), rest)}
    for row in rows:
        parts[names.get(key(row), rest)].append(row)
    return {name: part for name, part in parts.items() if part}


def _slug(name: str) -> str:
    return re.sub(r"[^a-z]+", "-", name.lower())


def _text(words: object) -> str:
    """Give words so that reStructuredText leaves them as they are."""
    return re.sub(r"([\\*`_|<>])", r"\\\1", str(words))
