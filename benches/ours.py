"""Internal rates of many series in one call from Python. `python ours.py xirr flows.bin dates.txt`, or `irr`."""

import sys
from pathlib import Path

import numpy as np

import socialimpact as si


def main(kind: str, path: str, days: str) -> None:
    dates = Path(days).read_text().split()
    flows = np.fromfile(path, dtype="<f8").reshape(-1, len(dates))
    table = si.xirr_batch(dates, flows) if kind == "xirr" else si.irr_batch(flows)
    found = [rate for rate in table["rate"] if rate is not None]
    several = sum(count > 1 for count in table["count"])
    print(f"one {len(found)} several {several} none {len(table) - len(found) - several} sum {sum(found):.9f}")


main(*sys.argv[1:4])
