"""The command line ``socialimpact``: the package's verbs, with plain tables or JSON.

Bad input ends with exit code 2 and one line a problem on standard error, never with a traceback.
"""

import sys

import click

from socialimpact import __version__
from socialimpact.cli.appraise import appraise
from socialimpact.cli.baselines import baselines
from socialimpact.cli.break_even import break_even
from socialimpact.cli.cash_flows import cash_flows
from socialimpact.cli.catalogue import catalogue
from socialimpact.cli.check import check
from socialimpact.cli.compare import compare
from socialimpact.cli.completion import completion
from socialimpact.cli.conventions import conventions
from socialimpact.cli.cost_effectiveness import cost_effectiveness
from socialimpact.cli.effects import effects
from socialimpact.cli.ending import BAD_INPUT, Commands
from socialimpact.cli.explain import explain
from socialimpact.cli.helps import help_command
from socialimpact.cli.import_model import import_model
from socialimpact.cli.indices import indices
from socialimpact.cli.indigo import indigo
from socialimpact.cli.ranking import ranking
from socialimpact.cli.report import report
from socialimpact.cli.risk import risk
from socialimpact.cli.schema import schema
from socialimpact.cli.search import search
from socialimpact.cli.sensitivity import sensitivity
from socialimpact.cli.settle import settle
from socialimpact.cli.simulate import simulate
from socialimpact.cli.template import template
from socialimpact.cli.tornado import tornado
from socialimpact.cli.who_pays import who_pays

__all__ = ["BAD_INPUT", "Commands", "main"]


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="socialimpact")
def main() -> None:
    """Measure social impact: what an intervention achieves, what it is worth, and which budget gains.

    MODEL is a model document in TOML or JSON, or - for standard input. `socialimpact help COMMAND` explains a command;
    `help addresses`, `endings`, `files` and `measures` what all of them have in common.
    """


_EVALUATING = (
    *(check, appraise, who_pays, explain, break_even),
    *(simulate, sensitivity, tornado, compare, cost_effectiveness, report),
)

_CONTRACTS = (settle, cash_flows, risk, search, ranking, baselines, indigo)
_REFERENCE = (import_model, template, catalogue, effects, indices, conventions, schema)
_HELP = (help_command, completion)

for command in (*_EVALUATING, *_CONTRACTS, *_REFERENCE, *_HELP):
    main.add_command(command)


if __name__ == "__main__":
    sys.exit(main())
