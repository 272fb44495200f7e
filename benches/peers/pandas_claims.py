"""A ladder of claims settled in pandas, as a script of its own would: `python pandas_claims.py LADDER CLAIMS`.

The rules are those of `ladder.toml`, written out: two assessments of a person at least 90 days apart, one quarter with
a factor for a group, one half-year after a quarter on an earlier day, at most so much for a person in the order of
days, two payers. A line is of a payment, a day, a cohort and a group. Floats, which are exact for these amounts.
"""

import json
import sys
import tomllib
from pathlib import Path

import pandas as pd

KEYS = ["payment", "date", "cohort", "group"]


def spaced(claims: pd.DataFrame, days: int) -> pd.DataFrame:
    """Give the first claim of each person, and the first one so many days later."""
    first = claims.groupby("person")["date"].transform("first")
    once = claims.drop_duplicates("person")
    later = claims[claims["date"] - first >= pd.Timedelta(days=days)].drop_duplicates("person")
    return pd.concat([once, later])


def main(ladder: str, path: str) -> None:
    terms = tomllib.loads(Path(ladder).read_text())["contract"]
    assessment, quarter, half_year = terms["payments"]
    columns = {"metric": "category", "cohort": "category", "group": "category", "person": "string"}
    claims = pd.read_csv(path, dtype=columns, parse_dates=["date"])
    claims["group"] = claims["group"].cat.add_categories("").fillna("")
    claims = claims.sort_values(["person", "date"], kind="stable")
    of = {metric: claims[claims["metric"] == metric] for metric in ("assessed", "weeks-13", "weeks-26")}
    kept = of["weeks-13"].drop_duplicates("person")
    before = of["weeks-26"].merge(kept[["person", "date"]], on="person", suffixes=("", "_before"))
    halves = before[before["date_before"] < before["date"]].drop_duplicates("person").drop(columns="date_before")
    paid = pd.concat(
        [
            spaced(of["assessed"], assessment["repeats"]["spacing"]).assign(payment=0),
            kept.assign(payment=1),
            halves.assign(payment=2),
        ]
    )
    prices = [float(payment["schedule"]["per_unit"]) for payment in (assessment, quarter, half_year)]
    paid["amount"] = paid["payment"].map(dict(enumerate(prices)))
    far = (paid["payment"] == 1) & (paid["group"] == "far")
    paid.loc[far, "amount"] *= quarter["uplift"]["far"]
    paid = paid.sort_values(["date", "payment", "cohort", "group"], kind="stable")
    so_far = paid.groupby("person")["amount"].cumsum()
    most = float(terms["at_most"]["person"])
    paid["amount"] = so_far.clip(upper=most) - (so_far - paid["amount"]).clip(upper=most)
    lines = paid.groupby(KEYS, observed=True)["amount"].sum()
    lines = lines.cumsum().clip(upper=float(terms["at_most"]["total"])).diff().fillna(lines.iloc[:1])
    payers = {payer["holder"]: str(round((lines * payer["share"]).sum(), 2)) for payer in terms["payers"]}
    print(json.dumps({"total": str(lines.sum()), "payers": payers, "unpaid": len(claims) - len(paid)}))


main(*sys.argv[1:3])
