"""The risk of a contract as one HTML page: no script, no network, every text of a user escaped.

One rule: the page only arranges; its figures are the library's and its words come from `wording`.
"""

from socialimpact import __version__
from socialimpact.report.chance_chart import chances
from socialimpact.report.page import _environment, _template
from socialimpact.wording.risking import Risked


def risk_page(told: Risked) -> str:
    """Give the risk of a contract as one HTML document.

    Parameters
    ----------
    told : Risked
        The risk in a language.

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
        "supposed": told.supposed(),
    }
    template = _environment().get_template("risk.html.jinja")
    return template.render(
        told=told,
        t=told.texts,
        charts=chances(told),
        chart_alt=" ".join([told.texts("risk.chart_alt"), *lines]),
        sections={name: grid for name, grid in sections.items() if grid.rows},
        style=_template("page.css"),
        version=__version__,
    )
