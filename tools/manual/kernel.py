"""What the kernel of the manual's notebooks runs first: a picture is shown as SVG, with its words beside it."""

from base64 import b64encode
from html import escape
from typing import Any


def picture(axes: Any) -> str:
    """Give a picture of the library as an image of the page."""
    from matplotlib import pyplot

    from socialimpact import plots

    words, drawn = plots.alt_text(axes), plots.svg(axes)
    pyplot.close(axes.get_figure(root=True))
    return f'<img alt="{escape(words)}" src="data:image/svg+xml;base64,{b64encode(drawn.encode()).decode()}">'


def shown(axes: Any) -> str | None:
    """Show Axes with words of their own; others as Python does."""
    return None if str(axes.get_label()).startswith("<") else picture(axes)


get_ipython().display_formatter.formatters["text/html"].for_type_by_name(  # type: ignore[name-defined]  # noqa: F821
    "matplotlib.axes._axes", "Axes", shown
)
