"""Templates of models in words: a few lines each in a list, and the gaps of one."""

from socialimpact.beginning import Template
from socialimpact.wording.entries import Row, Telling
from socialimpact.wording.texts import shown


def template_lines(row: Row, telling: Telling) -> list[str]:
    """Give a template in a few lines: id, name, what is done and not counted."""
    return [row["id"], telling.label(row, "name") or "", telling.label(row, "description") or ""]


def gap_lines(template: Template, telling: Telling) -> list[str]:
    """Give the numbers of a template that nobody has published, a line each, with what is missing."""
    numbers = telling.numbers("")
    return [
        telling.texts("templates.gap", address=gap.address, value=numbers.plain(gap.value), missing=shown(gap.missing))
        for gap in template.gaps()
    ]
