"""Everything wrong with a file that is imported, each problem with its cell, told at once."""

from socialimpact.errors import ImpactError, Problem

MOST = 200
"""How many problems are told; the total is always said."""
MOST_ROWS = 20_000
"""How many filled rows of one table are read: a catalogue has hundreds."""
MOST_BYTES = 64 * 1024 * 1024
"""How large a file may be."""


class Faults:
    """Problems found so far."""

    def __init__(self) -> None:
        self.kept: list[Problem] = []
        self.total = 0

    def add(self, place: str, message: str, line: int | None = None) -> None:
        """Note a problem at a place."""
        self.total += 1
        if len(self.kept) < MOST:
            self.kept.append(Problem(place, "", line, None, message))

    def stop(self) -> None:
        """Raise what was found, if anything was.

        Raises
        ------
        ImpactError
            With every problem and its place.
        """
        if not self.total:
            return
        lines = [str(problem) for problem in self.kept]
        more = self.total - len(lines)
        if more:
            lines.append(f"and {more} more problems ({self.total} in all)")
        raise ImpactError("\n".join(lines), self.kept, self.total)


def short(value: object, most: int = 60) -> str:
    """Give a value as it is quoted in a message."""
    text = " ".join(str(value).split())
    return text if len(text) <= most else text[:most] + "…"
