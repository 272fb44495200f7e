"""Settlement: ours and pandas on a million claims of a quarter of a million people under a ladder of three rungs.

Both read the same file of comma-separated values and say what is paid in all and by whom, and how many claims are not
paid for. Start-up is a file of one person. Of ours with `arrow`, pyarrow reads the file and hands over a table.

Measured on 30 November 2026 as medians of 5, built as a wheel, on two shared cores with a load of 6 from other builds.
CPU s above start-up, and MB at most: ours 0.780 and 128, ours with a table of pyarrow 0.964 and 277, pandas 1.212 and
370. Of the 0.964 settling the table takes 0.59; pyarrow reads the file in the rest.
"""

import json
import sys
import tempfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from measuring import Figures, NotMeasuredError, Program, Verdict, alternately, show, times

HERE = Path(__file__).parent
TERMS = HERE / "ladder.toml"
METRICS = ("assessed", "assessed", "weeks-13", "weeks-26")
COLUMNS = "metric,date,cohort,group,person\n"

CPU_AT_MOST = 1.0
CPU_PROMISE = "a million claims are settled in less than a CPU second, reading the file included"
MEMORY_AT_MOST = 500.0
MEMORY_PROMISE = "a million claims are settled in less than 500 MB"
TOTAL, UNPAID = Decimal(14_666_668_000), 0
"""Of a million: 83,334 people of the far group at 68,000, of which 60,000 is left, and 166,666 others at 58,000."""


def made_up(path: Path, claims: int) -> None:
    """Write claims: of each person two assessments, a quarter and a half-year, a hundred days apart."""
    start = date(2023, 1, 1)
    with path.open("w", encoding="utf-8") as file:
        file.write(COLUMNS)
        for number in range(claims):
            person, rung = divmod(number, 4)
            day = start + timedelta(days=person * 7919 % 500 + rung * 100)
            group = "far" if person % 3 == 0 else ""
            file.write(f"{METRICS[rung]},{day},cohort-{person % 12:02},{group},p-{person:06}\n")


def compare(claims: int, runs: int) -> Verdict:
    """Print the table of settlements."""
    verdict = Verdict()
    with tempfile.TemporaryDirectory() as folder:
        full, few = Path(folder, "claims.csv"), Path(folder, "few.csv")
        made_up(full, claims)
        made_up(few, 4)

        def program(script: str, *before: str) -> Program:
            return Program([sys.executable, str(HERE / script), *before, str(TERMS)], [str(full)], [str(few)])

        programs = {
            "ours": program("ours_settlement.py", "csv"),
            "ours, arrow": program("ours_settlement.py", "arrow"),
            "pandas": program("peers/pandas_claims.py"),
        }
        print(f"Settlement: {claims} claims of {claims // 4} people")
        found = alternately(programs, runs)
    show(found, "pandas", said)
    verdict.ours(found)
    answers = {name: json.loads(one.line) for name, one in found.items() if isinstance(one, Figures)}
    for name, answer in answers.items():
        if claims == 1_000_000:
            right = Decimal(answer["total"]) == TOTAL and answer["unpaid"] == UNPAID
            verdict.promise(f"{name}: {TOTAL} is paid in all", float(right), bool)
        payers = sum(Decimal(paid) for paid in answer["payers"].values())
        verdict.promise(f"{name}: the payers pay the total", float(payers == Decimal(answer["total"])), bool)
    ours = found["ours"]
    measured = not isinstance(ours, NotMeasuredError)
    if claims == 1_000_000:
        verdict.promise(CPU_PROMISE, ours.cpu if measured else None, lambda cpu: cpu < CPU_AT_MOST)
        verdict.promise(MEMORY_PROMISE, ours.peak if measured else None, lambda peak: peak < MEMORY_AT_MOST)
    verdict.promise("pandas takes more CPU time than ours", times(found, "ours", "pandas"), lambda ratio: ratio > 1)
    return verdict


def said(line: str) -> str:
    """Shorten an answer."""
    answer = json.loads(line)
    return f"{answer['total']} paid, {answer['unpaid']} claims not"
