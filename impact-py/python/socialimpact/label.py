"""Labels: a text in English that knows its Norwegian."""

from typing import Any, NoReturn

from socialimpact.errors import ImpactError
from socialimpact.types import Language


class Label(str):
    """A text in English and, where there is one, in Norwegian bokmål.

    Parameters
    ----------
    en : str
        The English text, which the label is as a ``str``.
    nb : str, optional
        The Norwegian text; where there is none the English stands in.

    Examples
    --------
    >>> import socialimpact as si
    >>> label = si.Label("The state", "Staten")
    >>> label
    'The state'
    >>> label.in_language("nb")
    'Staten'
    """

    __slots__ = ("_nb",)
    _nb: str | None

    def __new__(cls, en: str, nb: str | None = None) -> "Label":
        """Make the label."""
        label = super().__new__(cls, en)
        object.__setattr__(label, "_nb", nb)
        return label

    @property
    def nb(self) -> str | None:
        """The Norwegian text; None where there is none."""
        return self._nb

    def in_language(self, lang: Language, /) -> str:
        """Give the text in a language: the English one where there is no other.

        Parameters
        ----------
        lang : {"en", "nb"}
            The language.

        Returns
        -------
        str
            The text.

        Raises
        ------
        ImpactError
            For another language.

        Examples
        --------
        >>> import socialimpact as si
        >>> si.Label("The state", "Staten").in_language("nb")
        'Staten'
        """
        if lang not in ("en", "nb"):
            message = f"`{lang}` is not a language of the reports: choose `en` or `nb`"
            raise ImpactError(message)
        return self._nb if lang == "nb" and self._nb is not None else str(self)

    def __str__(self) -> str:
        """Give the English text as a plain ``str``."""
        return str.__str__(self)

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        """Refuse: a label never changes."""
        message = f"a label never changes: `{name}` cannot be set"
        raise AttributeError(message)

    def __reduce__(self) -> tuple[Any, ...]:
        """Make the label again from its two texts."""
        return type(self), (str(self), self._nb)
