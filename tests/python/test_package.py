"""The package as a whole: what it costs to import, what it says of itself, and its documentation."""

import doctest
import importlib.metadata
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import socialimpact as si

TOP = Path(__file__).parents[2]
SLOWEST_IMPORT = 0.3
"""Seconds of one processor; what someone waits for at every call of the command line."""


def test_the_version_is_that_of_the_workspace() -> None:
    workspace = tomllib.loads((TOP / "Cargo.toml").read_text(encoding="utf-8"))
    assert si.__version__ == workspace["workspace"]["package"]["version"]
    assert si.__version__ == importlib.metadata.version("socialimpact")


def test_import_is_quick_and_brings_nothing_heavy() -> None:
    code = """
import sys, time
start = time.process_time()
import socialimpact, socialimpact.cli
print(time.process_time() - start)
heavy = {"pandas", "polars", "pyarrow", "numpy", "matplotlib", "dask", "openpyxl", "jinja2", "babel", "rich"}
print(*heavy & set(sys.modules))
"""
    runs = [
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.splitlines()
        for _ in range(3)
    ]
    assert min(float(run[0]) for run in runs) < SLOWEST_IMPORT
    assert runs[0][1] == ""


WORDS = {
    "__version__",
    *(
        "Bearing",
        "BreakEvenStatus",
        "CountedIn",
        "DayCount",
        "FairSharesStatus",
        "GainCounted",
        "Grade",
        "Language",
        "Measure",
        "MvpfSign",
        "Points",
        "PriceLevel",
        "RateOf",
        "Pull",
        "ReturnStatus",
        "Situation",
        "SplitStatus",
        "Timing",
    ),
}
"""Public names that are words, not things: they have no documentation of their own."""


@pytest.mark.parametrize("name", [name for name in si.__all__ if name not in WORDS])
def test_every_public_name_is_documented_and_its_examples_run(name: str) -> None:
    thing = getattr(si, name)
    assert thing.__doc__
    members = vars(thing).items() if isinstance(thing, type) else ()
    documented = {name: thing, **{f"{name}.{member}": value for member, value in members if not member.startswith("_")}}
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    for title, documented_thing in documented.items():
        text = getattr(documented_thing, "__doc__", None) or ""
        runner.run(doctest.DocTestParser().get_doctest(text, {"si": si}, title, None, None))
    assert runner.summarize().failed == 0


def test_some_examples_were_found() -> None:
    assert doctest.DocTestParser().get_examples(si.Table.__doc__ or "")
    assert doctest.DocTestParser().get_examples(si.address_parts.__doc__ or "")
    assert doctest.DocTestParser().get_examples(si.Model.__doc__ or "")


def test_the_package_is_a_command_too() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "socialimpact", "--version"], capture_output=True, text=True, check=True
    )
    assert si.__version__ in run.stdout
