"""A simulation as a report: how sure each figure is, and how often it comes out where.

One rule: it only arranges; its figures are the library's and its words come from `wording`.
"""

from collections.abc import Iterator
from dataclasses import replace

from socialimpact import __version__
from socialimpact._core import Simulated
from socialimpact.report.chance_chart import Chance, chances
from socialimpact.report.document import Document, Folded, Items, Paragraph, Part, Picture, Table, section
from socialimpact.types import Language
from socialimpact.wording.grid import Grid
from socialimpact.wording.simulation import SimulationTables
from socialimpact.wording.texts import shown
from socialimpact.wording.words import Words

_LONGEST = 60
"""Characters of what a bar is called."""


def simulation_document(simulated: Simulated, language: Language = "en") -> Document:
    """Give the report of a simulation, before it has a form."""
    tables = SimulationTables(simulated, Words(simulated.model.appraise(), language))
    words, texts = tables.words, tables.texts
    title = texts("simulation.title", name=words.name)
    findings = Table(tables.findings, "findings-table", texts("findings.nothing"))
    return Document(
        language=language,
        title=title,
        kicker=texts("simulation.kicker"),
        name=words.name,
        description=words.description,
        sections=[
            section("summary", "", Paragraph(tables.opening), Items(tables.notes, "notes")),
            section("simulated", texts("simulation.figures_title"), *_figures(tables)),
            section("findings", texts("findings.title"), findings),
            section("provenance", texts("provenance.title"), Table(tables.provenance(), "provenance-table")),
        ],
        footer=[texts("report.made", version=__version__)],
    )


def _figures(tables: SimulationTables) -> Iterator[Part]:
    if not tables.simulated.addresses:
        yield Table(tables.exact(), "figures-table")
        return
    yield _picture(tables)
    yield Table(tables.figures(), "figures-table")
    if tables.has_mvpf:
        yield Table(tables.mvpf(), "mvpf-table")
    for at, figure in enumerate(tables.asked, start=1):
        if tables.has_numbers(figure):
            grid = _without_bars(tables.histogram(figure))
            yield Folded(tables.named(figure), [Table(grid, f"histogram-{at}")])


def _picture(tables: SimulationTables) -> Picture:
    texts, title = tables.texts, tables.texts("simulation.chart_title")
    told = [Chance(shown(name, _LONGEST), text, share, works=True) for name, text, share in tables.chances]
    lines = [texts("risk.chart_line", situation=name, chance=text) for name, text, _ in tables.chances]
    words = " ".join([f"{title}:", *lines])
    marks = [texts("mark.illustrative")] if any("illustrative" in figure.marks for figure in tables.asked) else []
    return Picture("chance", "chances", title, words, chances(told, tables.words.numbers), title, marks)


def _without_bars(grid: Grid) -> Grid:
    """Leave out the bars that a terminal draws of letters."""
    return replace(grid, columns=grid.columns[:-1], rows=[row[:-1] for row in grid.rows])
