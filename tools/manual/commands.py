"""The page of the command line: what `--help` says of each command."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "impact-py" / "python"))

import click
from click.testing import CliRunner

from socialimpact.cli import main

WIDTH = 80
"""Letters of a line."""
INTRODUCTION = """# The command line

What each command says of itself with `--help`. Bad input ends with exit code 2 and a sentence with the place.
"""


def pages() -> dict[str, str]:
    """Give the page, by its path."""
    os.environ["COLUMNS"] = str(WIDTH)
    return {"reference/commands.md": INTRODUCTION + "".join(_help(main, ()))}


def _help(command: click.Command, path: tuple[str, ...]) -> list[str]:
    said = CliRunner().invoke(main, [*path, "--help"], prog_name="socialimpact", terminal_width=WIDTH).output
    name = " ".join(("socialimpact", *path))
    parts = [f"\n## {name}\n\n```text\n{said.rstrip()}\n```\n"]
    if isinstance(command, click.Group):
        for word, below in command.commands.items():
            parts += _help(below, (*path, word))
    return parts
