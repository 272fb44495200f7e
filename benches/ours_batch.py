"""Many changes of one model through the public calls: `python ours_batch.py batch|loop|parts MODEL ROWS DRAWS`.

`batch` is one call of `simulate_batch`; `loop` is what one would write without it: `with_` and `simulate`, row by row;
`parts` makes each row in two parts and merges them. 0 rows: start-up.
"""

import json
import sys
from collections.abc import Callable
from math import fsum

import socialimpact as si

COST = "costs.programme.amount"
LEAST, STEP = 4_500_000, 1_000
"""What the cost of the map is put to, from row to row."""
SEED, HALVES, BLOCK = 7, 2, 2_048
MEASURES: list[si.Measure] = ["npv", "sroi_ratio"]


def changes(rows: int) -> list[dict[str, int]]:
    return [{COST: LEAST + STEP * row} for row in range(rows)]


def in_one_call(model: si.Model, rows: int, draws: int) -> list[float]:
    table = si.Table(
        {
            "overrides": [json.dumps(changed) for changed in changes(rows)],
            "seed": [SEED] * rows,
            "draws": [draws] * rows,
        }
    )
    return list(si.simulate_batch(model, table, measures=MEASURES, threads=1)["mean"])


def in_a_loop(model: si.Model, rows: int, draws: int) -> list[float]:
    means: list[float] = []
    for changed in changes(rows):
        found = model.with_(changed).simulate(draws, SEED, measures=MEASURES, threads=1)
        means.extend(found.measures["mean"])
    return means


def in_parts(model: si.Model, rows: int, draws: int) -> list[float]:
    cut = draws // HALVES // BLOCK * BLOCK
    said = [json.dumps(changed) for changed in changes(rows) for _ in range(HALVES)]
    table = si.Table(
        {
            "overrides": said,
            "seed": [SEED] * len(said),
            "first_draw": [0, cut] * rows,
            "draws": [cut, draws - cut] * rows,
            "of": [draws] * len(said),
        }
    )
    return list(si.merge_parts(model, si.simulate_parts(model, table, measures=MEASURES, threads=1))["mean"])


WAYS: dict[str, Callable[[si.Model, int, int], list[float]]] = {
    "batch": in_one_call,
    "loop": in_a_loop,
    "parts": in_parts,
}


def main(way: str, path: str, rows: str, draws: str) -> None:
    model = si.read(path)
    if rows != "0":
        means = WAYS[way](model, int(rows), int(draws))
        print(json.dumps({"figures": len(means), "sum": repr(fsum(float(mean) for mean in means))}))


main(*sys.argv[1:])
