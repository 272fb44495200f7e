"""Progress of a long run, where someone looks: with tqdm where it is installed, as a plain line otherwise.

One rule: what is shown goes to standard error and is put away at the end, however the run ends.
"""

import os
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, Protocol, TypeAlias, cast

Progress: TypeAlias = Callable[[int, int], object]
"""Something to be called with what is done and what there is in all: draws, or the scenarios of a grid."""


_SIZE = {"ncols": 80, "nrows": 24}
"""Of a terminal that does not tell its own."""


class Shown(Protocol):
    """Progress that is put away when the run ends."""

    def __call__(self, done: int, of: int, counted: str = "draws", /) -> object:
        """Show how far it is, and of what."""

    def close(self) -> None:
        """Put it away."""


def shown(progress: Progress | bool | None) -> Progress | Shown | None:
    """Give what a run is to call: the caller's own, or for True what suits the place; None where nobody looks."""
    if not isinstance(progress, bool):
        return progress
    notebook = _is_notebook()
    if not progress or not (notebook or (sys.stderr is not None and sys.stderr.isatty())):
        return None
    try:
        return _Bar(notebook)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "tqdm":
            raise
        return _Line()


@contextmanager
def showing(progress: Progress | bool | None, counted: str) -> Generator[Progress]:
    """Give what a run of the library's own Python is to call; what the library shows itself is put away at the end."""
    show = shown(progress)
    if show is None:
        yield lambda _done, _of: None
    elif isinstance(progress, bool):
        own = cast(Shown, show)
        try:
            yield lambda done, of: own(done, of, counted)
        finally:
            own.close()
    else:
        yield show


class _Bar:
    """The bar of tqdm."""

    def __init__(self, notebook: bool) -> None:
        self._make: Callable[..., Any] = import_module("tqdm.auto" if notebook else "tqdm").tqdm
        self._bar: Any = None

    def __call__(self, done: int, of: int, counted: str = "draws", /) -> None:
        if self._bar is None:
            self._bar = self._make(total=of, unit=f" {counted}", unit_scale=True, leave=False, **_size())
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


def _size() -> dict[str, int]:
    """Give tqdm the size of a terminal that does not tell its own, in which it would show nothing."""
    try:
        told = os.get_terminal_size(sys.stderr.fileno())
    except (AttributeError, OSError, ValueError):  # no terminal, as in a notebook
        return {}
    return {} if told.columns and told.lines else _SIZE


class _Line:
    """A line that is written over, a percent at a time."""

    def __init__(self) -> None:
        self._said = ""
        self._percent = -1

    def __call__(self, done: int, of: int, counted: str = "draws", /) -> None:
        percent = 100 * done // of
        if percent != self._percent:
            self._percent = percent
            self._write(f"{done:,} of {of:,} {counted}, {percent} %")

    def close(self) -> None:
        if self._said:
            self._write("")
            sys.stderr.write("\r")
            sys.stderr.flush()

    def _write(self, text: str) -> None:
        line = "\r" + text.ljust(len(self._said))
        self._said = text  # before it is written: an interrupt in between must not leave it standing
        sys.stderr.write(line)
        sys.stderr.flush()


def _is_notebook() -> bool:
    """Tell whether this runs in a notebook, without importing what is not imported."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return type(shell).__name__ == "ZMQInteractiveShell"
