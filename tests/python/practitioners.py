"""Value maps as practitioners draw them up: small workbooks written here, so that they can be wrong in any way.

The figures of `TWO_OUTCOMES` and `AUTHORITY` are those of cases in `fixtures/cases/sroi`; all others are invented:
illustrative.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

HEADS = (
    *("Stakeholders", "Intended/unintended changes", "Description", "Value £", "Outputs"),
    *("Description", "Indicator", "Source", "Quantity", "Duration", "Outcomes start"),
    *("Financial Proxy", "Value £", "Source", "Deadweight %", "Displacement %", "Attribution %", "Drop off %"),
    *("Impact", "Year 1", "Year 2", "Year 3", "Year 4", "Year 5"),
)
GROUPS = {"A": "Stage 1", "C": "Inputs", "F": "The Outcomes (what changes)", "O": "Stage 4", "T": "Stage 5"}
QUESTIONS = {
    "A": "Who do we have an effect on? Who has an effect on us?",
    "B": "What do you think will change for them?",
    "C": "What do they invest?",
    "D": "What is the value of the inputs in currency (only enter numbers)",
    "F": "How would the stakeholder describe the changes?",
    "I": "How much change was there?",
    "L": "What proxy would you use to value the change?",
    "O": "What would have happened without the activity?",
    "S": "Quantity times financial proxy, less deadweight, displacement and attribution (worked out)",
}
NORWEGIAN = (
    *("Interessent", "Tilsiktede endringer", "Innsats", "Verdi (kr)", "Resultater"),
    *("Virkning", "Indikator", "Kilde", "Antall", "Varighet (år)", "Virkningen begynner"),
    *("Finansiell proxy", "Verdi (kr)", "Kilde", "Dødvekt", "Fortrengning", "Andres bidrag", "Avtakende effekt"),
    *("Effekt", "År 1", "År 2", "År 3", "År 4", "År 5"),
)
PERCENT = "OPQR"

Row = Mapping[str, Any]


def drawn(
    path: Path,
    rows: Sequence[Row],
    *,
    heads: Sequence[str] = HEADS,
    first: int = 4,
    rate: Any = 0.035,
    below: Sequence[Row] = (),
    percent: bool = True,
    merged: Sequence[str] = (),
    grouped: bool | None = None,
) -> Path:
    """Draw up a map: groups, heads and questions from a row on, then its rows, then what it comes to."""
    is_grouped = heads is HEADS if grouped is None else grouped
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Value map"
    sheet["A1"] = "Our value map (illustrative)"
    if rate is not None:
        label = "Kalkulasjonsrente" if heads is NORWEGIAN else "Discount rate"
        sheet["A2"], sheet["B2"] = label, rate
        sheet["B2"].number_format = "0.0%"
    if is_grouped:
        for column, text in GROUPS.items():
            sheet[f"{column}{first - 1}"] = text
        sheet.merge_cells(f"C{first - 1}:D{first - 1}")
        sheet.merge_cells(f"F{first - 1}:N{first - 1}")
        for column, text in QUESTIONS.items():
            sheet[f"{column}{first + 1}"] = text
    for number, text in enumerate(heads, 1):
        sheet.cell(first, number, text)
    for number, row in enumerate([*rows, *below], first + (2 if is_grouped else 1)):
        for column, value in row.items():
            sheet[f"{column}{number}"] = value
            if percent and column in PERCENT and isinstance(value, float | int):
                sheet[f"{column}{number}"].number_format = "0%"
    for cells in merged:
        sheet.merge_cells(cells)
    book.save(path)
    return path


TWO_OUTCOMES: tuple[Row, ...] = (
    {
        "A": "Participants",
        "C": "Nothing is asked of them",
        "F": "Outcome A",
        "I": 220,
        "J": 3,
        "K": 1,
        "L": "proxy of A",
        "M": 4_500,
        "O": 0.3,
        "P": 0,
        "Q": 0.2,
        "R": 0.2,
    },
    {"A": "Participants", "F": "Outcome B", "I": 220, "J": 2, "K": 1, "M": 1_200, "O": 0.15, "P": 0, "Q": 0.1, "R": 0},
    {"A": "Funder", "C": "Grant", "D": 620_000},
)
"""`fixtures/cases/sroi/two-outcome-programme.toml`."""
AUTHORITY: tuple[Row, ...] = (
    {
        "A": "People",
        "F": "Sustained employment",
        "I": 60,
        "J": 2,
        "K": 1,
        "M": 8_500,
        "O": 0.4,
        "P": 0,
        "Q": 0.3,
        "R": 0.3,
        "S": 214_200,
        "T": 214_200,
        "U": 149_940,
    },
    {"A": "Authority", "C": "Programme", "D": 250_000},
)
"""`fixtures/cases/sroi/authority-employment.toml`."""
