"""The look of all pictures: colours, letters, grid, and numbers on the axes in the reader's language.

One rule: nothing of matplotlib's own settings is changed for others; the look is laid on the Axes that is drawn on.
"""

import math
import re
import textwrap
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.ticker import FixedLocator, Formatter, MaxNLocator

from socialimpact.plots.columns import label as shown_label
from socialimpact.plots.columns import refused
from socialimpact.report.chart import COLOURS, STROKES
from socialimpact.types import Language
from socialimpact.wording.numbers import Numbers
from socialimpact.wording.texts import LANGUAGES, Texts

MAIN, SECOND = COLOURS[0], COLOURS[1]
LIGHT = "#9fbdd6"
"""The main colour, lightened."""
INK, QUIET, GRID = "#222222", "#595959", "#e2e2e2"
"""Text, lesser text and axes, and the grid; the first two have a contrast above 7 to white."""
HATCH = "////"
MARKERS = ("o", "s", "^", "D", "v")
FONT = "DejaVu Sans"
"""Comes with matplotlib, so that a picture looks the same everywhere."""
SIZE, SMALL = 10.0, 9.0
"""Letters, in points."""
WIDTH = 7.2
"""Of a picture, in inches."""

Dash: TypeAlias = str | tuple[int, tuple[float, ...]]

_EDGE = 0.12
"""Left free around a picture, in inches."""
_WIDE, _BOLD, _LEADING = 0.53, 1.15, 12.5
"""Width of a letter as a share of its height, how much wider bold ones are, and points from line to line."""
_LINE_OF_TITLE, _LINES_OF_TITLE = 44, 4
"""Characters of a title in a line, and how many lines it has at most."""
LONGEST_HEAD = 112
"""Characters of a title."""
_SHOWN_DIGITS = 3
"""Significant digits of a figure in a picture; ticks have those they need."""
_FAR, _NEAR = 1e15, 1e-9
"""Numbers beyond these are written with a power of ten."""
_SCALES = ((5e9, 1e9, "billions"), (5e6, 1e6, "millions"))
"""From which size on an axis counts in what."""
_MOST_DIGITS = 12
_MOST_PLACES = 12
"""Ticks that have places of their own; more stand at round numbers."""
_LINES = 2
_TICKS, _FEWEST_TICKS, _BETWEEN = 6, 2, 2
"""How many ticks an axis has at most and at least, and the letters that are left free between two."""
_KEY = 9
"""Letters that a key takes beside its longest line."""
_LONGEST_TITLE = 120
"""Characters of the title of an axis; it is wrapped to the length of the axis."""
_OVER = 6
"""Letters that a word may be longer than a line before it is broken."""
_EMPTY = 1.6
"""Height of a picture of nothing, in inches."""
_NARROWEST = 20
"""Letters of the title of an axis that stand in a line at least."""
_SETTINGS: dict[Any, Any] = {
    "font.family": [FONT],
    "font.size": SIZE,
    "text.parse_math": False,
    "text.usetex": False,
    "axes.unicode_minus": True,
    "hatch.linewidth": 0.6,
    "path.sketch": None,
}


@contextmanager
def drawing() -> Generator[None, None, None]:
    """Keep the settings of matplotlib as they are for others.

    The first picture of a notebook chooses how pictures are shown, and turns them on: that is kept.
    """
    with mpl.rc_context(_SETTINGS):
        yield
        is_interactive = mpl.is_interactive()
    mpl.interactive(is_interactive)


def axes(ax: Axes | None, height: float) -> Axes:
    """Give the Axes to draw on, in the look of the library; a new figure of pyplot where none is given."""
    if ax is None:
        from matplotlib import pyplot

        figure, ax = pyplot.subplots(figsize=(WIDTH, height), layout="constrained", facecolor="white")
        if (engine := figure.get_layout_engine()) is not None:
            engine.set(w_pad=_EDGE, h_pad=_EDGE)  # type: ignore[call-arg]  # the constrained engine has both
    ax.set_axisbelow(True)
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_color(QUIET)
    ax.tick_params(
        colors=QUIET,
        labelcolor=INK,
        labelsize=SMALL,
        labelfontfamily=FONT,
        length=3,
        grid_color=GRID,
        grid_linewidth=0.8,
    )
    return ax


def dash(position: int) -> Dash:
    """Give the dashes of a line, told apart without colour."""
    # Lines of one colour have other dashes.
    stroke = STROKES[(position + position // len(COLOURS)) % len(STROKES)]
    return (0, tuple(float(length) / 1.6 for length in stroke.split())) if stroke else "-"


def colour(position: int) -> str:
    """Give the colour of a line."""
    return COLOURS[position % len(COLOURS)]


def texts(lang: Language) -> Texts:
    """Give the fixed texts of a language."""
    if lang not in LANGUAGES:
        raise refused("lang", f"`{lang}` is not a language of the reports: choose `en` or `nb`")
    return Texts(lang)


@dataclass(frozen=True, slots=True)
class Numbering:
    """How the numbers of one axis are written."""

    texts: Texts
    numbers: Numbers
    factor: float
    """What one on the axis stands for."""
    unit: str
    """What is counted; empty where nothing is said."""
    is_share: bool
    is_year: bool = False

    def text(self, value: float, digits: int | None = None) -> str:
        """Give a number as it stands in the picture, without its unit."""
        if self.is_year and value == round(value):
            return str(round(value))
        if not math.isfinite(value):
            return "" if math.isnan(value) else ("\u221e" if value > 0 else "\u2212\u221e")
        scaled = value * 100 if self.is_share else value / self.factor
        if abs(scaled) >= _FAR or 0 < abs(scaled) < _NEAR:
            text = self._far(scaled)
        elif digits is None:
            short = Decimal(f"{scaled:.{_SHOWN_DIGITS - 1}e}").normalize()
            text = self.numbers.fixed(short, max(0, -int(short.as_tuple().exponent)))
        else:
            text = self.numbers.fixed(Decimal(repr(round(scaled, digits))), digits)
        if not self.is_share:
            return text
        return text + ("%" if self.texts.language == "en" else "\u00a0%")

    def with_unit(self, value: float) -> str:
        """Give a number with its unit."""
        return f"{self.text(value)} {self.unit}" if self.unit and value else self.text(value)

    def share(self, part: float) -> str:
        """Give a part of a whole as a percentage."""
        if 0 < part < 1 and round(part, 3) in {0, 1}:
            return self.numbers.part(part)
        return Numbering(self.texts, self.numbers, 1.0, "", is_share=True).text(round(part, 3))

    def between(self, level: float, ends: tuple[float, float]) -> str:
        """Say how much lies between two ends."""
        low, high = self.text(ends[0]), self.with_unit(ends[1])
        return self.texts("plot.between", share=self.share(level), low=low, high=high)

    def titled(self, label: str | None) -> str:
        """Give the title of an axis: what it shows, and in what."""
        return ", ".join(part for part in (shown_label(label, _LONGEST_TITLE) if label else "", self.unit) if part)

    def _far(self, value: float) -> str:
        digits, power = f"{value:.2e}".split("e")
        point = "." if self.texts.language == "en" else ","
        return f"{digits.replace('.', point)}·10^{int(power)}".replace("-", "\u2212")


def numbering(lang: Language, unit: str | None, values: Sequence[float]) -> Numbering:
    """Choose how numbers like these are written; ``"share"`` makes them percentages, ``"calendar-year"`` years."""
    words = texts(lang)
    numbers = Numbers(lang, "NOK", 0)
    if unit == "share":
        return Numbering(words, numbers, 1.0, "", is_share=True)
    if unit == "calendar-year":
        return Numbering(words, numbers, 1.0, "", is_share=False, is_year=True)
    name = "" if unit is None else (numbers.currency if unit == "NOK" else shown_label(unit))
    size = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    for least, factor, key in _SCALES:
        if name and size >= least:
            return Numbering(words, numbers, factor, words(f"plot.{key}", unit=name), is_share=False)
    return Numbering(words, numbers, 1.0, name, is_share=False)


class Ticks(Formatter):
    """Numbers at the ticks of an axis, all with the decimals that their steps need."""

    def __init__(self, numbering: Numbering) -> None:
        """Write them in this way."""
        self.numbering = numbering

    def __call__(self, x: float, pos: int | None = None) -> str:  # noqa: ARG002
        """Give one of them."""
        return self.format_ticks([x])[0]

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """Give all of them."""
        scaled = [value * 100 if self.numbering.is_share else value / self.numbering.factor for value in values]
        size = max((abs(value) for value in scaled), default=1.0) or 1.0
        digits = next((most for most in range(_MOST_DIGITS) if _is_on(scaled, most, size)), _MOST_DIGITS)
        return [self.numbering.text(float(value), digits) for value in values]


def _is_on(values: Sequence[float], digits: int, size: float) -> bool:
    return all(abs(value - round(value, digits)) <= 1e-9 * size for value in values)


def number_ticks(
    axis_of: Axes, which: str, numbering: Numbering, label: str | None, *, places: Sequence[float] | None = None
) -> None:
    """Lay numbers and a title along an axis, ``"x"`` or ``"y"``; ticks stand at `places`, or at round numbers."""
    axis = axis_of.xaxis if which == "x" else axis_of.yaxis
    most = _room_for_ticks(axis_of, numbering) if which == "x" else _TICKS
    if numbering.is_year:
        axis.set_major_locator(MaxNLocator(nbins=8, steps=[1, 2, 5, 10], integer=True))
    elif places is None:
        axis.set_major_locator(MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10]))
    elif len(places) <= _MOST_PLACES:
        axis.set_major_locator(FixedLocator(places))
    elif all(place == round(place) for place in places):
        axis.set_major_locator(MaxNLocator(nbins=most, steps=[1, 2, 5, 10], integer=True))
    axis.set_major_formatter(Ticks(numbering))
    text = fitted(axis_of, numbering.titled(label), upright=which == "y")
    axis.set_label_text(text, color=INK, fontfamily=FONT, fontsize=SIZE)


def _room_for_ticks(ax: Axes, numbering: Numbering) -> int:
    """Count the ticks that find room along an axis, beside the key that may stand there."""
    longest = max(len(numbering.text(end)) for end in ax.get_xlim())
    key = ax.get_legend()
    lines = [line for text in (key.get_texts() if key is not None else []) for line in text.get_text().split("\n")]
    is_beside = key is not None and key.get_bbox_to_anchor().x0 > ax.bbox.x1
    room = letters(ax) - (max(map(len, lines)) + _KEY if is_beside else 0)
    return max(_FEWEST_TICKS, min(_TICKS, room // (longest + _BETWEEN)))


def is_own(ax: Axes) -> bool:
    """Tell whether a picture has a figure to itself, which is laid out around it."""
    figure = ax.get_figure(root=True)
    return figure is not None and figure.get_layout_engine() is not None and len(figure.axes) == 1


def wide(ax: Axes) -> float:
    """Give the width that the names of rows and what they name share, in points, before the picture is laid out."""
    figure = ax.get_figure(root=True)
    inches = WIDTH if figure is None else figure.get_figwidth()
    return (inches - 2 * _EDGE) * 72 if is_own(ax) else ax.get_position().width * inches * 72


def fitted(ax: Axes, text: str, *, upright: bool) -> str:
    """Give the title of an axis in as many lines as it needs to stay beside the axis."""
    figure, place = ax.get_figure(root=True), ax.get_position()
    if figure is None:
        return text
    inches = place.height * figure.get_figheight() if upright else place.width * figure.get_figwidth()
    return "\n".join(_lines_of(text, max(_NARROWEST, int(inches * 72 / (SIZE * _WIDE)))))


def heading(ax: Axes, title: str | None, said: Sequence[str], *, lifted: float = 0.0) -> None:
    """Write the title, and below it what the picture says in figures; `lifted` points of room are left below both."""
    below = _joined([part for part in said if part], letters(ax))
    if title:
        width = min(_LINE_OF_TITLE, int(letters(ax) * SMALL / (SIZE + 2) / _BOLD))
        lines = wrapped(shown_label(title, LONGEST_HEAD), width, _LINES_OF_TITLE)
        pad = lifted + 8 + (16 + (len(below) - 1) * _LEADING if below else 0)
        ax.set_title(lines, loc="left", color=INK, fontsize=SIZE + 2, fontweight="bold", pad=pad)
    if below:
        ax.annotate(
            "\n".join(below),
            (0, 1),
            (0, lifted + 8),
            xycoords="axes fraction",
            textcoords="offset points",
            color=QUIET,
            fontsize=SMALL,
        )


def letters(ax: Axes) -> int:
    """Count the small letters that stand side by side above a picture, as far as is known before it is laid out."""
    figure = ax.get_figure(root=True)
    inches = ax.get_position().width * (figure.get_figwidth() if figure is not None else WIDTH)
    return max(20, int(inches * 72 / (SMALL * _WIDE)))


def _joined(parts: Sequence[str], width: int) -> list[str]:
    """Put parts beside each other with a dot between them, and below each other where they need it."""
    lines: list[str] = []
    for part in parts:
        beside = f"{lines[-1]} \u00b7 {part}" if lines else part
        lines[-1:] = [beside] if not lines or len(beside) <= width else [lines[-1], part]
    return lines


def named(title: str | None) -> str:
    """Give the title as it begins the picture in words; empty where there is none."""
    return shown_label(title, LONGEST_HEAD) if title else ""


def wrapped(text: str, width: int, most: int = _LINES) -> str:
    """Give a text in so many lines at most."""
    lines = _lines_of(text, width) or [""]
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][: width - 1] + "…"]
    return "\n".join(lines)


def _lines_of(text: str, width: int) -> list[str]:
    """Give a text in lines: a word that is longer than they are has a line of its own, an address breaks at a dot."""
    longest = max((len(word) for word in re.split(r"[\s-]+", text)), default=0)
    if width < longest <= width + _OVER:
        width = longest
    parts = [part for word in text.split() for part in _parts(word, width)]
    return textwrap.wrap(" ".join(parts), width)


def _parts(word: str, width: int) -> list[str]:
    """Give an address in parts that fit into a line."""
    if len(word) <= width or "." not in word[1:-1]:
        return [word]
    cut = word.rfind(".", 0, width) + 1
    return [word[:cut], *_parts(word[cut:], width)] if 0 < cut < len(word) else [word]


def ink_on(shade: tuple[float, ...]) -> str:
    """Give the colour of letters that is read best on a colour."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in shade[:3]]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "white" if 1.05 / (light + 0.05) > (light + 0.05) / 0.066 else INK


def beside(ax: Axes, title: str) -> None:
    """Name what is drawn beside the picture."""
    key = ax.legend(
        loc="center left",
        bbox_to_anchor=(1.01, 0.5),
        title=title,
        fontsize=SMALL,
        title_fontsize=SMALL,
        labelcolor=INK,
        handlelength=3,
        labelspacing=0.8,
        alignment="left",
        frameon=False,
    )
    key.get_title().set_color(INK)


def empty(title: str, sentence: str, ax: Axes | None) -> Axes:
    """Draw that there is nothing to draw, and why."""
    with drawing():
        ax = axes(ax, _EMPTY)
        ax.set_axis_off()
        heading(ax, title, [])
        ax.text(
            0, 0.5, wrapped(sentence, letters(ax), 4), transform=ax.transAxes, va="center", color=INK, fontsize=SIZE
        )
        return finished(ax, f"{named(title)}: {sentence}")


def finished(ax: Axes, alt: str) -> Axes:
    """Draw every text as it is, and keep the picture in words with it."""
    for text in ax.findobj(Text):
        text.set_parse_math(False)
        text.set_usetex(False)
    ax.set_label(alt)
    return ax


def alt_text(ax: Axes) -> str:
    """Give a picture in words, for those who do not see it: kept as the label of its Axes.

    Examples
    --------
    >>> import socialimpact as si
    >>> from socialimpact import plots
    >>> plots.alt_text(si.Distribution.uniform(2, 5).plot())
    'Distribution: mean 3.5, 90% between 2.15 and 4.85'
    """
    return str(ax.get_label())
