"""``socialimpact schema``: the JSON Schema of a model document, for editors and services."""

import click

from socialimpact.cli.helping import examples


@click.command(epilog=examples("schema > model.schema.json"))
def schema() -> None:
    """Write the JSON Schema (2020-12) of a model document."""
    from socialimpact import model_schema

    click.echo(model_schema().rstrip())
