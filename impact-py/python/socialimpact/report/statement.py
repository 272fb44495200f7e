"""A statement as one HTML page: no script, no network, every text of a user escaped.

One rule: the page only arranges; its figures are the library's and its words come from `wording`.
"""

from socialimpact import __version__
from socialimpact.report.page import _environment, _template
from socialimpact.wording.settling import Settled


def statement_page(told: Settled) -> str:
    """Give a statement as one HTML document.

    Parameters
    ----------
    told : Settled
        The statement in a language.

    Returns
    -------
    str
        The document, to be written as UTF-8.
    """
    template = _environment().get_template("statement.html.jinja")
    return template.render(told=told, t=told.texts, style=_template("page.css"), version=__version__)
