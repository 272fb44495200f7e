"""The rows of a value map: what goes in, what changes for whom, and the totals the sheet itself comes to.

One rule: every cell is taken, or it is said that it is not.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from socialimpact.importers.faults import Faults, short
from socialimpact.importers.own_map.cells import Box, Sheet
from socialimpact.importers.own_map.heads import Heads
from socialimpact.importers.own_map.numbers import Written, fits, sign_of

SHARES = ("deadweight", "displacement", "attribution", "drop_off")
AMOUNTS = ("input_value", "quantity", "duration", "start", "value")
WORKED = ("impact", "present_value")
_TEXTS = ("changes", "outcome", "indicator", "source", "proxy", "proxy_source", "input", "outputs", "input_source")
_TOTAL = re.compile(r"^(?:sub-?)?total|^sum\b|^totalt|^i alt|^delsum", re.IGNORECASE)
_LABELS: tuple[tuple[str, str], ...] = (
    ("rate", r"discount rate|kalkulasjonsrente|diskonteringsrente"),
    ("net", r"net present value|netto nåverdi"),
    ("ratio", r"social return|\bsroi\b|sosial avkastning"),
    ("yearly", r"present value of each year|nåverdi (?:av|per|for hvert) år"),
    ("total", r"(?:total )?present value|(?:sum )?nåverdi"),
)


@dataclass(frozen=True, slots=True)
class Told:
    """Something to be told of a cell: which text, and what is filled into it."""

    place: str
    key: str
    values: dict[str, str]


@dataclass
class Line:
    """A row that says what changes for somebody, or what somebody puts in."""

    row: int
    stakeholder: str
    places: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, Decimal] = field(default_factory=dict)
    years: dict[int, tuple[str, Decimal]] = field(default_factory=dict)

    @property
    def is_outcome(self) -> bool:
        """Whether it has what an outcome is worked out from."""
        return "quantity" in self.numbers and "value" in self.numbers


@dataclass
class Map:
    """Everything that was read of a sheet."""

    name: str
    lines: list[Line] = field(default_factory=list)
    worked: dict[str, tuple[str, Decimal]] = field(default_factory=dict)
    """What the sheet comes to: its rate, its totals, its ratio, each with its cell."""
    rates: list[tuple[str, Decimal]] = field(default_factory=list)
    """Every cell that is labelled as a discount rate: the first is taken, and another is no choice of ours."""
    years: dict[str, dict[int, tuple[str, Decimal]]] = field(default_factory=dict)
    assumed: list[Told] = field(default_factory=list)
    left: list[Told] = field(default_factory=list)


class Reader:
    """Reads the rows below the heads of a sheet."""

    def __init__(self, sheet: Sheet, heads: Heads, currency: str, faults: Faults) -> None:
        self._sheet, self._heads, self._currency, self._faults = sheet, heads, currency, faults
        self._percent_points = {role: self._are_points(role) for role in SHARES if role in heads.columns}
        self.found = Map(sheet.name)
        self._stakeholder = ""
        self._rows: list[int] = []
        """The rows that were read as lines."""
        for role in ("input_value", "value"):
            box = sheet.box(heads.at, heads.columns.get(role, 0))
            if box is not None and not fits(sign_of(box.text), currency):
                faults.add(
                    self.place(box), f"the head `{short(box.text)}` is not of {currency}: give the sheet's currency"
                )

    def read(self) -> Map:
        """Read every row."""
        for row in range(1, self._heads.first):
            self._labels(row)
        for row in range(self._heads.last + 1, self._sheet.rows + 1):
            boxes = self._sheet.row(row)
            if not boxes:
                continue
            if self._is_total(boxes):
                self._total(row)
            elif self._is_of_outcome(row) or not self._labels(row):
                self._line(row)
            self._ratio_of(row)
        for place in self._sheet.unworked:
            self._tell_left(place, "unworked")
        self._columns()
        return self.found

    def _columns(self) -> None:
        """Tell which columns were not read, of those that hold something in a line."""
        for column, (head, key, of) in sorted(self._heads.unread.items()):
            if any(self._sheet.box(row, column) is not None for row in self._rows):
                self._tell_left(head.place, key, head=short(head.text), of=of)

    def place(self, box: Box) -> str:
        """Give where a cell is, with its sheet."""
        return f"{self._sheet.name}!{box.place}"

    def _line(self, row: int) -> None:
        self._rows.append(row)
        line, wrong = Line(row, self._holder_of(row)), self._faults.total
        for role, column in self._heads.columns.items():
            box = self._sheet.box(row, column)
            if box is None and role in (*AMOUNTS, *SHARES):
                self._refuse_unworked(f"{_letters(column)}{row}")
            if box is None or role in ("sample", "ratio"):
                continue
            line.places[role] = self.place(box)
            if role in ("stakeholder", *_TEXTS):
                line.texts[role] = box.text
            elif role not in ("input_value",) or box.is_first:
                self._take(line, role, box)
        for year, column in self._heads.years.items():
            box = self._sheet.box(row, column)
            number = None if box is None else self._number(box, worked=True)
            if box is not None and number is not None:
                line.years[year] = self.place(box), number.value
        if self._faults.total > wrong:
            self.found.lines.append(line)  # its stakeholder is asked for too
        else:
            self._keep(line)

    def _refuse_unworked(self, cell: str) -> None:
        """Refuse a formula without a value where the model needs its number; elsewhere it is only told."""
        if cell in self._sheet.unworked:
            self._faults.add(
                f"{self._sheet.name}!{cell}",
                "is a formula that no spreadsheet has worked out yet: open the workbook in one and save it",
            )

    def _take(self, line: Line, role: str, box: Box) -> None:
        number = self._number(box, worked=role in WORKED)
        if number is None:
            return
        if role in AMOUNTS and number.is_percent:
            self._faults.add(
                self.place(box), f"`{short(box.text)}` is a percentage, and {role} is none: write it as a number"
            )
            return
        if not box.is_first:
            self._tell_assumed(self.place(box), "merged", of=box.first)
        line.numbers[role] = self._share(role, box, number) if role in SHARES else number.value
        if role in ("input_value", "value") and not fits(number.sign, self._currency):
            self._faults.add(
                self.place(box), f"`{short(box.text)}` is not in {self._currency}: give the sheet's currency"
            )

    def _keep(self, line: Line) -> None:
        is_input = "input_value" in line.numbers
        if line.is_outcome or is_input:
            if not line.stakeholder:
                self._faults.add(f"{self._sheet.name}!A{line.row}", "no stakeholder stands in this row or above it")
            self.found.lines.append(line)
        for role in ("quantity", "value"):
            other = "value" if role == "quantity" else "quantity"
            if not line.is_outcome and (role in line.numbers):
                self._tell_left(line.places[role], "half", missing=other)
        if not line.is_outcome and not is_input:
            for role in ("stakeholder", *_TEXTS):
                if line.texts.get(role):
                    self._tell_left(line.places[role], "text", text=short(line.texts[role]))

    def _holder_of(self, row: int) -> str:
        box = self._sheet.box(row, self._heads.columns["stakeholder"])
        if box is not None:
            self._stakeholder = box.text
        elif self._stakeholder and any(column in self._heads.columns.values() for column, _ in self._sheet.row(row)):
            column = self._heads.columns["stakeholder"]
            self._tell_assumed(f"{self._sheet.name}!{_letters(column)}{row}", "above", holder=short(self._stakeholder))
        return self._stakeholder

    def _number(self, box: Box, *, worked: bool = False) -> Written | None:
        """Give the number of a cell; what is none is a fault where the model needs it, and else is told."""
        number = box.number()
        if isinstance(number, str):
            if worked:
                self._tell_left(self.place(box), "no_number", text=short(box.text))
            else:
                self._faults.add(self.place(box), f"`{short(box.text)}` {number}")
            return None
        return number

    def _share(self, role: str, box: Box, number: Written) -> Decimal:
        """Give a share: of a percentage, of a fraction, or of percentage points where the column holds those."""
        if number.is_percent or number.value == 0:
            return number.value
        if not self._percent_points[role]:
            if number.value == 1:
                self._faults.add(self.place(box), "`1` may be 1 % or 100 %: write it as a percentage")
            return number.value
        if abs(number.value) <= 1:
            self._faults.add(
                self.place(box),
                f"`{short(box.text)}` may be a share or a percentage, as others of its column are: write `%`",
            )
        self._tell_assumed(self.place(box), "percent", number=short(box.text))
        return number.value.scaleb(-2)

    def _are_points(self, role: str) -> bool:
        """Tell whether bare numbers of a column are percentages: some are above one."""
        for row in range(self._heads.last + 1, self._sheet.rows + 1):
            box = self._sheet.box(row, self._heads.columns[role])
            number = None if box is None or self._is_total(self._sheet.row(row)) else box.number()
            if isinstance(number, Written) and not number.is_percent and abs(number.value) > 1:
                return True
        return False

    def _is_total(self, boxes: list[tuple[int, Box]]) -> bool:
        first = next((box for _, box in boxes if box.is_text), None)
        return first is not None and _TOTAL.search(first.text) is not None and not self._label_of(first)

    def _total(self, row: int) -> None:
        for role in ("input_value", *WORKED):
            box = self._sheet.box(row, self._heads.columns.get(role, 0))
            number = None if box is None else self._number(box, worked=True)
            if box is not None and number is not None:
                key = {"input_value": "inputs", "present_value": "total"}.get(role, role)
                self._work_out(key, box, number)
        self._years_of(row, "total")

    def _years_of(self, row: int, key: str) -> None:
        for year, column in self._heads.years.items():
            box = self._sheet.box(row, column)
            number = None if box is None else self._number(box, worked=True)
            if box is not None and number is not None:
                years = self.found.years.setdefault(key, {})
                if year in years:  # subtotals stand above their total
                    self._tell_left(years[year][0], "second", of=box.place)
                years[year] = self.place(box), number.value

    def _work_out(self, key: str, box: Box, number: Written) -> None:
        """Take a figure that the sheet comes to; the first of several, and each further one is told."""
        place = f"{self._sheet.name}!{box.first}"
        if key == "rate" and box.is_first:
            self.found.rates.append((place, number.value))
        first, _ = self.found.worked.setdefault(key, (place, number.value))
        if first != place and box.is_first:
            self._tell_left(place, "second", of=first.rpartition("!")[2])

    def _labels(self, row: int) -> bool:
        """Take what a row says of the whole map, such as its rate or its ratio; tell whether it says anything."""
        boxes = self._sheet.row(row)
        is_labelled = False
        for position, (_, box) in enumerate(boxes):
            key = self._label_of(box) if box.is_text and box.is_first else None
            if key is None:
                continue
            is_labelled = True
            if key == "yearly":
                self._years_of(row, key)
                continue
            for _, other in boxes[position + 1 :]:
                if other.first == box.first:
                    continue
                if other.is_text:
                    break
                number = self._number(other, worked=True)
                if number is not None:
                    self._take_labelled(key, row, other, number)
                    break
        return is_labelled

    def _take_labelled(self, key: str, row: int, box: Box, number: Written) -> None:
        """Take the number beside a label; above the heads, such as in a title, no ratio is taken."""
        if key == "ratio" and row < self._heads.first:
            self._tell_left(self.place(box), "above_heads", text=short(box.text))
            return
        self._work_out(key, box, number)

    @staticmethod
    def _label_of(box: Box) -> str | None:
        return next((key for key, words in _LABELS if re.search(words, box.text.lower())), None)

    def _is_of_outcome(self, row: int) -> bool:
        """Tell whether a row has a quantity and a value, be they read or refused, whatever words it has."""
        return all(self._fills(row, self._heads.columns[role]) for role in ("quantity", "value"))

    def _fills(self, row: int, column: int) -> bool:
        box = self._sheet.box(row, column)
        if box is None:
            return f"{_letters(column)}{row}" in self._sheet.unworked
        return isinstance(box.number(), Written) or (box.is_first and self._label_of(box) is None)

    def _ratio_of(self, row: int) -> None:
        box = self._sheet.box(row, self._heads.columns.get("ratio", 0))
        number = None if box is None else self._number(box, worked=True)
        if box is not None and number is not None:
            self._work_out("ratio", box, number)

    def _tell_assumed(self, place: str, key: str, **values: str) -> None:
        self.found.assumed.append(Told(place, key, values))

    def _tell_left(self, place: str, key: str, **values: str) -> None:
        self.found.left.append(Told(place if "!" in place else f"{self._sheet.name}!{place}", key, values))


def _letters(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(column)
