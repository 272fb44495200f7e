"""Notebooks in MyST Markdown: their cells, run in order as a kernel would, each showing what it ends with."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(?::[^\n]*\n)*(.*?)^```$", re.MULTILINE | re.DOTALL)
"""A cell with its options left out."""


@dataclass(frozen=True)
class Ran:
    """A notebook that was run: the names it defined, and what each cell showed."""

    names: dict[str, Any]
    shown: list[Any]


def cells(notebook: Path) -> list[str]:
    """Give the code of each cell, in order."""
    return [match.group(1) for match in CELL.finditer(notebook.read_text(encoding="utf-8"))]


def run(notebook: Path) -> Ran:
    """Run all cells one after the other in one place, and ask for what a notebook would show of each."""
    names: dict[str, Any] = {"__name__": "__main__"}
    shown = [_run(code, names, f"{notebook.name}[{position}]") for position, code in enumerate(cells(notebook))]
    return Ran(names, shown)


def _run(code: str, names: dict[str, Any], place: str) -> Any:
    tree = ast.parse(code, place)
    last = tree.body[-1]
    if not isinstance(last, ast.Expr):
        exec(compile(tree, place, "exec"), names)  # noqa: S102 - our own cells
        return None
    exec(compile(ast.Module(tree.body[:-1], []), place, "exec"), names)  # noqa: S102
    value = eval(compile(ast.Expression(last.value), place, "eval"), names)  # noqa: S307
    html = getattr(value, "_repr_html_", None)
    return html() if callable(html) else value
