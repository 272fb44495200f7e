"""What users run today for the map: squigglepy. `python squigglepy_map.py MODEL DRAWS`; 0 draws: start-up."""

import json
import sys

import numpy as np
import squigglepy as sq
import the_map
from numpy_map import Draws, present_years


def pert(shape: the_map.Pert) -> sq.distributions.PERTDistribution:
    mode = shape.low + (shape.a - 1) / 4 * shape.width
    return sq.pert(shape.low, mode, shape.high)


def worth(of: the_map.Outcome, model: the_map.Map, draws: int) -> Draws:
    units = sq.sample(pert(of.quantity), draws)
    units *= 1 - sq.sample(sq.beta(of.deadweight.a, of.deadweight.b), draws)
    units *= 1 - sq.sample(sq.beta(of.others.a, of.others.b), draws)
    units *= sq.sample(sq.lognorm(lognorm_mean=of.value.mean, lognorm_sd=of.value.sd), draws)
    drop_off = sq.sample(sq.beta(of.drop_off.a, of.drop_off.b), draws)
    return units * present_years(drop_off, model.years, model.rate)


def main(path: str, draws: int) -> None:
    if draws == 0:
        return
    sq.set_seed(7)
    model, total = the_map.read(path), np.zeros(draws)
    for of in model.outcomes:
        total += worth(of, model, draws)
    ratios = total / sq.sample(pert(model.cost), draws)
    found = sq.get_percentiles(ratios, percentiles=[5, 50, 95])
    quantiles = [float(found[percent]) for percent in (5, 50, 95)]
    print(json.dumps({"mean": ratios.mean(), "quantiles": quantiles, "above_one": (ratios > 1).mean()}))


main(sys.argv[1], int(sys.argv[2]))
