"""A report as one HTML page: no script, no network, every text of a user escaped.

One rule: the page only arranges; its figures are the library's and its words come from `wording`.
"""

from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from socialimpact.report.document import Document, Picture
from socialimpact.wording.grid import Cell

LONGEST_WHOLE = 14

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


def html_page(document: Document) -> str:
    """Give a report as one HTML document, to be written as UTF-8."""
    template = environment().get_template("document.html.jinja")
    return template.render(document=document, style=template_text("page.css"))


def picture(part: Picture, at: int) -> str:
    """Draw a picture as SVG: at 0 the wide one, at 1 the narrow one."""
    macros = environment().get_template("charts.html.jinja").module
    drawn: str = macros.picture(part, part.drawings[at])  # type: ignore[attr-defined]  # a macro of the template
    return str(drawn).strip()


def template_text(name: str) -> str:
    """Give a template or a style sheet as text."""
    return files("socialimpact.report").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def environment() -> "Environment":
    """Give what the templates are read and filled with."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    made = Environment(
        loader=FunctionLoader(template_text),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Any] = {
        "exact": exact,
        "after_dots": after_dots,
        "is_whole": is_whole,
        "kind_of": lambda part: type(part).__name__,
    }
    made.filters.update(filters)
    return made


def is_whole(cell: Cell) -> bool:
    """Tell whether a cell holds one short word, such as a day, that nobody wants broken."""
    return len(cell.text) <= LONGEST_WHOLE and " " not in cell.text


def exact(value: Decimal | int) -> str:
    """Give all digits of a number, for machines."""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


def after_dots(text: str) -> "Markup":
    """Give an address that a narrow column breaks after its dots, and a copy has whole."""
    from markupsafe import Markup, escape

    return Markup(".<wbr>").join(escape(part) for part in text.split("."))
