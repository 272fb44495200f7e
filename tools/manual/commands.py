"""The page of the command line: what `--help` says of each command."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "impact-py" / "python"))

import click
from click.testing import CliRunner

from socialimpact.cli import main
from socialimpact.cli.helps import TOPICS

WIDTH = 80
"""Letters of a line."""
INTRODUCTION = """# The command line

What all commands have in common (`socialimpact help TOPIC`), and what each says of itself (`--help`).
"""


def pages() -> dict[str, str]:
    """Give the page, by its path."""
    os.environ["COLUMNS"] = str(WIDTH)
    topics = [f"\n## {topic.capitalize()}\n\n```text\n{_said('help', topic)}\n```\n" for topic in (*TOPICS, "measures")]
    return {"reference/commands.md": INTRODUCTION + "".join([*topics, *_help(main, ())])}


def _said(*words: str) -> str:
    return CliRunner().invoke(main, words, prog_name="socialimpact", terminal_width=WIDTH).output.rstrip()


def _help(command: click.Command, path: tuple[str, ...]) -> list[str]:
    name = " ".join(("socialimpact", *path))
    parts = [f"\n## {name}\n\n```text\n{_said(*path, '--help')}\n```\n"]
    if isinstance(command, click.Group):
        for word, below in command.commands.items():
            parts += _help(below, (*path, word))
    return parts
