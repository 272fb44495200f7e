"""``socialimpact indigo``: exact terms in a project of the open data standard for impact bonds, out and in."""

from pathlib import Path

import click

from socialimpact import ImpactError, read_contract, read_indigo
from socialimpact.cli.ending import within
from socialimpact.cli.files import Source
from socialimpact.cli.helping import examples


@click.command(
    epilog=examples("indigo project.json > contract.toml", "indigo project.json --put contract.toml > with-terms.json")
)
@click.argument("project", metavar="PROJECT", type=Source(), help="A project of INDIGO, as JSON.")
@click.option(
    "--put",
    "terms",
    type=Source(),
    metavar="TERMS",
    help="Write the project as JSON with the terms of TERMS (a contract, or a model that has one) beside its words.",
)
def indigo(project: Path, terms: Path | None) -> None:
    """Write the exact terms in PROJECT (a project of INDIGO, JSON) as a contract in TOML; or put some in."""
    with within(project):
        read = read_indigo(project)
        if terms is None:
            contract = read.contract
            if contract is None:
                raise ImpactError("the project has no exact terms beside its own words: put some in with `--put TERMS`")
            click.echo(contract.to_toml().rstrip())
            return
    with within(terms):
        contract = read_contract(terms)
    click.echo(read.with_contract(contract).to_json().rstrip())
