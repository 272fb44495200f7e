"""The tables of a simulation: each measure over all draws, beside its exact figure.

One rule: a figure without uncertainty is never shown with an error of zero.
"""

import math
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from socialimpact._core import Simulated, SimulatedFigure
from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.tables import DAGGER, Tables
from socialimpact.wording.texts import sentence_case, shown
from socialimpact.wording.words import Words

_QUANTILES = (0.05, 0.5, 0.95)
_CENTRAL = 0.998
"""The chance between the two ends of a histogram."""
_BINS = 20
_LONGEST_BAR = 30


class SimulationTables:
    """Puts a simulation into tables of one language."""

    def __init__(self, simulated: Simulated, words: Words) -> None:
        self.simulated = simulated
        self.words = words
        self.texts = words.texts

    @cached_property
    def asked(self) -> list[SimulatedFigure]:
        """The figures, in the order they were asked for."""
        rows = self.simulated.measures.to_pylist()
        return [self.simulated.measure(row["measure"], row["holder"], row["outcome"]) for row in rows]

    @property
    def opening(self) -> str:
        """Say what was drawn; or that there is nothing to draw."""
        uncertain = len(self.simulated.addresses)
        if not uncertain:
            return self.texts("simulation.certain")
        return self.texts(
            "simulation.one_drawn" if uncertain == 1 else "simulation.drawn",
            draws=self._count(self.simulated.draws),
            points=self.texts(f"simulation.{self.simulated.points}"),
            count=self._count(uncertain),
            seed=self.simulated.seed,
        )

    @property
    def notes(self) -> list[str]:
        """What to know before reading the figures; what the opening says is not said again."""
        said = self.simulated.notes if self.simulated.addresses else ()
        notes = [sentence_case(shown(note.in_language(self.words.language))) for note in said]
        left_out = [(figure, figure.left_out) for figure in self.asked]
        notes += [
            f"{self._head(figure).text}: {said.in_language(self.words.language)}" for figure, said in left_out if said
        ]
        return [f"{note}." for note in notes]

    @cached_property
    def findings(self) -> Grid:
        """Show what the checks find in the draws."""
        return Tables(self.words.appraisal, self.words).of_findings(self.simulated.findings().to_pylist())

    def figures(self) -> Grid:
        """Show mean, spread, quantiles and chances of each figure."""
        columns = [Column(self.texts("simulation.measure"))]
        names = ("mean", "point", "sd", "p05", "p50", "p95", "above", "undefined")
        columns += [Column(self.texts(f"simulation.{name}"), number=True) for name in names]
        reasons: list[str] = []
        rows = [[self._head(figure), *self._cells(figure, reasons)] for figure in self.asked]
        notes = [
            self.texts("simulation.missing", number=number, reason=reason) for number, reason in enumerate(reasons, 1)
        ]
        percentiles = [self.texts("simulation.percentiles")]
        return Grid(
            self._caption("simulation.caption"),
            columns,
            rows,
            [*notes, *self._apart(), *percentiles, *self._without_mean(), *self._daggers(rows)],
        )

    def _apart(self) -> list[str]:
        """Say why net benefits and ratios have different chances, where taxes are raised for the one only."""
        thresholds = {figure.threshold for figure in self.asked if figure.measure in {"npv", "sroi_ratio"}}
        financed = Decimal(self.words.convention["financing"]["cost"])
        return [self.texts("simulation.apart")] if len(thresholds) > 1 and financed else []

    def _without_mean(self) -> list[str]:
        """Say why a figure has no mean, and where the ratio of the means stands."""
        told = [self.texts("mvpf.no_mean", figure=self._head(figure).text) for figure in self.asked if figure.mean_note]
        return [*told, self.texts("mvpf.no_mean_table")] if self.has_mvpf else told

    @property
    def chances(self) -> list[tuple[str, str, float]]:
        """Give the chance that each figure is above its threshold: of what, in words and as a number."""
        return [
            (self.named(figure), self._above(figure).text, figure.probability(above=figure.threshold))
            for figure in self.asked
            if figure.threshold is not None and figure.absent is None
        ]

    @property
    def has_mvpf(self) -> bool:
        """Whether the marginal value of public funds was asked for."""
        return any(figure.measure == "mvpf" and figure.holder == "society" for figure in self.asked)

    def mvpf(self) -> Grid:
        """Show which share of the draws is which case of the marginal value of public funds, and its interval."""
        found = self.simulated.mvpf()
        columns = [Column(self.texts("mvpf.case")), Column(self.texts("mvpf.share"), number=True)]
        rows = [
            [
                Cell(self.texts(f"mvpf.{sign}")),
                Cell(self.words.numbers.share(Decimal(repr(share))), Decimal(repr(share))),
            ]
            for sign, share in found.shares.items()
        ]
        low, high = (self._end(end) for end in (found.low, found.high))
        level = self.words.numbers.share(Decimal(repr(found.level)))
        notes = [self.texts("mvpf.interval", level=level, low=low, high=high)]
        if found.point == "harm-per-unit-saved":
            notes.append(self.texts("mvpf.harm_interval"))
        if found.missing:
            missing = self.words.numbers.share(Decimal(repr(found.missing_share)))
            notes.append(self.texts("mvpf.missing", share=missing))
        ratio, case = found.ratio_of_means, self.texts(f"mvpf.{found.mean_sign}")
        told = "" if ratio is None else self.words.numbers.ratio(Decimal(repr(ratio)))
        key = "mvpf.ratio_of_means" if told else "mvpf.ratio_of_means_none"
        notes.append(self.texts(key, ratio=told, case=case))
        return Grid(self.texts("mvpf.caption"), columns, rows, notes)

    def _end(self, end: float) -> str:
        if math.isinf(end):
            return self.texts("mvpf.above_all" if end > 0 else "mvpf.below_all")
        return self.words.numbers.ratio(Decimal(repr(end)))

    def exact(self) -> Grid:
        """Show the exact figures alone, where nothing is uncertain."""
        columns = [Column(self.texts("simulation.measure")), Column(self.texts("simulation.value"), number=True)]
        reasons: list[str] = []
        rows = [[self._head(figure), self._point(figure, reasons)] for figure in self.asked]
        notes = [
            self.texts("simulation.missing", number=number, reason=reason) for number, reason in enumerate(reasons, 1)
        ]
        return Grid(self._caption("simulation.exact_caption"), columns, rows, [*notes, *self._daggers(rows)])

    @staticmethod
    def has_numbers(figure: SimulatedFigure) -> bool:
        """Tell whether any draw of a figure is a number, so that there is something to show of where draws lie."""
        return figure.count > figure.undefined + figure.infinite + figure.minus_infinite

    def histogram(self, figure: SimulatedFigure) -> Grid:
        """Show how many of the central draws of a figure lie between which values."""
        low, high = figure.central(_CENTRAL)
        bins = (figure.histogram(_BINS, low=low, high=high) if low < high else figure.histogram(1)).to_dict()
        most, defined = max(bins["count"]), figure.count - figure.undefined
        rows = []
        for (start, end), count in zip(pairwise([*bins["low"], bins["high"][-1]]), bins["count"], strict=True):
            share = Cell(self._percent(Decimal(count) / defined), count)
            bar = Cell("█" * round(_LONGEST_BAR * count / most))
            rows.append([self._number(figure, start), self._number(figure, end), share, bar])
        columns = [Column(self.texts(f"simulation.{name}"), number=True) for name in ("from", "to", "share")]
        currency = self.words.numbers.currency
        key = "histogram_caption_money" if str(figure.unit).startswith(currency) else "histogram_caption"
        caption = self.texts(f"simulation.{key}", figure=self.named(figure), currency=currency)
        notes = [self.texts("mark.dagger")] if self._head(figure).dagger else []
        return Grid(caption, [*columns, Column("")], rows, notes)

    def named(self, figure: SimulatedFigure) -> str:
        """Give the name of a figure, with the mark of what rests on illustrative numbers."""
        head = self._head(figure)
        return head.text + DAGGER * head.dagger

    def provenance(self) -> Grid:
        """Show what made these figures."""
        made = {**self.simulated.provenance, "points": self.texts(f"simulation.{self.simulated.points}")}
        made["draws"] = self._count(self.simulated.draws)
        return Tables(self.words.appraisal, self.words).provenance(made)

    def _caption(self, key: str) -> str:
        year, currency = self.words.model.present_value_year, self.words.numbers.currency
        return self.texts(key, currency=currency, year=year)

    def _daggers(self, rows: list[list[Cell]]) -> list[str]:
        return [self.texts("mark.dagger")] if any(cell.dagger for row in rows for cell in row) else []

    def _head(self, figure: SimulatedFigure) -> Cell:
        name = self.texts(f"measure.{figure.measure}")
        of = f" ({self.words.outcome(figure.outcome)})" if figure.outcome else ""
        return Cell(f"{name}{of}: {self.words.holder_in(figure.holder)}", dagger="illustrative" in figure.marks)

    def _cells(self, figure: SimulatedFigure, reasons: list[str]) -> list[Cell]:
        none = not figure.undefined
        share = self.texts("simulation.all_defined") if none else self._chance(figure.undefined_share, figure.count)
        undefined = Cell(share, figure.undefined)
        if figure.absent is not None:
            missing = self._missing(figure.absent.in_language(self.words.language), reasons)
            return [missing, self._point(figure, reasons), *([Cell("–")] * 5), undefined]
        quantiles = [self._number(figure, value) for value in figure.quantile(_QUANTILES)]
        mean, spread = ("–", "–") if figure.mean_note else self._mean(figure)
        return [Cell(mean), self._point(figure, reasons), Cell(spread), *quantiles, self._above(figure), undefined]

    def _mean(self, figure: SimulatedFigure) -> tuple[str, str]:
        """Give the mean with its standard error, and the standard deviation."""
        error = f"\u00a0±\u00a0{self._error(figure, figure.mean_error)}" if figure.mean_error is not None else ""
        return f"{self._number(figure, figure.mean).text}{error}", self._error(figure, figure.sd)

    def _point(self, figure: SimulatedFigure, reasons: list[str]) -> Cell:
        point = figure.point
        if point.value is None:
            return self._missing(point.absent_in(self.words.language) or "", reasons)
        return Cell(self.words.measure(figure.measure, point.value), point.value)

    def _missing(self, reason: str, reasons: list[str]) -> Cell:
        said = self.words.rounded(shown(reason))
        if said not in reasons:
            reasons.append(said)
        return Cell(self.texts("measures.none", number=reasons.index(said) + 1))

    def _above(self, figure: SimulatedFigure) -> Cell:
        if figure.threshold is None:
            return Cell("–")
        share = self._chance(figure.probability(above=figure.threshold), figure.count - figure.undefined)
        return Cell(self.texts("simulation.above_threshold", share=share, threshold=f"{figure.threshold:.0f}"))

    def _number(self, figure: SimulatedFigure, value: float) -> Cell:
        if math.isinf(value):
            return Cell(self._end(value))
        return Cell(self.words.measure(figure.measure, Decimal(repr(value))))

    def _error(self, figure: SimulatedFigure, value: float) -> str:
        """Give a spread with the digits it needs, where the value itself is rounded further."""
        exact = Decimal(repr(value))
        return (
            self.words.numbers.share(exact)
            if figure.measure in {"irr", "fiscal_return"}
            else self.words.numbers.plain(exact)
        )

    def _chance(self, part: float, draws: int) -> str:
        return self.words.numbers.chance(part, draws)

    def _percent(self, part: Decimal) -> str:
        """Give a share with one decimal, so that shares stand below each other."""
        return self.texts("simulation.percent", number=self.words.numbers.fixed(part * 100, 1))

    def _count(self, count: int) -> str:
        return self.words.numbers.whole(count)
