"""The risk of a contract as a report.

One rule: it only arranges; its figures are the library's and its words come from `wording`.
"""

from collections.abc import Iterator

from socialimpact import __version__
from socialimpact.report.chance_chart import Chance, chances
from socialimpact.report.document import Document, Paragraph, Picture, Section, Table, section
from socialimpact.report.html import html_page
from socialimpact.report.pair_chart import Pair, pairs
from socialimpact.wording.evaluating import Evaluated
from socialimpact.wording.returning import Returned
from socialimpact.wording.risking import Risked
from socialimpact.wording.saving import Saved, Untold


def risk_page(
    told: Risked,
    returned: Returned | None = None,
    saved: Saved | Untold | None = None,
    evaluated: Evaluated | None = None,
) -> str:
    """Give the risk of a contract as one HTML document.

    Parameters
    ----------
    told : Risked
        The risk in a language.
    returned : Returned, optional
        What investors may earn and lose, of a contract that is financed.
    saved : Saved or Untold, optional
        What payers pay beside what they save, of a contract that stands in a model, or why that is not told.
    evaluated : Evaluated, optional
        What evaluations are worth to whoever decides to go on.

    Returns
    -------
    str
        The document, to be written as UTF-8.
    """
    return html_page(risk_document(told, returned, saved, evaluated))


def risk_document(
    told: Risked,
    returned: Returned | None = None,
    saved: Saved | Untold | None = None,
    evaluated: Evaluated | None = None,
    *,
    alone: bool = False,
) -> Document:
    """Give the report of a contract's risk, before it has a form; of the risk alone, with where the rest is."""
    texts = told.texts
    elsewhere = told.elsewhere if alone else []
    return Document(
        language=told.language,
        title=told.title,
        kicker=texts("risk.kicker"),
        name=told.title,
        sections=[
            section("summary", "", *map(Paragraph, [*told.lead, *elsewhere])),
            _situations(told),
            *_saving(told, saved),
            *(_returns(told, returned) if returned else ()),
            *_grids(told, evaluated),
            section("provenance", texts("provenance.title"), Table(told.provenance(), "provenance-table")),
        ],
        footer=[texts("report.made", version=__version__)],
    )


def _situations(told: Risked) -> Section:
    texts = told.texts
    lines = [texts("risk.chart_line", situation=told.name(row), chance=told.chance(row)) for row in told.situations]
    title = texts("risk.chart_title")
    words = " ".join([texts("risk.chart_alt"), *lines])
    picture = Picture("chance", "chances", title, words, chances(_chances(told), told.numbers), title, told.marks)
    return section("situations", texts("risk.situations_title"), picture, Table(told.overview(), "situations-table"))


def _saving(told: Risked, saved: Saved | Untold | None) -> Iterator[Section]:
    """Give what payers pay beside what they save, or why it is not told."""
    texts = told.texts
    if not isinstance(saved, Saved):
        if saved:
            yield section("saving", texts("saving.title"), Paragraph(saved.sentence))
        return
    picture = Picture(
        name="pair",
        kind="pairs",
        title=texts("saving.chart_title"),
        words=saved.chart_words,
        drawings=pairs(_pairs(saved), told.numbers),
        caption=texts("saving.chart_title"),
        marks=saved.marks,
        key=[("down", texts("saving.pays")), ("up", texts("saving.saves"))],
    )
    yield section(
        "saving",
        texts("saving.title"),
        *map(Paragraph, saved.lead),
        picture,
        Table(saved.holders(), "saving-table"),
        Table(saved.years(), "saving-years-table"),
        Table(saved.shares(), "saving-shares-table"),
        Table(saved.by_unit.prices(), "unit-prices-table"),
        Table(saved.by_unit.savings(), "unit-savings-table"),
        Table(saved.by_unit.numbers(), "unit-savings-numbers-table"),
    )


def _returns(told: Risked, returned: Returned) -> Iterator[Section]:
    """Give what investors may earn and lose, and what is left to who delivers."""
    texts, title = told.texts, told.texts("returns.chart_title")
    drawings = chances([Chance(*loss) for loss in returned.losses()], told.numbers)
    picture = Picture("loss", "chances", title, returned.chart_words, drawings, title, returned.marks)
    table = Table(returned.investors(), "returns-table")
    yield section("returns", texts("returns.title"), *map(Paragraph, returned.lead), picture, table)
    providers = returned.providers()
    if providers.rows:
        yield section("providers", texts("returns.providers_title"), Table(providers, "providers-table"))


def _grids(told: Risked, evaluated: Evaluated | None) -> Iterator[Section]:
    """Give the tables that have rows, each under its head."""
    grids = {
        "payers": told.payers(),
        "payments": told.payments(),
        "years": told.years(),
        "changes": told.changes(),
        "measurable": told.measurable(),
        **({"evaluation": evaluated.grid()} if evaluated else {}),
        "assumptions": told.assumptions(),
        "settings": told.settings(),
        "defaults": told.defaults(),
    }
    for name, grid in grids.items():
        if grid.rows:
            yield section(name, told.texts(f"risk.{name}_title"), Table(grid, f"{name}-table"))


def _chances(told: Risked) -> list[Chance]:
    """Give the chance of paying in each situation."""
    works = [not row["situation"].startswith("nothing-works") for row in told.situations]
    rows = zip(told.situations, works, strict=True)
    return [Chance(told.name(row), told.chance(row), told.likely(row), works) for row, works in rows]


def _pairs(saved: Saved) -> list[Pair]:
    """Give what each payer pays and saves."""
    return [Pair(saved.name(row), row["paid"]["mean"], row["saved"]["mean"]) for row in saved.payers]
