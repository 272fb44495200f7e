"""What users run today for XIRR: pyxirr in a loop. `python pyxirr_loop.py xirr flows.bin 21`."""

import sys
from array import array
from datetime import date
from pathlib import Path

from pyxirr import xirr


def main(path: str, width: int) -> None:
    flows = array("d", Path(path).read_bytes()).tolist()
    dates = [date(2005 + place, 1, 1) for place in range(width)]
    rates = [xirr(dates, flows[start : start + width]) for start in range(0, len(flows), width)]
    found = [rate for rate in rates if rate is not None]
    print(f"one {len(found)} several - none {len(rates) - len(found)} sum {sum(found):.9f}")


main(sys.argv[2], int(sys.argv[3]))
