"""``socialimpact sensitivity``: what the spread of a figure comes from, and what it is worth to know more."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from socialimpact.cli.helping import examples
from socialimpact.cli.numbers import WholeNumber
from socialimpact.cli.options import Settings, model_options, read_model
from socialimpact.types import Language

if TYPE_CHECKING:
    from socialimpact import Evpi, PlotTable, Simulated

DRAWS = 100_000
SEED = 1
"""A command line needs a seed where none is given; it is said in what is written."""


@click.command(epilog=examples("sensitivity mine.toml --draws 20000 --holder municipality"))
@model_options
@click.option("--measure", default="npv", show_default=True, help="The measure whose spread is explained.")
@click.option("--holder", default="society", show_default=True, help="society, public, or a holder.")
@click.option("--draws", type=WholeNumber(), default=DRAWS, show_default=True, help="How many draws.")
@click.option("--seed", type=WholeNumber(), default=SEED, show_default=True, help="The same seed gives the same draws.")
@click.option("--threads", type=WholeNumber(), help="Left out, as many as the machine has.")
@click.option("--total", is_flag=True, help="Total indices too: the model is valued once more for each number.")
@click.option("--evppi/--no-evppi", default=True, show_default=True, help="What it is worth to know each number.")
def sensitivity(
    model: Path,
    settings: Settings,
    language: Language,
    as_json: bool,
    measure: Any,
    holder: str,
    total: bool,
    evppi: bool,
    **request: Any,
) -> None:
    """Say which uncertain numbers of MODEL matter, and what it is worth to know them before deciding."""
    from socialimpact._core import unless_kept
    from socialimpact.cli.output import write_json

    document = read_model(model, settings)
    # What rests on every draw is refused before any is drawn.
    unless_kept(request["draws"], 1)
    simulated = document.simulate(measures=[(measure, holder)], progress=True, **request)
    found = _Found(simulated, measure, holder, total, evppi)
    if as_json:
        write_json(found.to_dict())
    else:
        found.write(language)


class _Found:
    """What the draws say: influence, and the value of knowing where a decision can rest on the measure."""

    def __init__(self, simulated: "Simulated", measure: Any, holder: str, total: bool, evppi: bool) -> None:
        from socialimpact.wording.sensitivity import DECIDED_BY

        self.simulated, self.measure, self.holder = simulated, measure, holder
        self.influence: PlotTable | None = None
        self.evpi: Evpi | None = None
        self.evppi: PlotTable | None = None
        if not simulated.addresses:
            return
        self.influence = simulated.sobol(measure, holder=holder, total=total, progress=True)
        if measure in DECIDED_BY:
            self.evpi = simulated.evpi(measure, holder=holder)
            if evppi:
                self.evppi = simulated.evppi(measure=measure, holder=holder, progress=True)

    def to_dict(self) -> dict[str, Any]:
        """Give everything as JSON has it."""
        return {
            "provenance": self.simulated.provenance,
            "measure": self.measure,
            "holder": self.holder,
            "marks": _marks(self.influence),
            "influence": _rows(self.influence),
            "notes": _notes(self.influence),
            "evpi": _decision(self.evpi),
            "evppi": _rows(self.evppi),
        }

    def write(self, language: Language) -> None:
        """Write a page: what matters, then what it is worth to know."""
        from socialimpact.cli.output import Page
        from socialimpact.wording import Words
        from socialimpact.wording.sensitivity import SensitivityTables
        from socialimpact.wording.simulation import SimulationTables

        words = Words(self.simulated.model.appraise(), language)
        tables = SensitivityTables(words, self.measure, self.holder)
        drawn = SimulationTables(self.simulated, words)
        page = Page()
        page.title(words.name)
        page.paragraph(drawn.opening)
        if self.influence is not None:
            page.grid(tables.influence(self.influence))
            page.heading(words.texts("sensitivity.decision_title"))
            learning = self.evppi.to_pylist() if self.evppi is not None else []
            if self.evpi is None:
                page.paragraph(words.texts("sensitivity.no_decision"))
            for sentence in tables.decision(self.evpi, learning) if self.evpi is not None else ():
                page.paragraph(sentence)
        if self.evppi is not None:
            worth = tables.learning(self.evppi)
            if worth.rows:
                page.grid(worth)
            else:
                page.gap()
                page.notes(worth.notes)
        if drawn.notes:
            page.heading(words.texts("simulation.notes"))
        for note in drawn.notes:
            page.item(note)
        page.grid(drawn.provenance())


def _rows(table: "PlotTable | None") -> list[dict[str, Any]] | None:
    return None if table is None else table.to_pylist()


def _marks(table: "PlotTable | None") -> list[str] | None:
    return None if table is None else list(table.marks)


def _notes(table: "PlotTable | None") -> list[dict[str, Any]] | None:
    return None if table is None else [{"en": str(note), "nb": note.in_language("nb")} for note in table.notes]


def _decision(evpi: "Evpi | None") -> dict[str, Any] | None:
    if evpi is None:
        return None
    names = ("value", "standard_error", "best", "chance_not_best", "draws", "undefined")
    found = {name: getattr(evpi, name) for name in names}
    return {**found, "marks": list(evpi.marks), "options": evpi.options.to_pylist()}
