"""Ours and what users run instead, alternately as processes: medians of CPU seconds and peak memory, start-up apart.

How to run: cargo build --release -p impact-core --example xirr_batch, python -m pip install pyxirr numpy-financial, and
python benches/compare.py target/release/examples/xirr_batch. Both sides read the same file of made-up flows: a stake of
1,000, then receipts between 0 and 200, or with --low -50 some later payments. The start-up of a program is its run over
no series; the time compared is what is above it.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
from array import array
from pathlib import Path

PEERS = Path(__file__).parent / "peers"
WIDTH = 21


def made_up(series: int, low: float, seed: int) -> bytes:
    uniform = random.Random(seed).uniform  # noqa: S311 - flows need no secrecy
    row = (-1000.0 if place % WIDTH == 0 else uniform(low, 200.0) for place in range(series * WIDTH))
    return array("d", row).tobytes()


def measured(command: list[str]) -> tuple[float, float, str]:
    """CPU seconds, peak memory in MB and the line printed by a program."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    line = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, line.strip()


def compare(ours: list[str], theirs: list[str], files: tuple[str, str], runs: int) -> None:
    full, empty = files
    seconds: dict[str, list[float]] = {"ours": [], "theirs": []}
    memory: dict[str, list[float]] = {"ours": [], "theirs": []}
    lines = {}
    for _ in range(runs):
        for name, command in (("ours", ours), ("theirs", theirs)):
            start_up = measured([*command, empty, str(WIDTH)])[0]
            cpu, peak, lines[name] = measured([*command, full, str(WIDTH)])
            seconds[name].append(cpu - start_up)
            memory[name].append(peak)
    for name in seconds:
        cpu, peak = statistics.median(seconds[name]), statistics.median(memory[name])
        print(f"  {name:<7} {cpu:8.4f} CPU s   {peak:6.0f} MB   {lines[name]}")
    ratio = statistics.median(seconds["theirs"]) / max(statistics.median(seconds["ours"]), 1e-9)
    print(f"  theirs / ours: {ratio:.1f} in CPU seconds, medians of {runs}")


def main() -> None:
    parser = argparse.ArgumentParser(description="ours and what users run instead, side by side")
    parser.add_argument("ours", type=Path, help="the built example xirr_batch")
    parser.add_argument("--series", type=int, default=100_000)
    parser.add_argument("--low", type=float, default=0.0, help="the lowest later flow")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--peer", choices=["pyxirr", "numpy-financial"], action="append")
    chosen = parser.parse_args()
    ours = str(chosen.ours)
    peers = {
        "pyxirr": ([ours, "xirr"], [sys.executable, str(PEERS / "pyxirr_loop.py"), "xirr"]),
        "numpy-financial": ([ours, "irr"], [sys.executable, str(PEERS / "numpy_financial_irr.py"), "irr"]),
    }
    with tempfile.TemporaryDirectory() as folder:
        full, empty = Path(folder, "flows.bin"), Path(folder, "none.bin")
        full.write_bytes(made_up(chosen.series, chosen.low, chosen.seed))
        empty.write_bytes(b"")
        for peer in chosen.peer or ["pyxirr", "numpy-financial"]:
            print(f"{peer}: {chosen.series} series of {WIDTH} flows")
            compare(*peers[peer], (str(full), str(empty)), chosen.runs)


main()
