"""Reading models from files."""

import os
from pathlib import Path
from typing import Literal

from socialimpact._core import Catalogue, Contract, Model
from socialimpact.paths import document_at

_FORMS: dict[str, Literal["toml", "json"]] = {".toml": "toml", ".json": "json"}


def read(path: str | os.PathLike[str], *, catalogue: Catalogue | None = None) -> Model:
    """Read a model document from a file.

    Parameters
    ----------
    path : str or path-like
        A file ending in ``.toml`` or ``.json``; of another file the content decides. A workbook that
        ``to_excel`` wrote, ending in ``.xlsx``, is read as the model it is of, with the numbers that were changed in
        it.
    catalogue : Catalogue, optional
        Unit costs of the user's own, which the document may name.

    Returns
    -------
    Model
        The model.

    Raises
    ------
    OSError
        Where the file cannot be read.
    ImpactError
        Where the path is a directory's; with everything that is wrong in the file, each problem with its address,
        line and column.

    Examples
    --------
    >>> import socialimpact as si
    >>> si.read("fixtures/models/sandefjord.toml").holders
    ('participants', 'municipality', 'state')
    """
    file = Path(path)
    content = document_at(file)
    if file.suffix.lower() == ".xlsx":
        from socialimpact.importers.value_map import model_of_workbook

        return model_of_workbook(content, file.name, catalogue=catalogue)
    return Model.from_bytes(content, form=_FORMS.get(file.suffix.lower()), catalogue=catalogue)


def read_catalogue(path: str | os.PathLike[str]) -> Catalogue:
    """Read a catalogue of the user's own from a file.

    Parameters
    ----------
    path : str or path-like
        A file in TOML or JSON; JSON where it opens with ``{``.

    Returns
    -------
    Catalogue
        Its unit costs.

    Raises
    ------
    OSError
        Where the file cannot be read.
    ImpactError
        Where the path is a directory's; with everything that is wrong in the file, each problem with its address,
        line and column.

    Examples
    --------
    >>> import socialimpact as si
    >>> si.read_catalogue("fixtures/catalogues/own.toml").ids
    ('our-day-centre', 'our-night-shelter')
    """
    return Catalogue.from_bytes(document_at(Path(path)))


def read_contract(path: str | os.PathLike[str]) -> Contract:
    """Read the terms of a contract from a file; of a model, its own.

    Parameters
    ----------
    path : str or path-like
        A file in TOML or JSON; JSON where it opens with ``{``. A workbook that ``to_excel`` wrote, ending in
        ``.xlsx``, is read as the contract of its model.

    Returns
    -------
    Contract
        Its terms.

    Raises
    ------
    OSError
        Where the file cannot be read.
    ImpactError
        Where the path is a directory's; with everything that is wrong in the file, each problem with its address,
        line and column.

    Examples
    --------
    >>> import socialimpact as si
    >>> si.read_contract("fixtures/contracts/denver.toml").payments
    ('housing', 'jail')
    >>> si.read_contract("fixtures/models/paid-by-results.toml").payers
    ('municipality', 'state', 'fund')
    """
    file = Path(path)
    if file.suffix.lower() == ".xlsx":
        model = read(file)
        return model.contract or Contract.from_toml(model.to_toml())
    return Contract.from_bytes(document_at(file))
