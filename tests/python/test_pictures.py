"""Every picture in both languages: nothing overlaps, is cut or lies outside, and what was invented is marked."""

from functools import cache
from itertools import pairwise
from typing import Any

import matplotlib as mpl
import pytest
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.axis import Tick
from matplotlib.text import Annotation, Text

import socialimpact as si
from models import sandefjord
from pictures import PICTURES
from socialimpact import plots

mpl.use("Agg")

every = pytest.mark.parametrize("name", PICTURES)
languages = pytest.mark.parametrize("lang", ["en", "nb"])
NO_MARK = ("a distribution", "a count")
"""Pictures of no model."""
LEAST = 0.4
"""The least part of its axis that bars in rows take."""


@cache
def drawn(name: str, lang: si.Language) -> Axes:
    """Draw a picture once for all tests, and lay it out."""
    ax = PICTURES[name](lang)
    pyplot.close(laid_out(ax))
    return ax


def laid_out(ax: Axes) -> Any:
    """Lay a picture out as it is saved, and give its figure."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.canvas.draw()
    return figure


def of(name: str, lang: si.Language) -> Any:
    """Give the figure of a picture that was drawn."""
    return drawn(name, lang).get_figure(root=True)


def boxes(texts: list[Text]) -> list[Any]:
    """Give where texts stand, those that say nothing left out."""
    return [text.get_window_extent() for text in texts if text.get_visible() and text.get_text()]


@languages
@every
def test_no_tick_is_written_over_another(name: str, lang: si.Language) -> None:
    figure = of(name, lang)
    for ax in figure.axes:
        shown = on_axes(ax)
        along = boxes([label for label in ax.get_xticklabels() if label in shown])
        up = boxes([label for label in ax.get_yticklabels() if label in shown])
        assert all(left.x1 < right.x0 for left, right in pairwise(sorted(along, key=lambda box: box.x0)))
        assert all(below.y1 <= above.y0 + 1 for below, above in pairwise(sorted(up, key=lambda box: box.y0)))


@languages
@every
def test_every_text_lies_within_the_picture(name: str, lang: si.Language) -> None:
    figure = of(name, lang)
    ticks = {id(label) for tick in figure.findobj(Tick) for label in (tick.label1, tick.label2)}
    said = [text for text in figure.findobj(Text) if id(text) not in ticks and text.get_text() and text.get_visible()]
    for text in [*said, *(label for ax in figure.axes for label in on_axes(ax))]:
        box = text.get_window_extent()
        assert box.x0 >= 0, text.get_text()
        assert box.y0 >= 0, text.get_text()
        assert box.x1 <= figure.bbox.x1 + 1, text.get_text()
        assert box.y1 <= figure.bbox.y1 + 1, text.get_text()


def on_axes(ax: Axes) -> list[Text]:
    """Give the labels of ticks that lie within what the axes show: others are not drawn."""
    along, up = sorted(ax.get_xlim()), sorted(ax.get_ylim())
    found = [label for label in ax.get_xticklabels() if along[0] <= label.get_position()[0] <= along[1]]
    found += [label for label in ax.get_yticklabels() if up[0] <= label.get_position()[1] <= up[1]]
    return [label for label in found if label.get_text() and ax.axison]


@languages
@every
def test_no_title_is_cut_and_no_word_is_broken(name: str, lang: si.Language) -> None:
    figure = of(name, lang)
    for text in figure.findobj(Text):
        assert "…" not in text.get_text()
    said = [tick.get_text() for tick in figure.axes[0].get_yticklabels()]
    assert not any(line and line[0].islower() and len(line) <= 3 for text in said for line in text.split("\n")[1:])


@every
def test_what_is_invented_is_marked_in_every_picture_of_a_model(name: str) -> None:
    said = " ".join(text.get_text() for text in of(name, "en").findobj(Text))
    assert ("illustrat" in said) is (name not in NO_MARK)


@languages
@every
def test_every_axis_of_numbers_says_what_it_counts(name: str, lang: si.Language) -> None:
    figure = of(name, lang)
    for one in figure.axes:
        if boxes(one.get_xticklabels()) and name not in NO_MARK:
            assert one.get_xlabel()
        if any(character.isdigit() for text in one.get_yticklabels() for character in text.get_text()):
            assert one.get_ylabel()


@pytest.mark.parametrize("name", ["a tornado", "a waterfall below zero", "influence", "a comparison"])
def test_bars_take_a_good_part_of_their_axis(name: str) -> None:
    ax = drawn(name, "nb")
    ends = [end for patch in ax.patches for end in (patch.get_x(), patch.get_x() + patch.get_width())]  # type: ignore[attr-defined]  # all are bars
    low, high = ax.get_xlim()
    assert (max(ends) - min(ends)) / (high - low) > LEAST


def test_the_key_of_a_map_ends_where_its_values_do() -> None:
    """A chance of 95 % beside a line at 40 % is no reason for a key to 115 %."""
    cells = [[0.05, 0.5], [0.3, 0.95]]
    ax = plots.heatmap([1, 2], [1, 2], cells, contour=0.4, unit="share", x_label="x", y_label="y")
    key = laid_out(ax).axes[1]
    assert key.get_ylim() == pytest.approx((0.05, 0.95))
    written = [text.get_text() for text in on_axes(key)]
    assert written[-1] in {"80%", "90%"}
    above = plots.heatmap([1, 2], [1, 2], [[2, 3], [4, 5]], contour=1, x_label="x", y_label="y")
    assert laid_out(above).axes[1].get_ylim() == pytest.approx((1, 5))


def test_a_mark_stands_clear_of_the_line_it_is_on() -> None:
    ax, figure = drawn("a budget", "en"), of("a budget", "en")
    (mark,) = [text for text in figure.findobj(Annotation) if "breaks even" in text.get_text()]
    box = mark.get_window_extent()
    line = ax.transData.transform(ax.lines[0].get_xydata())
    for (left, low), (right, high) in pairwise(line):
        for step in range(21):
            at, height = left + (right - left) * step / 20, low + (high - low) * step / 20
            assert not (box.x0 < at < box.x1 and box.y0 < height < box.y1)


def test_marks_of_a_long_name_are_never_cut() -> None:
    model = si.Model.from_dict(_with_long_holder())
    ax = model.tornado("npv", holder="municipality").plot()
    title = ax.get_title(loc="left").replace("\n", " ")
    assert title.endswith("…, illustrative, unverified")


def _with_long_holder() -> dict[str, Any]:
    content = sandefjord().to_dict()
    for holder in content["holders"]:
        if holder["id"] == "municipality":
            holder["name"] = "The municipality of a place with a name that is longer than any title can be " * 2
    return content
