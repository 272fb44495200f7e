"""``python -m socialimpact.cli``: the same command line."""

from socialimpact.cli import main

if __name__ == "__main__":
    main(prog_name="socialimpact")
