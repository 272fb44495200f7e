"""What users run today for EVPPI: heormodel's splines. `python heormodel_evppi.py MODEL DRAWS [ADDRESS...]`.

The net benefit is the net present value, against doing nothing. Without addresses the draws are made and handed over,
and nothing is asked of them: what is above that run is the cost of EVPPI alone.
"""

import json
import sys

import numpy as np
import pandas as pd
import the_map
from heormodel import Outcomes
from heormodel.voi import evppi
from numpy_map import Draws, columns, pert, worth

CHUNK = 2**16
COST = "costs.programme.amount"


def drawn(model: the_map.Map, draws: int, addresses: list[str]) -> tuple[Draws, dict[str, Draws]]:
    """Give the present value of outcomes, and the columns of some addresses and of the cost."""
    draw, total = np.random.default_rng(7), np.empty(draws)
    kept = {address: np.empty(draws) for address in {*addresses, COST}}
    for start in range(0, draws, CHUNK):
        part = slice(start, min(start + CHUNK, draws))
        size = part.stop - part.start
        total[part], kept[COST][part] = 0.0, pert(model.cost, draw, size)
        for of in model.outcomes:
            numbers = columns(of, draw, size)
            total[part] += worth(numbers, model.years, model.rate)
            for place, column in numbers.items():
                if (address := f"outcomes.{of.id}.{place}") in kept:
                    kept[address][part] = column
    return total, kept


def main(path: str, draws: int, addresses: list[str]) -> None:
    if draws == 0:
        return
    worths, kept = drawn(the_map.read(path), draws, addresses)
    index = pd.RangeIndex(draws, name="iteration")
    nothing = np.zeros(draws)
    costs = pd.DataFrame({"nothing": nothing, "programme": kept[COST]}, index=index)
    effects = pd.DataFrame({"nothing": nothing, "programme": worths}, index=index)
    outcomes, numbers = Outcomes.from_wide(costs, effects), pd.DataFrame(kept, index=index)
    found = {address: evppi(outcomes, numbers, address, wtp=1.0) for address in addresses}
    print(json.dumps({"mean": float((worths - kept[COST]).mean()), "evppi": found}))


main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
