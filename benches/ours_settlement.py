"""Claims settled by the public calls: `python ours_settlement.py csv TERMS CLAIMS`, or `arrow TERMS CLAIMS`.

With `arrow` the file is read by pyarrow and handed over as a table.
"""

import json
import sys

import socialimpact as si


def main(way: str, terms: str, claims: str) -> None:
    contract = si.read_contract(terms)
    if way == "arrow":
        from pyarrow import csv

        statement = contract.settle(csv.read_csv(claims))
    else:
        statement = contract.settle(claims)
    paid = {row["payer"]: str(row["amount"]) for row in statement.by_payer.to_pylist()}
    unpaid = sum(row["claims"] or 0 for row in statement.unpaid.to_pylist())
    print(json.dumps({"total": str(statement.total), "payers": paid, "unpaid": unpaid}))


main(*sys.argv[1:4])
