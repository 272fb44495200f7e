"""Internal rates of many series in one call. `python ours_returns.py xirr flows.bin dates.txt`, or `irr`."""

import sys
from pathlib import Path

import socialimpact as si


def main(kind: str, path: str, days: str) -> None:
    dates, content = Path(days).read_text().split(), Path(path).read_bytes()
    rows = len(content) // 8 // len(dates)
    # A memory view cannot have an empty dimension.
    flows = memoryview(content).cast("d", [rows, len(dates)]) if rows else []
    table = si.xirr_batch(dates, flows) if kind == "xirr" else si.irr_batch(flows)
    found, counts = [rate for rate in table["rate"] if rate is not None], table["count"]
    several = len(counts) - counts.count(1) - counts.count(0)
    print(f"one {len(found)} several {several} none {counts.count(0)} sum {sum(found):.9f}")


main(*sys.argv[1:4])
