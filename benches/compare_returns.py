"""Rates of return: ours, pyxirr and numpy-financial on the same flows, after every rate of ours was put back.

All sides read the same files of made-up flows on 21 dates: a stake of 1,000, then receipts between 0 and 200, or with
some later payments from -50. The start-up of a program is its run over no series.
"""

import random
import sys
import tempfile
from array import array
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from measuring import Program, Verdict, alternately, measured, show, times

HERE = Path(__file__).parent
WIDTH = 21
PUT_BACK = 1e-9
"""The net present value left at a rate, over the sum of all flows regardless of sign, both discounted. A rate next to
-100 % has lost digits as a float; its growth, which the library also gives, has them."""
AT_LEAST = 5.0
"""What is promised of one call: pyxirr in a loop takes this many times its CPU time."""

YEARLY = [date(2005 + place, 1, 1) for place in range(WIDTH)]
IRREGULAR = [date(2005, 1, 1) + timedelta(days=place * 350 + place * place) for place in range(WIDTH)]


@dataclass(frozen=True)
class Flows:
    """Made-up flows of one kind."""

    name: str
    dates: list[date]
    low: float
    at_least: float = AT_LEAST
    """How many times the CPU time of one call pyxirr in a loop must take."""
    note: str = ""


KINDS = [
    Flows("regular", YEARLY, 0.0),
    Flows("irregular", IRREGULAR, 0.0),
    Flows(
        "later payments",
        YEARLY,
        -50.0,
        at_least=2.5,
        note="one in five has two rates: ours finds and proves both, pyxirr answers with one it meets",
    ),
    Flows(
        "later payments, irregular",
        IRREGULAR,
        -50.0,
        at_least=1.5,
        note="the same, and some in a hundred need a proof one by one, with an exponential for each flow",
    ),
]


@dataclass(frozen=True)
class Files:
    """What the programs read: flows, no flows, dates."""

    full: Path
    empty: Path
    days: Path

    def program(self, *command: str) -> Program:
        return Program([*command], [str(self.full), str(self.days)], [str(self.empty), str(self.days)])


def made_up(file: Path, series: int, low: float, seed: int) -> None:
    """Write flows a hundred series at a time: the memory of this program is the least that is measured of another."""
    uniform = random.Random(seed).uniform  # noqa: S311 - flows need no secrecy
    with file.open("wb") as written:
        for _ in range(0, series, 100):
            flows = (-1000.0 if place % WIDTH == 0 else uniform(low, 200.0) for place in range(100 * WIDTH))
            written.write(array("d", flows).tobytes())


def compare(example: Path, series: int, few: int, runs: int, seed: int) -> Verdict:
    """Print the tables of rates of return."""
    verdict, python = Verdict(), sys.executable
    with tempfile.TemporaryDirectory() as folder:
        files = Files(*(Path(folder, name) for name in ("flows.bin", "none.bin", "dates.txt")))
        files.empty.write_bytes(b"")

        def ours(kind: str) -> dict[str, Program]:
            in_python = files.program(python, str(HERE / "ours_returns.py"), kind)
            return {"ours, Python": in_python, "ours, Rust": files.program(str(example), kind)}

        def peer(script: str, kind: str) -> Program:
            return files.program(python, str(HERE / "peers" / script), kind)

        for kind in KINDS:
            made_up(files.full, series, kind.low, seed)
            files.days.write_text("\n".join(day.isoformat() for day in kind.dates))
            left = float(measured([python, str(HERE / "put_back.py"), str(files.full), str(files.days)]).line)
            print(f"XIRR, {kind.name}: {series} series of {WIDTH} flows; put back, at most {left:.1e} is left")
            if kind.note:
                print(f"  ({kind.note})")
            found = alternately(ours("xirr") | {"pyxirr": peer("pyxirr_loop.py", "xirr")}, runs)
            show(found, "pyxirr")
            verdict.ours(found)
            verdict.promise(
                f"{kind.name}: a rate put back leaves at most {PUT_BACK}", left, lambda rest: rest <= PUT_BACK
            )
            for name in ours("xirr"):
                sentence = f"{kind.name}, {name}: pyxirr in a loop takes at least {kind.at_least} times the CPU time"
                least = kind.at_least
                verdict.promise(sentence, times(found, name, "pyxirr"), lambda ratio, least=least: ratio >= least)
        made_up(files.full, few, 0.0, seed)
        print(f"IRR: {few} series of {WIDTH} flows")
        found = alternately(ours("irr") | {"numpy-financial": peer("numpy_financial_irr.py", "irr")}, runs)
        show(found, "numpy-financial")
        verdict.ours(found)
    return verdict
