"""Ours and what users run instead, alternately as processes: medians of CPU seconds and peak memory, start-up apart.

How to run: `make bench`. One module for each subject says what is compared and what is promised; `measuring.py`
measures. Ends with exit code 1 where a figure is wrong or a promise is broken. A peer that cannot be run is named with
the reason, and so is every promise that could not be checked without it.
"""

import argparse
from pathlib import Path

import compare_batch
import compare_contract
import compare_returns
import compare_settlement
import compare_simulation


def main() -> None:
    parser = argparse.ArgumentParser(description="ours and what users run instead, side by side")
    parser.add_argument("xirr_batch", type=Path, help="the built example xirr_batch")
    parser.add_argument("rand_distr_map", type=Path, help="the built peer rand-distr-map")
    parser.add_argument(
        "--only", choices=["batch", "contract", "returns", "settlement", "simulation"], help="one subject"
    )
    parser.add_argument("--series", type=int, default=100_000)
    parser.add_argument("--few", type=int, default=2_000, help="series for numpy-financial, which takes its time")
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--draws", type=int, default=1_000_000)
    parser.add_argument("--rows", type=int, default=400, help="of a batch")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args()
    print(f"CPU seconds above start-up, medians of {chosen.runs}; MB at most, and above a run of little work")
    verdicts = []
    if chosen.only in (None, "returns"):
        verdicts.append(compare_returns.compare(chosen.xirr_batch, chosen.series, chosen.few, chosen.runs, chosen.seed))
    if chosen.only in (None, "settlement"):
        verdicts.append(compare_settlement.compare(chosen.claims, chosen.runs))
    if chosen.only in (None, "contract"):
        verdicts.append(compare_contract.compare(chosen.draws, chosen.runs))
    if chosen.only in (None, "simulation"):
        verdicts.append(compare_simulation.compare(chosen.rand_distr_map, chosen.draws, chosen.runs))
    if chosen.only in (None, "batch"):
        verdicts.append(compare_batch.compare(chosen.rows, chosen.runs))
    for sentence in (sentence for verdict in verdicts for sentence in verdict.unchecked):
        print(f"NOT CHECKED: {sentence}")
    broken = [sentence for verdict in verdicts for sentence in verdict.broken]
    if broken:
        raise SystemExit("does not hold:\n" + "\n".join(f"  {sentence}" for sentence in broken))
    unchecked = sum(len(verdict.unchecked) for verdict in verdicts)
    print(f"Holds: {sum(verdict.held for verdict in verdicts)} promises and figures; not checked: {unchecked}.")


main()
