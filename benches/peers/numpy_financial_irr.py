"""What users run today for IRR: numpy-financial in a loop. `python numpy_financial_irr.py irr flows.bin dates.txt`."""

import math
import sys
from pathlib import Path

import numpy as np
import numpy_financial as npf


def main(path: str, days: str) -> None:
    width = len(Path(days).read_text().split())
    flows = np.frombuffer(Path(path).read_bytes(), dtype="<f8").reshape(-1, width)
    rates = [float(npf.irr(row)) for row in flows]
    found = [rate for rate in rates if not math.isnan(rate)]
    print(f"one {len(found)} several - none {len(rates) - len(found)} sum {sum(found):.9f}")


main(sys.argv[2], sys.argv[3])
