"""The sheet of results: what the postings come to, beside the library's own figures."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from socialimpact.report.sheets import EXACT, Formula, as_money, dress, write
from socialimpact.report.value_map.inputs import Inputs
from socialimpact.report.value_map.names import marked, who_is
from socialimpact.report.value_map.postings import NEAR, Postings
from socialimpact.report.value_map.sums import ANYBODY, Sum, balance, of_society
from socialimpact.types import Measure
from socialimpact.wording.texts import Texts

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from socialimpact._core import Appraisal

_MEASURES: tuple[Measure, ...] = (
    *("npv", "present_value_outcomes", "present_value_inputs"),
    *("sroi_ratio", "sroi_net_ratio", "bcr"),
)
_RATIOS = ("sroi_ratio", "sroi_net_ratio", "bcr")
_NEAR_RATIO = Decimal("1e-9")
"""What a ratio may differ by: the library gives twelve decimals."""
_OUTCOMES, _COSTS = ("counted_as", "outcome"), ("counted_as", "cost")


def write_results(sheet: "Worksheet", appraisal: "Appraisal", texts: Texts, postings: Postings, inputs: Inputs) -> None:
    """Write what the postings come to for society, each holder and each group, beside the library's own figures."""
    sheet.title = texts("value_map.results")
    heads = [
        texts(f"value_map.{key}") for key in ("measure", "holder", "worked_out", "of_library", "difference", "mark")
    ]
    found = _Results(appraisal, texts, postings)
    figures = [*found.of_holders(), *found.of_groups()]
    changed = len(figures) + 3
    rows: list[list[Any]] = [heads]
    for line, (_, name, who, formula, figure, marks) in enumerate(figures, 2):
        stale = Formula(f'=IF($C${changed}=0,C{line}-D{line},"{texts("value_map.stale")}")')
        shown = texts("value_map.not_here") if formula is None else formula
        rows.append([name, who, shown, figure, None if formula is None else stale, marks])
    rows += [[], [texts("value_map.changed"), "", inputs.changed], [texts("value_map.changed_note")]]
    write(sheet, rows)
    as_money(sheet, [2, 3, 4])
    for line, (is_ratio, *_) in enumerate(figures, 2):
        for column in range(3, 6) if is_ratio else ():
            sheet.cell(line, column).number_format = "0.0000"
    sheet.cell(changed, 3).number_format = "0"
    dress(sheet, widths=[34, 30, 22, 22, 16, 24])


_Figure = tuple[bool, str, str, Formula | None, Decimal, str]
"""Whether it is a ratio, what it is, of whom, its formula, the library's figure, and its marks."""


class _Results:
    """The figures of a model, each with the formula that gives it."""

    def __init__(self, appraisal: "Appraisal", texts: Texts, postings: Postings) -> None:
        self._appraisal, self._texts, self._postings = appraisal, texts, postings
        self._holders = {row["id"]: row for row in appraisal.model.holder_table.to_pylist()}
        written = appraisal.model.to_dict().get("holders", [])
        self._members = {holder["id"]: tuple(holder.get("shares", {})) for holder in written if "shares" in holder}

    def of_holders(self) -> Iterator[_Figure]:
        """Give the figures of society, of all public budgets and of each holder."""
        for holder in ("society", "public", *self._holders):
            if holder == "public" and not self._members_of(holder):
                continue
            for measure in _MEASURES:
                figure = self._appraisal.measure(measure, holder=holder)
                if figure.value is None or figure.never_asked:
                    continue
                formula = self._formula(measure, holder, figure.value)
                marks = marked({"illustrative": figure.illustrative, "unverified": figure.unverified}, self._texts)
                name = figure.name.in_language(self._texts.language)
                yield measure in _RATIOS, name, self._called(holder), formula, figure.value, marks

    def of_groups(self) -> Iterator[_Figure]:
        """Give what each group of a holder gains less what it gives."""
        written = {group["id"]: group for group in self._appraisal.model.to_dict().get("groups", [])}
        name = self._texts("value_map.group_net")
        for row in self._appraisal.groups().to_pylist():
            if row["group"] is None:
                continue
            group = written[row["group"]]
            who = f"{self._called(row['holder'])}: {self._group_name(group)}"
            formula = self._of_group(row, group)
            yield False, name, who, formula, row["net"], marked({**row, "unverified": False}, self._texts)

    def _of_group(self, row: Mapping[str, Any], group: Mapping[str, Any]) -> Formula | None:
        """Give what a group gains as its share of what the holder does, another share of some outcomes."""
        pieces = [(row["share"], balance("present_value", row["holder"]))]
        for outcome, share in group.get("shares", {}).items():
            more = _number(share) - row["share"]
            pieces.append((more, balance("present_value", row["holder"], ("outcome", outcome))))
        total = sum((EXACT.multiply(share, of.value(self._postings.rows)) for share, of in pieces), Decimal(0))
        if abs(total - row["net"]) > NEAR:
            return None
        return Formula("=" + "+".join(f"({share})*({of.formula(self._postings)})" for share, of in pieces))

    def _formula(self, measure: Measure, holder: str, figure: Decimal) -> Formula | None:
        """Give the formula of a figure, where the postings come to it; None where it is made of more than them."""
        if holder == "society" and measure in ("npv", "bcr") and not self._postings.financing.is_live:
            return None
        if measure in ("sroi_ratio", "sroi_net_ratio") and not self._postings.claims_move:
            return None
        net, inputs = self._of(holder, "present_value"), -self._of(holder, "present_value", _COSTS)
        claims = self._of(holder, "present_claim", _OUTCOMES)
        match measure:
            case "npv":
                return self._postings.formula(net, figure)
            case "present_value_outcomes":
                return self._postings.formula(self._of(holder, "present_value", _OUTCOMES), figure)
            case "present_value_inputs":
                return self._postings.formula(inputs, figure)
            case "bcr":
                return self._ratio(net + inputs, inputs, figure)
            case _:
                of_all = (
                    self._ratio(claims, below, figure, less=measure == "sroi_net_ratio")
                    for below in self._below(holder, inputs)
                )
                return next((formula for formula in of_all if formula is not None), None)

    def _below(self, holder: str, own: Sum) -> tuple[Sum, ...]:
        """Give what may stand below the line of an SROI ratio: everybody's inputs, or those of the holder."""
        everybody = -balance("present_value", ANYBODY, _COSTS)
        if holder != "society":
            everybody += balance("present_value", "society", _COSTS)
        return everybody, own

    def _ratio(self, above: Sum, below: Sum, figure: Decimal, *, less: bool = False) -> Formula | None:
        rows = self._postings.rows
        put_in = below.value(rows)
        if put_in <= 0 or abs(EXACT.divide(above.value(rows), put_in) - int(less) - figure) > _NEAR_RATIO:
            return None
        text = f"=({above.formula(self._postings)})/({below.formula(self._postings)})"
        return Formula(f"{text}-1" if less else text)

    def _of(self, holder: str, column: str, *among: tuple[str, str]) -> Sum:
        if holder == "society":
            return of_society(column, *among)
        total = Sum()
        for member in self._members_of(holder):
            total += balance(column, member, *among)
        return total

    def _members_of(self, holder: str) -> tuple[str, ...]:
        if holder == "public":
            return tuple(each for each, row in self._holders.items() if row["kind"] == "public")
        return self._members.get(holder, (holder,))

    def _called(self, holder: str) -> str:
        return self._texts("value_map.public") if holder == "public" else who_is(holder, self._holders, self._texts)

    def _group_name(self, group: Mapping[str, Any]) -> str:
        name = group.get("name")
        if isinstance(name, dict):
            return str(name.get(self._texts.language) or name["en"])
        return str(name or group["id"])


def _number(value: Any) -> Decimal:
    return Decimal(str(value["value"] if isinstance(value, dict) else value))
