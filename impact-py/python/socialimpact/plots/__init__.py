"""Pictures of results with matplotlib: plain columns in, matplotlib Axes out.

One rule: a picture computes no result; what it draws was worked out by the library or stands in the columns given.

Each function draws on the Axes given, or on a new figure of pyplot, and gives the Axes back. Colours are told apart by
the colour-blind and, by dashes, hatching and labels, without colour. Every text is drawn as it is: no ``$`` starts a
formula. `alt_text` says in words what a picture shows; `save` and `svg` write the same bytes every time.
"""

try:
    import matplotlib as _matplotlib
except ModuleNotFoundError as _error:
    if _error.name is None or _error.name.partition(".")[0] != "matplotlib":
        raise
    _SENTENCE = 'plots need matplotlib, which is not installed: pip install "socialimpact[plot]"'
    raise ModuleNotFoundError(_SENTENCE, name="matplotlib") from None

from socialimpact.plots.densities import density
from socialimpact.plots.draws import histogram
from socialimpact.plots.grids import heatmap
from socialimpact.plots.lines import curve
from socialimpact.plots.rows import bars, tornado
from socialimpact.plots.saving import save, svg
from socialimpact.plots.style import alt_text

del _matplotlib

__all__ = ["alt_text", "bars", "curve", "density", "heatmap", "histogram", "save", "svg", "tornado"]
