"""The appraisal in a few sentences: what it is, what it cost, what changed, who gains, and what that rests on.

One rule: sentences are templates filled with the library's figures; a figure that does not exist is said to be missing.
"""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from socialimpact._core import Appraisal
from socialimpact.types import Language
from socialimpact.wording.tables import DAGGER
from socialimpact.wording.texts import LONGEST_NAME, sentence_case, shown

if TYPE_CHECKING:
    from socialimpact.wording.story import Story

_OUTCOMES_NAMED = 3
_BUDGETS_NAMED = 3
_ANSWERS_TOLD = 2
_GRADES = ("a", "b", "c", "d")


def summary(appraisal: Appraisal, language: Language = "en") -> tuple[str, ...]:
    """Give an appraisal in a few sentences."""
    from socialimpact.wording.story import Story

    return Story(appraisal, language).summary


def sentences(story: "Story") -> tuple[str, ...]:
    """Give what is told of an appraisal in a few sentences, in the order a reader asks."""
    telling = _Telling(story)
    told = [
        telling.what(),
        telling.change(),
        telling.gain(),
        *telling.budgets(),
        *telling.break_evens(),
        telling.rests(),
    ]
    return tuple(sentence_case(sentence) for sentence in told if sentence)


class _Telling:
    """One appraisal while it is put into sentences."""

    def __init__(self, story: "Story") -> None:
        self.story = story
        self.words = story.words
        self.texts = story.texts
        self.appraisal = story.appraisal

    # What was done, and for what

    def what(self) -> str:
        first, last = self.words.years
        years = str(first) if first == last else f"{first}–{last}"
        groups = dict.fromkeys(self.words.holder(o["holder"]) for o in self.words.items("outcomes") if o.get("holder"))
        name = shown(self.words.name, LONGEST_NAME)
        key = "summary.what" if groups else "summary.what_nobody"
        told = self.texts(key, name=name, years=years, whom=", ".join(groups))
        return f"{told} {sentence_case(self._inputs())}"

    def _inputs(self) -> str:
        payers = dict.fromkeys(cost["payer"] for cost in self.words.items("costs"))
        payers = {holder: self._input_about(holder) for holder in payers if self._input(holder)}
        total = self._input_about("society")
        if not self._input("society"):
            return self.texts("summary.no_inputs")
        year = self.words.model.present_value_year
        if len(payers) == 1:
            (payer,) = payers
            return self.texts("summary.one_payer", payer=self.words.holder(payer), value=total, year=year)
        each = [
            self.texts("summary.payer", payer=self.words.holder(holder), value=value)
            for holder, value in payers.items()
        ]
        return self.texts("summary.payers", value=total, year=year, list="; ".join(each))

    def _input(self, holder: str) -> Decimal:
        return self.appraisal.measure("present_value_inputs", holder=holder).value or Decimal(0)

    def _input_about(self, holder: str) -> str:
        marked = self.appraisal.measure("present_value_inputs", holder=holder).illustrative
        return self._about(self._input(holder), mark=marked)

    def change(self) -> str:
        rows = self.appraisal.outcome_units().to_pylist()
        if not rows:
            return self.texts("summary.no_outcomes")
        kinds = {outcome["id"]: outcome for outcome in self.words.items("outcomes")}
        counted = [row for row in rows if row["started"]]
        told = "; ".join(self._changed(row, kinds[row["outcome"]]) for row in counted[:_OUTCOMES_NAMED])
        parts = []
        if len(counted) > _OUTCOMES_NAMED:
            parts.append(self.texts("summary.change_most", count=len(counted), list=told))
        elif counted:
            parts.append(self.texts("summary.change", list=told))
        if zero := len(rows) - len(counted):
            parts.append(self._counted("change_zero", zero))
        return " ".join(parts)

    def _changed(self, row: dict[str, Any], outcome: dict[str, Any]) -> str:
        less = outcome.get("direction") == "decrease"
        harmed = less and row["started"] < 0
        started = self._units(abs(row["started"]) if harmed else row["started"], row["unit"])
        if outcome.get("nature") != "event" and row["accrued"]:
            accrued = self._units(abs(row["accrued"]) if harmed else row["accrued"], row["accrued_unit"])
            started = self.texts("summary.accrued", started=started, accrued=accrued)
        if self.story.tables.is_invented(row["outcome"]):
            started += DAGGER
        key = "outcome_rise" if harmed else "outcome_less" if less else "outcome"
        return self.texts(f"summary.{key}", outcome=self.words.outcome(row["outcome"]), count=started)

    def _units(self, value: Decimal, unit: str) -> str:
        return f"{self.words.numbers.count(value)}\u00a0{self.words.units(value, unit)}"

    # What is gained, and by whom

    def gain(self) -> str:
        told = self._net("society")
        if len(self.words.public) > 1:
            told = self.texts("summary.both", one=told, other=self._net("public"))
        return f"{sentence_case(told)}. {self._ratio()}"

    def _net(self, holder: str) -> str:
        """Give what a holder gains or loses, without a full stop."""
        figure = self.appraisal.measure("npv", holder=holder)
        who = self.words.holder_in(holder)
        if figure.value is None:
            reason = self.words.rounded(shown(figure.absent_in(self.words.language) or ""))
            return self.texts("summary.net_missing", who=who, reason=reason)
        turn = "even" if figure.value == 0 else "gain" if figure.value > 0 else "loss"
        many = "_many" if holder == "public" else ""
        value = self._about(abs(figure.value), mark=figure.illustrative)
        return self.texts(f"summary.net_{turn}{many}", who=who, value=value)

    def _ratio(self) -> str:
        figure = self.appraisal.measure("sroi_ratio", holder="society")
        if figure.value is None:
            reason = self.words.rounded(shown(figure.absent_in(self.words.language) or ""))
            return self.texts("summary.no_ratio", reason=reason)
        value = self.words.numbers.ratio(figure.value)
        mark = DAGGER if figure.illustrative else ""
        krone = self.words.model.currency == "NOK"
        key = "summary.ratio_krone" if krone else "summary.ratio"
        return self.texts(key, value=value, currency=self.words.numbers.currency, mark=mark)

    def budgets(self) -> list[str]:
        """Tell of each public budget; where there are many, of those that pay for the inputs, and count the others."""
        public = self.words.public
        named = public if len(public) <= _BUDGETS_NAMED else self._joined(public)
        if len(named) <= _BUDGETS_NAMED:
            return [self._budget(holder) for holder in named]
        paying = [holder for holder in public if self._input(holder)]
        nets = [self.appraisal.measure("npv", holder=holder).value or Decimal(0) for holder in public]
        gain, lose = sum(net > 0 for net in nets), sum(net < 0 for net in nets)
        counted = self.texts("summary.many_budgets", count=len(public), gain=gain, lose=lose)
        return [*(self._budget(holder) for holder in paying[: _BUDGETS_NAMED - 1]), counted]

    def _joined(self, public: list[str]) -> list[str]:
        """Put joint holders of public budgets in the place of their members."""
        holders = self.words.items("holders")
        joint = {holder["id"]: set(holder["shares"]) for holder in holders if holder.get("kind") == "joint"}
        joint = {name: members for name, members in joint.items() if members <= set(public)}
        single = set(public).difference(*joint.values())
        return [holder["id"] for holder in holders if holder["id"] in joint or holder["id"] in single]

    def _budget(self, holder: str) -> str:
        net = sentence_case(self._net(holder))
        budget = self.story.known_budget(holder)
        if budget is None:
            return f"{net}."
        level = self.words.level(budget.price_level)
        if budget.break_even_year is not None:
            return self.texts(
                "summary.repaid",
                net=net,
                year=f"{budget.break_even_year}{self.story.tables.mark_of_course(budget)}",
                level=level,
            )
        years, standings = budget.table["year"], budget.table["cumulative"]
        if standings[-1] < 0:
            short = self._about(abs(standings[-1]), mark=self.story.tables.is_illustrative(holder))
            return self.texts("summary.not_repaid", net=net, level=level, value=short, last=years[-1])
        return self.texts("summary.nothing_to_repay", net=net)

    # What it takes, and what it rests on

    def break_evens(self) -> list[str]:
        return [answer.sentences[0] for answer in self.story.answers[:_ANSWERS_TOLD]]

    def rests(self) -> str:
        rows = {row["footing"]: row for row in self.appraisal.evidence().to_pylist()}
        numbers = self.words.model.assumptions.to_pylist()
        invented = rows.get("illustrative")
        parts = [self._counted("rests_nothing_invented", len(numbers))]
        if invented is not None:
            parts = [self._counted("rests_illustrative", invented["numbers"], total=len(numbers))]
            if invented["share"] is not None:
                parts.append(self.texts("summary.rests_share", share=self.words.numbers.share(invented["share"])))
        weakest = [grade for grade in _GRADES if grade in rows]
        if weakest:
            key = "summary.rests_grade" if invented is None else "summary.rests_grade_of_rest"
            parts.append(self.texts(key, grade=weakest[-1].upper()))
        counts = (
            ("rests_no_source", rows["no-source"]["numbers"] if "no-source" in rows else 0),
            ("rests_filled_in", rows["filled-in"]["numbers"] if "filled-in" in rows else 0),
            ("rests_unread", sum(row["unverified"] for row in numbers)),
            ("rests_rules", len(self.story.unverified.rows)),
        )
        return "; ".join([*parts, *(self._counted(key, count) for key, count in counts if count)]) + "."

    def _counted(self, key: str, count: int, **values: object) -> str:
        return self.texts(f"summary.{key}_{'one' if count == 1 else 'some'}", count=count, **values)

    def _about(self, value: Decimal, *, mark: bool = False) -> str:
        return self.words.numbers.about(value) + (DAGGER if mark else "")
