"""What simulations of the map must come near, in closed form. `python closed_forms.py MODEL AXES ADDRESS...`.

All numbers are independent, so means and second moments multiply. E[(1 − drop-off)^k] is known for beta distributions,
E[1 / cost] is an integral. Given one number, the expected net present value is a line in it (in the sum of discounted
years for a drop-off), so what knowing it is worth is an integral of one dimension.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import numpy as np
from scipy import integrate, special, stats

sys.path.insert(0, str(Path(__file__).parent / "peers"))

import the_map
from the_map import Beta, Lognormal, Outcome, Pert

END = 1e-12
"""How near the ends of a distribution a corner is sought."""


@dataclass(frozen=True)
class Factor:
    """A factor of an outcome's worth: its first two moments, quantiles as documents write it, its size there."""

    mean: float
    square: float
    quantile: Callable[[float], float]
    size: Callable[[float], float] = lambda written: written


def moment(share: Beta, power: float) -> float:
    """E[(1 − share)^power]."""
    return float(np.exp(special.betaln(share.a, share.b + power) - special.betaln(share.a, share.b)))


def pert(shape: Pert) -> Factor:
    of = stats.beta(shape.a, shape.b, loc=shape.low, scale=shape.width)
    return Factor(of.mean(), of.var() + of.mean() ** 2, of.ppf)


def kept(share: Beta) -> Factor:
    of = stats.beta(share.a, share.b)
    return Factor(moment(share, 1), moment(share, 2), of.ppf, lambda written: 1 - written)


def lognormal(shape: Lognormal) -> Factor:
    of = stats.lognorm(shape.sigma, scale=np.exp(shape.mu))
    return Factor(shape.mean, shape.mean**2 + shape.sd**2, of.ppf)


def years(share: Beta, count: int, rate: float) -> Factor:
    """Sum up the discounted years."""
    discount = 1 / (1 + rate)
    mean = sum(moment(share, k) * discount**k for k in range(count))
    square = sum(moment(share, k + j) * discount ** (k + j) for k in range(count) for j in range(count))

    def size(written: float) -> float:
        return sum(((1 - written) * discount) ** k for k in range(count))

    return Factor(mean, square, stats.beta(share.a, share.b).ppf, size)


def factors(of: Outcome, model: the_map.Map) -> dict[str, Factor]:
    return {
        "quantity": pert(of.quantity),
        "deadweight": kept(of.deadweight),
        "attribution.others": kept(of.others),
        "drop_off": years(of.drop_off, model.years, model.rate),
        "values.value.value": lognormal(of.value),
    }


def product(numbers: list[float]) -> float:
    return float(np.prod(numbers))


def worth_of_knowing(factor: Factor, slope: float, rest: float) -> float:
    """E[max(0, rest + slope · size)] less what is chosen without knowing."""

    def gain(u: float) -> float:
        return max(0.0, rest + slope * factor.size(factor.quantile(u)))

    def net(u: float) -> float:
        return rest + slope * factor.size(factor.quantile(u))

    # The integral would not see the corner by itself.
    low, high = net(END), net(1 - END)
    middle, ends = 0.5, (END, 1 - END)
    for _ in range(60 if low * high < 0 else 0):
        ends = (middle, ends[1]) if net(middle) * low > 0 else (ends[0], middle)
        middle = sum(ends) / 2
    parts = [integrate.quad(gain, *part, limit=200)[0] for part in ((0, middle), (middle, 1))]
    return max(0.0, sum(parts) - max(0.0, rest + slope * factor.mean))


def main(path: str, axes: str, addresses: list[str]) -> None:
    model = the_map.read(path)
    costs, deadweights = json.loads(Path(axes).read_text()).values()
    cost, outcomes = pert(model.cost), {of.id: factors(of, model) for of in model.outcomes}
    means = {name: product([factor.mean for factor in of.values()]) for name, of in outcomes.items()}
    squares = {name: product([factor.square for factor in of.values()]) for name, of in outcomes.items()}
    worth = sum(means.values())
    variance = sum(squares[name] - means[name] ** 2 for name in means)
    shape = stats.beta(model.cost.a, model.cost.b, loc=model.cost.low, scale=model.cost.width)
    once, twice = (shape.expect(lambda amount, power=power: amount**-power) for power in (1, 2))
    first = outcomes[model.outcomes[0].id]
    kept_on_axis = float(np.mean([1 - deadweight for deadweight in deadweights])) / first["deadweight"].mean
    known = {}
    for address in addresses:
        if address == "costs.programme.amount":
            known[address] = worth_of_knowing(cost, -1.0, worth)
            continue
        _, name, place = address.split(".", 2)
        factor = outcomes[name][place]
        known[address] = worth_of_knowing(factor, means[name] / factor.mean, worth - means[name] - cost.mean)
    answer = {
        "ratio_mean": worth * once,
        "ratio_sd": sqrt((variance + worth**2) * twice - (worth * once) ** 2),
        "npv_mean": worth - cost.mean,
        "npv_sd": sqrt(variance + cost.square - cost.mean**2),
        "grid_mean": worth + means[model.outcomes[0].id] * (kept_on_axis - 1) - float(np.mean(costs)),
        "evppi": known,
    }
    print(json.dumps(answer))


main(sys.argv[1], sys.argv[2], sys.argv[3:])
