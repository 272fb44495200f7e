"""Small results in a notebook: a row for each of their fields."""

from dataclasses import fields
from typing import Any

from socialimpact._core import Table


def fields_page(result: Any) -> str:
    """Give the fields of a result that is a dataclass as a table of a notebook; all text is escaped."""
    names = [field.name for field in fields(result)]
    values = [_shown(getattr(result, name)) for name in names]
    columns: dict[str, list[str | None]] = {"": [*names], type(result).__name__: values}
    return Table(columns)._repr_html_()


def _shown(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, dict):
        return ", ".join(f"{key}: {part}" for key, part in value.items())
    return str(value)
