"""What users run today for a grid of scenarios: numpy in chunks. `python numpy_grid.py MODEL AXES DRAWS CHUNK by-hand`.

Scenarios are all pairs of a cost and a deadweight of the first outcome, over the same draws: mean and standard
deviation of the net present value, and how often it is above zero. The chunk is of scenarios. `by-hand`: what no
scenario changes is worked out once and every step reuses its room. `as-written`: the formula as it stands, broadcast,
and numpy's own functions. 0 draws: start-up.
"""

import json
import sys
from pathlib import Path

import numpy as np
import the_map
from numpy_map import Draws, columns, worth

Scenarios = tuple[Draws, Draws]


def as_written(model: the_map.Map, draws: int, scenarios: Scenarios, chunk: int) -> list[Draws]:
    draw = np.random.default_rng(7)
    drawn = [columns(of, draw, draws) for of in model.outcomes]
    found = []
    for start in range(0, scenarios[0].size, chunk):
        cost, deadweight = (values[start : start + chunk, None] for values in scenarios)
        varied = [drawn[0] | {"deadweight": deadweight}, *drawn[1:]]
        net = sum(worth(numbers, model.years, model.rate) for numbers in varied) - cost
        found.append((net.mean(axis=1), net.std(axis=1, ddof=1), (net > 0).mean(axis=1)))
    return [np.concatenate(part) for part in zip(*found, strict=True)]


def by_hand(model: the_map.Map, draws: int, scenarios: Scenarios, chunk: int) -> list[Draws]:
    draw = np.random.default_rng(7)
    first, *others = [columns(of, draw, draws) for of in model.outcomes]
    rest = sum(worth(numbers, model.years, model.rate) for numbers in others)
    varied = worth(first | {"deadweight": np.zeros(draws)}, model.years, model.rate)
    costs, kept = scenarios[0], 1 - scenarios[1]
    means, sds, chances = (np.empty(costs.size) for _ in range(3))
    room = np.empty((chunk, draws))
    for start in range(0, costs.size, chunk):
        part = slice(start, min(start + chunk, costs.size))
        net = room[: part.stop - part.start]
        np.multiply(kept[part, None], varied, out=net)
        net += rest
        net -= costs[part, None]
        chances[part] = np.count_nonzero(net > 0, axis=1) / draws
        means[part] = net.mean(axis=1)
        net -= means[part, None]
        sds[part] = np.sqrt(np.einsum("ij,ij->i", net, net) / (draws - 1))
    return [means, sds, chances]


def main(path: str, axes: str, draws: int, chunk: int, way: str) -> None:
    if draws == 0:
        return
    pairs = np.meshgrid(*json.loads(Path(axes).read_text()).values(), indexing="ij")
    work = {"as-written": as_written, "by-hand": by_hand}[way]
    means, sds, chances = work(the_map.read(path), draws, (pairs[0].ravel(), pairs[1].ravel()), chunk)
    answer = {"mean": means.mean(), "sd": sds.mean(), "above_zero": chances.mean(), "scenarios": means.size}
    print(json.dumps(answer))


main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
