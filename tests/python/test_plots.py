"""Pictures: what they say, that they say it literally, and that they leave nothing behind."""

import doctest
import io
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.patches import StepPatch
from matplotlib.text import Text

import socialimpact as si
from socialimpact import plots
from socialimpact.plots import style
from socialimpact.report.chart import COLOURS

mpl.use("Agg")

ROWS: list[dict[str, object]] = [
    {"label": "Drop-off", "low": 5.5e6, "high": 2.5e6},
    {"label": "Deadweight", "low": 9.0e6, "high": -2e6, "low_at": "10 %", "high_at": "60 %"},
    {"address": "outcomes.into-work.quantity", "low": -1.5e6, "high": 8e6},
]
X, Y = [0, 0.1, 0.2, 0.3], [4.5, 8.5, 12.5]
LINES: dict[str, list[float]] = {"EVSI": [0, 2.5, 3, 3.25], "Cost": [0, 1, 2, 3]}
GRID = [[y * 3.5 * (1 - x) - 25.5 for x in X] for y in Y]

DRAWN: dict[str, Callable[..., Axes]] = {
    "density": lambda **more: plots.density(si.Distribution.beta(mean=0.35, sd=0.1), **more),
    "counts": lambda **more: plots.density(si.Distribution.poisson(3.5), **more),
    "mixture": lambda **more: plots.density(
        si.Distribution.mixture([(1, si.Distribution.discrete({0: 1})), (9, si.Distribution.normal(mean=15, sd=3))]),
        **more,
    ),
    "histogram": lambda **more: plots.histogram(
        si.Distribution.normal(mean=1.5, sd=2).sample(2000, seed=7),
        threshold=0.5,
        mean=1.5,
        interval=(-1.79, 4.79),
        **more,
    ),
    "bins": lambda **more: plots.histogram(edges=[0, 0.5, 1.5], counts=[3, 5], threshold=0.25, **more),
    "tornado": lambda **more: plots.tornado([{"label": "Lag", "low": 1.25, "high": 2.5}], base=2, **more),
    "bars": lambda **more: plots.bars(["Wage", "Lag"], [0.25, 0.75], low=[0.1, 0.6], high=[0.3, 0.8], **more),
    "series": lambda **more: plots.bars(["Wage", "Lag"], {"First": [0.2, 0.55], "All": [0.25, 0.75]}, **more),
    "curve": lambda **more: plots.curve(X, LINES, target=1.5, **more),
    "heatmap": lambda **more: plots.heatmap(X, Y, GRID, **more),
    "large grid": lambda **more: plots.heatmap(
        [x / 10 for x in range(20)], range(15), [[x + y - 12.5 for x in range(20)] for y in range(15)], **more
    ),
}

every = pytest.mark.parametrize("drawn", DRAWN.values(), ids=DRAWN.keys())


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """Close the figures of a test."""
    yield
    pyplot.close("all")


def texts(ax: Axes) -> list[str]:
    """Give every text of a picture as it is drawn."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.canvas.draw()
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


@every
def test_a_picture_is_axes_with_words_and_changes_no_setting(drawn: Callable[..., Axes]) -> None:
    before = dict(mpl.rcParams)
    ax = drawn()
    assert isinstance(ax, Axes)
    assert len(plots.alt_text(ax)) > 10
    plots.svg(ax)
    assert dict(mpl.rcParams) == before


@every
def test_a_picture_is_drawn_where_it_is_told(drawn: Callable[..., Axes]) -> None:
    figure, (left, right) = pyplot.subplots(1, 2)
    assert drawn(ax=right) is right
    assert right.get_figure() is figure
    assert not left.get_label()
    assert pyplot.get_fignums() == [figure.number]


@every
def test_the_same_picture_is_the_same_bytes(drawn: Callable[..., Axes]) -> None:
    assert plots.svg(drawn()) == plots.svg(drawn())


@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_a_picture_is_the_same_file_in_every_form(form: str, tmp_path: Path) -> None:
    first, second = tmp_path / f"first.{form}", tmp_path / f"second.{form}"
    for file in (first, second):
        plots.save(DRAWN["tornado"](), file)
    assert first.read_bytes() == second.read_bytes()


@every
def test_norwegian_pictures_have_a_decimal_comma_and_no_english_word(drawn: Callable[..., Axes]) -> None:
    norwegian, english = texts(drawn(lang="nb")), texts(drawn(lang="en"))
    numbers = [text for text in norwegian if any(letter.isdigit() for letter in text)]
    assert any("," in text for text in numbers)
    assert not any(digit + "." in text for text in numbers for digit in "0123456789")
    words = {"Density", "Chance", "Share of draws", "where the assumption is low", "mean", "between", "target"}
    assert not any(word in text for text in norwegian for word in words)
    assert norwegian != english


HOSTILE = "$x^2$ <script>alert(1)</script> \\frac{1}{0} & \x00\u202e\uffff"


@every
def test_a_hostile_label_is_drawn_letter_for_letter(drawn: Callable[..., Axes]) -> None:
    ax = drawn(label=HOSTILE, title="$\\undefined$ " + "y" * 10_000, unit="$/$")
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.canvas.draw()
    assert not any(text.get_parse_math() for text in ax.findobj(Text) if isinstance(text, Text))
    page = plots.svg(ax)
    drawn_texts = "".join(ET.fromstring(page).itertext())  # noqa: S314
    assert "$x^2$ <script>alert(1)</script>" in drawn_texts
    assert "$\\undefined$ " in drawn_texts
    assert "<script>" not in page
    assert "y" * 100 not in page
    assert not {"\x00", "\u202e", "\uffff"} & set(page)


def test_hostile_names_of_rows_lines_and_ends_are_drawn_letter_for_letter() -> None:
    row: dict[str, object] = {"label": HOSTILE, "low": 1, "high": 3, "low_at": "$5$", "high_at": "$_$"}
    for ax in (
        plots.tornado([row], base=2),
        plots.bars([HOSTILE], {"$a$": [1], HOSTILE: [2]}),
        plots.curve([1, 2], {HOSTILE: [1, 2], "z" * 10_000: [2, 1]}, marks=[(1, 1, "$y$")]),
    ):
        assert len(plots.alt_text(ax)) < 400
        joined = "".join(ET.fromstring(plots.svg(ax)).itertext())  # noqa: S314
        assert "$x^2$" in joined
        assert "z" * 100 not in joined


def test_the_settings_of_others_do_not_change_the_picture() -> None:
    def drawn() -> bytes:
        content = io.BytesIO(plots.svg(plots.tornado(ROWS, base=4e6, lang="nb")).encode())
        pyplot.close("all")
        return content.getvalue()

    ordinary = drawn()
    with mpl.rc_context(
        {"font.family": ["monospace"], "axes.grid": True, "text.parse_math": True, "svg.fonttype": "path"}
    ):
        again = drawn()
    assert b"monospace" not in again
    assert ordinary.count(b"<text") == again.count(b"<text")


def test_the_words_of_a_picture_are_its_title_for_screen_readers() -> None:
    ax = plots.density(si.Distribution.uniform(2, 5), label="People & <others>")
    root = ET.fromstring(plots.svg(ax))  # noqa: S314
    assert root.get("role") == "img"
    assert root[0].tag.endswith("title")
    assert root[0].text == plots.alt_text(ax) == "People & <others>: mean 3.5, 90% between 2.15 and 4.85"


def test_a_tornado_puts_first_what_moves_most_and_says_what_is_left_out() -> None:
    ax = plots.tornado(ROWS, base=4e6, most=2, unit="NOK")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Deadweight", "outcomes.into-work.\nquantity"]
    shown = texts(ax)
    assert "9 (10 %)" in shown
    assert "\u22122 (60 %)" in shown
    assert "in the model: 4 million NOK \u00b7 1 more move it less" in shown


def test_a_histogram_shares_out_the_draws_at_the_threshold() -> None:
    ax = plots.histogram([-1.0, 0.0, 1.0, 2.0, None, 3.0], threshold=0)
    assert plots.alt_text(ax) == "Share of draws: 60% above 0, 40% at or below 0, 16.7% of the draws have no value"
    told = plots.histogram(edges=[-1, 1], counts=[4], threshold=0, probability=0.625)
    assert plots.alt_text(told) == "Share of draws: 62.5% above 0, 37.5% at or below 0"


def test_the_area_of_a_histogram_is_one() -> None:
    ax = plots.histogram(edges=[0, 1, 4], counts=[1, 1])
    (stairs,) = [patch for patch in ax.patches if isinstance(patch, StepPatch)]
    heights, edges, _ = stairs.get_data()
    assert float(np.sum(heights * np.diff(edges))) == pytest.approx(1)


def test_a_density_is_cut_only_where_a_peak_hides_the_rest() -> None:
    smooth = plots.density(si.Distribution.normal(mean=0, sd=1))
    assert smooth.get_ylim()[1] == pytest.approx(0.3989 * 1.08, rel=0.001)
    steep = plots.density(si.Distribution.beta(alpha=0.5, beta=0.5))
    assert 1 < steep.get_ylim()[1] < 10


def test_a_single_value_within_a_continuous_shape_is_marked() -> None:
    assert "10% at 0" in texts(DRAWN["mixture"]())


def test_a_grid_counts_the_cells_below_the_line() -> None:
    ax = plots.heatmap([0, 1], [0, 1], [[1, -1], [None, 3]], label="Net")
    assert plots.alt_text(ax) == "Net: from \u22121 to 3, 33.3% of the cells below 0"


def test_large_amounts_are_counted_in_millions_and_the_axis_says_so() -> None:
    ax = plots.curve([0, 1], [0, 25e6], label="Netto nåverdi", unit="NOK", lang="nb")
    assert ax.get_ylabel() == "Netto nåverdi, millioner kr"
    small = plots.curve([0, 1], [0, 1_250_000], unit="NOK", lang="nb")
    assert "500\u00a0000" in " ".join(texts(small))


@pytest.mark.parametrize("values", [[1e300, 2e300], [1e-300, 2e-300], [-1e16, 1e16], [5, 5], [0, 0]])
def test_numbers_of_any_size_are_drawn(values: list[float]) -> None:
    for ax in (
        plots.curve([1, 2], values),
        plots.bars(["a", "b"], values),
        plots.tornado([{"label": "a", "low": values[0], "high": values[1]}], base=values[0]),
        plots.heatmap([1, 2], [1, 2], [values, values]),
        plots.histogram(values, threshold=0),
    ):
        assert plots.svg(ax)


WRONG: list[tuple[Callable[[], object], str]] = [
    (lambda: plots.curve([1, 2], [1]), "series"),
    (lambda: plots.curve([1, "b"], [1, 2]), "x[1]"),  # type: ignore[list-item]
    (lambda: plots.curve([], []), "x"),
    (lambda: plots.curve([1], {"a": [1]}, bands={"b": ([1], [1])}), "bands"),
    (lambda: plots.tornado([], base=1), "rows"),
    (lambda: plots.tornado([{"label": "a", "low": 1}], base=1), "rows[0]"),
    (lambda: plots.tornado([{"low": 1, "high": 2}], base=1), "rows[0]"),
    (lambda: plots.tornado(ROWS, base=float("nan")), "base"),
    (lambda: plots.bars(["a"], [1], low=[0]), "low"),
    (lambda: plots.bars(["a"], [1, 2]), "values"),
    (lambda: plots.heatmap([1, 1], [1], [[1, 2]]), "x"),
    (lambda: plots.heatmap([1, 2], [1], [[1]]), "matrix[0]"),
    (lambda: plots.histogram([None]), "values"),
    (lambda: plots.histogram(), "values"),
    (lambda: plots.histogram(["1", "2"]), "values[0]"),  # type: ignore[list-item]
    (lambda: plots.histogram(edges=[1, 0], counts=[1]), "edges"),
    (lambda: plots.curve([1], [1], lang="de"), "lang"),  # type: ignore[arg-type]
    (lambda: plots.save(DRAWN["curve"](), "a.docx"), "path"),
]


@pytest.mark.parametrize(("wrong", "place"), WRONG)
def test_what_cannot_be_drawn_is_refused_at_its_place(wrong: Callable[[], object], place: str) -> None:
    with pytest.raises(si.ImpactError) as told:
        wrong()
    assert told.value.place == place


def test_a_distribution_draws_itself() -> None:
    _, ax = pyplot.subplots()
    assert si.Distribution.pert(6, 12, 20).plot(ax, lang="nb") is ax
    assert plots.alt_text(ax) == "Fordeling: gjennomsnitt 12,3, 90\u00a0% mellom 8,14 og 16,8"


def test_colours_are_readable_on_white_and_lines_are_told_apart_without_them() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    assert all(1.05 / (light(colour) + 0.05) > 4.5 for colour in (*COLOURS, style.INK, style.QUIET))
    assert len({str(style.dash(position)) for position in range(5)}) == 5


def test_without_matplotlib_a_sentence_says_how_to_get_it() -> None:
    code = """
import sys
sys.modules["matplotlib"] = None
import socialimpact as si
try:
    si.Distribution.uniform(2, 5).plot()
except ImportError as error:
    print(error)
"""
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert said == 'plots need matplotlib, which is not installed: pip install "socialimpact[plot]"\n'


@pytest.mark.parametrize("name", plots.__all__)
def test_every_function_is_documented_and_its_examples_run(name: str) -> None:
    thing: Any = getattr(plots, name)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    examples = doctest.DocTestParser().get_doctest(thing.__doc__, {}, name, None, None)
    assert examples.examples or name == "save"
    assert runner.run(examples).failed == 0
