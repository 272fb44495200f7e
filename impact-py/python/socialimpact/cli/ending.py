"""How a command ends: with its result, with sentences about bad input, or with nobody left to read it."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from socialimpact.errors import ImpactError, Problem
from socialimpact.types import Language
from socialimpact.wording.texts import shown

FINDINGS = 1
"""Exit code of a strict check that found something to warn of."""
NOTHING_FOUND = 1
"""Exit code of a search that found nothing, as other search tools give it."""
BAD_INPUT = 2
"""Exit code for input that cannot be used, as click gives it for a wrong option."""
INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells give it."""
NO_READER = 141
"""Exit code when whoever read the output went away, as shells give it."""


class Commands(click.Group):
    """A group of commands whose bad input is told in the core's own words."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; turn what can go wrong outside the library into sentences and exit codes."""
        try:
            _show_what_the_terminal_cannot()
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _let_go_of_output()
            ctx.exit(NO_READER)
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        except ImpactError as error:
            for line in problem_lines(error):
                click.echo(line, err=True)
            ctx.exit(BAD_INPUT)
        except OSError as error:
            click.echo(os_line(error), err=True)
            ctx.exit(BAD_INPUT)
        return result


def _place_in(file: Path, place: str) -> str:
    """Give a place with its file, which is said once."""
    return str(file) if place == file.name else f"{file}: {place}"


@contextmanager
def within(file: Path) -> Generator[None, None, None]:
    """Let every problem that is found say in which file it stands, where a command reads several."""
    try:
        yield
    except ImpactError as error:
        problems = [replace(problem, place=_place_in(file, problem.place)) for problem in error.problems]
        if problems:
            raise _again(error, "\n".join(map(str, problems)), problems) from None
        english, norwegian = (_in_file(file, told) for told in (str(error), error.in_language("nb")))
        raise ImpactError(english, norwegian=norwegian, is_reason=error.is_reason) from None


def _in_file(file: Path, told: str) -> str:
    return f"{file}: {told.removeprefix(f'{file.name}: ')}"


def _again(error: ImpactError, message: str, problems: list[Problem]) -> ImpactError:
    """Give an error with its problems told in another way."""
    return ImpactError(message, problems, error.total, is_reason=error.is_reason)


@contextmanager
def told_in(language: Language) -> Generator[None, None, None]:
    """Let every problem that is told in a language be told in it."""
    try:
        yield
    except ImpactError as error:
        problems = [
            replace(each, message=each.norwegian or each.message) if language == "nb" else each
            for each in error.problems
        ]
        raise _again(error, error.in_language(language), problems) from None


@contextmanager
def about(terms: Path, observations: Path | None = None) -> Generator[None, None, None]:
    """Let every problem of a verb on TERMS say in which file it stands: at no address of them, in the other."""
    try:
        yield
    except ImpactError as error:
        if not error.problems and observations is None:
            raise
        if not error.problems:
            english, norwegian = (f"{observations}: {told}" for told in (str(error), error.in_language("nb")))
            raise ImpactError(english, norwegian=norwegian, is_reason=error.is_reason) from None
        problems = [_placed(problem, terms, observations) for problem in error.problems]
        raise _again(error, "\n".join(map(str, problems)), problems) from None


def _placed(problem: Problem, terms: Path, observations: Path | None) -> Problem:
    is_of_terms = problem.address and not problem.address.startswith("observations")
    file = terms if is_of_terms else observations
    return problem if file is None else replace(problem, place=f"{file}: {problem.place}")


def problem_lines(error: ImpactError) -> list[str]:
    """Give one line for each problem, and how many more there are."""
    if not error.problems:
        return [shown(str(error))]
    lines = [shown(str(problem)) for problem in error.problems]
    more = error.total - len(error.problems)
    return [*lines, f"and {more} more problems"] if more > 0 else lines


def os_line(error: OSError) -> str:
    """Say what the operating system refused, and where."""
    reason = (error.strerror or str(error)).lower()
    return shown(f"{error.filename}: {reason}") if error.filename is not None else shown(reason)


def _show_what_the_terminal_cannot() -> None:
    """Let a terminal without some letters show their codes instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _let_go_of_output() -> None:
    """Point standard output nowhere, so that closing it at the end does not fail again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
