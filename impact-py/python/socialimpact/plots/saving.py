"""Pictures as files: the same picture gives the same bytes.

One rule: no date, no version and no random name is written; the picture in words is written with it.
"""

import io
import os
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from socialimpact.plots.columns import refused
from socialimpact.plots.style import alt_text
from socialimpact.writing import write_whole

_SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "socialimpact",
    "svg.fonttype": "none",
    "savefig.bbox": None,
    "text.parse_math": False,
    "text.usetex": False,
    "path.sketch": None,
}
_FORMS = {".svg": "svg", ".png": "png", ".pdf": "pdf"}
_CLOCKS = {"svg": "Date", "png": "Software", "pdf": "CreationDate"}
"""What would differ from one day, or one version of matplotlib, to the next."""
_DOTS = 200
"""Of a PNG, per inch."""


def save(picture: Axes | Figure, path: str | os.PathLike[str]) -> None:
    """Write a picture to a file, the same bytes every time.

    Parameters
    ----------
    picture : matplotlib Axes or Figure
        What to write; of Axes the whole figure.
    path : str or path-like
        A file ending in ``.svg``, ``.png`` or ``.pdf``.

    Raises
    ------
    ImpactError
        For another ending.
    OSError
        Where the file cannot be written.
    """
    file = Path(path)
    form = _FORMS.get(file.suffix.lower())
    if form is None:
        raise refused("path", f"`{file.suffix}` is no form of pictures: choose .svg, .png or .pdf")
    write_whole(file, _written(picture, form))


def svg(picture: Axes | Figure) -> str:
    """Give a picture as SVG, with its words as the title that screen readers say.

    Examples
    --------
    >>> import socialimpact as si
    >>> from socialimpact import plots
    >>> text = plots.svg(si.Distribution.uniform(2, 5).plot())
    >>> "<title>Distribution: mean 3.5" in text
    True
    """
    return _written(picture, "svg").decode("utf-8")


def _written(picture: Axes | Figure, form: str) -> bytes:
    figure = picture.get_figure(root=True) if isinstance(picture, Axes) else picture
    if not isinstance(figure, Figure):
        raise refused("picture", "the Axes stand in no figure")
    words = ". ".join(text for ax in figure.axes if (text := alt_text(ax)) and not text.startswith("<"))
    metadata: dict[str, str | None] = {"Title": words, _CLOCKS[form]: None}
    content = io.BytesIO()
    with mpl.rc_context(_SETTINGS):
        figure.savefig(content, format=form, dpi=_DOTS, metadata=metadata)
    written = content.getvalue()
    return written.replace(b"<svg ", b'<svg role="img" ', 1) if form == "svg" else written
