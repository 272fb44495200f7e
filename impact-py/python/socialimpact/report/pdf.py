"""A report as a PDF file, set by typst: tagged, with its language and title, the same bytes every time.

One rule: no text is ever part of a program. What is told travels as one JSON value, which the template only reads.
"""

import json
import re
from dataclasses import replace
from functools import cache
from typing import Any, Final

from socialimpact.errors import ImpactError
from socialimpact.report.columns import cell_text, strips
from socialimpact.report.document import (
    Answers,
    Branch,
    Document,
    Folded,
    Heading,
    Items,
    Paragraph,
    Part,
    Picture,
    Section,
    Table,
)
from socialimpact.report.html import picture, spoken, template_text
from socialimpact.wording.grid import Cell, Grid

STANDARD: Final = "ua-1"
"""PDF/UA-1 (ISO 14289-1): what a screen reader needs is there, or nothing is written."""
_WHOLE = 24
"""Lines of a table that is not cut in two: it goes to the next page where it does not fit."""
_FEW_NOTES = 700
"""Letters of notes that stay on the page of such a table."""
_CODE = r"\\u\{([0-9a-f]+)\}"
_FONT = "Libertinus Serif"
"""Comes with typst, so that a report looks the same on every machine."""


def pdf_file(document: Document) -> bytes:
    """Give a report as a PDF file.

    Raises
    ------
    ImpactError
        typst is not installed.
    """
    try:
        import typst
    except ImportError as error:
        message = "a PDF file needs typst: `pip install 'socialimpact[pdf]'`"
        raise ImpactError(message) from error
    told = as_json(document)
    try:
        return _compiled(told)
    except typst.TypstError as error:
        unknown = _unknown_letters(error.diagnostic)
        if not unknown:
            raise
    return _compiled(told.translate({ord(letter): f"(U+{ord(letter):04X})" for letter in unknown}))


def _compiled(told: str) -> bytes:
    import typst

    return typst.compile(
        template_text("report.typ").encode(),
        format="pdf",
        sys_inputs={"report": told},
        pdf_standards=[STANDARD],
        timestamp=0,
    )


def _unknown_letters(diagnostic: str) -> set[str]:
    """Give the letters that no font of this machine has: they are told by their codes, which a reader can look up."""
    found = re.findall(r'the text `"(.*?)"` could not be displayed', diagnostic)
    letters = {letter for text in found for letter in re.sub(_CODE, lambda code: chr(int(code[1], 16)), text)}
    return {letter for letter in letters if not letter.isascii()}


def as_json(document: Document) -> str:
    """Give what the template reads."""
    listed = [section for section in document.sections if section.listed]
    content = {
        "language": document.language,
        "font": _FONT,
        "title": document.title,
        "kicker": document.kicker,
        "name": document.name,
        "marks": list(document.marks),
        "description": document.description,
        "facts": list(document.facts),
        "contents": document.contents if listed else "",
        "sections": [_section(section, section in listed[:1]) for section in document.sections],
        "footer": list(document.footer),
    }
    return json.dumps(content, ensure_ascii=False)


def _section(section: Section, first_listed: bool) -> dict[str, Any]:
    return {
        "title": section.title,
        "kind": section.kind,
        "listed": section.listed,
        "contents_before": first_listed,
        "parts": [part for found in section.parts for part in _parts(found)],
    }


def _parts(part: Part | Branch) -> list[dict[str, Any]]:
    """Give a part as plain values; a table that is too wide becomes several."""
    match part:
        case Paragraph():
            return [{"is": "paragraph", "text": part.text, "kind": part.kind}]
        case Heading():
            return [{"is": "heading", "text": part.text}]
        case Items():
            return [{"is": "items", "lines": list(part.lines), "kind": part.kind}]
        case Table():
            return _table(part)
        case Picture():
            return [_picture(part)]
        case Folded():
            inner = [one for found in part.parts for one in _parts(found)]
            return [{"is": "heading", "text": part.summary}, *inner]
        case Answers():
            answers = [
                {"who": answer.who, "figure": answer.figure, "sentences": list(answer.beside_figure)}
                for answer in part.answers
            ]
            return [{"is": "answers", "answers": answers}]
        case Branch():
            return [{"is": "tree", "branches": [_branch(part)]}]


def _picture(part: Picture) -> dict[str, Any]:
    drawn = picture(part, 0).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    end = drawn.index(">") + 1
    return {
        "is": "picture",
        "svg": f"{drawn[:end]}<style>{_chart_style()}</style>{drawn[end:]}",
        "words": spoken(part.words),
        "caption": part.caption,
        "marks": list(part.marks),
        "key": [list(one) for one in part.key],
    }


@cache
def _chart_style() -> str:
    """Give the rules of the page's own style sheet that are about charts, its colours put in."""
    style = template_text("page.css").partition("@media")[0]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", style))
    rules = [line for line in style.splitlines() if re.match(r"\.(chart|fall)\b", line) and "display" not in line]
    rules.append(f'svg {{ font-family: "{_FONT}"; font-size: 15px; }}')
    return re.sub(r"var\(--([\w-]+)\)", lambda found: colours[found[1]], "\n".join(rules))


def _table(part: Table) -> list[dict[str, Any]]:
    if not part.grid.rows:
        return [{"is": "paragraph", "text": part.nothing, "kind": ""}]
    parts = [
        _strip(part.grid, strip.positions, strip.widths, strip.points, is_whole=strip.lines <= _WHOLE)
        for strip in strips(part.grid)
    ]
    notes = list(part.grid.notes)
    if parts[-1]["whole"] and sum(map(len, notes)) <= _FEW_NOTES:
        parts[-1]["notes"] = notes
        notes = []
    return [*parts, {"is": "items", "lines": notes, "kind": "notes"}] if notes else parts


def _strip(grid: Grid, positions: Any, widths: Any, points: float, *, is_whole: bool) -> dict[str, Any]:
    columns = [grid.columns[position] for position in positions]
    shown = replace(grid, columns=columns)
    return {
        "is": "table",
        "caption": grid.caption,
        "points": points,
        "whole": is_whole,
        "notes": [],
        "widths": list(widths),
        "groups": [list(group) for group in shown.groups],
        "columns": [{"title": column.title, "number": column.number, "code": column.code} for column in columns],
        "rows": [[_cell(row[position]) for position in positions] for row in grid.rows],
        "sums": sorted(grid.sums),
    }


def _cell(cell: Cell) -> dict[str, Any]:
    told: dict[str, Any] = {"text": cell_text(cell)}
    if cell.href:
        told["href"] = cell.href
    if cell.code:
        told["code"] = True
    if cell.marks:
        told["marks"] = list(cell.marks)
    return told


def _branch(branch: Branch) -> dict[str, Any]:
    return {
        "line": branch.line,
        "marks": list(branch.marks),
        "said": list(branch.said),
        "parts": [_branch(part) for part in branch.parts],
    }
