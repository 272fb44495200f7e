"""The map through the public calls: `python ours_simulation.py map MODEL DRAWS THREADS`.

Or `evppi MODEL DRAWS ADDRESS...`, or `indices MODEL DRAWS yes|no`, or `grid MODEL AXES DRAWS THREADS`. 0 draws:
start-up. EVPPI without addresses, and no indices, are the simulation alone.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import socialimpact as si


def of_map(path: str, draws: str, threads: str) -> dict[str, object]:
    model = si.read(path)
    sim = model.simulate(draws=int(draws), seed=7, measures=["sroi_ratio"], threads=int(threads))
    figure = sim.measure("sroi_ratio")
    quantiles = [float(at) for at in figure.quantile([0.05, 0.5, 0.95])]
    return {"mean": float(figure.mean), "quantiles": quantiles, "above_one": float(figure.probability(above=1))}


def of_evppi(path: str, draws: str, *addresses: str) -> dict[str, object]:
    sim = si.read(path).simulate(draws=int(draws), seed=7, measures=["npv"], threads=1)
    worth: dict[str, float] = {}
    if addresses:
        table = sim.evppi(list(addresses))
        worth = dict(zip(table["address"], map(float, table["evppi"]), strict=True))
    return {"mean": float(sim.measure("npv").mean), "evppi": worth}


def of_indices(path: str, draws: str, asked: str) -> dict[str, object]:
    sim = si.read(path).simulate(draws=int(draws), seed=7, measures=["npv"], threads=1)
    shares: dict[str, float] = {}
    if asked == "yes":
        table = sim.sobol("npv")
        shares = dict(zip(table["address"], map(float, table["first_order"]), strict=True))
    return {"mean": float(sim.measure("npv").mean), "indices": shares}


def of_grid(path: str, axes: str, draws: str, threads: str) -> dict[str, object]:
    values = json.loads(Path(axes).read_text())
    table = si.read(path).grid(values, draws=int(draws), seed=7, measure="npv", threads=int(threads)).table

    def average(column: Sequence[float]) -> float:
        return float(sum(column)) / len(column)

    means, sds, chances = (table[name] for name in ("mean", "sd", "probability"))
    return {"mean": average(means), "sd": average(sds), "above_zero": average(chances), "scenarios": len(means)}


QUESTIONS = {"map": (of_map, 1), "evppi": (of_evppi, 1), "indices": (of_indices, 1), "grid": (of_grid, 2)}


def main(question: str, *given: str) -> None:
    for call in ("grid",) if question == "grid" else ("simulate",):
        if not hasattr(si.Model, call):
            sys.exit(f"this build has no Model.{call} yet")
    answer, place = QUESTIONS[question]
    if given[place] != "0":
        print(json.dumps(answer(*given)))


main(*sys.argv[1:])
