"""Contracts through the public calls: `python ours_contract.py grid TERMS AXES DRAWS THREADS`, or `risk TERMS DRAWS`.

0 draws: start-up.
"""

import json
import sys
from pathlib import Path
from statistics import fmean

import socialimpact as si


def of_grid(terms: str, axes: str, draws: str, threads: str) -> dict[str, object]:
    contract, values = si.read_contract(terms), json.loads(Path(axes).read_text())
    table = contract.risk_grid(values, draws=int(draws), seed=7, threads=int(threads)).table
    means = {"mean": "mean", "sd": "sd", "chance": "chance_of_paying", "state": "payers.state"}
    found: dict[str, object] = {name: fmean(table[column]) for name, column in means.items()}
    return found | {"municipality": fmean(table["payers.municipality"]), "scenarios": len(table["mean"])}


def of_risk(terms: str, draws: str) -> dict[str, object]:
    risk = si.read_contract(terms).risk(draws=int(draws), seed=7, threads=1)
    rows = risk.situations.to_pylist()
    return {row["situation"]: {"chance": row["chance_of_paying"], "mean": row["mean"], "sd": row["sd"]} for row in rows}


QUESTIONS = {"grid": (of_grid, 2), "risk": (of_risk, 1)}


def main(question: str, *given: str) -> None:
    answer, place = QUESTIONS[question]
    if given[place] != "0":
        print(json.dumps(answer(*given)))


main(*sys.argv[1:])
