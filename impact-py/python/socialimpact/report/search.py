"""Prices that were searched for as one HTML page: no script, no network, every text of a user escaped.

One rule: the page only arranges; its figures are the library's and its words come from `wording`.
"""

from socialimpact import __version__
from socialimpact.report.page import _environment, _template
from socialimpact.wording.pricing import Priced


def search_page(told: Priced) -> str:
    """Give prices and frontiers as one HTML document.

    Parameters
    ----------
    told : Priced
        What was found, in a language.

    Returns
    -------
    str
        The document, to be written as UTF-8.
    """
    template = _environment().get_template("search.html.jinja")
    grids = {"prices": told.prices(), "frontier": told.frontier()}
    return template.render(
        told=told,
        t=told.texts,
        grids={name: grid for name, grid in grids.items() if grid.rows},
        style=_template("page.css"),
        version=__version__,
    )
