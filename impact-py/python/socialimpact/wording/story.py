"""An appraisal as a story: the question, the answers, what they rest on, and the tables that hold them up."""

from decimal import Decimal
from functools import cached_property
from typing import Any

from socialimpact._core import Appraisal, Budget
from socialimpact.types import Language, PriceLevel
from socialimpact.wording.answers import Answer, answers, dagger_note, not_published
from socialimpact.wording.assuming import has_weak_grade, web_address
from socialimpact.wording.beside import Beside
from socialimpact.wording.explaining import Explainer, source_text
from socialimpact.wording.foundations import Foundations
from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.steps import Steps
from socialimpact.wording.summary import sentences
from socialimpact.wording.tables import DAGGER, Tables
from socialimpact.wording.texts import shown
from socialimpact.wording.who_pays import WhoPays
from socialimpact.wording.words import Words
from socialimpact.wording.worth import Worth

PRICE_LEVELS: tuple[PriceLevel, ...] = ("nominal", "real")
"""In the order budgets are shown."""


class Story:
    """What is told of one appraisal in one language, on the terminal and on a page alike."""

    def __init__(self, appraisal: Appraisal, language: Language, *, plan_from: int | None = None) -> None:
        self.appraisal = appraisal
        self.plan_from = plan_from
        self.model = appraisal.model
        self.words = Words(appraisal, language)
        self.texts = self.words.texts
        self.explainer = Explainer(appraisal)
        self.tables = Tables(appraisal, self.words)
        self.foundations = Foundations(appraisal, self.tables)
        self.worth = Worth(appraisal, self.tables)
        self.who_pays = WhoPays(appraisal, self.tables)
        self.steps = Steps(appraisal, self.tables)
        self.beside = Beside(appraisal, self.tables)
        self._found = self.model.answers()

    # The opening

    @cached_property
    def opening(self) -> list[str]:
        """For whom it is, who pays what, and how the figures are to be read."""
        whom = dict.fromkeys(self.words.holder(o["holder"]) for o in self.words.items("outcomes") if o.get("holder"))
        first, last = self.words.years
        basis = self.words.level("real")
        year = self.model.present_value_year
        appraised = self.texts("head.appraised", first=first, last=last, year=year, basis=basis)
        told = [self.texts("head.whom", whom=", ".join(whom))] if whom else []
        return [*told, *(self._pays(cost) for cost in self.words.items("costs") if self._amount(cost)), appraised]

    def _amount(self, cost: dict[str, Any]) -> str:
        """Give what a cost comes to as it is written: in its year, in each of its years, or in all of them together."""
        addresses = ["per_year" if "per_year" in cost else "amount"]
        if isinstance(cost.get("per_year"), list):
            first, last = cost["years"]
            addresses = [f"per_year.{year}" for year in range(int(first), int(last) + 1)]
        rows = [self.words.assumption(f"costs.{cost['id']}.{address}") for address in addresses]
        values = [row["value"] for row in rows if row is not None]
        return self.words.numbers.amount(sum(values, Decimal(0))) if values else ""

    def _pays(self, cost: dict[str, Any]) -> str:
        payer = self.words.holder(cost["payer"])
        name = self.words.label(cost.get("name"), cost["id"])
        level = self.words.level("nominal" if cost.get("price_basis") == "nominal" else "real", cost.get("price_year"))
        amount = f"{self._amount(cost)} ({level})"
        if "optimism_bias" in cost:
            amount = self.texts("head.before_bias", amount=amount)
        if "per_year" in cost:
            first, last = cost["years"]
            key = "head.pays_over_years" if isinstance(cost["per_year"], list) else "head.pays_per_year"
            return self.texts(key, payer=payer, amount=amount, first=first, last=last, name=name)
        return self.texts("head.pays_once", payer=payer, amount=amount, year=cost.get("year"), name=name)

    @cached_property
    def question(self) -> str:
        """The question the answers belong to, in one line."""
        even = self._found and all(found.measure == "npv" and found.target == 0 for found in self._found)
        if not even:
            return self.texts("head.answer")
        costs = self.words.items("costs")
        asked = {found.holder for found in self._found}
        alike = len(costs) == 1 and "per_year" in costs[0] and not isinstance(costs[0]["per_year"], list)
        if alike and costs[0]["payer"] in asked:
            return self.texts("head.question_amount", amount=self._amount(costs[0]))
        return self.texts("head.question")

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """The answers to the questions of the document."""
        return answers(self.appraisal, self._found, self.words)

    @cached_property
    def after_answers(self) -> tuple[str, ...]:
        """What the model's own values are worth; the net present value, where the document asks nothing."""
        if self._found:
            return (*not_published(self._found, self.words), *dagger_note(self.answers, self.words))
        figure = self.appraisal.measure("npv", holder="society")
        value = self.texts("number.none") if figure.value is None else self.words.numbers.amount(figure.value)
        is_marked = figure.value is not None and figure.illustrative
        value += DAGGER if is_marked else ""
        told = self.texts("head.no_questions", who=self.words.holder("society"), value=value)
        return (told, self.texts("mark.dagger")) if is_marked else (told,)

    @cached_property
    def waterfall_order(self) -> str:
        """What the shares of a waterfall are taken of."""
        filters = self.words.convention.get("combination", {}).get("filters", "multiplicative")
        return self.texts(f"waterfall.order_{filters}")

    @cached_property
    def summary(self) -> tuple[str, ...]:
        """The appraisal in a few sentences."""
        return sentences(self)

    @cached_property
    def summary_notes(self) -> list[str]:
        """How the summary is to be read."""
        marked = any(DAGGER in sentence for sentence in self.summary)
        return [self.texts("summary.about"), *([self.texts("mark.dagger")] if marked else [])]

    # What it rests on

    @cached_property
    def grounds(self) -> list[str]:
        """How many numbers are invented, unread or weak."""
        table = self.model.assumptions.to_pylist()
        illustrative = sum(row["illustrative"] for row in table)
        unverified = sum(row["unverified"] for row in table) + len(self.unverified.rows)
        weak = sum(has_weak_grade(row) for row in table)
        counts = (("illustrative", illustrative), ("unverified", unverified), ("weak", weak))
        told = [self.texts(f"mark.{key}_{'one' if n == 1 else 'some'}", count=n) for key, n in counts if n]
        return told or [self.texts("mark.nothing")]

    @cached_property
    def budget_holders(self) -> list[str]:
        """Each public budget that pays or saves anything, and all of them together where there are several."""
        touched = [holder for holder in self.words.public if holder not in self.untouched]
        return [*touched, "public"] if len(touched) > 1 else touched

    @cached_property
    def untouched(self) -> list[str]:
        """The public budgets that neither pay nor save anything."""
        return [holder for holder in self.words.public if not self._touches(holder)]

    def _touches(self, holder: str) -> bool:
        budget = self.known_budget(holder)
        flows = ("costs", "transfers", "savings")
        return budget is None or any(row[flow] for row in budget.table.to_pylist() for flow in flows)

    @cached_property
    def untouched_note(self) -> str:
        """Which public budgets are left out of the tables, and why; empty where none is."""
        names = ", ".join(map(self.words.holder, self.untouched))
        return self.texts("budget.untouched", who=names) if names else ""

    def known_budget(self, holder: str) -> Budget | None:
        """Give a budget in money of each year; in the price year's where later prices are not known."""
        budgets = (self.tables.budget(holder, level) for level in PRICE_LEVELS)
        return next((budget for budget in budgets if not isinstance(budget, str)), None)

    @cached_property
    def charted(self) -> list[Budget]:
        """The budgets of the chart, in money of each year; in the price year's where later prices are not known."""
        for level in PRICE_LEVELS:
            budgets = [self.tables.budget(holder, level) for holder in self.budget_holders]
            known = [budget for budget in budgets if not isinstance(budget, str)]
            if known and len(known) == len(budgets):
                return known
        return []

    # Conventions

    @cached_property
    def conventions(self) -> Grid:
        """The rules that apply, with their edition and source."""
        rules = self.words.convention
        source = rules.get("source") or {}
        url = source.get("url") if isinstance(source, dict) else None
        cells = [
            Cell(self.words.label(rules.get("title"), self.model.conventions, None)),
            Cell(shown(str(self.appraisal.provenance["conventions_edition"]))),
            Cell(source_text(source), href=web_address(url)),
        ]
        columns = [Column(self.texts(f"conventions.{name}")) for name in ("name", "edition", "source")]
        notes = [] if self.unverified.rows else [self.texts("conventions.verified")]
        overridden = [shown(str(switch)) for switch in self.appraisal.provenance.get("overridden_switches") or ()]
        if overridden:
            notes.append(f"{self.texts('conventions.overridden')}: {', '.join(overridden)}")
        return Grid(self.texts("conventions.caption"), columns, [cells], notes)

    @cached_property
    def unverified(self) -> Grid:
        """The parts of the conventions that were not read at their source."""
        found = self.words.convention.get("unverified") or ()
        why = [self.words.label(part["why"], instead="", most=None) for part in found]
        rows = [
            [Cell(shown(part["address"]), code=True), Cell(reason)] for part, reason in zip(found, why, strict=True)
        ]
        columns = [Column(self.texts(f"conventions.{name}")) for name in ("address", "why")]
        return Grid(self.texts("conventions.unverified_caption"), columns, rows)
