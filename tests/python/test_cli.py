"""The command line: what it says, and how it ends."""

import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import socialimpact as si
from socialimpact.cli import BAD_INPUT, Commands, main


def test_the_command_is_installed_and_tells_its_version() -> None:
    command = Path(sys.executable).with_name("socialimpact")
    told = subprocess.run([command, "--version"], check=True, capture_output=True, text=True).stdout
    assert told == f"socialimpact, version {si.__version__}\n"


def test_an_unknown_command_ends_with_two() -> None:
    result = CliRunner().invoke(main, ["appraize"])
    assert result.exit_code == BAD_INPUT
    assert "No such command 'appraize'" in result.stderr


def test_bad_input_ends_with_two_and_a_sentence_without_a_traceback() -> None:
    @click.group(cls=Commands)
    def commands() -> None: ...

    @commands.command()
    def address() -> None:
        si.address_parts("a..b")

    result = CliRunner().invoke(commands, ["address"])
    assert result.exit_code == BAD_INPUT
    assert result.stdout == ""
    assert result.stderr.startswith("document: `a..b` is not an address")
    assert "Traceback" not in result.stderr


def test_a_fault_of_ours_is_not_hidden() -> None:
    @click.group(cls=Commands)
    def commands() -> None: ...

    @commands.command()
    def broken() -> None:
        raise RuntimeError("ours")

    with pytest.raises(RuntimeError, match="ours"):
        CliRunner().invoke(commands, ["broken"], catch_exceptions=False)
