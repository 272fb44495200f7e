"""What holds for every command: its help, its options, how it ends, and what is written where nobody looks."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import click
import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

import socialimpact as si
import workbooks
from conftest import MODELS
from practitioners import drawn
from socialimpact.cli import BAD_INPUT, main
from socialimpact.cli.completion import VARIABLE
from socialimpact.cli.ending import NO_READER
from socialimpact.cli.files import Source
from socialimpact.cli.helps import TOPICS
from test_import_csv import NORWEGIAN
from test_own_value_map import ROW

COMMAND = Path(sys.executable).with_name("socialimpact")
CONTRACTS = Path("fixtures/contracts").absolute()


def commands(group: click.Group = main, names: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*names, name))
        else:
            yield " ".join((*names, name)), command


EVERY = dict(commands())
every_command = pytest.mark.parametrize("name", EVERY)


def option(name: str, called: str) -> click.Option | None:
    found = (one for one in EVERY[name].params if isinstance(one, click.Option) and called in one.opts)
    return next(found, None)


def described(name: str) -> str:
    return CliRunner().invoke(main, [*name.split(), "--help"], prog_name="socialimpact").stdout


# What they say of themselves


@every_command
def test_the_help_sums_up_the_command_and_explains_its_arguments_and_options(name: str) -> None:
    command, text = EVERY[name], " ".join(described(name).split())
    assert f"socialimpact {name} " in text
    summary = (command.help or "").split("\n\n")[0]
    assert re.match(r"[A-Z]", summary), summary
    assert summary.endswith((".", ")."))
    for parameter in command.params:
        if isinstance(parameter, click.Argument | click.Option):
            assert parameter.help, parameter.name
            assert " ".join(parameter.help.split()) in text
    assert shown(name), "an example"


SHARED = {
    "--json": ("as_json", "Write JSON with exact numbers as text.", True),
    "--lang": ("language", "Language of the words.", False),
    "--catalogue": ("catalogue", "A catalogue of your own, whose unit costs MODEL may name.", False),
    "--html": ("target", "Write it as one HTML file too.", False),
    "--pdf": ("paper", "Write it as a PDF file too, with the content of the page.", False),
    "--seed": ("seed", "The same seed gives the same draws.", False),
    "--threads": ("threads", "Left out, as many as the machine has.", False),
    "--plot": ("picture", "Draw it too: a .svg, .png or .pdf file.", False),
}
WITHOUT_WORDS = {"schema", "indigo", "help", "completion"}
"""Commands that write a document or a script, and nothing in a language."""


@every_command
def test_options_are_called_and_described_alike_everywhere(name: str) -> None:
    for called, (inside, text, is_flag) in SHARED.items():
        if found := option(name, called):
            assert (found.name, found.help, found.is_flag) == (inside, text, is_flag), f"{name} {called}"
    if name not in WITHOUT_WORDS:
        assert option(name, "--lang") is not None
        assert option(name, "--json") is not None
    reads = {argument.metavar for argument in EVERY[name].params if isinstance(argument.type, Source)}
    if reads & {"MODEL", "MODEL...", "MODEL MODEL...", "TERMS"} and name != "indigo":
        setting = option(name, "--set")
        assert setting is not None
        assert setting.multiple
        assert re.fullmatch(
            r"Lay a value over the (model|terms, the truth or the model); repeatable\.", str(setting.help)
        )


# What they show runs


def shown(name: str) -> list[str]:
    return [line.strip() for line in str(EVERY[name].epilog).splitlines() if line.startswith("  socialimpact ")]


SHOWN = [(name, line) for name in EVERY for line in shown(name)]


COPIED = {
    "mine.toml": MODELS / "sandefjord.toml",
    "model.toml": MODELS / "paid-work.toml",
    "other.toml": MODELS / "bike-workshop.toml",
    "small.toml": MODELS / "beginner.toml",
    "large.toml": MODELS / "beginner.toml",
    "seen.toml": CONTRACTS / "denver.observations.toml",
    "before.toml": CONTRACTS / "denver.observations.toml",
}
DENVER = CONTRACTS / "denver.toml"
TERMS = {"settle": DENVER, "cash-flows": DENVER, "indigo": DENVER}
LARVIK = CONTRACTS / "larvik-for-nothing.toml"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with everything that examples name but the terms, which differ."""
    for name, source in COPIED.items():
        shutil.copy(source, tmp_path / name)
    (tmp_path / "own.csv").write_text(NORWEGIAN, encoding="utf-8")
    workbooks.write(tmp_path / "unit-costs.xlsx", workbooks.small())
    drawn(tmp_path / "their.xlsx", [ROW, {"A": "Funder", "C": "Grant", "D": 1_000}])
    town = MODELS.parent / "indigo" / "river-town.json"
    put = CliRunner().invoke(main, ["indigo", str(town), "--put", str(TERMS["indigo"])])
    (tmp_path / "project.json").write_text(put.stdout, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def words_of(name: str, line: str, folder: Path) -> list[str]:
    """The words of an example, without where its output goes."""
    shutil.copy(TERMS.get(name, LARVIK), folder / "contract.toml")
    words = shlex.split(line)[1:]
    return words[: words.index(">")] if ">" in words else words


@pytest.mark.parametrize(("name", "line"), SHOWN)
def test_every_example_runs_and_writes_no_colour(name: str, line: str, folder: Path) -> None:
    result = CliRunner().invoke(main, words_of(name, line, folder), prog_name="socialimpact", catch_exceptions=False)
    assert result.exit_code in ({0, 1} if "--strict" in line else {0}), result.stderr
    assert result.stdout
    assert "\x1b" not in result.output


@every_command
def test_a_reader_who_goes_away_ends_it_quietly(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    words = words_of(name, shown(name)[0], folder)
    reader, writer = os.pipe()
    os.close(reader)
    with monkeypatch.context() as patched, os.fdopen(writer, "w", encoding="utf-8") as output:
        patched.setattr(sys, "stdout", output)
        with pytest.raises(SystemExit) as ended:
            main(words, prog_name="socialimpact")
    assert ended.value.code == NO_READER
    assert capfd.readouterr().err == ""


# What they write for machines

WRITING_JSON = [name for name in EVERY if option(name, "--json") is not None]
FURTHER = {
    "check --explain": "check --explain illustrative",
    "check of a contract": "check terms.toml",
    "indices": "indices cpi-no",
    "conventions": "conventions norway-r109-2021",
    "template": "template reentry",
    "template --gaps": "template reentry --gaps",
    "mvpf": "simulate mine.toml --draws 200 --measure mvpf --measure irr",
    "held against": "cost-effectiveness small.toml dear.toml",
    "no value": "break-even mine.toml outcomes.off-assistance.quantity --low 1 --high 2 --holder public",
    "three": "compare mine.toml other.toml --measure sroi_ratio --holder public",
    "financed": "risk financed.toml --draws 100 --settled 20",
    "no saving": "risk unnamed.toml --draws 100 --settled 20",
}
"""What else a command may write: other forms, and figures that there are not."""


def schema_of(name: str) -> Any:
    return json.loads(CliRunner().invoke(main, ["schema", "--of", name]).stdout)


def written(words: list[str]) -> Any:
    result = CliRunner().invoke(main, [*words, "--json"], catch_exceptions=False)
    assert result.exit_code in {0, 1}, result.stderr
    return json.loads(result.stdout)


def test_every_command_that_writes_json_has_a_schema_and_every_schema_a_command() -> None:
    folder = Path(si.__file__).parent / "schemas"
    assert {path.stem for path in folder.iterdir()} == {"-".join(name.split()) for name in WRITING_JSON}
    for name in WRITING_JSON:
        Draft202012Validator.check_schema(schema_of(name))
        assert schema_of(name)["title"] == f"socialimpact {name} --json"


@pytest.mark.parametrize("name", WRITING_JSON)
def test_what_a_command_writes_fits_its_schema_and_less_does_not(name: str, folder: Path) -> None:
    valid = Draft202012Validator(schema_of(name))
    content = written(words_of(name, shown(name)[0], folder))
    assert [f"{error.json_path}: {error.message}" for error in valid.iter_errors(content)] == []
    one = content[0] if isinstance(content, list) else content
    one.pop(next(iter(one)))
    assert not valid.is_valid(content), "a key that is named as always there is missing"


@pytest.mark.parametrize("further", FURTHER)
def test_other_forms_fit_too(further: str, folder: Path) -> None:
    cheap = si.read(MODELS / "beginner.toml").with_({"outcomes.less-lonely.quantity": 30, "costs.team.amount": 500_000})
    (folder / "dear.toml").write_text(cheap.to_toml(), encoding="utf-8")
    shutil.copy(MODELS / "paid-work.toml", folder / "financed.toml")
    unnamed = (MODELS / "paid-work.toml").read_text(encoding="utf-8").replace(', outcome = "into-work"', "")
    (folder / "unnamed.toml").write_text(unnamed, encoding="utf-8")
    shutil.copy(LARVIK, folder / "terms.toml")
    words = FURTHER[further].split()
    valid = Draft202012Validator(schema_of(words[0]))
    assert [f"{error.json_path}: {error.message}" for error in valid.iter_errors(written(words))] == []


@pytest.mark.parametrize("model", [path.name for path in sorted(MODELS.glob("*.toml"))])
def test_every_model_fits_the_schema_of_an_appraisal_and_of_its_checks(model: str) -> None:
    for name in ("appraise", "check"):
        content = written([name, str(MODELS / model)])
        assert [error.json_path for error in Draft202012Validator(schema_of(name)).iter_errors(content)] == []


# What they refuse

OWN = ("import", "value-map", "wrong.toml", "-o", "out.toml")
WRONG: dict[str, tuple[str, ...]] = {
    "search": ("search", "wrong.toml", "x", "--low", "0", "--high", "1", "--payer", "a"),
    "settle": ("settle", "wrong.toml", "seen.toml"),
    "cash-flows": ("cash-flows", "wrong.toml", "seen.toml"),
    "ranking": ("ranking", "wrong.toml", "--axis", "contract.at_most=[1]"),
    "baselines": ("baselines", "wrong.toml", "x", "--baseline", "y"),
    "explain": ("explain", "wrong.toml", "npv"),
    "report": ("report", "wrong.toml", "--html", "page.html"),
    "cost-effectiveness": ("cost-effectiveness", "wrong.toml", "small.toml"),
    "import value-map": (*OWN, "--country", "NO", "--currency", "NOK", "--start", "2024"),
    "catalogue import gmca": ("catalogue", "import", "gmca", "wrong.toml", "-o", "out.toml"),
    "catalogue import csv": ("catalogue", "import", "csv", "wrong.toml", "-o", "out.toml"),
}
READING = [
    name
    for name, command in EVERY.items()
    if any(isinstance(one, click.Argument) and isinstance(one.type, Source) for one in command.params)
]
UNKNOWN = {
    "template": "nothing",
    "indices": "nothing",
    "conventions": "nothing",
    "catalogue show": "nothing",
    "effects show": "nothing",
    "help": "nothing",
    "completion": "nothing",
    "schema": "--of=nothing",
    "catalogue search": "--grade=nothing",
    "effects search": "--grade=nothing",
}


def test_each_command_reads_a_file_or_knows_what_it_is_asked_for() -> None:
    assert {*READING, *UNKNOWN} == set(EVERY)


@pytest.mark.parametrize("name", READING)
def test_a_file_that_cannot_be_read_is_told_with_its_place_and_ends_with_two(name: str, folder: Path) -> None:
    (folder / "wrong.toml").write_text('impact = 1\nname = "unfinished\n', encoding="utf-8")
    result = CliRunner().invoke(main, list(WRONG.get(name, (name, "wrong.toml"))), catch_exceptions=False)
    assert (result.exit_code, result.stdout) == (BAD_INPUT, "")
    told = result.stderr.splitlines()
    assert told
    assert "wrong.toml" in told[-1]
    assert "Traceback" not in result.stderr
    assert {path.name for path in folder.iterdir()}.isdisjoint({"page.html", "out.toml"})


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_is_not_known_is_told_by_its_name_and_ends_with_two(name: str) -> None:
    result = CliRunner().invoke(main, [*name.split(), UNKNOWN[name]], catch_exceptions=False)
    assert (result.exit_code, result.stdout) == (BAD_INPUT, "")
    assert "nothing" in result.stderr.splitlines()[-1]


# Help and completion


def test_help_of_a_command_is_that_of_the_command() -> None:
    for words in ([], ["appraise"], ["catalogue", "search"]):
        asked = CliRunner().invoke(main, ["help", *words], prog_name="socialimpact")
        assert asked.stdout == CliRunner().invoke(main, [*words, "--help"], prog_name="socialimpact").stdout


@pytest.mark.parametrize("topic", [*TOPICS, "measures"])
def test_topics_are_named_where_help_begins_and_fit_a_narrow_terminal(topic: str) -> None:
    assert f"`{topic}`" in described("help") + CliRunner().invoke(main, ["--help"]).stdout or topic in described("help")
    text = CliRunner().invoke(main, ["help", topic]).stdout
    assert text.startswith(topic.capitalize())
    assert len(text) > 200


def test_every_measure_has_its_name_among_the_topics() -> None:
    text = CliRunner().invoke(main, ["help", "measures"]).stdout
    assert [
        measure for measure in get_args(si.Measure) if not re.search(rf"^  {measure} +\S", text, re.MULTILINE)
    ] == []


def completed(typed: str, shell: str = "bash") -> list[str]:
    words = typed.split(" ")
    asked = {**os.environ, VARIABLE: f"{shell}_complete", "COMP_WORDS": typed, "COMP_CWORD": str(len(words) - 1)}
    return subprocess.run([COMMAND], env=asked, check=True, capture_output=True, text=True).stdout.splitlines()


def test_a_shell_completes_commands_options_choices_and_files() -> None:
    assert completed("socialimpact app") == ["plain,appraise"]
    assert "plain,--histogram" in completed("socialimpact simulate --h")
    assert completed("socialimpact appraise --lang n") == ["plain,nb"]
    assert completed("socialimpact appraise min") == ["file,min"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_each_shell_asks_the_command(shell: str) -> None:
    script = CliRunner().invoke(main, ["completion", shell], prog_name="socialimpact").stdout
    assert f"{VARIABLE}={shell}_complete" in script
    program = shutil.which(shell)
    if program is not None:
        subprocess.run([program, "-n"], input=script, check=True, text=True, capture_output=True)
