"""The rows of a value map: what goes in, what changes for whom, and the totals the sheet itself comes to.

One rule: every cell is taken, or it is said that it is not.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from socialimpact.importers.faults import short
from socialimpact.importers.own_map.cells import Box, Sheet
from socialimpact.importers.own_map.heads import NO_PLACE, Heads
from socialimpact.importers.own_map.numbers import Written, fits, sign_of
from socialimpact.importers.own_map.ratios import of_ratio
from socialimpact.importers.own_map.refusals import Refusals, Unread

SHARES = ("deadweight", "displacement", "attribution", "drop_off")
AMOUNTS = ("input_value", "quantity", "duration", "start", "value")
WORKED = ("impact", "present_value")
_OF_OUTCOME = ("changes", "outcome", "indicator", "source", "proxy", "proxy_source")
_OF_INPUT = ("input", "input_source")
_TEXTS = (*_OF_OUTCOME, *_OF_INPUT)
_TOTAL = re.compile(r"^(?:sub-?)?total|^sum\b|^totalt|^i alt|^delsum", re.IGNORECASE)
_RATIO = r"social return|\bsroi\b|sosial avkastning"
_LABELS: tuple[tuple[str, str], ...] = (
    ("rate", r"discount rate|kalkulasjonsrente|diskonteringsrente"),
    ("net", r"net present value|netto nåverdi"),
    ("ratio", _RATIO),
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

    def __init__(self, sheet: Sheet, heads: Heads, currency: str, faults: Refusals) -> None:
        self._sheet, self._heads, self._currency, self._faults = sheet, heads, currency, faults
        self._percent_points = {role: self._are_points(role) for role in SHARES if role in heads.columns}
        self.found = Map(sheet.name)
        self._stakeholder = ""
        self._rows: list[int] = []
        """The rows that were read as lines."""
        self._seen: set[str] = set()
        """The cells that were taken, or told."""
        for role in ("input_value", "value"):
            box = sheet.box(heads.at, heads.columns.get(role, 0))
            if box is not None and not fits(sign_of(box.text), currency):
                faults.refuse(self.place(box), "head_currency", text=short(box.text), currency=currency)

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
        self._rest()
        return self.found

    def _columns(self) -> None:
        """Tell which columns were not read, of those that hold something in a line."""
        for column in range(1, self._sheet.columns + 1):
            held = [box for row in self._rows if (box := self._sheet.box(row, column)) is not None]
            if not held or column in self._taken_columns():
                continue
            self._seen |= {box.place for box in held}
            role = next((role for role in NO_PLACE if self._heads.columns.get(role) == column), None)
            if role is not None:
                self._tell_left(self._heads.places[role], "no_place", head=short(self._heads.words[role]))
            elif column in self._heads.unread:
                head, key, of = self._heads.unread[column]
                self._tell_left(head.place, key, head=short(head.text), of=of)
            else:
                self._tell_left(f"{_letters(column)}{self._heads.at}", "no_head", column=_letters(column))

    def _taken_columns(self) -> set[int]:
        """Give the columns that are read in every line."""
        named = {column for role, column in self._heads.columns.items() if role not in NO_PLACE}
        return named | set(self._heads.years.values())

    def _rest(self) -> None:
        """Tell what no line, total or label has taken: numbers above the heads, and anything below them."""
        for row in (*range(1, self._heads.first), *range(self._heads.last + 1, self._sheet.rows + 1)):
            for _, box in self._sheet.row(row):
                is_above = row < self._heads.first
                if box.is_first and box.place not in self._seen and not (is_above and box.is_text):
                    self._tell_left(box.place, "alone", text=short(box.text))

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
            if box is None or role in NO_PLACE:
                continue
            self._seen.add(box.place)
            if role == "ratio":
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
                self._seen.add(box.place)
                line.years[year] = self.place(box), number.value
        if self._faults.total > wrong:
            self.found.lines.append(line)  # its stakeholder is asked for too
        else:
            self._keep(line)

    def _refuse_unworked(self, cell: str) -> None:
        """Refuse a formula without a value where the model needs its number; elsewhere it is only told."""
        if cell in self._sheet.unworked:
            self._faults.refuse(f"{self._sheet.name}!{cell}", "unworked")

    def _take(self, line: Line, role: str, box: Box) -> None:
        number = self._number(box, worked=role in WORKED)
        if number is None:
            return
        if role in AMOUNTS and number.is_percent:
            self._faults.refuse(self.place(box), "percentage", text=short(box.text), role=role)
            return
        if not box.is_first:
            self._tell_assumed(self.place(box), "merged", of=box.first)
        line.numbers[role] = self._share(role, box, number) if role in SHARES else number.value
        if role in ("input_value", "value") and not fits(number.sign, self._currency):
            self._faults.refuse(self.place(box), "currency", text=short(box.text), currency=self._currency)

    def _keep(self, line: Line) -> None:
        is_input = "input_value" in line.numbers
        if line.is_outcome or is_input:
            if not line.stakeholder:
                self._faults.refuse(f"{self._sheet.name}!A{line.row}", "no_stakeholder")
            self.found.lines.append(line)
        for role in ("quantity", "value"):
            other = "value" if role == "quantity" else "quantity"
            if not line.is_outcome and (role in line.numbers):
                self._tell_left(line.places[role], "half", missing=other)
        if not line.is_outcome and not is_input:
            for role in ("stakeholder", *_TEXTS):
                self._tell_text(line, role, "text")
        elif not line.is_outcome:
            for role in _OF_OUTCOME:
                self._tell_text(line, role, "no_outcome")
        elif not line.numbers.get("input_value"):
            for role in _OF_INPUT:
                self._tell_text(line, role, "no_input")
        if not line.is_outcome:
            self._tell_numbers(line)

    def _tell_text(self, line: Line, role: str, key: str) -> None:
        """Tell a text that is not taken, where it stands and not in each cell merged with it."""
        box = self._sheet.box(line.row, self._heads.columns.get(role, 0))
        if box is not None and box.is_first and box.text:
            self._tell_left(line.places[role], key, text=short(box.text))

    def _tell_numbers(self, line: Line) -> None:
        """Tell the numbers of an outcome in a row that is none."""
        for role, number in line.numbers.items():
            if role not in ("quantity", "value", "input_value"):
                self._tell_left(line.places[role], "no_outcome", text=str(number))
        for place, number in line.years.values():
            self._tell_left(place, "no_outcome", text=str(number))

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
        if isinstance(number, Unread):
            if worked:
                self._tell_left(self.place(box), "no_number", text=short(box.text))
            else:
                self._faults.refuse(self.place(box), "unread", number, text=short(box.text))
            return None
        return number

    def _share(self, role: str, box: Box, number: Written) -> Decimal:
        """Give a share: of a percentage, of a fraction, or of percentage points where the column holds those."""
        if number.is_percent or number.value == 0:
            return number.value
        if not self._percent_points[role]:
            if number.value == 1:
                self._faults.refuse(self.place(box), "one")
            return number.value
        if abs(number.value) <= 1:
            self._faults.refuse(self.place(box), "mixed", text=short(box.text))
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
        self._seen |= {box.place for _, box in self._sheet.row(row)[:1]}
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
                self._seen.add(box.place)
                years = self.found.years.setdefault(key, {})
                if year in years:  # subtotals stand above their total
                    self._tell_left(years[year][0], "second", of=box.place)
                years[year] = self.place(box), number.value

    def _work_out(self, key: str, box: Box, number: Written) -> None:
        """Take a figure that the sheet comes to; the first of several, and each further one is told."""
        place = f"{self._sheet.name}!{box.first}"
        self._seen.add(box.place)
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
            self._seen.add(box.place)
            beside = [other for _, other in boxes[position + 1 :] if other.first != box.first]
            if key == "yearly":
                self._years_of(row, key)
            elif not self._beside(key, row, beside) and key == "ratio":
                said = of_ratio(re.sub(_RATIO, "", box.text, flags=re.IGNORECASE).strip(" :=–-"))
                if said is not None:
                    self._work_out(key, box, said)
        return is_labelled

    def _beside(self, key: str, row: int, boxes: list[Box]) -> bool:
        """Take the first number beside a label, before another label; tell whether there was one, or a text."""
        for box in boxes:
            if box.is_text and (said := of_ratio(box.text) if key == "ratio" else None) is not None:
                self._work_out(key, box, said)  # above the heads too: a text such as `2.67:1` is no year of a title
                return True
            if box.is_text:
                if self._label_of(box) is None and row > self._heads.last:
                    self._seen.add(box.place)
                    self._tell_left(self.place(box), "no_number", text=short(box.text))
                return False
            number = self._number(box, worked=True)
            if number is not None:
                self._take_labelled(key, row, box, number)
                return True
        return False

    def _take_labelled(self, key: str, row: int, box: Box, number: Written) -> None:
        """Take the number beside a label; above the heads, such as in a title, no ratio is taken."""
        self._seen.add(box.place)
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
        if box is not None and (number := of_ratio(box.text) or self._number(box, worked=True)) is not None:
            self._work_out("ratio", box, number)

    def _tell_assumed(self, place: str, key: str, **values: str) -> None:
        self.found.assumed.append(Told(place, key, values))

    def _tell_left(self, place: str, key: str, **values: str) -> None:
        self._seen.add(place.rpartition("!")[2])
        self.found.left.append(Told(place if "!" in place else f"{self._sheet.name}!{place}", key, values))


def _letters(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(column)
