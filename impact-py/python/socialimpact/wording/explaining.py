"""Measures taken apart all the way: what each cost and value contributes, and beneath it what that is made of.

One rule: both halves are the library's own explanations, laid together and never recalculated.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from socialimpact._core import Appraisal
from socialimpact.errors import ImpactError
from socialimpact.wording.texts import sentence_case, shown
from socialimpact.wording.words import Words

Tree: TypeAlias = dict[str, Any]
"""An explanation as a mapping: title, value, unit, formula, source, grade, marks, notes, parts, address."""


class Explainer:
    """Explains an appraisal; every address is taken apart once."""

    def __init__(self, appraisal: Appraisal) -> None:
        self._appraisal = appraisal
        self._known: dict[str, Tree | None] = {}
        self._measures: dict[tuple[str, str], Tree] = {}

    def measure(self, measure: str, holder: str) -> Tree:
        """Take a measure apart down to the sources of its numbers."""
        key = (measure, holder)
        if key not in self._measures:
            tree = self._appraisal.explain(measure, holder=holder).to_dict()
            parts = [self._deeper(part) for part in tree.get("parts") or ()]
            self._measures[key] = {**tree, "parts": parts}
        return self._measures[key]

    def _deeper(self, part: Tree) -> Tree:
        """Put what a contribution is made of beneath it."""
        below = self._at(part.get("address") or "")
        if below is None:
            return part
        if abs(exact_value(below) or 0) != abs(exact_value(part) or 0):
            return {**part, "parts": [below]}
        return {**below, "title": part["title"], "value": part["value"]}

    def _at(self, address: str) -> Tree | None:
        if address not in self._known:
            try:
                self._known[address] = self._appraisal.explain(address).to_dict()
            except ImpactError:  # a rule of the conventions, such as the tax-financing cost, has nothing beneath it
                self._known[address] = None
        return self._known[address]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One figure of an explanation in words."""

    depth: int
    line: str
    notes: tuple[str, ...]


def leaves(tree: Tree, words: Words) -> list[Leaf]:
    """Put an explanation into words, a figure a line, each below what it is part of."""
    return list(_walk(tree, words, 0))


def _walk(tree: Tree, words: Words, depth: int) -> Iterator[Leaf]:
    line = explained(tree, words)
    if marks := marks_of(tree, words):
        line += f" [{', '.join(marks)}]"
    yield Leaf(depth, line, tuple(said_of(tree, words)))
    for part in tree.get("parts") or ():
        yield from _walk(part, words, depth + 1)


def exact_value(tree: Tree) -> Decimal | None:
    """Give the value of an explanation, where it has one."""
    value = tree.get("value")
    return None if value is None else Decimal(value)


def explained(tree: Tree, words: Words) -> str:
    """Give the title of an explanation and its value with its unit."""
    title = sentence_case(_title(tree, words))
    value = exact_value(tree)
    return title if value is None else f"{title}: {words.value_with_unit(value, tree.get('unit') or '')}"


def _title(tree: Tree, words: Words) -> str:
    """Give the title of an explanation; a share of a destination by its name and not by its id."""
    address = str(tree.get("address") or "")
    if ".destinations." in address:
        return words.texts("key.destination_share", id=words.destination(address))
    return words.label(tree["title"], "", None)


def said_of(tree: Tree, words: Words) -> Iterator[str]:
    """Give the formula, the source and the notes of an explanation, a sentence each."""
    texts = words.texts
    if tree.get("formula"):
        yield f"{texts('explanation.formula')}: {words.label(tree['formula'], '', None)}"
    if source := source_text(tree.get("source")):
        yield f"{texts('explanation.source')}: {source}"
    for note in tree.get("notes") or ():
        yield words.rounded(words.label(note, "", None))


def marks_of(tree: Tree, words: Words) -> list[str]:
    """Give the marks of an explanation's own number, and the grade of the evidence behind it."""
    # A measure, which has no address, shows all that it rests on; below it each mark stands where it comes from.
    known = tree["marks"]
    marks = [
        words.texts(f"mark.{mark}")
        for mark in ("illustrative", "unverified")
        if (known[mark] if not tree.get("address") else is_marked(tree, mark))
    ]
    return [*marks, words.texts("mark.grade", grade=tree["grade"])] if tree.get("grade") else marks


def source_text(source: object) -> str:
    """Give the title and section of a source."""
    if not isinstance(source, dict):
        return shown(str(source)) if source else ""
    return ", ".join(shown(str(source[part])) for part in ("title", "section") if source.get(part))


def is_marked(tree: Tree, mark: str) -> bool:
    """Tell whether a figure carries a mark of its own, and not only that of a part."""
    return tree["marks"][mark] and not any(part["marks"][mark] for part in tree.get("parts") or ())
