"""What is left of the net present value at the rates found. `python put_back.py flows.bin dates.txt`.

Prints the largest share of the gross present value that is left at any rate.
"""

import sys
from datetime import date
from pathlib import Path

import numpy as np

import socialimpact as si


def main(path: str, days: str) -> None:
    dates = [date.fromisoformat(day) for day in Path(days).read_text().split()]
    flows = np.fromfile(path, dtype="<f8").reshape(-1, len(dates))
    table = si.xirr_batch(dates, flows)
    rows = np.repeat(np.arange(len(flows)), table["count"])
    growth = np.log1p(np.concatenate([np.asarray(roots) for roots in table["roots"]]))[:, None]
    years = np.array([(day - dates[0]).days / 365 for day in dates])
    # Valued where no factor is above one: at the first date, or for negative rates at the last.
    origin = np.where(growth < 0, years[-1], 0.0)
    present = flows[rows] * np.exp((origin - years) * growth)
    print(float(np.max(np.abs(present.sum(axis=1)) / np.abs(present).sum(axis=1))))


main(*sys.argv[1:3])
