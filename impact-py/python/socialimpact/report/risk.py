"""The risk of a contract as one HTML page: no script, no network, every text of a user escaped.

One rule: the page only arranges; its figures are the library's and its words come from `wording`.
"""

from socialimpact import __version__
from socialimpact.report.chance_chart import Chance, chances
from socialimpact.report.page import _environment, _template
from socialimpact.report.pair_chart import Pair, pairs
from socialimpact.wording.evaluating import Evaluated
from socialimpact.wording.returning import Returned
from socialimpact.wording.risking import Risked
from socialimpact.wording.saving import Saved


def risk_page(
    told: Risked,
    returned: Returned | None = None,
    saved: Saved | None = None,
    untold: str = "",
    evaluated: Evaluated | None = None,
) -> str:
    """Give the risk of a contract as one HTML document.

    Parameters
    ----------
    told : Risked
        The risk in a language.
    returned : Returned, optional
        What investors may earn and lose, of a contract that is financed.
    saved : Saved, optional
        What payers pay beside what they save, of a contract that stands in a model.
    untold : str, default ""
        Why that is not told of a model.
    evaluated : Evaluated, optional
        What evaluations are worth to whoever decides to go on.

    Returns
    -------
    str
        The document, to be written as UTF-8.
    """
    lines = [
        told.texts("risk.chart_line", situation=told.name(row), chance=told.chance(row)) for row in told.situations
    ]
    sections = {
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
    template = _environment().get_template("risk.html.jinja")
    return template.render(
        told=told,
        t=told.texts,
        charts=chances(_chances(told), told.numbers),
        returned=returned,
        losses=chances([Chance(*loss) for loss in returned.losses()], told.numbers) if returned else [],
        saved=saved,
        untold=untold,
        pairs=pairs(_pairs(saved), told.numbers) if saved else [],
        chart_alt=" ".join([told.texts("risk.chart_alt"), *lines]),
        sections={name: grid for name, grid in sections.items() if grid.rows},
        style=_template("page.css"),
        version=__version__,
    )


def _chances(told: Risked) -> list[Chance]:
    """Give the chance of paying in each situation."""
    works = [not row["situation"].startswith("nothing-works") for row in told.situations]
    rows = zip(told.situations, works, strict=True)
    return [Chance(told.name(row), told.chance(row), told.likely(row), works) for row, works in rows]


def _pairs(saved: Saved) -> list[Pair]:
    """Give what each payer pays and saves."""
    return [Pair(saved.name(row), row["paid"]["mean"], row["saved"]["mean"]) for row in saved.payers]
