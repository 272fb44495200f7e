"""Small workbooks of the form of the GMCA database, written by hand so that they can be damaged in any way.

All rows are invented: illustrative.
"""

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, TypeAlias
from xml.sax.saxutils import escape

THEMES = (
    "Crime",
    "Education & Skills",
    "Employment & Economy",
    "Fire",
    "Health",
    "Housing",
    "Social Services",
)
INDEX = {"2010/11": 80, "2011/12": 82.5, "2012/13": 90, "2013/14": 96.25, "2014/15": 98, "2015/16": 100}
"""An invented index of prices."""


class Formula(NamedTuple):
    """A formula with the value that was kept, or none."""

    text: str
    value: float | str | None


class Error(NamedTuple):
    """An error such as ``#REF!``."""

    text: str


Value: TypeAlias = str | float | int | bool | Formula | Error
Cells: TypeAlias = dict[str, Value]
"""Cells by their names, such as ``C17``."""

_HEAD: Cells = {
    "A1": "Outcome category",
    "B1": "Outcome detail",
    "C1": "Cost code",
    "D1": "Cost / saving detail",
    "E1": "Unit",
    "F1": "Agency bearing the cost / making the fiscal saving",
    "H1": "Fiscal value",
    "K1": "Economic value",
    "N1": "Social value",
    "Q1": "Original source",
    "R1": "RAG assessment",
    "S1": "Comment",
    "F2": "Level 1",
    "G2": "Level 2",
    **{f"{column}2": "Estimated cost/saving" for column in "HKN"},
    **{f"{column}2": "Year" for column in "ILO"},
    **{f"{column}2": "Updated cost/ saving" for column in "JMP"},
}


def uprated(amount: float, year: str) -> Formula:
    """Give the cell that the workbook computes from an amount and its year."""
    return Formula("H3*2", amount * INDEX["2015/16"] / INDEX[year])


def line(row: int, code: str, detail: str, unit: str, agencies: tuple[str, ...], **values: tuple[float, str]) -> Cells:
    """Give the cells of one row of costs; each kind of value has an amount and a year."""
    cells: Cells = {f"A{row}": "INVENTED", f"C{row}": code, f"D{row}": detail, f"E{row}": unit, f"R{row}": "A"}
    cells |= {f"{column}{row}": agency for column, agency in zip("FG", agencies, strict=False)}
    for kind, columns in (("fiscal", "HIJ"), ("economic", "KLM"), ("social", "NOP")):
        if kind in values:
            amount, year = values[kind]
            written: tuple[Value, ...] = (amount, year, uprated(amount, year))
            cells |= {f"{column}{row}": value for column, value in zip(columns, written, strict=True)}
    return cells | {f"Q{row}": "invented source (2013)", f"S{row}": "illustrative, invented for this test"}


def small() -> dict[str, Cells]:
    """Give the sheets of a sound workbook with five rows of costs."""
    sheets: dict[str, Cells] = {"Introduction": {"C2": "Unit Cost Database (v.1.4) - Introduction"}}
    sheets |= {theme: dict(_HEAD) for theme in THEMES}
    sheets["Crime"] |= line(3, "CR1.0", "Broken\n window", "Per incident", ("Police", "-"), fiscal=(120, "2010/11"))
    sheets["Crime"] |= line(
        4,
        "CR1.0.1",
        "Night of trouble",
        "Per incident",
        ("Local authority", "RSL"),
        fiscal=(40.5, "2012/13"),
        economic=(10, "2012/13"),
        social=(99, "2012/13"),
    )
    sheets["Crime"] |= {"A7": "Do not delete rows", "I7": "2015/16", "I8": "2014/15", "R7": "R"}
    sheets["Health"] |= line(3, "HE1.0", "Walk with a nurse", "Per week", ("NHS", "GP"), fiscal=(30, "2013/14"))
    sheets["Housing"] |= line(
        3, "HO1.0", "Night shelter", "Per person per year", ("Local authority",), fiscal=(8000, "2011/12")
    )
    sheets["Fire"] |= line(3, "", "+44 calls to a fire station", "Each", ("Fire Service",), fiscal=(0, "2014/15"))
    del sheets["Fire"]["J3"], sheets["Fire"]["C3"]
    lookups: Cells = {"K9": "Current Year", "M9": "Year", "P9": "GDP cumulative\n(invented)", "K11": "2015/16"}
    for row, (year, level) in enumerate(INDEX.items(), 10):
        lookups |= {f"M{row}": year, f"P{row}": Formula("P9*2", level)}
    return sheets | {"Lookups": lookups}


def write(path: Path, sheets: Mapping[str, Cells], raw: Mapping[str, Iterable[str]] | None = None) -> Path:
    """Write a workbook; ``raw`` gives further rows of a sheet, as XML below its cells."""
    names = list(sheets)
    listed = "".join(f'<sheet name="{escape(name)}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(names, 1))
    bound = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n, _ in enumerate(names, 1)
    )
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_SHEET}"/>' for n, _ in enumerate(names, 1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Override PartName="/xl/workbook.xml" ContentType="{_BOOK}"/>'
        f"{kinds}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_RELS}"><Relationship Id="r0" Type="{_OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELS}">{bound}</Relationships>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, text in parts.items():
            file.writestr(name, text)
        for n, name in enumerate(names, 1):
            with file.open(f"xl/worksheets/sheet{n}.xml", "w", force_zip64=True) as part:
                part.write(f'<worksheet xmlns="{_MAIN}"><dimension ref="A1"/><sheetData>'.encode())
                for text in (*_rows(sheets[name]), *((raw or {}).get(name, ()))):
                    part.write(text.encode())
                part.write(b"</sheetData></worksheet>")
    return path


def _rows(cells: Cells) -> Iterator[str]:
    by_row: dict[int, dict[str, Value]] = {}
    for name, value in cells.items():
        column = name.rstrip("0123456789")
        by_row.setdefault(int(name[len(column) :]), {})[column] = value
    for row in sorted(by_row):
        yield f'<row r="{row}">' + "".join(_cell(f"{c}{row}", v) for c, v in sorted(by_row[row].items())) + "</row>"


def _cell(name: str, value: Value) -> str:
    match value:
        case Formula(text, None):
            return f'<c r="{name}"><f>{escape(text)}</f></c>'
        case Formula(text, str(kept)):
            return f'<c r="{name}" t="str"><f>{escape(text)}</f><v>{escape(kept)}</v></c>'
        case Formula(text, kept):
            return f'<c r="{name}"><f>{escape(text)}</f><v>{kept!r}</v></c>'
        case Error(text):
            return f'<c r="{name}" t="e"><v>{text}</v></c>'
        case bool():
            return f'<c r="{name}" t="b"><v>{int(value)}</v></c>'
        case str():
            return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
        case _:
            return f'<c r="{name}"><v>{value!r}</v></c>'


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
