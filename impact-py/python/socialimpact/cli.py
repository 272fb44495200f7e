"""The command line ``socialimpact``: the package's verbs, with plain tables or JSON.

Bad input ends with exit code 2 and one sentence a problem on standard error, never with a traceback.
"""

import sys
from typing import Any

import click

from socialimpact import ImpactError, __version__

BAD_INPUT = 2
"""Exit code for input that cannot be used, as click gives it for a wrong option."""


class Commands(click.Group):
    """A group of commands whose bad input is told in the core's own words."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; turn an error about the input into sentences and exit code 2."""
        try:
            return super().invoke(ctx)
        except ImpactError as error:
            click.echo(str(error), err=True)
            ctx.exit(BAD_INPUT)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="socialimpact")
def main() -> None:
    """Measure social impact: what an intervention achieves, what it is worth, and which budget gains."""


if __name__ == "__main__":
    sys.exit(main())
