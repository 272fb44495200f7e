"""A practitioner's own value map: read as a model, with what was taken for granted, left, and worked out otherwise.

One rule: nothing is guessed. What a sheet does not say is asked for, what may be read in two ways is refused with its
cell, and where its totals are others than the library's each difference is told with the reading that explains it.

Source of the layout: SROI Network, The Value Map, training sheet as copied at issuu (column heads).
"""

import os
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from socialimpact.paths import check_readable, content_at
from socialimpact.types import Language

if TYPE_CHECKING:
    from socialimpact._core import Model
    from socialimpact.importers.own_map.comparing import Compared
    from socialimpact.importers.own_map.lines import Told

__all__ = ["OwnValueMap", "read_value_map"]

_Rate: TypeAlias = Decimal | float | str | None


class OwnValueMap:
    """A practitioner's own value map, read as a model.

    Attributes
    ----------
    model : Model
        What it says, under the conventions ``value-map`` with its own rate.
    assumed : tuple of Told
        What was taken for granted, each with its cell.
    left : tuple of Told
        What was not taken, each with its cell.
    compared : tuple of Compared
        Every figure that the sheet works out, beside the library's.
    """

    def __init__(
        self, model: "Model", assumed: "tuple[Told, ...]", left: "tuple[Told, ...]", compared: "tuple[Compared, ...]"
    ) -> None:
        """Keep what was read; `read_value_map` makes it."""
        self.model, self.assumed, self.left, self.compared = model, assumed, left, compared

    @property
    def differences(self) -> "tuple[Compared, ...]":
        """The figures of the sheet that are others than the library's."""
        return tuple(each for each in self.compared if not each.is_same)

    def to_dict(self) -> dict[str, Any]:
        """Give what is told beside the model, numbers exact and texts in English."""
        from dataclasses import asdict

        from socialimpact.wording.own_map import line
        from socialimpact.wording.texts import Texts

        texts = Texts("en")
        return {
            "assumed": [{"place": each.place, "text": line(each, texts)} for each in self.assumed],
            "left": [{"place": each.place, "text": line(each, texts)} for each in self.left],
            "compared": [{**asdict(each), "is_same": each.is_same} for each in self.compared],
        }

    def text(self, lang: Language = "en") -> str:
        """Tell what was read, line by line.

        Parameters
        ----------
        lang : {"en", "nb"}, default "en"
            The language of the words.
        """
        from socialimpact.wording.own_map import told_of

        return "\n".join(told_of(self, lang))

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(self.text())}</pre>"

    def __repr__(self) -> str:
        """Say what it is, and how much of it agrees."""
        same = len(self.compared) - len(self.differences)
        return f"OwnValueMap({self.model.name!s}: {same} of {len(self.compared)} figures as the library's)"


def read_value_map(
    path: str | os.PathLike[str],
    *,
    country: str,
    currency: str,
    start: int,
    holders: Mapping[str, str],
    sheet: str | None = None,
    price_year: int | None = None,
    rate: _Rate = None,
    timing: Literal["start", "middle", "end"] = "start",
    attribution: Literal["others", "own"] = "others",
    unit: str = "unit",
    name: str | None = None,
) -> OwnValueMap:
    """Read a practitioner's own value map: an .xlsx file with the usual columns, heads in English or Norwegian.

    Parameters
    ----------
    path : str or path-like
        The workbook.
    country, currency : str
        Where it is of, and what its amounts are in: two and three letters.
    start : int
        The year of the activity, in which inputs are paid and present values are of.
    holders : mapping
        Who each stakeholder of the sheet is, by its name there: ``people``, ``public:municipality`` (or another level),
        ``enterprise``, ``investor`` or ``unassigned``.
    sheet : str, optional
        Which sheet; needed where several have the heads of a value map.
    price_year : int, optional
        The year its prices are of; that of the activity, where none is given.
    rate : number or str, optional
        The discount rate: as a share, or as a text with its ``%``; the one the sheet has, where none is given.
    timing : {"start", "middle", "end"}, default "start"
        When in its year an outcome falls: sheets that discount the first year mean its end.
    attribution : {"others", "own"}, default "others"
        Whether the share in the column of attribution is that of others, which is deducted, or the own.
    unit : str, default "unit"
        What quantities count.
    name : str, optional
        What the model is called; the name of the file, where none is given.

    Returns
    -------
    OwnValueMap
        The model, what was taken for granted, what was left, and every difference from the sheet's own figures.

    Raises
    ------
    OSError
        Where the file cannot be read.
    ImpactError
        With everything that cannot be read, each problem with its cell; also stakeholders whose kind is not given,
        and a `rate` that is none.

    Examples
    --------
    >>> import openpyxl, tempfile
    >>> import socialimpact as si
    >>> drawn = openpyxl.Workbook()
    >>> for row in (
    ...     ["Discount rate", 0.035],
    ...     ["Stakeholder", "Inputs", "Value", "Outcome", "Quantity", "Proxy", "Value", "Deadweight %", "Impact"],
    ...     ["Members", "Time", 500, "Fewer evenings alone", 10, "a club's fee", 200, "40 %", 2000],
    ... ):
    ...     drawn.active.append(row)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     drawn.save(f"{folder}/club.xlsx")
    ...     read = si.read_value_map(
    ...         f"{folder}/club.xlsx", country="GB", currency="GBP", start=2024, holders={"Members": "people"}
    ...     )
    >>> str(read.model.appraise().measure("sroi_ratio").value)
    '2.4'
    >>> [(each.place, str(each.ours), each.readings) for each in read.differences]
    [('Sheet!I3', '1200', (('no_deadweight',),))]
    """
    from socialimpact.importers.own_map.document import Frame, exact_rate
    from socialimpact.importers.own_map.whole import read_whole

    file = Path(path)
    check_readable(file, ".xlsx")
    frame = Frame(
        *(country, currency, start, {" ".join(who.split()): kind for who, kind in holders.items()}, price_year),
        exact_rate(rate),
        *(timing, attribution, unit, name or file.stem),
    )
    return OwnValueMap(*read_whole(content_at(file), file.name, sheet, frame))
