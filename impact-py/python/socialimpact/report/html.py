"""A report as one HTML page: no script, no network, every text of a user escaped.

One rule: the page only arranges; its figures are the library's and its words come from `wording`.
"""

import re
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from socialimpact.report.document import Document, Picture
from socialimpact.wording.grid import Cell

LONGEST_WHOLE = 14
SHORTEST_LONG = 40
"""Characters from which a cell is a sentence that a narrow column would make very tall."""
_JOINT = re.compile(r"(?<=ings)(?=[a-zæøå]{4})")
_CODE = re.compile(r"`([^`\s](?:[^`]*[^`\s])?)`")
"""What a sentence says letter for letter: an address, a command, a value."""

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
        "prose": prose,
        "head": head,
        "spoken": spoken,
        "is_whole": is_whole,
        "is_long": is_long,
        "kind_of": lambda part: type(part).__name__,
    }
    made.filters.update(filters)
    return made


def is_whole(cell: Cell) -> bool:
    """Tell whether a cell holds one short word, such as a day, that nobody wants broken."""
    return len(cell.text) <= LONGEST_WHOLE and " " not in cell.text


def is_long(cell: Cell) -> bool:
    """Tell whether a cell holds a sentence that needs room on a narrow screen."""
    return len(cell.text) >= SHORTEST_LONG


def exact(value: Decimal | int) -> str:
    """Give all digits of a number, for machines."""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


def prose(text: str) -> "Markup":
    """Give a sentence whose words between backticks are shown as code."""
    from markupsafe import Markup, escape

    parts = _CODE.split(text)
    told = [
        Markup("<code>{}</code>").format(after_dots(part)) if at % 2 else escape(part) for at, part in enumerate(parts)
    ]
    return Markup("").join(told)


def head(text: str) -> "Markup":
    """Give the head of a column, a long compound of which may be broken after its joint (`finansierings-kostnad`)."""
    from markupsafe import Markup

    return Markup("&shy;").join(map(prose, _JOINT.split(text)))


def spoken(text: str) -> str:
    """Give a sentence for those who hear it: what would be code is plain words."""
    return _CODE.sub(r"\1", text)


def after_dots(text: str) -> "Markup":
    """Give an address that a narrow column breaks after its dots, and a copy has whole."""
    from markupsafe import Markup, escape

    return Markup(".<wbr>").join(escape(part) for part in text.split("."))
