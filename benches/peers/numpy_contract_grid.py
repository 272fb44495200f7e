"""What users run today for variants of a contract: numpy in chunks. `python numpy_contract_grid.py DRAWS CHUNK`.

Two cohorts of a thousand, ten compared for each of them, events by a negative binomial distribution; each cohort pays
an amount from a threshold on, else both pool at 7.5 %; a cap, two payers, one of them with a limit. Scenarios are all
pairs of 250 thresholds and 400 amounts over the same draws: mean and standard deviation of what is paid, how often
anything is, and what each payer pays. The chunk is of scenarios. 0 draws: start-up.
"""

import json
import sys

import numpy as np

THRESHOLDS, AMOUNTS = np.linspace(0.05, 0.2, 250), np.linspace(1e6, 9e6, 400)
CAP, POOLED, POOLED_AT, SHARE, LIMIT = 20e6, 12e6, 0.075, 0.75, 4e6
PEOPLE, COMPARED, MEAN, DISPERSION = 1_000, 10_000, 1.55, 0.6

Draws = np.ndarray


def effects(draws: int) -> tuple[list[Draws], Draws]:
    """Give the relative effect of each cohort and of both pooled."""
    draw = np.random.default_rng(7)
    anyway = draw.gamma((MEAN / 0.05) ** 2, 0.05**2 / MEAN, draws)
    effect = draw.normal(0.08, 0.05, draws)

    def events(rate: Draws, people: int) -> Draws:
        size = DISPERSION * people
        return draw.negative_binomial(size, size / (size + rate * people)).astype(float)

    treated = [events(anyway * (1 - effect), PEOPLE) / PEOPLE for _ in range(2)]
    compared = [events(anyway, COMPARED) / COMPARED for _ in range(2)]
    return [1 - t / c for t, c in zip(treated, compared, strict=True)], 1 - sum(treated) / sum(compared)


def paid(draws: int, chunk: int) -> list[Draws]:
    (first, second), pooled = effects(draws)
    threshold, amount = (grid.ravel() for grid in np.meshgrid(THRESHOLDS, AMOUNTS, indexing="ij"))
    chance_again = np.where(pooled >= POOLED_AT, POOLED, 0.0)
    found = []
    for start in range(0, threshold.size, chunk):
        at, each = threshold[start : start + chunk, None], amount[start : start + chunk, None]
        one = np.minimum(np.where(first >= at, each, 0.0), CAP)
        two = np.minimum(np.where(second >= at, each, 0.0), CAP - one)
        both = one + two
        both = both + np.where(both > 0, 0.0, np.minimum(chance_again, CAP - both))
        state, town = SHARE * both, np.minimum((1 - SHARE) * both, LIMIT)
        total = state + town
        found.append(
            (
                total.mean(axis=1),
                total.std(axis=1, ddof=1),
                (total > 0).mean(axis=1),
                state.mean(axis=1),
                town.mean(axis=1),
            )
        )
    return [np.concatenate(part) for part in zip(*found, strict=True)]


def main(draws: str, chunk: str) -> None:
    if draws == "0":
        return
    mean, sd, chance, state, town = paid(int(draws), int(chunk))
    averages = {"mean": mean, "sd": sd, "chance": chance, "state": state, "municipality": town}
    print(json.dumps({name: float(column.mean()) for name, column in averages.items()} | {"scenarios": mean.size}))


main(*sys.argv[1:])
