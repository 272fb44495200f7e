"""``python -m socialimpact``: the command line, where its script is not on the path."""

from socialimpact.cli import main

if __name__ == "__main__":
    main(prog_name="socialimpact")
