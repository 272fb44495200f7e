"""Batches: many changes of one model in one call of `simulate_batch`, in parts that are merged, and in a loop.

One thread each. Start-up is reading the model. All three must give the same figures, to the last bit. Rows of few draws
show what reading, checking and making ready cost for each; rows of many what drawing costs.

Measured on 30 November 2026 by `compare_batch.compare(100, 3)` with a development build (`opt-level = 1`) on two shared
cores of an AMD EPYC, other work beside it. CPU s above start-up, medians. 100 rows of 4,096 draws: in one call 2.01,
in a loop 1.97, in parts 4.68, since each half is made ready by itself. 10 rows of 40,960 draws: 0.749, 0.756 and 1.072.
Of the 20 ms of a row of 4,096 draws, changing the model takes 0.7 and valuing it once 0.3; a batch does both to look
at all rows before it draws, and changes the model again to draw.
"""

import json
from pathlib import Path

from compare_simulation import python
from measuring import Figures, Program, Verdict, alternately, show, times

MODEL = Path(__file__).parent.parent / "fixtures" / "models" / "map-12x10.toml"
FEW, MANY = 4_096, 40_960
"""Draws a row."""
AT_MOST = 1.2
PROMISE = "a batch of rows of {draws} draws takes at most 1.2 times the CPU time of a loop over them"


def compare(rows: int, runs: int) -> Verdict:
    """Print the tables of batches."""
    verdict = Verdict()
    for draws in (FEW, MANY):
        count = rows if draws == FEW else max(1, rows * FEW // MANY)
        print(f"Batch: {count} rows of {draws} draws, the map with another cost in each; two measures")
        programs = {name: _program(way, count, draws) for name, way in WAYS.items()}
        found = alternately(programs, runs)
        show(found, "ours, loop", _said)
        verdict.ours(found)
        ratio = times(found, "ours, loop", "ours, batch")
        verdict.promise(PROMISE.format(draws=draws), ratio, lambda ratio: ratio <= AT_MOST)
        lines = {figures.line for figures in found.values() if isinstance(figures, Figures)}
        if len(lines) > 1:
            verdict.broken.append(f"batch, parts and loop give other figures at {draws} draws: {sorted(lines)}")
    return verdict


WAYS = {"ours, batch": "batch", "ours, loop": "loop", "ours, in parts": "parts"}


def _program(way: str, rows: int, draws: int) -> Program:
    return Program(python("ours_batch.py", way, str(MODEL)), [str(rows), str(draws)], ["0", str(draws)])


def _said(line: str) -> str:
    return f"{json.loads(line)['figures']} figures"
