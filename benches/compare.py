"""Ours and what users run instead, alternately as processes: medians of CPU seconds and peak memory, start-up apart.

How to run: `make bench`. All sides read the same files of made-up flows on 21 dates: a stake of 1,000, then receipts
between 0 and 200, or with some later payments from -50. The start-up of a program is its run over no series; the time
compared is what is above it. Before anything is timed every rate of ours is put back into its equation. Ends with exit
code 1 where a rate does not give zero, or one call takes more than a fifth of the CPU time of pyxirr in a loop (less is
promised of later payments; the table says why).
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
from array import array
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).parent
WIDTH = 21
PUT_BACK = 1e-9
"""The net present value left at a rate, over the sum of all flows regardless of sign, both discounted. A rate next to
-100 % has lost digits as a float; its growth, which the library also gives, has them."""
AT_LEAST = 5.0
"""What is promised of one call: pyxirr in a loop takes this many times its CPU time."""

SHORTEST = 1e-3
"""CPU seconds that can be told from none."""

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


def made_up(file: Path, series: int, low: float, seed: int) -> None:
    """Write flows a hundred series at a time: the memory of this program is the least that is measured of another."""
    uniform = random.Random(seed).uniform  # noqa: S311 - flows need no secrecy
    with file.open("wb") as written:
        for _ in range(0, series, 100):
            flows = (-1000.0 if place % WIDTH == 0 else uniform(low, 200.0) for place in range(100 * WIDTH))
            written.write(array("d", flows).tobytes())


def measured(command: list[str]) -> tuple[float, float, str]:
    """CPU seconds, peak memory in MB and the line printed by a program."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    line = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, line.strip()


def compare(programs: dict[str, list[str]], files: tuple[str, str, str], runs: int) -> dict[str, float]:
    """Give the ratio of the last program's CPU time to that of each; prints what was measured."""
    full, empty, days = files
    seconds: dict[str, list[float]] = {name: [] for name in programs}
    memory: dict[str, list[float]] = {name: [] for name in programs}
    lines = {}
    for _ in range(runs):
        for name, command in programs.items():
            start_up = measured([*command, empty, days])[0]
            cpu, peak, lines[name] = measured([*command, full, days])
            seconds[name].append(cpu - start_up)
            memory[name].append(peak)
    last = statistics.median(seconds[list(programs)[-1]])
    ratios = {}
    for name in programs:
        cpu, peak = statistics.median(seconds[name]), statistics.median(memory[name])
        ratios[name] = last / max(cpu, SHORTEST)
        print(f"  {name:<16} {cpu:8.4f} CPU s  {peak:5.0f} MB  {ratios[name]:6.1f} times  {lines[name]}")
    return ratios


def main() -> None:
    parser = argparse.ArgumentParser(description="ours and what users run instead, side by side")
    parser.add_argument("example", type=Path, help="the built example xirr_batch")
    parser.add_argument("--series", type=int, default=100_000)
    parser.add_argument("--few", type=int, default=2_000, help="series for numpy-financial, which takes its time")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args()
    python, example = sys.executable, str(chosen.example)

    def ours(kind: str) -> dict[str, list[str]]:
        return {"ours, Python": [python, str(HERE / "ours.py"), kind], "ours, Rust": [example, kind]}

    xirr = ours("xirr") | {"pyxirr": [python, str(HERE / "peers" / "pyxirr_loop.py"), "xirr"]}
    irr = ours("irr") | {"numpy-financial": [python, str(HERE / "peers" / "numpy_financial_irr.py"), "irr"]}
    slow = []
    with tempfile.TemporaryDirectory() as folder:
        full, empty, days = (Path(folder, name) for name in ("flows.bin", "none.bin", "dates.txt"))
        empty.write_bytes(b"")
        print(f"CPU seconds above start-up, medians of {chosen.runs}; how many times longer the last takes")
        for kind in KINDS:
            made_up(full, chosen.series, kind.low, chosen.seed)
            days.write_text("\n".join(day.isoformat() for day in kind.dates))
            left = float(measured([python, str(HERE / "put_back.py"), str(full), str(days)])[2])
            print(f"XIRR, {kind.name}: {chosen.series} series of {WIDTH} flows; put back, at most {left:.1e} is left")
            if kind.note:
                print(f"  ({kind.note})")
            ratios = compare(xirr, (str(full), str(empty), str(days)), chosen.runs)
            slow += [f"{kind.name}, {name}" for name in ours("xirr") if ratios[name] < kind.at_least]
            slow += [f"{kind.name}: a rate leaves {left:.1e}"] if left > PUT_BACK else []
        made_up(full, chosen.few, 0.0, chosen.seed)
        print(f"IRR: {chosen.few} series of {WIDTH} flows")
        compare(irr, (str(full), str(empty), str(days)), chosen.runs)
    if slow:
        raise SystemExit(f"does not hold: {'; '.join(slow)}")
    print("Holds: what is promised of each, and every rate put back gives zero.")


main()
