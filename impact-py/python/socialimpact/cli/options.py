"""What all commands share: the model, settings laid over it, the language, and exact numbers as options."""

import sys
import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import click

from socialimpact import Catalogue, Contract, Model, document_kind, read, read_catalogue
from socialimpact.cli.ending import within
from socialimpact.cli.files import STANDARD_INPUT, Source
from socialimpact.cli.helping import MODEL
from socialimpact.cli.numbers import WholeNumber
from socialimpact.paths import document_at, is_device
from socialimpact.wording.texts import LANGUAGES

_Command = TypeVar("_Command", bound=Callable[..., Any])

Settings: TypeAlias = tuple[tuple[str, Any], ...]
"""Addresses with the values laid over them."""


class Setting(click.ParamType[tuple[str, Any]]):
    """``address=value``: the value as TOML writes it, or a plain word."""

    name = "address=value"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Any]:
        """Take the address and the value apart."""
        if isinstance(value, tuple):
            return value
        address, sign, written = value.partition("=")
        if not sign or not address.strip():
            self.fail(f"`{value}` is not address=value, such as outcomes.into-work.deadweight=0.5", param, ctx)
        return address.strip(), _read_value(written.strip())


def _read_value(written: str) -> Any:
    try:
        table = tomllib.loads(f"value = {written}", parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError):
        return written
    return table["value"] if len(table) == 1 else written


def model_options(command: _Command) -> _Command:
    """Give a command its MODEL and the options all commands have."""
    return click.argument("model", metavar="MODEL", type=Source(), help=MODEL)(options(command))


def options(command: _Command) -> _Command:
    """Give a command the options all commands on a model have."""
    text = "A catalogue of your own, whose unit costs MODEL may name."
    command = click.option(
        "--catalogue", type=Source(), metavar="FILE", expose_value=False, callback=_keep_catalogue, help=text
    )(command)
    text = "Lay a value over the model; repeatable."
    return click.option("--set", "settings", type=Setting(), multiple=True, help=text)(reading_options(command))


_CATALOGUE = "socialimpact.catalogue"


def _keep_catalogue(ctx: click.Context, param: click.Parameter, value: Path | None) -> None:
    """Keep which catalogue the models of this command are read with."""
    if value is not None and param.name == "catalogue":
        ctx.meta[_CATALOGUE] = value


def _own_catalogue() -> Catalogue | None:
    """Read the catalogue that the command was given."""
    ctx = click.get_current_context(silent=True)
    path = ctx.meta.get(_CATALOGUE) if ctx else None
    if path is None:
        return None
    with within(path):
        return read_catalogue(path)


def reading_options(command: _Command) -> _Command:
    """Give a command the language of its words and the choice of JSON."""
    command = click.option("--json", "as_json", is_flag=True, help="Write JSON with exact numbers as text.")(command)
    text = "Language of the words."
    return click.option("--lang", "language", type=click.Choice(LANGUAGES), default="en", help=text)(command)


def quality(name: str, explained: str) -> Callable[[_Command], _Command]:
    """Give a search an option that asks for a quality of the entries; repeated, one of them must hold."""
    return click.option(f"--{name}", name, multiple=True, help=explained)


class PriceYears(click.ParamType[tuple[int, int]]):
    """A year, or the first and the last of several: ``2024``, ``2015-2024``."""

    name = "year"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Read the years."""
        if isinstance(value, tuple):
            return value
        first, _, last = value.partition("-")
        try:
            return int(first), int(last or first)
        except ValueError:
            self.fail(f"`{value}` is not a year such as 2024, or years such as 2015-2024", param, ctx)


def plan_option(command: _Command) -> _Command:
    """Give a command the first year of its budget plans."""
    text = "First of the four years of budget plans; by default the first year appraised."
    return click.option("--plan-from", "plan_from", type=WholeNumber(), metavar="YEAR", help=text)(command)


def read_model(path: Path, settings: Settings = ()) -> Model:
    """Read a model from a file or from standard input, and lay settings over it."""
    catalogue = _own_catalogue()
    if path == STANDARD_INPUT:
        model = Model.from_bytes(sys.stdin.buffer.read(), catalogue=catalogue)
    else:
        with within(path):
            model = read(path, catalogue=catalogue)
    return _with(model, settings)


def read_model_or_contract(path: Path, settings: Settings = ()) -> Model | Contract:
    """Read a model, or a contract that stands by itself, and lay settings over it."""
    if path == STANDARD_INPUT:
        return _model_or_contract(sys.stdin.buffer.read(), settings)
    content = document_at(path)
    if document_kind(content) != "contract" and not is_device(path):
        return read_model(path, settings)
    with within(path):
        return _model_or_contract(content, settings)


def _model_or_contract(content: bytes, settings: Settings) -> Model | Contract:
    """Read what was read once: a pipe gives its content to the first who asks."""
    if document_kind(content) != "contract":
        return _with(Model.from_bytes(content, catalogue=_own_catalogue()), settings)
    if _own_catalogue() is not None:
        raise click.UsageError("--catalogue is of models, and this is a contract by itself: leave it out")
    contract = Contract.from_bytes(content)
    return contract.with_(dict(settings)) if settings else contract


def _with(model: Model, settings: Settings) -> Model:
    return model.with_(dict(settings)) if settings else model
