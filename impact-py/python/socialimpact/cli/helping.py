"""What the help of a command tells of its arguments, and examples that show it at work.

One rule: an example runs as it stands, where the files it names are there; the tests run every one of them.
"""

from typing import Final

MODEL: Final = "A model: TOML, JSON, a workbook that `report --excel` wrote, or - for standard input."
MODELS: Final = "Models: TOML, JSON or workbooks that `report --excel` wrote."
TERMS: Final = "A contract, or a model that has one: TOML or JSON."
OBSERVATIONS: Final = "What was observed: .csv, .toml or .json."


def examples(*lines: str) -> str:
    """Give command lines as the end of a help text, each on a line of its own."""
    return "\n".join(
        ["\b", "Examples:" if len(lines) > 1 else "Example:", *(f"  socialimpact {line}" for line in lines)]
    )
