"""What users run today for the map: a loop compiled by numba. `python numba_map.py MODEL DRAWS`.

One thread. Compiling belongs to start-up: so does a run of 0 draws, which compiles or reads what was compiled before.
"""

import json
import sys

import numba
import numpy as np
import the_map


@numba.njit(cache=True)
def simulate(draw, shapes, cost, years, rate, ratios):  # noqa: ANN001, ANN201, RUF100 - types are numba's to find
    for position in range(ratios.size):
        total = 0.0
        for row in range(shapes.shape[0]):
            low, width, qa, qb, da, db, oa, ob, fa, fb, mu, sigma = shapes[row]
            units = (low + width * draw.beta(qa, qb)) * (1 - draw.beta(da, db)) * (1 - draw.beta(oa, ob))
            left, present = (1 - draw.beta(fa, fb)) / (1 + rate), 1.0
            for _ in range(years - 1):
                present = 1 + present * left
            total += units * present * draw.lognormal(mu, sigma)
        ratios[position] = total / (cost[0] + cost[1] * draw.beta(cost[2], cost[3]))


def row(of: the_map.Outcome) -> list[float]:
    quantity, shares = of.quantity, [of.deadweight, of.others, of.drop_off]
    pairs = [parameter for share in shares for parameter in (share.a, share.b)]
    return [quantity.low, quantity.width, quantity.a, quantity.b, *pairs, of.value.mu, of.value.sigma]


def main(path: str, draws: int) -> None:
    model, draw, ratios = the_map.read(path), np.random.default_rng(7), np.empty(draws)
    cost = np.array([model.cost.low, model.cost.width, model.cost.a, model.cost.b])
    simulate(draw, np.array([row(of) for of in model.outcomes]), cost, model.years, model.rate, ratios)
    if draws == 0:
        return
    quantiles = np.quantile(ratios, [0.05, 0.5, 0.95])
    print(json.dumps({"mean": ratios.mean(), "quantiles": quantiles.tolist(), "above_one": (ratios > 1).mean()}))


main(sys.argv[1], int(sys.argv[2]))
