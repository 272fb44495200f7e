"""Templates: model documents of a domain, to begin one's own from."""

from dataclasses import dataclass, field
from decimal import Decimal

from socialimpact._core import Model, template_table
from socialimpact.label import Label


@dataclass(frozen=True, slots=True)
class Gap:
    """A number of a template that nobody has published.

    Attributes
    ----------
    address : str
        Where it stands in the document.
    value : Decimal
        What stands there to show the working: replace it.
    unit : str
        What it is in.
    missing : str
        What is missing, and where it would be found.

    Examples
    --------
    >>> import socialimpact as si
    >>> gap = si.template("work-inclusion").gaps()[0]
    >>> gap.address, gap.unit
    ('costs.programme.per_year', 'NOK a year (2024 prices)')
    """

    address: str
    value: Decimal
    unit: str
    missing: str


@dataclass(frozen=True, slots=True)
class Template:
    """A model document to begin one's own from, as its author wrote it.

    What the catalogue and the register of effects have is taken from there; a number that nobody has published is
    marked ``illustrative`` and is one of the gaps.

    Attributes
    ----------
    id : str
        The domain it is of.
    name, description : Label
        What it is called; what is done, and what is not counted.
    country, edition : str
        Whose figures it is written with, and the edition of the templates.
    text : str
        The document, in TOML, with its author's comments: write it to a file and edit it.

    Examples
    --------
    >>> import socialimpact as si
    >>> template = si.template("reentry")
    >>> print(template.name)
    Reentry after prison
    >>> model = template.model()
    >>> model.outcomes
    ('back-in-prison', 'followed-into-work', 'breaches-seen')
    >>> gap = template.gaps()[1]
    >>> gap.address, gap.missing
    ('costs.follow-up.per_year', "what the follow-up costs; the provider's budget")
    """

    id: str
    name: Label
    description: Label
    country: str
    edition: str
    text: str = field(repr=False)

    def model(self) -> Model:
        """Read the model of the template.

        Returns
        -------
        Model
            The model.
        """
        return Model.from_toml(self.text)

    def gaps(self) -> tuple[Gap, ...]:
        """List the numbers that nobody has published.

        Returns
        -------
        tuple of Gap
            Each with its address, what stands there now, what is missing and where it would be found.
        """
        invented = (row for row in self.model().assumptions.to_pylist() if row["illustrative"])
        return tuple(Gap(row["address"], row["value"], row["unit"], _missing(row["source_title"])) for row in invented)


_MARK = "gap: "
"""How the source of such a number begins."""


def _missing(source: str | None) -> str:
    return (source or "").removeprefix(_MARK)


def template(id: str, /) -> Template:  # noqa: A002 - the name of the field
    """Give a template by its id.

    Parameters
    ----------
    id : str
        The id; :func:`templates` lists them.

    Returns
    -------
    Template
        The template.

    Raises
    ------
    ImpactError
        Where there is no such template, with the ids nearest to it.

    Examples
    --------
    >>> import socialimpact as si
    >>> round(si.template("homelessness").model().appraise().measure("npv", holder="municipality").value)
    -586105
    """
    (row,) = template_table(id).to_pylist()
    for name in ("name", "description"):
        row[name] = Label(row.pop(f"{name}_en"), row.pop(f"{name}_nb"))
    return Template(**row)
