"""The sheet of results: what the postings come to, beside the library's own figures."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from socialimpact.report.sheets import Formula, as_money, dress, write
from socialimpact.report.value_map.inputs import Inputs
from socialimpact.report.value_map.names import marked, who_is
from socialimpact.report.value_map.postings import NEAR, Postings
from socialimpact.types import Measure
from socialimpact.wording.texts import Texts

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from socialimpact._core import Appraisal

_MEASURES: tuple[Measure, ...] = ("npv", "present_value_outcomes", "present_value_inputs")


def write_results(sheet: "Worksheet", appraisal: "Appraisal", texts: Texts, postings: Postings, inputs: Inputs) -> None:
    """Write what the postings come to for society and each holder, beside the library's own figures."""
    sheet.title = texts("value_map.results")
    heads = [
        texts(f"value_map.{key}") for key in ("measure", "holder", "worked_out", "of_library", "difference", "mark")
    ]
    rows: list[list[Any]] = [heads]
    holders = {row["id"]: row for row in appraisal.model.holder_table.to_pylist()}
    for holder in ["society", *holders]:
        for measure in _MEASURES:
            figure = appraisal.measure(measure, holder=holder)
            if figure.value is None or figure.never_asked:
                continue
            found = _worked_out(measure, holder, postings, figure.value)
            line = len(rows) + 1
            difference = (
                None
                if found is None
                else Formula(f'=IF({inputs.changed.text[1:]}=0,C{line}-D{line},"{texts("value_map.stale")}")')
            )
            who = who_is(holder, holders, texts)
            marks = marked({"illustrative": figure.illustrative, "unverified": figure.unverified}, texts)
            shown = texts("value_map.not_here") if found is None else found
            rows.append([figure.name.in_language(texts.language), who, shown, figure.value, difference, marks])
    rows += [[], [texts("value_map.changed"), "", inputs.changed], [texts("value_map.changed_note")]]
    write(sheet, rows)
    as_money(sheet, [2, 3, 4])
    sheet.cell(len(rows) - 1, 3).number_format = "0"
    dress(sheet, widths=[34, 30, 22, 22, 16, 24])


def _worked_out(measure: str, holder: str, postings: Postings, figure: Decimal) -> Formula | None:
    """Give the formula of a figure, where the postings come to it; None where it is made of more than them."""
    classes = {"npv": None, "present_value_outcomes": "outcome", "present_value_inputs": "cost"}[measure]
    sign = -1 if measure == "present_value_inputs" else 1
    of = [row for row in postings.rows if classes is None or row["class"] == classes]

    def total(end: str) -> Decimal:
        meant = [row for row in of if (row[end] is not None if holder == "society" else row[end] == holder)]
        return sum((row["present_value"] for row in meant), Decimal(0))

    if abs(sign * (total("to") - total("from")) - figure) > NEAR:
        return None
    among = "" if classes is None else f',{postings.range("class")},"{classes}"'
    who = "?*" if holder == "society" else holder
    amounts = postings.range("present_value")
    gained, given = (f'SUMIFS({amounts},{postings.range(end)},"{who}"{among})' for end in ("to", "from"))
    return Formula(f"={gained}-{given}" if sign == 1 else f"={given}-{gained}")
