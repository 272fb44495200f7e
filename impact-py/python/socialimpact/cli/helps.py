"""``socialimpact help``: the help of a command, or of what all commands have in common."""

import click

from socialimpact.cli.helping import examples

ADDRESSES = """Addresses

Every number of a model or contract has an address: where it stands in the document, its parts joined by dots, items
of a list by their id. Of `[[outcomes]]` with `id = "into-work"`, `deadweight = 0.4` stands at
outcomes.into-work.deadweight.

\b
  --set ADDRESS=VALUE    lays a value over the number there; repeatable. VALUE is written as in TOML:
                         --set horizon=10
                         --set outcomes.into-work.deadweight=0.5
                         --set 'outcomes.into-work.quantity={ pert = [1, 2, 3], illustrative = true }'
                         Words need no quotes: --set conventions=sroi-practice

`socialimpact check MODEL --json` tells the addresses that deserve a second look, `socialimpact explain MODEL ADDRESS`
what a number is made of. A wrong address is answered with the nearest that there is.
"""

ENDINGS = """Endings

\b
  0      The command did what was asked.
  1      `check --strict` or `simulate --strict` found something to warn of; a search found nothing.
  2      The input cannot be used: one line for each problem on standard error, with the file, the address and the line.
         Nothing is written then.
  130    Interrupted from the keyboard.
  141    Whoever read the output went away, as `| head` does.

What is asked for goes to standard output, problems and progress to standard error. Colour and progress are only for
terminals; a pipe or a file gets plain text, 80 columns wide unless COLUMNS says otherwise.
"""

FILES = """Files

MODEL and TERMS are documents in TOML or JSON, or the workbook that `report --excel` wrote; MODEL may be - for standard
input. `socialimpact schema` gives the JSON Schema by which editors complete and check them. OBSERVATIONS are a table
(.csv), TOML or JSON.

What is written goes whole or not at all, never over what is read, and must have an ending that fits: --html, --pdf,
--excel, --plot. --json writes every digit: decimal numbers as text, so that no digit is lost on the way;
`socialimpact schema --of COMMAND` gives the JSON Schema of it.
"""

TOPICS = {"addresses": ADDRESSES, "endings": ENDINGS, "files": FILES}


def measures_text() -> str:
    """Give the measures with their names, from the words of every report."""
    from typing import get_args

    from socialimpact.types import Measure
    from socialimpact.wording.texts import Texts

    names = get_args(Measure)
    width = max(map(len, names)) + 2
    texts = Texts("en")
    lines = [f"  {name:<{width}}{texts(f'measure.{name}')}" for name in names]
    head = (
        "Each is asked for by its name, of a holder: --measure NAME --holder society, public, or a holder of the model."
    )
    return "\n".join(["Measures", "", head, "", "\b", *lines])


@click.command("help", epilog=examples("help appraise", "help catalogue search", "help addresses"))
@click.argument("about", metavar="[COMMAND|TOPIC]...", nargs=-1, help="What is to be explained.")
@click.pass_context
def help_command(ctx: click.Context, about: tuple[str, ...]) -> None:
    """Explain a command, or a topic: addresses, endings, files, measures."""
    if len(about) == 1 and about[0] in {*TOPICS, "measures"}:
        text = measures_text() if about[0] == "measures" else TOPICS[about[0]]
        click.echo(click.wrap_text(text, ctx.make_formatter().width, preserve_paragraphs=True).rstrip())
        return
    found = ctx.find_root()
    for name in about:
        group = found.command
        command = group.get_command(found, name) if isinstance(group, click.Group) else None
        if command is None:
            message = f"there is no command or topic `{' '.join(about)}`: topics are {', '.join([*TOPICS, 'measures'])}"
            raise click.UsageError(message, ctx)
        found = click.Context(command, info_name=name, parent=found)
    click.echo(found.get_help())
