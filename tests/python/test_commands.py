"""The commands as a user types them: what they say, what they write, and how they end."""

import json
import os
import re
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
from conftest import MODELS
from socialimpact.cli import BAD_INPUT, main

MODEL = str(MODELS / "sandefjord.toml")
COMMAND = Path(sys.executable).with_name("socialimpact")
QUANTITY = "outcomes.off-assistance.quantity"


def typed(*words: str, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, words, input=given, catch_exceptions=False)


def run(*words: str | Path, given: bytes = b"", **settings: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([COMMAND, *words], input=given, capture_output=True, check=False, timeout=60, **settings)


def written(result: Result) -> Any:
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def refused(result: Result) -> list[str]:
    """The lines of a refusal, held to what all refusals keep."""
    assert result.exit_code == BAD_INPUT
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    lines: list[str] = result.stderr.splitlines()
    assert lines
    return lines


# What they say


def test_appraise_tells_the_answers_and_keeps_units_apart() -> None:
    text = " ".join(typed("appraise", MODEL).stdout.split())
    assert "What must NOK 1,000,000 a year achieve to pay for itself?" in text
    assert "Sandefjord municipality alone: 8.5 people, each year" in text
    assert "All public budgets together: 11 people†, each year" in text
    assert "59 person-years, or 129 recipient-years" in text
    assert "How many there really are for “Off social assistance” is not published" in text
    assert "6 numbers in this model are invented for illustration" in text
    assert "Sandefjord municipality: even in 2023†, in money of each year." in text
    assert si.read(MODEL).hash in text.replace(" ", "")


def test_appraise_speaks_norwegian_with_norwegian_numbers() -> None:
    text = " ".join(typed("appraise", MODEL, "--lang", "nb").stdout.replace("\u00a0", "_").split())
    assert "Hva må 1_000_000_kr i året oppnå for å tjene seg inn?" in text
    assert "Sandefjord kommune alene: 8,5 personer, hvert år" in text
    assert "eller 129 mottakerår" in text
    assert "−1_403_560" in text


def test_no_line_is_wider_than_eighty_when_nobody_looks() -> None:
    for command in ("appraise", "check"):
        told = run(command, MODEL, env={key: value for key, value in os.environ.items() if key != "COLUMNS"})
        assert max(len(line) for line in told.stdout.decode().splitlines()) <= 80
        assert b"\x1b" not in told.stdout


def test_no_figure_is_cut_where_a_table_is_wider_than_the_terminal() -> None:
    model = si.read(MODELS / "shape.toml")
    told = run("appraise", str(MODELS / "shape.toml"), env={**os.environ, "COLUMNS": "60"}).stdout.decode()
    for row in model.appraise().wrong_pocket().to_pylist():
        for name in ("pays", "receives", "gains", "cashable", "net"):
            assert re.search(rf"(?<!\S){row[name]:,.2f}(?!\d)".replace("-", "−"), told), (row["holder"], name)


def test_check_counts_and_names_its_findings() -> None:
    result = typed("check", MODEL)
    findings = si.read(MODEL).appraise().findings()
    assert result.exit_code == 0
    assert (
        f"{findings['severity'].count('warning')} warnings, {findings['severity'].count('note')} notes."
        in result.stdout
    )
    assert sum(line.startswith("• ") for line in result.stdout.splitlines()) == len(findings)


def test_a_strict_check_ends_with_one_only_where_there_is_a_warning(tmp_path: Path) -> None:
    assert typed("check", MODEL, "--strict").exit_code == 1
    quiet = tmp_path / "quiet.toml"
    quiet.write_text(
        """
impact = 1
name = "Quiet"
country = "NO"
currency = "NOK"
price_year = 2024
start = 2024
horizon = 1
holders = [{ id = "city", kind = "public", level = "municipality" }]
costs = []
outcomes = []
"""
    )
    result = typed("check", str(quiet), "--strict", "--json")
    assert json.loads(result.stdout)["warnings"] == 0
    assert result.exit_code == 0


def test_explain_goes_down_to_the_sources() -> None:
    text = " ".join(typed("explain", MODEL, "npv", "--holder", "municipality").stdout.split())
    assert text.startswith("• Net present value: Sandefjord municipality: 158,286 NOK")
    assert "Source: NPK, 3 July 2020" in text
    at = " ".join(typed("explain", MODEL, QUANTITY, "--lang", "nb").stdout.split())
    assert "8,67 personer [illustrerende, karakter D]" in at


def test_break_even_answers_the_documents_questions_or_the_one_asked() -> None:
    assert typed("break-even", MODEL).stdout.count("to break even") == 2
    asked = typed("break-even", MODEL, QUANTITY, "--holder", "municipality", "--measure", "sroi_ratio", "--target", "2")
    assert "Sandefjord municipality alone: for the SROI ratio to be 2.00" in " ".join(asked.stdout.split())


def test_break_even_says_plainly_that_there_is_no_value_in_range() -> None:
    result = typed("break-even", MODEL, QUANTITY, "--holder", "public", "--low", "1", "--high", "2")
    assert result.exit_code == 0
    assert "will do: none was found between 1 person and 2 people" in " ".join(result.stdout.split())


# JSON


def test_json_of_an_appraisal_is_the_librarys_own() -> None:
    assert written(typed("appraise", MODEL, "--json")) == si.read(MODEL).appraise().to_dict()


def test_json_of_answers_keeps_every_digit() -> None:
    told = written(typed("break-even", MODEL, "--json"))
    answers = si.read(MODEL).answers()
    assert [Decimal(answer["values"][0]) for answer in told] == [answer.values[0] for answer in answers]
    assert [Decimal(answer["current"]) for answer in told] == [answer.current for answer in answers]


def test_json_of_an_explanation_and_of_findings_is_the_librarys_own() -> None:
    appraisal = si.read(MODEL).appraise()
    told = written(typed("explain", MODEL, "npv", "--holder", "state", "--json"))
    assert told == appraisal.explain("npv", holder="state").to_dict()
    assert written(typed("check", MODEL, "--json"))["findings"] == appraisal.findings().to_pylist()


# Settings and standard input


def test_a_setting_is_laid_over_the_model() -> None:
    settings = ("--set", f"{QUANTITY}=10.5", "--set", "costs.cooperation.per_year=2_000_000")
    told = written(typed("appraise", MODEL, "--json", *settings))
    changed = si.read(MODEL).with_({QUANTITY: Decimal("10.5"), "costs.cooperation.per_year": 2_000_000})
    assert told["provenance"]["model_hash"] == changed.hash
    npv = next(row for row in told["measures"] if (row["measure"], row["holder"]) == ("npv", "municipality"))
    assert Decimal(npv["value"]) == changed.appraise().measure("npv", holder="municipality").value


def test_a_setting_may_be_a_word_or_a_distribution() -> None:
    told = written(typed("appraise", MODEL, "--json", "--set", "conventions=sroi-practice"))
    assert told["provenance"]["conventions"] == "sroi-practice"
    written(typed("appraise", MODEL, "--json", "--set", f"{QUANTITY}={{ pert = [1, 2, 3], illustrative = true }}"))


@pytest.mark.parametrize("form", ["toml", "json"])
def test_a_dash_reads_standard_input_in_either_form(form: str) -> None:
    model = si.read(MODEL)
    text = model.to_toml() if form == "toml" else model.to_json()
    assert written(typed("check", "-", "--json", given=text))["hash"] == model.hash
    marked = run("check", "-", "--json", given=b"\xef\xbb\xbf" + text.encode())
    assert json.loads(marked.stdout)["hash"] == model.hash


# Refusals


def test_every_problem_of_a_document_has_its_line_and_place(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    text = Path(MODEL).read_text(encoding="utf-8")
    broken.write_text(text.replace("horizon = 7", "horizon = -1").replace('kind = "people"', 'kind = "peeple"'))
    lines = refused(typed("appraise", str(broken)))
    with pytest.raises(si.ImpactError) as caught:
        si.read(broken)
    assert lines == [f"{broken}: {problem}" for problem in caught.value.problems]
    assert len(lines) >= 2
    assert all("(line " in line for line in lines)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("appraise", "nowhere.toml"), "nowhere.toml: no such file or directory"),
        (("appraise", str(MODELS)), "is a directory"),
        (("appraise", MODEL, "--set", "outcomes.off-assistance.quantiti=3"), "quantiti"),
        (("appraise", MODEL, "--set", f"{QUANTITY}=-3"), "-3"),
        (("appraise", MODEL, "--set", f"{QUANTITY}=0,5"), "0,5"),
        (("appraise", MODEL, "--set", f"{QUANTITY}=nan"), "is not a number"),
        (("appraise", MODEL, "--set", "quantity"), "is not address=value"),
        (("appraise", MODEL, "--lang", "sv"), "'sv' is not one of 'en', 'nb'"),
        (("explain", MODEL, "outcomes.nothing"), "nothing to explain at `outcomes.nothing`"),
        (("explain", MODEL, "npv", "--holder", "nobody"), "`nobody` is no holder of this model"),
        (("break-even", MODEL, "nothing.here"), "`nothing.here`"),
        (("break-even", MODEL, QUANTITY, "--measure", "profit"), "`profit` is not a measure"),
        (("break-even", MODEL, QUANTITY, "--target", "1,5"), "write it with a point"),
        (("break-even", MODEL, QUANTITY, "--target", "inf"), "is not a finite number"),
        (("break-even", MODEL, QUANTITY, "--low", "9", "--high", "3"), "cannot be varied from 9 to 3"),
        (("break-even", MODEL, "--measure", "npv"), "--measure goes with an ADDRESS"),
        (("break-even", str(MODELS / "map-12x10.toml")), "asks no break-even question"),
        (("report", MODEL, "--html", "/nowhere/page.html"), "there is no folder `/nowhere`"),
        (("report", MODEL, "--html", str(MODELS)), "is a directory"),
        (("report", MODEL), "name a file to write: --html FILE, --pdf FILE, --excel FILE, or several of them"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(words: tuple[str, ...], said: str) -> None:
    assert said in refused(typed(*words))[-1]


def test_text_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    latin = tmp_path / "latin.toml"
    latin.write_bytes('name = "Bodø"'.encode("latin-1"))
    assert "UTF-8" in refused(typed("check", str(latin)))[0]
    assert "UTF-8" in refused(typed("check", "-", given='name = "Bodø"'.encode("latin-1")))[0]


def test_an_escape_in_a_document_never_reaches_the_terminal(hostile: si.Appraisal) -> None:
    for command in (("appraise", "-"), ("check", "-"), ("break-even", "-"), ("explain", "-", "npv")):
        result = typed(*command, given=hostile.model.to_json())
        assert result.exit_code == 0, result.stderr
        assert not set("\x1b\u202e\u200f") & set(result.stdout)
    refusal = typed("explain", MODEL, "\x1b[31mred")
    assert "\x1b" not in refusal.stderr


# Writing


def test_a_report_is_written_and_named(tmp_path: Path) -> None:
    target = tmp_path / "rapport.html"
    result = typed("report", MODEL, "--html", str(target), "--lang", "nb")
    assert result.stdout == f"Skrevet: {target}\n"
    assert '<html lang="nb">' in target.read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == [target]


def test_an_unwritable_place_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if full.exists():
        assert "no space left on device" in refused(typed("report", MODEL, "--html", str(full)))[0]
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    if os.geteuid() != 0:  # root may write anywhere
        refused(typed("report", MODEL, "--html", str(folder / "page.html")))
    long = tmp_path / ("x" * 300 + ".html")
    assert "file name too long" in refused(typed("report", MODEL, "--html", str(long)))[0]
    assert list(tmp_path.iterdir()) == [folder]
    assert list(folder.iterdir()) == []


# How the process ends


@pytest.mark.parametrize("words", [("appraise", MODEL), ("appraise", MODEL, "--json"), ("check", MODEL)])
def test_a_reader_who_goes_away_ends_it_quietly(words: tuple[str, ...]) -> None:
    process = subprocess.Popen([COMMAND, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (141, b"")


def test_an_interrupt_ends_with_130_and_no_traceback() -> None:
    process = subprocess.Popen([COMMAND, "check", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    waits_for_input(process.pid)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in told


def waits_for_input(process: int) -> None:
    """Wait until a process has loaded everything and reads its standard input."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        waiting = Path(f"/proc/{process}/wchan")
        if waiting.exists() and "pipe" in waiting.read_text():
            return
        time.sleep(0.05)
    time.sleep(1)


def test_a_terminal_without_the_letters_shows_their_codes() -> None:
    told = run("break-even", MODEL, "--lang", "nb", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert told.returncode == 0
    assert b"sosialhjelp" in told.stdout


def test_nothing_but_the_option_decides_the_language() -> None:
    told = run("check", MODEL, env={**os.environ, "LANG": "nb_NO.UTF-8", "LC_ALL": "nb_NO.UTF-8", "LANGUAGE": "nb"})
    assert told.stdout.decode().startswith("Sandefjord: work with social entrepreneurs: the model is in order.")


def test_each_command_explains_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for command in ("check", "appraise", "explain", "break-even", "report"):
        text = typed(command, "--help").stdout
        assert "--set" in text
        assert "--lang" in text
        assert "--json" in text


def test_appraise_opens_with_the_summary() -> None:
    text = " ".join(typed("appraise", MODEL, "--lang", "nb").stdout.replace("\u00a0", " ").split())
    first = "Sammendrag Tiltaket «Sandefjord: samarbeid med sosiale entreprenører» vurderes for 2018–2024"
    assert text.startswith(f"Sandefjord: samarbeid med sosiale entreprenører {first}")


def test_the_budget_plan_starts_in_the_year_asked_for(tmp_path: Path) -> None:
    text = " ".join(typed("appraise", MODEL, "--plan-from", "2023").stdout.split())
    assert "budget plan 2023–2026" in text
    assert "2025 is not appraised: the years are 2018 to 2024" in text
    document = json.loads(typed("appraise", MODEL, "--plan-from", "2023", "--json").stdout)
    assert document["budget_plans"][0]["years"] == [2023, 2024, 2025, 2026]
    target = tmp_path / "page.html"
    typed("report", MODEL, "--plan-from", "2021", "--html", str(target))
    assert "budget plan 2021–2024" in target.read_text(encoding="utf-8")
    assert run("appraise", MODEL, "--plan-from", "12").returncode == 2


def test_options_are_held_against_each_other_by_what_a_unit_more_costs(tmp_path: Path) -> None:
    model = si.read(MODELS / "beginner.toml")
    given = {"small": (10, 200_000), "dear": (20, 500_000)}
    for name, (people, cost) in given.items():
        changed = model.with_({"outcomes.less-lonely.quantity": people, "costs.team.amount": cost, "name": name})
        (tmp_path / f"{name}.toml").write_text(changed.to_toml(), encoding="utf-8")
    options = [str(tmp_path / "small.toml"), str(MODELS / "beginner.toml"), str(tmp_path / "dear.toml")]
    told = typed("cost-effectiveness", *options)
    assert told.exit_code == 0
    assert told.stdout.startswith("What a unit more costs, against small")
    assert f"dominated by {model.name}" in " ".join(told.stdout.split())
    assert "dominert av" in " ".join(typed("cost-effectiveness", *options, "--lang", "nb").stdout.split())
    held = si.cost_effectiveness([si.read(option) for option in options])
    rows = written(typed("cost-effectiveness", *options, "--json"))["options"]
    assert [row["more_cost"] for row in rows] == [str(row["more_cost"]) for row in held.options.to_pylist()]
    assert "3 of 2" in refused(typed("cost-effectiveness", *options[:2], "--comparator", "3"))[-1]
    assert "counts from 0" in refused(typed("cost-effectiveness", *options, "--comparator", "-1"))[-1]
