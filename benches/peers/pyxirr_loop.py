"""What users run today for XIRR: pyxirr in a loop. `python pyxirr_loop.py xirr flows.bin dates.txt`."""

import sys
from array import array
from datetime import date
from pathlib import Path

from pyxirr import xirr


def main(path: str, days: str) -> None:
    dates = [date.fromisoformat(day) for day in Path(days).read_text().split()]
    flows, width = array("d", Path(path).read_bytes()).tolist(), len(dates)
    rates = [xirr(dates, flows[start : start + width]) for start in range(0, len(flows), width)]
    found = [rate for rate in rates if rate is not None]
    print(f"one {len(found)} several - none {len(rates) - len(found)} sum {sum(found):.9f}")


main(sys.argv[2], sys.argv[3])
