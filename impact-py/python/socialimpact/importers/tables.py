"""A user's own table of unit costs, as CSV: columns named in English or Norwegian, decimals as the user says.

One rule: a number is read as declared or not at all; ``1.234`` never becomes ``1,234`` by a guess.
"""

import csv
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from socialimpact._core import Catalogue, is_point_ambiguous
from socialimpact.errors import ImpactError, Problem
from socialimpact.importers.faults import MOST_BYTES, MOST_ROWS, Faults, short
from socialimpact.importers.words import CASHABLE_WORDS, FALSE_WORDS, PAYER_WORDS, TRUE_WORDS
from socialimpact.paths import content_at

COLUMNS = {
    "id": ("id",),
    "name": ("name", "navn"),
    "name_en": ("name_en", "engelsk navn"),
    "name_nb": ("name_nb", "norsk navn"),
    "value": ("amount", "value", "cost", "beløp", "verdi", "kostnad", "pris"),
    "currency": ("currency", "valuta"),
    "price_year": ("price_year", "prisår"),
    "unit": ("unit", "enhet"),
    "country": ("country", "land"),
    "payers": ("payer", "payers", "betaler", "betalere"),
    "source": ("source", "kilde"),
    "source_url": ("source_url", "url", "lenke"),
    "source_section": ("source_section", "section", "sted i kilden"),
    "domain": ("domain", "område"),
    "grade": ("grade", "grad"),
    "cashable": ("cashable", "innsparing"),
    "low": ("low", "lav"),
    "high": ("high", "høy"),
    "evidence": ("evidence", "belegg"),
    "note": ("note", "merknad"),
    "illustrative": ("illustrative", "illustrativ", "illustrativt"),
}
"""What a column may be called."""
REQUIRED = ("id", "value", "currency", "price_year", "unit", "country", "source")
_KNOWN = {name.replace("_", " "): column for column, names in COLUMNS.items() for name in names}
_DELIMITERS = {",": ",", ";": ";", "tab": "\t", "\t": "\t"}
_SPACES = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class _Decimals:
    """The sign before decimals, and whether it is sure: between semicolons or tabs a point may be either."""

    sign: str
    is_sure: bool


def catalogue(
    path: str | os.PathLike[str],
    *,
    decimal: str = ".",
    delimiter: str | None = None,
    edition: str | None = None,
    title: str | None = None,
) -> Catalogue:
    """Make a catalogue of the table; `Catalogue.from_csv` says the rest."""
    if decimal not in (".", ","):
        raise ImpactError(f"`{decimal}` is not a decimal sign: choose `.` or `,`")
    if delimiter is not None and delimiter not in _DELIMITERS:
        raise ImpactError(f"`{delimiter}` is not a delimiter: choose `,`, `;` or `tab`")
    file = Path(path)
    content = content_at(file, MOST_BYTES + 1)
    text, faults = _decoded(content, file.name), Faults()
    sign = _sign_of(text, delimiter)
    rows = list(_read(text, sign, faults))
    decimals = _Decimals(decimal, is_sure=decimal == "," or sign == ",")
    faults.stop()
    columns = _columns(rows, faults)
    faults.stop()
    lines: dict[str, int] = {}
    entries = []
    for line, cells in rows:
        entry = _entry(
            file.name, line, dict(zip(columns, cells, strict=False)), len(columns), len(cells), decimals, faults
        )
        if (first := lines.setdefault(entry["id"], line)) != line:
            faults.add(_place(line, "id"), f"`{short(entry['id'])}` is used twice: first on line {first}", line)
        entries.append(entry)
        if len(entries) > MOST_ROWS:
            faults.add(f"line {line}", f"more than {MOST_ROWS} rows: the rest is not read", line)
            break
    faults.stop()
    head = {"catalogue": 1, "edition": edition or file.stem, "title": title or file.name}
    return _made({**head, "entries": entries}, lines, faults)


def _made(document: dict[str, Any], lines: dict[str, int], faults: Faults) -> Catalogue:
    try:
        return Catalogue.from_dict(document)
    except ImpactError as error:
        entries = document["entries"]
        for problem in error.problems:
            parts = problem.address.split(".")
            entry = parts[1] if len(parts) > 1 else ""
            line = lines.get(entry) or (lines[entries[int(entry)]["id"]] if entry.isdigit() else None)
            column = {"name": "name", "source": "source"}.get(parts[2], parts[2]) if len(parts) > 2 else "id"
            if line is None:
                raise
            faults.add(_place(line, column), problem.message, line)
        faults.total += error.total - len(error.problems)
        faults.stop()
        raise


def _place(line: int, column: str) -> str:
    return f"line {line}, column `{column}`"


def _decoded(content: bytes, name: str) -> str:
    if len(content) > MOST_BYTES:
        message = f"is larger than {MOST_BYTES >> 20} MB"
        raise ImpactError(f"{name}: {message}", [Problem(name, "", None, None, message)])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = "is not UTF-8: save the table as `CSV UTF-8`"
        raise ImpactError(f"line {line}: {message}", [Problem(f"line {line}", "", line, None, message)]) from None


def _sign_of(text: str, delimiter: str | None) -> str:
    """Give the sign between cells: the one that is declared, else the one that the first row has most of."""
    first = text.split("\n", 1)[0]
    return _DELIMITERS[delimiter] if delimiter else max("\t;,", key=first.count)


def _read(text: str, sign: str, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        faults.add(f"line {line}", f"cannot be read as CSV: {short(error)}", line)


def _columns(rows: list[tuple[int, list[str]]], faults: Faults) -> list[str]:
    """Take the row of names off the rows, and give what each column is."""
    if not rows:
        faults.add("line 1", "the table is empty: the first row names its columns", 1)
        return []
    line, names = rows.pop(0)
    columns = []
    for name in names:
        column = _KNOWN.get(" ".join(name.lower().replace("_", " ").split()), "")
        if not column:
            known = ", ".join(f"`{also[0]}`" for also in COLUMNS.values())
            faults.add(f"line {line}", f"unknown column `{short(name)}`: known are {known}", line)
        elif column in columns:
            faults.add(f"line {line}", f"column `{short(name)}` stands twice", line)
        columns.append(column)
    for column in REQUIRED:
        if column not in columns:
            faults.add(
                f"line {line}",
                f"no column `{COLUMNS[column][0]}` (or {' or '.join(map(repr, COLUMNS[column][1:]))})",
                line,
            )
    if not {"name", "name_en", "name_nb"} & set(columns):
        faults.add(f"line {line}", "no column `name` (or 'navn')", line)
    return columns


def _entry(
    file: str, line: int, row: dict[str, str], wanted: int, there: int, decimals: _Decimals, faults: Faults
) -> dict[str, Any]:
    if there > wanted:
        faults.add(
            f"line {line}", f"{there} cells under {wanted} columns: is a text with a delimiter not in quotes?", line
        )
    for column in REQUIRED:
        if not row.get(column):
            faults.add(_place(line, column), "is empty: blank is not zero", line)
    entry: dict[str, Any] = {key: row[key] for key in ("id", "currency", "unit", "country") if row.get(key)}
    entry |= {key: row[key] for key in ("domain", "grade", "evidence", "note") if row.get(key)}
    entry["id"] = row.get("id", "")
    for column in ("value", "low", "high"):
        if row.get(column):
            number = _number(row[column], decimals, _place(line, column), line, faults)
            if number is not None:
                entry[column] = number
    if year := row.get("price_year"):
        if re.fullmatch(r"\d{4}", year):
            entry["price_year"] = int(year)
        else:
            faults.add(_place(line, "price_year"), f"`{short(year)}` is not a year such as 2024", line)
    entry["name"] = _name(row, line, faults)
    entry["source"] = _source(file, line, row)
    entry |= _words(row, line, faults)
    return entry


def _name(row: dict[str, str], line: int, faults: Faults) -> dict[str, str]:
    plain = row.get("name") or row.get("name_en") or row.get("name_nb") or ""
    if not plain:
        faults.add(_place(line, "name"), "is empty", line)
    nb = row.get("name_nb")
    return {"en": row.get("name_en") or plain} | ({"nb": nb} if nb else {})


def _source(file: str, line: int, row: dict[str, str]) -> dict[str, str]:
    at = f"{file}, line {line}"
    said = row.get("source_section")
    url = row.get("source_url")
    return {"title": row.get("source", ""), "section": f"{said} ({at})" if said else at} | ({"url": url} if url else {})


def _words(row: dict[str, str], line: int, faults: Faults) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if named := row.get("payers"):
        words = [" ".join(part.lower().split()) for part in re.split(r"[;|+]", named)]
        unknown = [word for word in words if word not in PAYER_WORDS]
        for word in unknown:
            accepted = ", ".join(dict.fromkeys(f"`{payer}`" for payer in PAYER_WORDS.values()))
            faults.add(
                _place(line, "payer"), f"`{short(word)}` is no payer: accepted are {accepted}, or Norwegian", line
            )
        if not unknown:
            found["payers"] = list(dict.fromkeys(PAYER_WORDS[word] for word in words))
    if said := row.get("cashable"):
        if said.lower() in CASHABLE_WORDS:
            found["cashable"] = CASHABLE_WORDS[said.lower()]
        else:
            faults.add(_place(line, "cashable"), f"`{short(said)}` is none of `yes`, `no`, `unknown`", line)
    mark = row.get("illustrative", "").lower()
    if mark in TRUE_WORDS:
        found["illustrative"] = True
    elif mark not in FALSE_WORDS:
        faults.add(_place(line, "illustrative"), f"`{short(mark)}` is neither `yes` nor `no`", line)
    return found


def _number(text: str, decimals: _Decimals, place: str, line: int, faults: Faults) -> Decimal | None:
    """Give a number as declared: groups of three may be parted by spaces, never by points or commas."""
    plain, decimal = _SPACES.sub("", text), decimals.sign
    if not decimals.is_sure and is_point_ambiguous(plain):
        whole = plain.replace(".", "").removeprefix("+")
        message = f"`{short(text)}` may be {whole} or a decimal number: write {whole}, or {plain}0 for the decimal one"
        faults.add(place, message, line)
        return None
    other = "," if decimal == "." else "."
    if other in plain:
        declared = "a point" if decimal == "." else "a comma"
        faults.add(
            place, f'`{short(text)}` is not a number with {declared}: declare decimal="{other}", or write it so', line
        )
        return None
    try:
        number = Decimal(plain.replace(",", ".").replace("\u2212", "-"))
    except InvalidOperation:
        faults.add(place, f"`{short(text)}` is not a number", line)
        return None
    if not number.is_finite() or not abs(number) < Decimal("1e15"):
        faults.add(place, f"`{short(text)}` is not a number that an amount can be", line)
        return None
    return number
