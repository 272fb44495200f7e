"""Single entries of the reference figures: a unit cost, an effect, each with its source and edition."""

from dataclasses import dataclass, fields
from decimal import Decimal
from html import escape
from typing import Any, Literal, TypeAlias

from socialimpact._core import Table, effect_table, unit_cost_table
from socialimpact.label import Label

Grade: TypeAlias = Literal["A", "B", "C", "D"]
"""How far a figure can be trusted, A the most."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure was read.

    Attributes
    ----------
    title : str
        The document, page or table, with its publisher.
    url : str or None
        Its address on the web.
    section : str or None
        The part of it that was read.

    Examples
    --------
    >>> import socialimpact as si
    >>> print(si.unit_cost("der-no-sosialhjelp-year-2022").source.title[:30])
    SSB article, recipients up alm
    """

    title: str
    url: str | None
    section: str | None

    def __str__(self) -> str:
        """Give title, section and address in one line."""
        section = f", {self.section}" if self.section else ""
        return f"{self.title}{section}" + (f" ({self.url})" if self.url else "")


@dataclass(frozen=True, slots=True)
class UnitCost:
    """One unit cost of the catalogue, as it was read.

    A gross average cost is not a saving: what is avoidable is the model's claim.

    Attributes
    ----------
    id : str
        The id, by which models refer to it.
    country, domain : str
        The country, or the part of it, and the field of public life.
    name : Label
        Its name.
    unit, source_unit : str or None
        What one unit is, and the source's own word for it where it differs.
    value, low, high : Decimal or None
        The figure, and its range where the source has one.
    currency, price_year : str, int
        The currency and the price level.
    in_g : str or None
        The multiple of G that the price is set at, such as ``"2 G"``.
    carried : bool
        Whether a price index may carry it to another year.
    provisional : bool
        Whether the source calls it provisional.
    illustrative : bool
        Whether it is invented to show the working.
    payers : tuple of str
        Who bears it.
    source_payer : str or None
        The source's own words for who bears it, where the payers do not say all of it.
    cashable : str
        Whether less of it releases money: ``"yes"``, ``"no"`` or ``"unknown"``.
    grade : Grade or None
        How far it can be trusted.
    source : Source
        Where it was read.
    evidence, note : str or None
        What was read there, and what to beware of.
    derived : bool
        Whether it is arithmetic on figures that were read, as the note says.
    edition : str
        The edition of the catalogue.

    Examples
    --------
    >>> import socialimpact as si
    >>> cost = si.unit_cost("der-no-sosialhjelp-year-2022")
    >>> cost.value, cost.currency, cost.unit
    (Decimal('56500'), 'NOK', 'recipient-year')
    >>> cost.grade
    'B'
    """

    id: str
    country: str
    domain: str
    name: Label
    unit: str
    source_unit: str | None
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    currency: str
    price_year: int
    in_g: str | None
    carried: bool
    provisional: bool
    illustrative: bool
    payers: tuple[str, ...]
    source_payer: str | None
    cashable: Literal["yes", "no", "unknown"]
    grade: Grade | None
    source: Source
    evidence: str | None
    note: str | None
    derived: bool
    edition: str

    def _repr_html_(self) -> str:
        """Give the entry as a table for notebooks."""
        return _page(self)


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect, baseline or benchmark of the register: one figure of one study.

    Attributes
    ----------
    id : str
        The id, by which models refer to it.
    domain : str
        The field it belongs to; ``"baseline"`` and ``"benchmark"`` among them.
    country : str or None
        The country of the study; None where it has several.
    countries : Label or None
        The countries of a study of several.
    intervention : Label or None
        What was done; None for a level without intervention.
    outcome, population : Label
        What was measured, and for whom it holds.
    measure, unit : str
        What the value measures, and what it is in.
    currency : str or None
        The currency of an amount.
    value, low, high : Decimal or None
        The value and its interval, as the study gives them.
    interval_derived : bool
        Whether the interval is arithmetic on a standard error, as the note says.
    n : int or None
        How many were studied.
    follow_up, follow_up_months : str, int or None
        How long they were followed, in the study's words and in months.
    design, study : str
        How it was found, in one word and in the study's.
    grade : Grade
        How far it can be trusted.
    source : Source
        Where it was read.
    evidence, note : str or None
        What was read there, and what to beware of.
    derived : bool
        Whether the value is arithmetic on figures that were read.
    edition : str
        The edition of the register.

    Examples
    --------
    >>> import socialimpact as si
    >>> effect = si.effect("reentry-rct-reconviction")
    >>> effect.measure, effect.value, (effect.low, effect.high)
    ('odds-ratio', Decimal('0.94'), (Decimal('0.77'), Decimal('1.12')))
    """

    id: str
    domain: str
    country: str | None
    countries: Label | None
    intervention: Label | None
    outcome: Label
    population: Label
    measure: str
    unit: str
    currency: str | None
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    interval_derived: bool
    n: int | None
    follow_up: str | None
    follow_up_months: int | None
    design: str
    study: str
    grade: Grade
    source: Source
    evidence: str | None
    note: str | None
    derived: bool
    edition: str

    def _repr_html_(self) -> str:
        """Give the effect as a table for notebooks."""
        return _page(self)


def unit_cost(id: str, /) -> UnitCost:  # noqa: A002 - the name of the field
    """Give one entry of the catalogue.

    Parameters
    ----------
    id : str
        The id; :func:`catalogue` finds it.

    Returns
    -------
    UnitCost
        The entry, with its source and edition.

    Raises
    ------
    ImpactError
        Where there is no such entry, with the ids nearest to it.

    Examples
    --------
    >>> import socialimpact as si
    >>> print(si.unit_cost("gm-ho4-1").name)
    Bed and breakfast temporary accommodation
    """
    row = _row(unit_cost_table(id), ("name",))
    told: dict[str, Any] = {**row, "payers": tuple(row["payers"].split(", "))}
    return UnitCost(**told)


def effect(id: str, /) -> Effect:  # noqa: A002 - the name of the field
    """Give one effect of the register.

    Parameters
    ----------
    id : str
        The id; :func:`effects` finds it.

    Returns
    -------
    Effect
        The effect, with its source and edition.

    Raises
    ------
    ImpactError
        Where there is no such effect, with the ids nearest to it.

    Examples
    --------
    >>> import socialimpact as si
    >>> si.effect("ips-meta-qol").design
    'meta-analysis-of-trials'
    """
    return Effect(**_row(effect_table(id), ("countries", "intervention", "outcome", "population")))


def _row(table: Table, labels: tuple[str, ...]) -> dict[str, Any]:
    """Give the one row of a table with its labels and its source put together."""
    (row,) = table.to_pylist()
    for name in labels:
        en, nb = row.pop(f"{name}_en"), row.pop(f"{name}_nb")
        row[name] = None if en is None else Label(en, nb)
    row["source"] = Source(*(row.pop(f"source_{part}") for part in ("title", "url", "section")))
    return row


def _page(entry: UnitCost | Effect) -> str:
    told = [(field.name, getattr(entry, field.name)) for field in fields(entry)]
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(_text(value))}</td></tr>'
        for name, value in told
        if value is not None
    )
    return f'<table class="socialimpact"><tbody>{rows}</tbody></table>'


def _text(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)
