"""Programs measured side by side, alternately as processes, start-up apart: CPU and elapsed seconds, peak memory.

This module takes little memory and must: what a program is measured to take is never less than what its starter took.
"""

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

SHORTEST = 1e-3
"""CPU seconds that can be told from none."""

NOT_YET = "this build has no"
"""How programs of ours begin to say that what they measure is not there."""

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")
"""Threads that wait in turns would count as CPU time of peers which do not need them."""


class NotMeasuredError(Exception):
    """A program that cannot be run here, and why."""


@dataclass(frozen=True)
class Usage:
    """What one run took."""

    cpu: float
    elapsed: float
    peak: float
    line: str


@dataclass(frozen=True)
class Program:
    """A program, what it is given, and what it is given to start up only."""

    command: list[str]
    full: list[str]
    start_up: list[str]
    little: list[str] | None = None
    """What it is given for the memory of little work; where nothing is said, that of its start-up."""
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Figures:
    """Medians over the runs of a program; times are above start-up, memory is in MB."""

    cpu: float
    elapsed: float
    start_up: float
    peak: float
    above: float
    line: str

    def times(self, other: "Figures") -> float:
        """Give how many times the CPU time of this the other takes."""
        return other.cpu / max(self.cpu, SHORTEST)


@dataclass
class Verdict:
    """What was found of what is promised."""

    broken: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)
    held: int = 0

    def ours(self, found: Mapping[str, "Figures | NotMeasuredError"]) -> None:
        """Note what of ours did not run: only what this build has not got yet may be left out."""
        for name, figures in found.items():
            if (
                name.startswith("ours")
                and isinstance(figures, NotMeasuredError)
                and not str(figures).startswith(NOT_YET)
            ):
                self.broken.append(f"{name} ended with: {figures}")

    def promise(self, sentence: str, found: float | None, holds: Callable[[float], bool]) -> None:
        """Note a promise; nothing found is not held."""
        if found is None:
            self.unchecked.append(sentence)
        elif holds(found):
            self.held += 1
        else:
            self.broken.append(f"{sentence} (found {found:.4g})")


def measured(command: list[str], environment: Mapping[str, str] | None = None) -> Usage:
    """Run a program. What it writes to stderr last is why it is not measured."""
    with tempfile.TemporaryFile("w+") as errors:
        began = time.perf_counter()
        surroundings = {**os.environ, **ONE_THREAD, **(environment or {})}
        try:
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, env=surroundings)
        except OSError as error:
            raise NotMeasuredError(str(error)) from error
        line = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        elapsed = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.stdout:
            process.stdout.close()
        if process.returncode != 0:
            errors.seek(0)
            said = errors.read().strip().splitlines() or [f"ended with {process.returncode}"]
            raise NotMeasuredError(said[-1])
    return Usage(usage.ru_utime + usage.ru_stime, elapsed, usage.ru_maxrss / 1024, line.strip())


def alternately(programs: Mapping[str, Program], runs: int) -> dict[str, Figures | NotMeasuredError]:
    """Run programs in turns. One that cannot be run leaves the turns, and its reason is kept."""
    found: dict[str, list[tuple[Usage, Usage, Usage]]] = {name: [] for name in programs}
    reasons: dict[str, NotMeasuredError] = {}
    for _ in range(runs):
        for name, program in programs.items():
            if name in reasons:
                continue
            try:
                found[name].append(_once(program))
            except NotMeasuredError as reason:
                reasons[name] = reason
    return {name: reasons[name] if name in reasons else _medians(found[name]) for name in programs}


def _once(program: Program) -> tuple[Usage, Usage, Usage]:
    start_up = measured([*program.command, *program.start_up], program.environment)
    little = measured([*program.command, *program.little], program.environment) if program.little else start_up
    return start_up, little, measured([*program.command, *program.full], program.environment)


def _medians(runs: list[tuple[Usage, Usage, Usage]]) -> Figures:
    return Figures(
        cpu=statistics.median(full.cpu - start_up.cpu for start_up, _, full in runs),
        elapsed=statistics.median(full.elapsed - start_up.elapsed for start_up, _, full in runs),
        start_up=statistics.median(start_up.cpu for start_up, _, _ in runs),
        peak=statistics.median(full.peak for _, _, full in runs),
        above=statistics.median(full.peak - little.peak for _, little, full in runs),
        line=runs[-1][2].line,
    )


def show(found: Mapping[str, Figures | NotMeasuredError], beside: str, said: Callable[[str], str] = str) -> None:
    """Print a table; the CPU time of one program is how many times that of each."""
    reference = found[beside]
    print(f"  {'':<22} {'CPU s':>9} {'start-up':>9} {'elapsed':>8} {'peak MB':>8} {'above':>6}  {beside} takes")
    for name, figures in found.items():
        if isinstance(figures, NotMeasuredError):
            print(f"  {name:<22} not measured: {figures}")
            continue
        row = f"{figures.cpu:9.4f} {figures.start_up:9.3f} {figures.elapsed:8.3f}"
        row += f" {figures.peak:8.0f} {figures.above:6.0f}"
        times = "" if isinstance(reference, NotMeasuredError) else f"{figures.times(reference):6.1f} times"
        print(f"  {name:<22} {row}  {times:<14} {said(figures.line)}")


def times(found: Mapping[str, Figures | NotMeasuredError], ours: str, theirs: str) -> float | None:
    """Give how many times the CPU time of ours theirs is; nothing where one of them was not measured."""
    one, other = found[ours], found[theirs]
    if isinstance(one, NotMeasuredError) or isinstance(other, NotMeasuredError):
        return None
    return one.times(other)
