"""``socialimpact schema``: the JSON Schema of a model document, or of what a command writes with ``--json``."""

from importlib.resources import files

import click

from socialimpact.cli.helping import examples


@click.command(epilog=examples("schema > model.schema.json", "schema --of appraise", 'schema --of "catalogue search"'))
@click.option("--of", "command", metavar="COMMAND", help="Of what this command writes with --json.")
def schema(command: str | None) -> None:
    """Write the JSON Schema (2020-12) of a model document, for editors and services; or of what a command writes.

    Keys named there stay, and no other is written by this version; a later one may name more.
    """
    from socialimpact import model_schema

    click.echo((model_schema() if command is None else output_schema(command)).rstrip())


def output_schema(command: str) -> str:
    """Give the schema of what a command writes with ``--json``, as text.

    Raises
    ------
    click.UsageError
        There is no such command, or it writes no JSON.
    """
    folder = files("socialimpact").joinpath("schemas")
    known = sorted(file.name.removesuffix(".json") for file in folder.iterdir() if file.name.endswith(".json"))
    name = "-".join(command.split())
    if name not in known:
        raise click.UsageError(f"`{command}` writes nothing with --json: the schemas are {', '.join(known)}")
    return folder.joinpath(f"{name}.json").read_text(encoding="utf-8")
