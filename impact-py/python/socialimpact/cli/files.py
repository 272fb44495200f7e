"""The files a command reads and writes, as options and arguments.

One rule: nothing that is read is written over, by whatever path it is reached; it is refused before anything is read.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import click
from click.shell_completion import CompletionItem

from socialimpact.errors import ImpactError
from socialimpact.paths import check_target, is_device

if TYPE_CHECKING:
    from socialimpact.report.document import Document

_Command = TypeVar("_Command", bound=Callable[..., Any])

HTML = (".html", ".htm")
STANDARD_INPUT = Path("-")

_FILES = "socialimpact.files"
"""Where a command keeps which files were named so far, in the order in which they were read from the line."""


class _Named(click.ParamType[Path]):
    """A file that was named, held against the others of the same command."""

    name = "file"
    is_written: ClassVar[bool]

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Take the path, and refuse what would be both read and written."""
        path = Path(value)
        named: list[tuple[_Named, Path]] = ctx.meta.setdefault(_FILES, []) if ctx else []
        for other, earlier in named:
            if (other.is_written or self.is_written) and _are_one(path, earlier):
                self.fail(self._clash(other, path, earlier), param, ctx)
        named.append((self, path))
        return path

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - as click calls it
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        """Let the shell complete files."""
        return [CompletionItem(incomplete, type="file")]

    def _clash(self, other: "_Named", path: Path, earlier: Path) -> str:
        target, source = (path, earlier) if self.is_written else (earlier, path)
        if other.is_written and self.is_written:
            return f"`{path}` is written twice: name another file"
        same = "" if target == source else f", by another path: `{source}`"
        return f"`{target}` is read by this command{same}: name another file to write"


class Source(_Named):
    """A file that is read; ``-`` is standard input where a command says so."""

    is_written = False


class Target(_Named):
    """A file that is written, of a form that its ending says."""

    is_written = True

    def __init__(self, *endings: str) -> None:
        self.endings = endings

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Take the path of a file that may be written, with an ending that fits."""
        path = super().convert(value, param, ctx)
        try:
            check_target(path, *self.endings)
        except ImpactError as error:
            self.fail(str(error), param, ctx)
        return path


def html_option(command: _Command) -> _Command:
    """Give a command the choice of a page beside what it writes."""
    text = "Write it as one HTML file too."
    return click.option("--html", "target", type=Target(*HTML), metavar="FILE", help=text)(command)


def pdf_option(command: _Command) -> _Command:
    """Give a command the choice of a PDF file beside what it writes."""
    text = "Write it as a PDF file too, with the content of the page."
    return click.option("--pdf", "paper", type=Target(".pdf"), metavar="FILE", help=text)(command)


def write_document(document: "Document", target: Path | None, paper: Path | None) -> list[Path]:
    """Write a report as a page, as a PDF file, or both; give what was written."""
    from socialimpact.report.html import html_page
    from socialimpact.report.pdf import pdf_file
    from socialimpact.writing import write_whole

    files: list[tuple[Path, bytes]] = []
    if target is not None:
        files.append((target, html_page(document).encode()))
    if paper is not None:
        files.append((paper, pdf_file(document)))
    for path, content in files:
        write_whole(path, content)
    return [path for path, _ in files]


def excel_option(command: _Command) -> _Command:
    """Give a command the choice of a workbook beside what it writes."""
    text = "Write it as a workbook with live formulas too."
    return click.option("--excel", "workbook", type=Target(".xlsx"), metavar="FILE", help=text)(command)


def _are_one(left: Path, right: Path) -> bool:
    """Tell whether two paths reach one file: through links too, and where it does not yet exist."""
    if STANDARD_INPUT in {left, right} or is_device(left):
        return False
    try:
        return left.samefile(right)
    except OSError:
        return os.path.realpath(left) == os.path.realpath(right)
