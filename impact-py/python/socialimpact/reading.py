"""Reading models from files."""

import os
from pathlib import Path
from typing import Literal

from socialimpact._core import Model

_FORMS: dict[str, Literal["toml", "json"]] = {".toml": "toml", ".json": "json"}


def read(path: str | os.PathLike[str]) -> Model:
    """Read a model document from a file.

    Parameters
    ----------
    path : str or path-like
        A file ending in ``.toml`` or ``.json``; of another file the content decides.

    Returns
    -------
    Model
        The model.

    Raises
    ------
    OSError
        Where the file cannot be read.
    ImpactError
        With everything that is wrong in it, each problem with its address, line and column.

    Examples
    --------
    >>> import socialimpact as si
    >>> si.read("fixtures/models/sandefjord.toml").holders
    ('participants', 'municipality', 'state')
    """
    file = Path(path)
    return Model.from_bytes(file.read_bytes(), form=_FORMS.get(file.suffix.lower()))
