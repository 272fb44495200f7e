"""Answers to break-even questions in whole sentences, for any address of any model.

One rule: people, person-years and the units of prices are three counts, each named whenever it is given.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from socialimpact._core import Appraisal, BreakEven
from socialimpact.wording.tables import DAGGER
from socialimpact.wording.texts import LONGEST_NAME, sentence_case, shown
from socialimpact.wording.words import Words

_Factor: TypeAlias = tuple[Decimal, Decimal]
"""A number that others are multiplied by: exactly, and as it is read."""
_MONTHS = 12
_READ = 2
"""Decimals of a number of years or months as it is read."""
_NEAR = Decimal("1e-9")
"""What an exact product may differ from the library's by, as a share of it."""
_QUANTITY = re.compile(r"^outcomes\.([^.]+)\.quantity(?:\.value)?$")


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question, in words."""

    question: BreakEven
    who: str
    """Whose measure it is."""
    figure: str
    """The value and its unit; empty where there is no single value."""
    exact: Decimal | None
    sentences: tuple[str, ...]
    beside_figure: tuple[str, ...]
    """The sentences where its holder and figure stand above them, neither said again."""


def answers(appraisal: Appraisal, found: tuple[BreakEven, ...], words: Words) -> tuple[Answer, ...]:
    """Put break-evens of a model into words, in their order."""
    return tuple(_Telling(appraisal, question, words).answer() for question in found)


def dagger_note(told: tuple[Answer, ...], words: Words) -> tuple[str, ...]:
    """Say what a dagger means, where an answer bears one."""
    is_marked = any(DAGGER in text for answer in told for text in (answer.figure, *answer.sentences))
    return (words.texts("mark.dagger"),) if is_marked else ()


def not_published(found: tuple[BreakEven, ...], words: Words) -> tuple[str, ...]:
    """Say, once for each number that was solved for, what the model's own value of it is worth."""
    told: dict[str, str] = {}
    for question in found:
        told.setdefault(question.address, _current(question, words))
    return tuple(told.values())


def _current(question: BreakEven, words: Words) -> str:
    row = words.assumption(question.address)
    current = words.value_with_unit(question.current, question.unit)
    match = _QUANTITY.match(question.address)
    illustrative = row is not None and row["illustrative"]
    if match and illustrative:
        return words.texts("answer.now_quantity", outcome=words.outcome(match[1]), current=current)
    key = "answer.now_illustrative" if illustrative else "answer.now"
    return words.texts(key, what=named(question.address, words), current=current)


def named(address: str, words: Words) -> str:
    """Give what a number is called inside a sentence: its own name, or its key and whose it is."""
    row = words.assumption(address)
    own_name = row and row["address"] == address and (row["name_en"] or row["name_nb"])
    return words.number_name(row) if row and own_name else words.address(address, key="key_in")


class _Telling:
    """One break-even while it is put into words."""

    def __init__(self, appraisal: Appraisal, question: BreakEven, words: Words) -> None:
        self.appraisal = appraisal
        self.question = question
        self.words = words
        self.texts = words.texts
        match = _QUANTITY.match(question.address)
        self.outcome = next((o for o in words.items("outcomes") if match and o.get("id") == match[1]), None)

    def answer(self) -> Answer:
        question = self.question
        who = self.words.holder_alone(question.holder)
        single = question.values[0] if question.status == "unique" else None
        sentences = [self._lead(), *self._jumps()]
        if self.outcome is not None and single is not None:
            sentences += [*self._change(), *self._totals()]
        if question.status in {"unique", "several"}:
            sentences.append(self._rests())
        figure = self._figure(single) if single is not None else ""
        beside = [self._beside(), *sentences[1:]] if figure else sentences
        return Answer(question, sentence_case(who), figure, single, tuple(sentences), tuple(beside))

    # The first sentence

    def _lead(self) -> str:
        question, texts = self.question, self.texts
        low, high = (self._value(end) for end in question.searched)
        what = named(self.question.address, self.words)
        if question.status == "everywhere":
            target = self.words.measure(question.measure, question.target)
            who = self.words.holder_in(question.holder)
            measure = self._measure_name()
            text = texts("answer.everywhere", what=what, measure=measure, who=who, target=target, low=low, high=high)
        elif question.status == "none":
            at_low, at_high = (self._measure(end) for end in question.at_ends)
            measure = self._measure_name()
            ends = {"low": low, "high": high, "at_low": at_low, "at_high": at_high}
            key = "answer.unmoved" if question.at_ends[0] == question.at_ends[1] is not None else "answer.none"
            text = texts(key, goal=self._goal(), what=what, measure=measure, **ends)
        elif question.status == "several":
            values = "; ".join(self._values())
            text = texts("answer.several", goal=self._goal(), what=what, values=values)
        elif self.outcome is not None:
            text = self._quantity(self.outcome, question.values[0])
        else:
            text = texts("answer.plain", goal=self._goal(), what=what, value=self._solved(question.values[0]))
        return text

    def _beside(self) -> str:
        """Give the first sentence of a single answer without the holder and the figure."""
        question, texts = self.question, self.texts
        goal = texts("answer.card_break_even")
        if question.measure != "npv" or question.target != 0:
            target = self.words.measure(question.measure, question.target)
            goal = texts("answer.card_goal", measure=self._measure_name(), target=target)
        if self.outcome is None:
            what = self.words.address(question.address)
            row = self.words.assumption(question.address)
            name = self.words.number_name(row) if row and row["address"] == question.address else what
            return texts("answer.card_plain", goal=goal, what=sentence_case(name))
        return sentence_case(
            texts(
                "answer.card_quantity",
                goal=goal,
                outcome=self.words.outcome(self.outcome["id"]),
                duration=self._duration(self.outcome),
                net=self._net(self.outcome),
            )
        )

    def _goal(self) -> str:
        question = self.question
        who = sentence_case(self.words.holder_alone(question.holder))
        if question.measure == "npv" and question.target == 0:
            return self.texts("answer.break_even", who=who)
        target = self.words.measure(question.measure, question.target)
        measure = self._measure_name()
        return self.texts("answer.goal", measure=measure, who=who, target=target)

    def _measure_name(self) -> str:
        name = self.texts(f"measure_in.{self.question.measure}")
        outcome = self.question.outcome
        return self.texts("answer.of_outcome", measure=name, outcome=self.words.outcome(outcome)) if outcome else name

    def _value(self, value: Decimal) -> str:
        return self.words.value_with_unit(value, self.question.unit)

    def _solved(self, value: Decimal) -> str:
        """Give a value that was solved for, with the mark of what rests on illustrative numbers."""
        return self._value(value) + self._mark

    @property
    def _mark(self) -> str:
        return DAGGER if self.question.illustrative else ""

    def _measure(self, value: Decimal | None) -> str:
        if value is None:
            return self.texts("answer.nowhere")
        return self.words.measure(self.question.measure, value) + self._mark

    # Quantities of outcomes

    def _quantity(self, outcome: dict[str, Any], value: Decimal) -> str:
        return self.texts(
            "answer.quantity",
            goal=self._goal(),
            outcome=self.words.outcome(outcome["id"]),
            value=self.words.numbers.count(value),
            units=self.words.units(value, self.question.unit) + self._mark,
            duration=self._duration(outcome),
            intakes=self._intakes(outcome),
            net=self._net(outcome),
        )

    def _net(self, outcome: dict[str, Any]) -> str:
        return self.texts("answer.net" if outcome.get("measured") == "net" else "answer.gross")

    def _change(self) -> list[str]:
        change = self.words.label((self.outcome or {}).get("change"), "", None)
        return [self.texts("answer.change", change=change)] if change else []

    def _duration(self, outcome: dict[str, Any]) -> str:
        row = self.words.assumption(f"outcomes.{outcome['id']}.duration")
        if row is None or outcome.get("nature") == "event":
            return ""
        if row["value"] == 1:
            return self.texts("answer.year")
        return self.texts("answer.years", years=self.words.numbers.plain(row["value"]))

    def _intakes(self, outcome: dict[str, Any]) -> str:
        intakes = outcome.get("intakes", "one")
        if intakes == "yearly":
            return self.texts("answer.each_year")
        if intakes == "one":
            return self.texts("answer.once", year=self.words.model.start)
        years = [str(year) for year in intakes]
        if len(years) == 1:
            return self.texts("answer.once", year=years[0])
        first, last = int(years[0]), int(years[-1])
        in_a_row = years == [str(year) for year in range(first, last + 1)]
        return self.texts("answer.each_of", years=f"{first}–{last}" if in_a_row else ", ".join(years))

    def _figure(self, value: Decimal) -> str:
        if self.outcome is None:
            return self._solved(value)
        units = self.words.units(value, self.question.unit)
        return f"{self.words.numbers.count(value)} {units}{self._mark}{self._intakes(self.outcome)}"

    def _totals(self) -> list[str]:
        outcome = self.outcome or {}
        first, last = self.words.years
        count = self.words.numbers.count
        told = []
        for row in self.question.outcome_units.to_pylist():
            if row["outcome"] != outcome.get("id"):
                continue
            units = self.words.units(row["accrued"], row["accrued_unit"]) + self._mark
            factors = [self._counted(self.question.values[0]), *self._times(outcome)]
            accrued = self._product(row["accrued"], factors)
            priced = self._priced(outcome, row["accrued"])
            told.append(self.texts("answer.total", first=first, last=last, accrued=accrued, units=units, priced=priced))
            if row["cut_off"]:
                units = self.words.units(row["cut_off"], row["accrued_unit"]) + self._mark
                told.append(self.texts("answer.cut_off", number=count(row["cut_off"]), units=units, last=last))
        return told

    def _times(self, outcome: dict[str, Any]) -> list[_Factor]:
        """Give what a reader multiplies the number by: how long each of them lasts, and how many intakes there are."""
        row = self.words.assumption(f"outcomes.{outcome['id']}.duration")
        years = Decimal(1) if row is None or outcome.get("nature") == "event" else row["value"]
        first, last = self.words.years
        intakes = outcome.get("intakes", "one")
        count = {"one": 1, "yearly": last - first + 1}[intakes] if isinstance(intakes, str) else len(intakes)
        return [(years, round(years, _READ)), (Decimal(count), Decimal(count))]

    def _product(self, product: Decimal, factors: Sequence[_Factor]) -> str:
        """Give a product; with `about`, where its factors as they are read give another."""
        told = self.words.numbers.count(product)
        exact, read = (math.prod(side) for side in zip(*factors, strict=True))
        is_theirs = abs(exact - product) <= _NEAR * abs(product)
        if is_theirs and self.words.numbers.count(Decimal(read)) != told:
            return self.texts("answer.about", number=told)
        return told

    def _counted(self, value: Decimal) -> _Factor:
        return value, self.words.numbers.as_counted(value)

    def _priced(self, outcome: dict[str, Any], accrued: Decimal) -> str:
        """Give what accrues in the units of the outcome's prices, each unit once."""
        told: dict[str, str] = {}
        for row in self.question.priced_units.to_pylist():
            if not row["value"].startswith(f"outcomes.{outcome['id']}.values."):
                continue
            number = self.words.numbers.count(row["units"])
            units = self.words.units(row["units"], row["unit"]) + self._mark
            months = self.words.assumption(f"{row['value']}.conversion.months_per_recipient")
            if months is not None:
                average = self.words.numbers.plain(months["value"])
                each = (_MONTHS / months["value"], _MONTHS / round(months["value"], _READ))
                number = self._product(row["units"], [self._counted(accrued), each])
                text = self.texts("answer.months", number=number, units=units, months=average)
            else:
                value = self.words.address_owner(row["value"])
                text = self.texts("answer.priced", number=number, units=units, value=value)
            told.setdefault(row["unit"], text)
        return "".join(told.values())

    def _values(self) -> list[str]:
        """Give each value, or both ends of the range it opens."""
        ends = zip(self.question.values, self.question.range_ends, strict=True)
        return [
            self._solved(low)
            if high is None
            else self.texts("answer.range", low=self._solved(low), high=self._solved(high))
            for low, high in ends
        ]

    # What else must be said

    def _jumps(self) -> list[str]:
        jumps = zip(self.question.values, self.question.jumps, strict=True)
        return [self.texts("answer.jump", value=self._value(value)) for value, jump in jumps if jump]

    def _rests(self) -> str:
        """Say which other numbers behind the answer are invented for illustration."""
        solved = self.words.assumption(self.question.address)
        if not self.question.illustrative:
            return self.texts("answer.rests_not")
        question = self.question
        behind = self.appraisal.illustrative_numbers(question.measure, holder=question.holder, outcome=question.outcome)
        found = [address for address in behind if solved is None or address != solved["address"]]
        rows = [(address, self.words.assumption(address)) for address in found]
        names = [self.words.number_name(row) if row else shown(address, LONGEST_NAME) for address, row in rows]
        key = "answer.rests_one" if len(names) == 1 else "answer.rests"
        return self.texts(key, count=len(names), list="; ".join(names))
