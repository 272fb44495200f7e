"""What is wrong with an input: one error, with every problem and its place."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from socialimpact.types import Language


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input, and where.

    Attributes
    ----------
    place : str
        Where it stands, in words: the address and, where the input was text, line and column.
    address : str
        The dotted address; empty for the document as a whole.
    line, column : int or None
        Counted from 1; None where the input was not text.
    message : str
        What is wrong.
    norwegian : str or None
        What is wrong, in Norwegian; None where it is told in English only.

    Examples
    --------
    >>> import socialimpact as si
    >>> try:
    ...     si.Model.from_toml("impact = 1")
    ... except si.ImpactError as error:
    ...     print(error.problems[0].place)
    document (line 1, column 1)
    """

    place: str
    address: str
    line: int | None
    column: int | None
    message: str
    norwegian: str | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        """Give the place and what is wrong there."""
        return f"{self.place}: {self.message}"

    def in_language(self, lang: Language) -> str:
        """Give the place and what is wrong there, in a language where it is told in it.

        Parameters
        ----------
        lang : {"en", "nb"}
            The language of the words.
        """
        told = self.norwegian if lang == "nb" and self.norwegian is not None else self.message
        return f"{self.place}: {told}"


class ImpactError(ValueError):
    """An input that cannot be used, with every problem found in it.

    Attributes
    ----------
    problems : tuple of Problem
        In the order of the text; at most 200.
    total : int
        How many were found in all.
    is_reason : bool
        Whether nothing is wrong with what was given: what was asked for has no answer there, and the message says why.

    Examples
    --------
    >>> import socialimpact as si
    >>> try:
    ...     si.address_parts("outcomes..deadweight")
    ... except si.ImpactError as error:
    ...     print(error.problems[0].message)
    `outcomes..deadweight` is not an address: segments of a-z, 0-9, `-` and `_`, joined by dots
    """

    problems: tuple[Problem, ...]
    total: int
    is_reason: bool

    def __init__(
        self,
        message: str,
        problems: Sequence[Problem] = (),
        total: int | None = None,
        *,
        norwegian: str | None = None,
        is_reason: bool = False,
    ) -> None:
        """Keep the text of the error and what it is made of."""
        super().__init__(message)
        self.is_reason = is_reason
        self._norwegian = norwegian
        self.problems = tuple(problems)
        self.total = len(self.problems) if total is None else total

    def in_language(self, lang: Language) -> str:
        """Give what is wrong in a language: mistakes in a document and in a question are told in English only.

        Parameters
        ----------
        lang : {"en", "nb"}
            The language of the words.
        """
        if lang != "nb":
            return str(self)
        if self._norwegian is not None:
            return self._norwegian
        told = [problem.in_language(lang) for problem in self.problems]
        if all(problem.norwegian is None for problem in self.problems):
            return str(self)
        more = self.total - len(told)
        return "\n".join([*told, f"og {more} problemer til"] if more > 0 else told)

    @property
    def place(self) -> str | None:
        """Where the first problem stands; None for an error that belongs to no place."""
        return self.problems[0].place if self.problems else None
