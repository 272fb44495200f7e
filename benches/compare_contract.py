"""Contracts: ours and numpy on the risk of two contracts, and on a hundred thousand variants of one of them.

One thread each. Start-up is a run of no draws. Numpy draws with numbers of its own, so that chances and means are held
against each other within what chance allows.

Measured on 30 November 2026 as `compare.py --only contract --runs 5` does, built as a wheel, on two shared cores with
other builds beside it. CPU s above start-up, medians: the grid 0.102, numpy 64 scenarios at a time 1.122 (11.0 times);
the risk of fifty people 0.493, numpy 0.759; of a thousand in each of two cohorts 1.343, numpy 1.497.
"""

import json
import sys
import tempfile
from math import sqrt
from pathlib import Path

from measuring import Figures, Program, Verdict, alternately, show, times

HERE = Path(__file__).parent
CONTRACTS = HERE.parent / "fixtures" / "contracts"
SECOND_CHANCE = CONTRACTS / "second-chance.toml"
RISKS = {"fifty": CONTRACTS / "larvik-for-nothing.toml", "thousand": SECOND_CHANCE}

AT, AMOUNT = "contract.payments.cohort.schedule.steps.0.at", "contract.payments.cohort.schedule.steps.0.amount"
THRESHOLDS, AMOUNTS = 250, 400
GRID_DRAWS = 1_000
GRID_CHUNKS = [16, 64, 256]
GRID_AT_LEAST = 5.0
GRID_PROMISE = "100,000 terms over 1,000 shared draws take at most 1/5 of the CPU time of numpy in chunks"
STANDARD_ERRORS = 5.0


def spaced(low: float, high: float, count: int) -> list[float]:
    return [round(low + (high - low) * number / (count - 1), 10) for number in range(count)]


def compare(draws: int, runs: int) -> Verdict:
    """Print the tables of contracts."""
    verdict = Verdict()
    for name, terms in RISKS.items():
        risk(verdict, name, terms, (draws, runs))
    with tempfile.TemporaryDirectory() as folder:
        axes = Path(folder, "axes.json")
        axes.write_text(json.dumps({AT: spaced(0.05, 0.2, THRESHOLDS), AMOUNT: spaced(1e6, 9e6, AMOUNTS)}))
        grid(verdict, axes, runs)
    return verdict


def risk(verdict: Verdict, name: str, terms: Path, asked: tuple[int, int]) -> None:
    """Compare the risk of one contract, in every situation that it tells."""
    draws, runs = asked
    programs = {
        "ours": Program([sys.executable, str(HERE / "ours_contract.py"), "risk", str(terms)], [str(draws)], ["0"]),
        "numpy": Program([sys.executable, str(HERE / "peers" / "numpy_contract_risk.py"), name], [str(draws)], ["0"]),
    }
    print(f"Risk of {terms.stem}: {draws} draws of each situation")
    found = alternately(programs, runs)
    show(found, "numpy", lambda line: f"as believed {json.loads(line)['as-believed']['chance']:.4f}")
    verdict.ours(found)
    ours, numpy = (found[one] for one in ("ours", "numpy"))
    if not isinstance(ours, Figures) or not isinstance(numpy, Figures):
        return
    mine, theirs = json.loads(ours.line), json.loads(numpy.line)
    verdict.promise(f"{name}: the same situations are told", float(mine.keys() == theirs.keys()), bool)
    for situation in mine.keys() & theirs.keys():
        one, other = mine[situation], theirs[situation]
        share = (one["chance"] + other["chance"]) / 2
        off = abs(one["chance"] - other["chance"]) / max(sqrt(2 * share * (1 - share) / draws), 1e-12)
        verdict.promise(f"{name}, {situation}: the chance of paying agrees", off, lambda off: off < STANDARD_ERRORS)
        off = abs(one["mean"] - other["mean"]) / max(other["sd"] * sqrt(2 / draws), 1e-6)
        verdict.promise(f"{name}, {situation}: what is paid agrees", off, lambda off: off < STANDARD_ERRORS)


def grid(verdict: Verdict, axes: Path, runs: int) -> None:
    """Compare the grid of terms."""
    ours = [sys.executable, str(HERE / "ours_contract.py"), "grid", str(SECOND_CHANCE), str(axes)]
    numpy = [sys.executable, str(HERE / "peers" / "numpy_contract_grid.py")]
    draws = str(GRID_DRAWS)
    programs = {"ours": Program(ours, [draws, "1"], ["0", "1"])}
    for chunk in GRID_CHUNKS:
        programs[f"numpy, {chunk} at a time"] = Program(numpy, [draws, str(chunk)], ["0", str(chunk)])
    print(f"Grid of a contract: {THRESHOLDS * AMOUNTS} terms over {draws} shared draws")
    found = alternately(programs, runs)
    measured = {name: figures for name, figures in found.items() if isinstance(figures, Figures)}
    peers = [name for name in measured if name.startswith("numpy")]
    best = min(peers, key=lambda name: measured[name].cpu, default=next(reversed(programs)))
    show(found, best, lambda line: f"mean {json.loads(line)['mean']:,.0f}")
    verdict.ours(found)
    verdict.promise(GRID_PROMISE, times(found, "ours", best), lambda ratio: ratio >= GRID_AT_LEAST)
    if "ours" in measured and best in measured:
        mine, theirs = (json.loads(measured[name].line) for name in ("ours", best))
        verdict.promise("the grid has every scenario", float(mine["scenarios"] == THRESHOLDS * AMOUNTS), bool)
        # All scenarios share the draws, so the average over them is no more certain than that of one.
        off = abs(mine["mean"] - theirs["mean"]) / (theirs["sd"] * sqrt(2 / GRID_DRAWS))
        verdict.promise("the grid's mean agrees with numpy", off, lambda off: off < STANDARD_ERRORS)
