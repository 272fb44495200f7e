"""Fixed texts by key and language, and what of a user's text may be shown.

One rule: a key stands in both languages or in none; the tests compare the two files.
"""

import tomllib
import unicodedata
from importlib.resources import files
from typing import Any

from socialimpact.types import Language

LANGUAGES: tuple[Language, ...] = ("en", "nb")

LONGEST_NAME = 80
"""Characters of a user's name inside a sentence or a table; the rest is left out with an ellipsis."""

_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of the text after them."""


def shown(text: str, most: int | None = None) -> str:
    """Give a user's text without control and turning characters, each of them replaced by a visible mark."""
    if most is not None and len(text) > most:
        text = text[: most - 1].rstrip() + "…"
    return "".join(_shown_character(character) for character in text)


def sentence_case(text: str) -> str:
    """Give a text with a capital at its start."""
    return text[:1].upper() + text[1:]


def _shown_character(character: str) -> str:
    if character in "\n\t\r":
        return " "
    hidden = character in _TURNING or unicodedata.category(character) in {"Cc", "Cs"}
    return "\ufffd" if hidden else character


_READ: dict[Language, dict[str, dict[str, Any]]] = {}
"""The texts of each language that was asked for."""


def _tables(language: Language) -> dict[str, dict[str, Any]]:
    if language not in _READ:
        text = files("socialimpact.wording").joinpath(f"{language}.toml").read_text(encoding="utf-8")
        _READ[language] = tomllib.loads(text)
    return _READ[language]


class Texts:
    """The fixed texts of one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._tables = _tables(language)

    def __call__(self, key: str, /, **values: object) -> str:
        """Give the text at ``section.name`` with the values filled in."""
        section, name = key.split(".", 1)
        text = self._tables[section][name]
        return str(text).format(**values) if values else str(text)

    def has(self, key: str) -> bool:
        """Tell whether there is a text at a key."""
        section, name = key.split(".", 1)
        return name in self._tables.get(section, {})

    def pair(self, key: str) -> tuple[str, str]:
        """Give the two forms of a unit: one, and many."""
        section, name = key.split(".", 1)
        one, many = self._tables[section][name]
        return one, many
