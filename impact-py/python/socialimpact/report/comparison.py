"""A comparison as one HTML page: no script, no network, every text of a user escaped.

One rule: the page only arranges; its figures are the library's and its words come from `wording`.
"""

from collections.abc import Collection

from socialimpact import __version__
from socialimpact.report.page import _environment, _template
from socialimpact.wording.comparing import Compared


def comparison_page(compared: Compared, told: Collection[str] = ("npv",)) -> str:
    """Give a comparison as one HTML document.

    Parameters
    ----------
    compared : Compared
        The comparison in a language.
    told : collection of str
        The measures whose differences are told by cause.

    Returns
    -------
    str
        The document, to be written as UTF-8.
    """
    return (
        _environment()
        .get_template("comparison.html.jinja")
        .render(
            compared=compared,
            t=compared.texts,
            words=compared.words,
            causes=[compared.causes(row) for row in compared.measures if row["measure"] in told],
            style=_template("page.css"),
            version=__version__,
        )
    )
