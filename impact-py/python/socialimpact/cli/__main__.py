"""``python -m socialimpact.cli``: the same command line."""

from socialimpact.cli import main

main(prog_name="socialimpact")
