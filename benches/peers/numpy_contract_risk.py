"""What users run today for the risk of a contract: numpy. `python numpy_contract_risk.py fifty|thousand DRAWS`.

`fifty` is fixtures/contracts/larvik-for-nothing.toml: fifty people, paid for where a tenth fewer have it than 63 %.
`thousand` is second-chance.toml: two cohorts of a thousand, ten compared for each of them, events by a negative
binomial distribution; each cohort pays from a tenth on, else both pool at 7.5 %; a cap, two payers, one of them with a
limit. Of each situation: how often anything is paid, its mean and standard deviation, quantiles in all and by payer.
0 draws: start-up.
"""

import json
import sys

import numpy as np

Draws = np.ndarray
CAP, LIMIT = 20e6, 4e6


def told(total: Draws, payers: list[Draws]) -> dict[str, float]:
    for column in (total, *payers):
        np.quantile(column, [0.05, 0.5, 0.95])
        column.std(ddof=1)
    return {"chance": float((total > 0).mean()), "mean": float(total.mean()), "sd": float(total.std(ddof=1))}


def fifty(draws: int) -> dict[str, dict[str, float]]:
    draw = np.random.default_rng(7)
    effect = draw.normal(0.1, 0.1, draws)
    situations = {
        "as-believed": 0.4 * (1 - effect),
        "expected-effect": np.full(draws, 0.4 * 0.9),
        "nothing-works-baseline-right": np.full(draws, 0.63),
        "nothing-works": np.full(draws, 0.4),
    }
    found = {}
    for name, rate in situations.items():
        seen = draw.binomial(50, np.clip(rate, 0, 1))
        total = np.where(1 - seen / 50 / 0.63 >= 0.1, 4.4e6, 0.0)
        found[name] = told(total, [total * 0.25 for _ in range(4)])
    return found


def thousand(draws: int) -> dict[str, dict[str, float]]:
    draw = np.random.default_rng(7)
    anyway = draw.gamma((1.55 / 0.05) ** 2, 0.05**2 / 1.55, draws)
    effect = draw.normal(0.08, 0.05, draws)

    def events(rate: Draws, people: int) -> Draws:
        size = 0.6 * people
        return draw.negative_binomial(size, size / (size + rate * people)) / people

    found = {}
    situations = {
        "as-believed": effect,
        "expected-effect": 0.08,
        "nothing-works-baseline-right": 0.0,
        "nothing-works": 0.0,
    }
    for name, works in situations.items():
        treated = [events(anyway * (1 - works), 1_000) for _ in range(2)]
        compared = [events(anyway, 10_000) for _ in range(2)]
        first, second = (1 - t / c for t, c in zip(treated, compared, strict=True))
        pooled = 1 - sum(treated) / sum(compared)
        one = np.minimum(np.where(first >= 0.1, 9e6, 0.0), CAP)
        two = np.minimum(np.where(second >= 0.1, 9e6, 0.0), CAP - one)
        both = one + two
        both = both + np.where(both > 0, 0.0, np.minimum(np.where(pooled >= 0.075, 12e6, 0.0), CAP - both))
        state, town = 0.75 * both, np.minimum(0.25 * both, LIMIT)
        found[name] = told(state + town, [state, town])
    return found


def main(contract: str, draws: str) -> None:
    if draws != "0":
        print(json.dumps({"fifty": fifty, "thousand": thousand}[contract](int(draws))))


main(*sys.argv[1:])
