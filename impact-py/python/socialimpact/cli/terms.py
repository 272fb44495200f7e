"""The terms that commands on contracts read: a contract by itself or in a model, with settings laid over it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from socialimpact import Contract, Model, read, read_contract
from socialimpact.cli.ending import within
from socialimpact.cli.options import Setting, Settings, reading_options
from socialimpact.errors import ImpactError

_Command = TypeVar("_Command", bound=Callable[..., Any])


def terms_options(command: _Command) -> _Command:
    """Give a command on contracts its settings, the language of its words and the choice of JSON."""
    text = "Lay a value over the terms, the truth or the model; repeatable."
    return click.option("--set", "settings", type=Setting(), multiple=True, help=text)(reading_options(command))


@dataclass(frozen=True, slots=True)
class Terms:
    """A contract, and the model it stands in, where it stands in one."""

    contract: Contract
    model: Model | None


def read_terms(path: Path, settings: Settings = ()) -> Terms:
    """Read a contract, or a model that has one, and lay settings over it."""
    with within(path):
        model = read(path) if path.suffix.lower() == ".xlsx" else _model(path)
        contract = (model.contract if model else None) or read_contract(path)
    if not settings:
        return Terms(contract, model)
    if model is None:
        return Terms(contract.with_(dict(settings)), None)
    model = model.with_(dict(settings))
    with within(path):
        return Terms(model.contract or read_contract(path), model)


def _model(path: Path) -> Model | None:
    """Give the model of a document whose contract was read; None where the contract stands alone."""
    try:
        return read(path)
    except ImpactError:
        return None
