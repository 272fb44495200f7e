"""What outcomes and holders are called on the sheets."""

from collections.abc import Mapping
from typing import Any

from socialimpact.wording.texts import Texts


def named(row: dict[str, Any], texts: Texts) -> str:
    """Give the name of a row of a table, or its id."""
    return str(row[f"name_{texts.language}"] or row["name_en"] or row["id"])


def marked(marks: Mapping[str, bool], texts: Texts) -> str:
    """Give the marks of what a figure or a number rests on, in words."""
    return ", ".join(texts(f"value_map.{mark}") for mark in ("illustrative", "unverified") if marks[mark])


def who_is(holder: str, holders: dict[str, dict[str, Any]], texts: Texts) -> str:
    """Give the name of a holder; what is nobody's own is society's."""
    return named(holders[holder], texts) if holder in holders else texts("value_map.society")
