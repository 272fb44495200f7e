"""Projects of INDIGO, the open data standard for impact bonds of the Government Outcomes Lab, in and out without loss.

One rule: what is not ours is carried as it stands; exact terms go beside the words of the standard, under the key
`socialimpact`, which the standard leaves free.

Source: INDIGO data standard, schema of a project as of April 2024 (INDIGO-Initiative/indigo-data-standard).
"""

import copy
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

from socialimpact._core import Contract, Table
from socialimpact.errors import ImpactError
from socialimpact.importers import indigo_terms, json_text
from socialimpact.importers.faults import Faults, short
from socialimpact.paths import content_at

_LISTS = {
    "outcome_metrics": "id",
    "outcome_pricings": None,
    "outcome_payment_commitments": None,
    "investments": "id",
    "service_provisions": "id",
    "intermediary_services": None,
}
"""The lists that are read, and the text by which the standard names what is in them."""

_ROLES = {
    "outcome_payment_commitments": "outcome payer",
    "investments": "investor",
    "service_provisions": "provider",
    "intermediary_services": "intermediary",
}


class IndigoProject:
    """A project of INDIGO. It never changes.

    Examples
    --------
    >>> import socialimpact as si
    >>> project = si.read_indigo("fixtures/indigo/river-town.json")
    >>> project
    IndigoProject('INDIGO-POJ-9001', 'River Town: into work')
    >>> for price in project.pricings.to_pylist():
    ...     print(price["metric"], price["currency"], price["per_unit"], price["description"])
    outcomemetric1 NOK 40000 A fixed price for each participant who starts
    outcomemetric2 NOK None Rises with the share who are still there
    """

    __slots__ = ("_data", "_envelope", "_id", "_text")

    def __init__(self, envelope: dict[str, Any], text: str | None = None) -> None:
        """Hold a document against the standard, as far as it is read.

        Raises
        ------
        ImpactError
            With everything that is of another kind than the standard says.
        """
        self._envelope, self._text = envelope, text
        project = envelope.get("project", envelope)
        faults = Faults()
        if not isinstance(project, dict):
            faults.add("project", f"expected a table, found {_kind(project)}")
            faults.stop()
        self._data: dict[str, Any] = project.get("data", project if "project" not in envelope else {})
        self._id = project.get("id")
        if self._id is not None and not isinstance(self._id, str):
            faults.add("project.id", f"expected a text, found {_kind(self._id)}")
        _check(self._data, faults)
        faults.stop()

    @staticmethod
    def from_json(text: str, /, *, name: str = "project") -> "IndigoProject":
        """Read a project as INDIGO's service gives it (`{"project": {"id": …, "data": …}}`), or its data alone.

        Parameters
        ----------
        text : str
            The document, as JSON.
        name : str, default "project"
            What messages call it.

        Returns
        -------
        IndigoProject
            The project, with every field it has.

        Raises
        ------
        ImpactError
            For what is no JSON; with everything that is of another kind than the standard says.
        """
        envelope = json_text.read(text, name)
        if not isinstance(envelope, dict):
            raise ImpactError(f"{name}: a project is a table, found {_kind(envelope)}")
        return IndigoProject(envelope, text)

    @staticmethod
    def of(contract: Contract, /, *, id: str) -> "IndigoProject":  # noqa: A002 - the standard's own word
        """Give a contract as a project: what the standard has a place for, and the exact terms beside.

        Parameters
        ----------
        contract : Contract
            The terms. Holders whose ids are ids of INDIGO in small letters (`indigo-org-0001`) keep them.
        id : str
            The id that INDIGO gave the project, such as `INDIGO-POJ-0153`.

        Raises
        ------
        ImpactError
            For an id that is none of a project.
        """
        if not id.startswith("INDIGO-POJ-") or id == "INDIGO-POJ-":
            raise ImpactError(f"`{short(id)}` is no id of a project: INDIGO gives them, such as `INDIGO-POJ-0153`")
        project = IndigoProject({"project": {"id": id, "data": indigo_terms.data_of(contract)}})
        return project.with_contract(contract)

    @property
    def id(self) -> str | None:
        """The id of the project, such as ``INDIGO-POJ-0153``; None where only its data was given."""
        name: str | None = self._id
        return name

    @property
    def name(self) -> str | None:
        """What it is called; None where that is not said."""
        name: str | None = _value(self._data, "name")
        return name

    @property
    def data(self) -> dict[str, Any]:
        """Everything it says, as a copy of its own, numbers exact."""
        return copy.deepcopy(self._data)

    @property
    def metrics(self) -> Table:
        """What is measured, in the words of the project, by the ids that prices and results refer to."""
        rows = self._rows("outcome_metrics")
        people = "targeted_number_of_service_users_or_beneficiaries_total"
        return Table(
            {
                "id": [row.get("id") for row in rows],
                "definition": [_value(row, "definition") for row in rows],
                "target": [_value(row, "outcome_metric_target") for row in rows],
                "people": [_value(row, people) for row in rows],
            },
            types={**dict.fromkeys(("id", "definition", "target"), "text"), "people": "amount"},
        )

    @property
    def pricings(self) -> Table:
        """What is paid, as far as the project says: a price per unit where there is one, else words."""
        rows = self._rows("outcome_pricings")
        return Table(
            {
                "metric": [_value(row, "outcome_metric_id") for row in rows],
                "currency": [_value(row, "currency") for row in rows],
                "per_unit": [_value(row, "price_per_unit", "amount") for row in rows],
                "at_most": [_value(row, "maximum_price_if_all_targets_achieved", "amount") for row in rows],
                "description": [_value(row, "price_description") for row in rows],
            },
            types={**dict.fromkeys(("metric", "currency", "at_most", "description"), "text"), "per_unit": "amount"},
        )

    @property
    def organisations(self) -> Table:
        """Who takes part and as what, by the ids of the standard."""
        rows = [(row, role) for key, role in _ROLES.items() for row in self._rows(key)]
        return Table(
            {
                "organisation": [_value(row, "organisation_id") for row, _ in rows],
                "role": [role for _, role in rows],
                "category": [_value(row, "organisation_role_category") for row, _ in rows],
            },
            types=dict.fromkeys(("organisation", "role", "category"), "text"),
        )

    @property
    def contract(self) -> Contract | None:
        """The exact terms that stand beside; None where there are none.

        Raises
        ------
        ImpactError
            Where they are no terms, or not those whose hash stands with them.
        """
        return indigo_terms.read(self._data)

    def with_contract(self, contract: Contract, /) -> "IndigoProject":
        """Give the project with exact terms beside its own words; everything else stays as it is.

        A metric of the contract is one of the project where its id, or its indicator of the scheme ``indigo``, is the
        project's; other metrics and their prices are added.

        Parameters
        ----------
        contract : Contract
            The exact terms.

        Returns
        -------
        IndigoProject
            Another project; this one stays.

        Examples
        --------
        >>> import socialimpact as si
        >>> contract = si.read("fixtures/models/paid-by-results.toml").contract
        >>> project = si.read_indigo("fixtures/indigo/river-town.json").with_contract(contract)
        >>> si.IndigoProject.from_json(project.to_json()).contract == contract
        True
        """
        envelope = copy.deepcopy(self._envelope)
        project = envelope.get("project", envelope)
        indigo_terms.put(project.get("data", project), contract)
        return IndigoProject(envelope)

    def to_json(self) -> str:
        """Give the document: as it was read, to the letter, where nothing was put beside."""
        return json_text.write(self._envelope) if self._text is None else self._text

    def _rows(self, key: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self._data.get(key, [])
        return rows

    def __eq__(self, other: object) -> bool:
        """Compare everything in the documents, the order of keys left out."""
        return isinstance(other, IndigoProject) and self._envelope == other._envelope

    def __hash__(self) -> int:
        """Hash what both of equal projects have."""
        return hash((self._id, self.name))

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel as the document."""
        return (IndigoProject.from_json, (self.to_json(),))

    def __repr__(self) -> str:
        """Give the id and the name."""
        return f"IndigoProject({self._id!r}, {self.name!r})"


def read_indigo(path: str | os.PathLike[str]) -> IndigoProject:
    """Read a project of INDIGO from a JSON file.

    Parameters
    ----------
    path : str or path-like
        What INDIGO's service gives for a project, or its data alone.

    Returns
    -------
    IndigoProject
        The project, with every field it has.

    Raises
    ------
    OSError
        Where the file cannot be read.
    ImpactError
        For what is no JSON; with everything that is of another kind than the standard says.

    Examples
    --------
    >>> import socialimpact as si
    >>> si.read_indigo("fixtures/indigo/river-town.json").metrics.to_dict()["id"]
    ['outcomemetric1', 'outcomemetric2']
    """
    file = Path(path)
    try:
        text = content_at(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImpactError(f"{file.name}: the text is not UTF-8 (byte {error.start + 1})") from None
    return IndigoProject.from_json(text, name=file.name)


def _check(data: Any, faults: Faults) -> None:
    """Note what is of another kind than the standard says, among what is read."""
    if not isinstance(data, dict):
        faults.add("project.data", f"expected a table, found {_kind(data)}")
        return
    _check_value(data, ("name",), "project.data", str, faults)
    for key, name in _LISTS.items():
        rows = data.get(key, [])
        if not isinstance(rows, list):
            faults.add(f"project.data.{key}", f"expected a list, found {_kind(rows)}")
            continue
        for position, row in enumerate(rows):
            place = f"project.data.{key}.{position}"
            if not isinstance(row, dict):
                faults.add(place, f"expected a table, found {_kind(row)}")
                continue
            if name is not None and not isinstance(row.get(name, ""), str):
                faults.add(f"{place}.{name}", f"expected a text, found {_kind(row[name])}")
            for path, kind in _VALUES.get(key, {("organisation_id",): str}).items():
                _check_value(row, path, place, kind, faults)


_VALUES: dict[str, dict[tuple[str, ...], type]] = {
    "outcome_metrics": {
        ("definition",): str,
        ("outcome_metric_target",): str,
        ("targeted_number_of_service_users_or_beneficiaries_total",): Decimal,
    },
    "outcome_pricings": {
        ("outcome_metric_id",): str,
        ("currency",): str,
        ("price_per_unit", "amount"): Decimal,
        ("maximum_price_if_all_targets_achieved", "amount"): str,
        ("price_description",): str,
    },
}


def _check_value(row: dict[str, Any], path: tuple[str, ...], place: str, kind: type, faults: Faults) -> None:
    node: Any = row
    for key in (*path, "value"):
        place = f"{place}.{key}"
        if key not in node or node[key] is None:
            return
        node = node[key]
        if key != "value" and not isinstance(node, dict):
            faults.add(place, f"expected a table, found {_kind(node)}")
            return
    if not isinstance(node, kind):
        faults.add(place, f"expected {'a number' if kind is Decimal else 'a text'}, found {_kind(node)}")


def _value(row: dict[str, Any], *path: str) -> Any:
    """Give the value at a path of the standard; None where it is not said."""
    node: Any = row
    for key in (*path, "value"):
        node = node.get(key)
        if node is None:
            return None
    return node


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    kinds = {dict: "a table", list: "a list", str: "a text", bool: "true or false"}
    return kinds.get(type(value), "a number")
