"""``socialimpact simulate``: what it says, what it writes, and how it ends."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import socialimpact as si
from conftest import MODELS, needed
from socialimpact.cli import BAD_INPUT, main
from socialimpact.wording.numbers import Numbers

MODEL = str(MODELS / "sandefjord.toml")
COMMAND = Path(sys.executable).with_name("socialimpact")
NPV = ("--measure", "npv", "--holder", "municipality")


def typed(*words: str) -> Result:
    return CliRunner().invoke(main, ["simulate", *words], catch_exceptions=False)


def flat(result: Result) -> str:
    assert result.exit_code == 0, result.stderr
    return " ".join(result.stdout.replace("\u00a0", " ").split())


def refused(*words: str) -> str:
    result = typed(*words)
    assert result.exit_code == BAD_INPUT
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return result.stderr


def wide(*words: str) -> str:
    """What a terminal of 200 characters shows."""
    told = subprocess.run(
        [COMMAND, "simulate", *words],
        capture_output=True,
        check=True,
        timeout=60,
        env={**os.environ, "COLUMNS": "200"},
    )
    return told.stdout.decode().replace("\u00a0", " ")


# What it says


def test_it_says_how_many_draws_and_from_which_seed() -> None:
    text = flat(typed(MODEL, *NPV))
    assert "100,000 independent draws of 3 uncertain numbers, from seed 1." in text
    assert "Seed 1 Way of drawing independent draws Draws 100,000" in " ".join(wide(MODEL, *NPV).split())
    assert si.read(MODEL).hash in text.replace(" ", "")


def test_the_figures_are_those_of_the_library() -> None:
    figure = si.read(MODEL).simulate(5_000, 7).measure("npv", "municipality")
    (row,) = [line for line in wide(MODEL, *NPV, "--draws", "5000", "--seed", "7").splitlines() if "±" in line][1:]
    numbers = Numbers("en", "NOK", 0)
    shown = [numbers.money(Decimal(repr(value))) for value in (figure.mean, *figure.quantile([0.05, 0.5, 0.95]))]
    for text in (*shown, numbers.plain(Decimal(repr(figure.mean_error))), numbers.plain(Decimal(repr(figure.sd)))):
        assert text in row
    assert "158,286" in row, "the exact figure stands beside the mean"
    assert f"{100 * figure.probability(above=0):.1f}% above 0" in row
    assert "†" in wide(MODEL, *NPV, "--draws", "10")


def test_ratios_are_held_against_one_and_years_against_nothing() -> None:
    text = flat(typed(MODEL, "--measure", "bcr", "--measure", "payback", "--holder", "municipality", "--draws", "2000"))
    assert "above 1" in text
    assert "above 0" not in text
    figure = si.read(MODEL).simulate(2_000, 1).measure("payback", "municipality")
    assert f"{100 * figure.undefined_share:.4g}%" in text


def test_every_measure_is_answered_for_every_holder() -> None:
    result = typed(
        MODEL,
        "--measure",
        "npv",
        "--measure",
        "bcr",
        "--holder",
        "state",
        "--holder",
        "public",
        "--draws",
        "9",
        "--json",
    )
    rows = json.loads(result.stdout)["measures"]
    assert [(row["measure"], row["holder"]) for row in rows] == [
        ("npv", "state"),
        ("npv", "public"),
        ("bcr", "state"),
        ("bcr", "public"),
    ]
    assert "none (1)" in flat(typed(MODEL, "--measure", "bcr", "--holder", "state", "--draws", "9"))


def test_json_holds_what_the_library_holds() -> None:
    told = json.loads(typed(MODEL, "--draws", "500", "--seed", "3", "--points", "latin", "--json").stdout)
    assert told == si.read(MODEL).simulate(500, 3, points="latin").to_dict()
    assert told["provenance"]["points"] == "latin"


def test_settings_are_laid_over_the_model() -> None:
    told = json.loads(
        typed(MODEL, *NPV, "--draws", "9", "--set", "outcomes.off-assistance.quantity=9", "--json").stdout
    )
    assert "outcomes.off-assistance.quantity" not in told["addresses"]


def test_it_speaks_norwegian() -> None:
    text = flat(typed(MODEL, "--lang", "nb", "--draws", "4096", "--points", "sobol", "--histogram", *NPV))
    for said in (
        "4 096 stokkede Sobol'-punkter av 3 usikre tall, fra startverdi 1.",
        "% over 0",
        "Netto nåverdi: Sandefjord kommune†: de midterste 99,8 % av trekningene",
        "Punktene er jevnere fordelt enn uavhengige trekninger",
        "† bygger på illustrerende tall.",
        "Startverdi: 1",
    ):
        assert said in text
    for english in ("Mean", "draws", "above", "Share", "From", "Seed"):
        assert english not in text


def test_the_heads_are_norwegian_too() -> None:
    text = wide(MODEL, "--lang", "nb", "--draws", "10")
    for head in ("Gjennomsnitt ± standardfeil", "Ved punktverdiene", "Standardavvik", "Sannsynlighet", "Uten verdi"):
        assert head in text


def test_a_histogram_counts_the_central_draws() -> None:
    lines = wide(MODEL, *NPV, "--draws", "20000", "--histogram").splitlines()
    assert any("the central 99.8% of the draws, NOK" in line for line in lines)
    bars = [line for line in lines if "█" in line]
    assert len(bars) == 20
    shares = [float(line.split("%")[0].split()[-1]) for line in bars]
    assert sum(shares) == pytest.approx(99.8, abs=1.1)


def test_a_model_that_is_certain_is_not_shown_with_errors_of_zero() -> None:
    text = flat(typed(str(MODELS / "beginner.toml"), "--histogram"))
    assert "No number of this model is uncertain, so that there is nothing to simulate" in text
    assert "Net present value: society as a whole 20,000" in text
    assert "±" not in text
    assert "█" not in text
    assert "Standard deviation" not in text


@pytest.mark.parametrize("columns", ["80", "60"])
def test_no_figure_is_cut_where_the_table_is_wider_than_the_terminal(columns: str) -> None:
    told = subprocess.run(
        [COMMAND, "simulate", MODEL, "--draws", "2000"],
        capture_output=True,
        check=True,
        timeout=60,
        env={**os.environ, "COLUMNS": columns},
    ).stdout.decode()
    lines = told.splitlines()
    assert max(len(line) for line in lines if " " in line.strip()) <= int(columns)
    sim = si.read(MODEL).simulate(2_000, 1)
    numbers = Numbers("en", "NOK", 0)
    for holder in ("society", "public", "municipality", "state"):
        for value in sim.measure("npv", holder).quantile([0.05, 0.5, 0.95]):
            assert any(numbers.money(Decimal(repr(value))) in line.split() for line in lines)


# What is refused


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("--draws", "0"), "draws: `0` is not a whole number from 1 to 2^64 - 1"),
        (("--seed", "-1"), "seed: `-1` is not a whole number from 0 to 2^64 - 1"),
        (("--holder", "kommune"), "`kommune` is no holder of this model: choose among "),
        (("--measure", "nvp"), "`nvp` is not a measure: ask for one of npv, "),
        (("--measure", "gain_per_unit", "--outcome", "jobs"), "`jobs` is no outcome of this model"),
        (("--outcome", "off-assistance"), "--outcome goes with a --measure"),
        (("--points", "halton"), "'halton' is not one of"),
        (("--draws", "many"), "`many` is not a whole number"),
        (("--threads", "0"), "threads: `0` is not a whole number from 1 to 1024"),
    ],
)
def test_what_cannot_be_asked_is_told_in_a_line(words: tuple[str, ...], line: str) -> None:
    assert line in refused(MODEL, *words)


# How it ends


@pytest.mark.parametrize(("bar", "told"), [(False, rb"of 1,000,000,000 draws"), (True, rb"[1-9]\S*/1\.00G \[")])
def test_ctrl_c_ends_with_130_and_writes_nothing(bar: bool, told: bytes, tmp_path: Path) -> None:
    if bar:
        needed("tqdm")
    else:
        (tmp_path / "tqdm.py").write_text("raise ModuleNotFoundError(name='tqdm')", encoding="utf-8")
    paths = os.pathsep.join(filter(None, [str(tmp_path), os.environ.get("PYTHONPATH")]))
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [COMMAND, "simulate", MODEL, "--draws", "1000000000"],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "PYTHONPATH": paths},
    )
    seen = b""
    until = time.monotonic() + 30
    while not re.search(told, seen) and time.monotonic() < until:
        if select.select([ours], [], [], 0.5)[0]:
            seen += os.read(ours, 1024)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    rest = _rest(ours)
    os.close(theirs)
    assert re.search(told, seen)
    assert (process.returncode, out) == (130, b"")
    assert b"Traceback" not in rest
    assert (seen + rest).endswith(b"\r"), "the progress is put away"


def _rest(terminal: int) -> bytes:
    """What is left to read of a terminal."""
    rest = b""
    os.set_blocking(terminal, False)
    try:
        while part := os.read(terminal, 1024):
            rest += part
    except BlockingIOError:
        return rest
    finally:
        os.close(terminal)
    return rest


def test_nothing_is_said_of_progress_where_nobody_looks() -> None:
    told: Any = subprocess.run(
        [COMMAND, "simulate", MODEL, "--draws", "200000"], capture_output=True, check=True, timeout=60
    )
    assert told.stderr == b""
