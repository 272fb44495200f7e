"""What commands write to files: never over what they read, of the form that the name says, whole or not at all."""

import contextlib
import errno
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import socialimpact as si
from socialimpact import plots
from socialimpact.cli import BAD_INPUT, main
from socialimpact.cli.files import Source, Target

CONTRACTS = Path("fixtures/contracts").absolute()
MODEL = Path("fixtures/models/beginner.toml").absolute()


def typed(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [*map(str, words)], catch_exceptions=False)


@pytest.fixture(autouse=True)
def beside_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with copies of what is read, each under a name that looks like what is written."""
    monkeypatch.chdir(tmp_path)
    for copy, source in {
        "terms.html": CONTRACTS / "denver.toml",
        "terms.xlsx": CONTRACTS / "denver.toml",
        "seen.xlsx": CONTRACTS / "denver.observations.toml",
        "risk.html": CONTRACTS / "larvik-for-nothing.toml",
        "risk.svg": CONTRACTS / "larvik-for-nothing.toml",
        "model.html": MODEL,
        "own.html": Path(MODEL.parents[1] / "catalogues" / "own.toml"),
        "own.toml": Path(MODEL.parents[1] / "catalogues" / "own.toml"),
    }.items():
        shutil.copy(source, copy)


def refused(result: Result, said: str) -> None:
    assert result.exit_code == BAD_INPUT
    assert said in " ".join(result.stderr.split()), result.stderr
    assert result.stdout == ""


SEEN = CONTRACTS / "denver.observations.toml"
OVER = [
    ("settle", "terms.html", SEEN, "--html", "terms.html"),
    ("settle", "terms.xlsx", SEEN, "--excel", "terms.xlsx"),
    ("settle", CONTRACTS / "denver.toml", "seen.xlsx", "--excel", "./seen.xlsx"),
    ("settle", "--excel", "seen.xlsx", CONTRACTS / "denver.toml", SEEN, "--since", "seen.xlsx"),
    ("risk", "risk.html", "--html", "risk.html"),
    ("risk", "--plot", "risk.svg", "risk.svg"),
    ("report", "model.html", "--html", "model.html"),
    ("report", MODEL, "--catalogue", "own.html", "--html", "own.html"),
    ("compare", MODEL, "model.html", "--html", "model.html"),
    ("catalogue", "import", "csv", "own.toml", "-o", "own.toml"),
    ("catalogue", "import", "gmca", "-o", "own.toml", "own.toml"),
]


@pytest.mark.parametrize("words", OVER, ids=lambda words: " ".join(Path(word).name for word in words))
def test_what_is_read_is_never_written_over(words: tuple[str | Path, ...]) -> None:
    before = {file.name: file.read_bytes() for file in Path().iterdir()}
    refused(typed(*words), "is read by this command")
    assert {file.name: file.read_bytes() for file in Path().iterdir()} == before


@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_another_path_to_the_same_file_is_the_same_file(link: Callable[[str, str], None]) -> None:
    link("model.html", "other.html")
    refused(
        typed("report", "model.html", "--html", "other.html"),
        "`other.html` is read by this command, by another path: `model.html`: name another file to write",
    )


def test_a_link_into_nothing_is_followed() -> None:
    Path("page.html").symlink_to("picture.svg")
    result = typed("risk", "risk.html", "--plot", "picture.svg", "--html", "page.html")
    refused(result, "`page.html` is written twice: name another file")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("settle", "terms.html", SEEN, "--excel", "x.csv"), "`x.csv` does not end in .xlsx"),
        (("settle", "terms.html", SEEN, "--html", "x.xlsx"), "`x.xlsx` does not end in .html or .htm"),
        (("risk", "risk.html", "--plot", "x.gif"), "`x.gif` does not end in .svg or .png or .pdf"),
        (("report", "model.html", "--html", "page"), "`page` does not end in .html or .htm"),
        (("catalogue", "import", "csv", "own.html", "-o", "own.json"), "`own.json` does not end in .toml"),
    ],
)
def test_an_ending_that_does_not_fit_is_refused(words: tuple[str | Path, ...], said: str) -> None:
    refused(typed(*words), said)
    assert not Path(str(words[-1])).exists()


def test_it_is_refused_before_anything_is_read() -> None:
    refused(typed("report", "nowhere.toml", "--html", "nowhere.csv"), "does not end in .html")
    refused(typed("report", "nowhere.html", "--html", "nowhere.html"), "is read by this command")


def test_a_pipe_takes_what_is_written_whatever_it_is_called() -> None:
    assert typed("report", "model.html", "--html", "/dev/null").exit_code == 0


def commands(group: click.Group, names: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*names, name))
        else:
            yield " ".join((*names, name)), command


FILES = ("FILE", "MODEL", "MODEL...", "TERMS", "OBSERVATIONS", "CATALOGUE", "PROJECT")


def test_every_file_of_every_command_is_held_against_the_others() -> None:
    for name, command in commands(main):
        for parameter in command.params:
            if isinstance(parameter.type, click.Path | click.File) or parameter.metavar in FILES:
                assert isinstance(parameter.type, Source | Target), f"{name}: {parameter.name}"


# Whole or not at all


def test_only_one_function_writes_files() -> None:
    package = Path(si.__file__).parent
    writing = re.compile(
        r"\.write_(bytes|text)\(|open\([^)]*[\"'][wax]b?[\"']|\.savefig\((?!content)|book\.save\((?!content)"
    )
    found = {file.relative_to(package).as_posix() for file in package.rglob("*.py") if writing.search(file.read_text())}
    assert found == {"writing.py"}


WRITERS: dict[str, Callable[[Path], object]] = {
    "page.html": lambda file: typed("report", MODEL, "--html", file),
    "picture.svg": lambda file: plots.save(si.Distribution.uniform(2, 5).plot(), file),
    "statement.xlsx": lambda file: si.read_contract("terms.html").settle(SEEN).to_excel(file),
}


@pytest.mark.parametrize("name", WRITERS)
def test_what_cannot_be_written_leaves_the_old_file_as_it_was(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(name).write_text("before")
    before = sorted(Path().iterdir())

    def full(part: Path, _: Path) -> None:
        raise OSError(errno.ENOSPC, "no space left on device", str(part))

    monkeypatch.setattr(Path, "replace", full)
    with contextlib.suppress(OSError):
        result = WRITERS[name](Path(name))
        assert isinstance(result, Result)
        refused(result, f"{name}: no space left on device")
    assert Path(name).read_text() == "before"
    assert sorted(Path().iterdir()) == before


# The same of Python


@pytest.mark.parametrize("name", ["value-map.xls", "value-map", "value-map.xlsx.csv"])
def test_python_refuses_a_name_that_says_something_else_than_the_file_is(name: str) -> None:
    said = re.escape(f"`{name}` does not end in .xlsx, as what is written here does")
    statement = si.read_contract("terms.html").settle(SEEN)
    for write in (si.read(MODEL).appraise().to_excel, statement.to_excel):
        with pytest.raises(si.ImpactError, match=f"^{said}$"):
            write(name)
    assert not Path(name).exists()


def test_python_takes_any_case_of_the_ending_and_any_pipe() -> None:
    appraisal = si.read(MODEL).appraise()
    appraisal.to_excel("MAP.XLSX")
    appraisal.to_excel("/dev/null")
    assert Path("MAP.XLSX").read_bytes()[:2] == b"PK"


READERS: dict[str, Callable[[Path], object]] = {
    "read": si.read,
    "read_contract": si.read_contract,
    "read_catalogue": si.read_catalogue,
    "read_indigo": si.read_indigo,
    "from_gmca": si.Catalogue.from_gmca,
    "from_csv": si.Catalogue.from_csv,
    "to_excel": si.read(MODEL).appraise().to_excel,
    "statement": si.read_contract(CONTRACTS / "denver.toml").settle(SEEN).to_excel,
    "picture": lambda path: plots.save(si.Distribution.uniform(2, 5).plot(), path),
}


@pytest.mark.parametrize("name", READERS)
def test_a_directory_is_refused_with_its_path(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "folder.svg"
    folder.mkdir()
    with pytest.raises(si.ImpactError, match=f"^`{re.escape(str(folder))}` is a directory: name a file in it$"):
        READERS[name](folder)
