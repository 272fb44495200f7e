"""What users run today for the map: numpy in chunks. `python numpy_chunks.py MODEL DRAWS CHUNK`; 0 draws: start-up."""

import json
import sys

import numpy as np
import the_map
from numpy_map import benefits, pert


def main(path: str, draws: int, chunk: int) -> None:
    if draws == 0:
        return
    model, draw, ratios = the_map.read(path), np.random.default_rng(7), np.empty(draws)
    for start in range(0, draws, chunk):
        size = min(chunk, draws - start)
        ratios[start : start + size] = benefits(model, draw, size) / pert(model.cost, draw, size)
    quantiles = np.quantile(ratios, [0.05, 0.5, 0.95])
    print(json.dumps({"mean": ratios.mean(), "quantiles": quantiles.tolist(), "above_one": (ratios > 1).mean()}))


main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
