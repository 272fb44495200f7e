"""Long runs: how far they are, how they are ended, and that nothing is left behind."""

import io
import signal
import subprocess
import sys
import threading
import time
import types
from typing import Any

import matplotlib as mpl
import pytest
from matplotlib import pyplot
from matplotlib.axes import Axes

import socialimpact as si
from conftest import MODELS
from socialimpact import plots, progress

BATCH = 131_072
QUICK_END = 10
"""Seconds in which an interrupted run of some hours must be over; it takes a batch."""

mpl.use("Agg")


@pytest.fixture(scope="module")
def sandefjord() -> si.Model:
    return si.read(MODELS / "sandefjord.toml")


class Terminal(io.StringIO):
    """Standard error with someone looking."""

    def isatty(self) -> bool:
        return True


# Progress


def test_progress_is_told_between_batches(sandefjord: si.Model) -> None:
    seen: list[tuple[int, int]] = []
    draws = 2 * BATCH + 5
    sandefjord.simulate(draws, 7, measures=["npv"], progress=lambda done, of: seen.append((done, of)))
    assert seen == [(0, draws), (BATCH, draws), (2 * BATCH, draws), (draws, draws)]


def test_progress_is_told_on_the_calling_thread(sandefjord: si.Model) -> None:
    threads: set[int] = set()
    sandefjord.simulate(BATCH, 7, threads=2, progress=lambda *_: threads.add(threading.get_ident()))
    assert threads == {threading.get_ident()}


def test_an_exception_of_the_caller_ends_the_run_as_it_is(sandefjord: si.Model) -> None:
    class EnoughError(Exception):
        pass

    enough = EnoughError("enough")

    def stop(done: int, _: int) -> None:
        if done:
            raise enough

    with pytest.raises(EnoughError) as ended:
        sandefjord.simulate(10**9, 7, measures=["npv"], progress=stop)
    assert ended.value is enough


def test_nothing_is_shown_where_nobody_looks(sandefjord: si.Model, capfd: pytest.CaptureFixture[str]) -> None:
    sandefjord.simulate(BATCH, 7, progress=True)
    sandefjord.simulate(BATCH, 7, progress=False)
    assert capfd.readouterr() == ("", "")


def test_a_plain_line_is_written_over_and_put_away(sandefjord: si.Model, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setitem(sys.modules, "tqdm", None)
    sandefjord.simulate(2 * BATCH, 7, measures=["npv"], progress=True)
    first, *middle, blank, end = terminal.getvalue().split("\r")[1:]
    assert first == "0 of 262,144 draws, 0 %"
    assert [line.strip() for line in middle] == ["131,072 of 262,144 draws, 50 %", "262,144 of 262,144 draws, 100 %"]
    assert blank.strip() == end == ""
    assert len(blank) >= len(middle[-1])


def test_a_line_says_what_it_counts(sandefjord: si.Model, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setitem(sys.modules, "tqdm", None)
    sandefjord.grid({"horizon": [3, 4]}, draws=10, seed=7, progress=True)
    assert terminal.getvalue().split("\r")[1] == "0 of 2 scenarios, 0 %"


def test_a_run_of_many_machines_shows_and_puts_away_the_same_line(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setitem(sys.modules, "tqdm", None)

    def interrupted() -> None:
        with progress.showing(True, "draws") as show:
            show(5, 10)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    first, blank, end = terminal.getvalue().split("\r")[1:]
    assert (first, blank.strip(), end) == ("5 of 10 draws, 50 %", "", "")
    seen: list[tuple[int, int]] = []
    with progress.showing(lambda done, of: seen.append((done, of)), "draws") as show:
        show(5, 10)
    with progress.showing(None, "draws") as show:
        show(5, 10)
    assert seen == [(5, 10)]


def test_one_draw_has_no_standard_error(sandefjord: si.Model) -> None:
    simulated = sandefjord.simulate(1, 7, measures=["npv"])
    figure = simulated.measure("npv")
    errors = [figure.mean_error, figure.sd_error, figure.quantile_error(0.5), figure.probability_error(above=0)]
    assert errors == [None] * 4
    assert figure.quantile_error([0.1, 0.9]) == [None, None]
    assert "±" not in repr(figure)
    assert "one draw has no standard error" in simulated.notes


def test_tqdm_is_used_where_it_is_and_closed_however_the_run_ends(
    sandefjord: si.Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    bars: list[Any] = []

    class Bar:
        def __init__(self, **options: Any) -> None:
            self.options, self.n, self.closed = options, 0, False
            bars.append(self)

        def update(self, more: int) -> None:
            self.n += more
            if len(bars) > 1:
                raise KeyboardInterrupt

        def close(self) -> None:
            self.closed = True

    monkeypatch.setattr(sys, "stderr", Terminal())
    fake = types.ModuleType("tqdm")
    fake.tqdm = Bar  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tqdm", fake)
    sandefjord.simulate(BATCH, 7, measures=["npv"], progress=True)
    with pytest.raises(KeyboardInterrupt):
        sandefjord.simulate(BATCH, 7, measures=["npv"], progress=True)
    assert [(bar.options["total"], bar.closed) for bar in bars] == [(BATCH, True)] * 2
    assert bars[0].n == BATCH


def test_what_the_caller_gives_is_not_put_away(sandefjord: si.Model) -> None:
    class Mine:
        closed = False

        def __call__(self, done: int, of: int) -> None:
            pass

        def close(self) -> None:
            self.closed = True

    mine = Mine()
    sandefjord.simulate(10, 7, progress=mine)
    assert not mine.closed
    assert progress.shown(mine) is mine


# Interruption

INTERRUPTED = f"""
import sys
import time
import socialimpact as si

model = si.read({str(MODELS / "sandefjord.toml")!r})

def drawing(done, of):
    if done and not told:
        told.append(done)
        print("drawing", flush=True)

told = []
try:
    if sys.argv[1] == "silent":
        print("drawing", flush=True)
    model.simulate(10**9, 7, measures=["npv"], progress=None if sys.argv[1] == "silent" else drawing)
except KeyboardInterrupt:
    print("interrupted", flush=True)
sim = model.simulate(5_000, 7)
print(sim.measure("npv").mean == model.simulate(5_000, 7, threads=1).measure("npv").mean)
"""


@pytest.mark.parametrize("how", ["silent", "told"])
def test_ctrl_c_ends_a_run_within_a_batch_and_the_next_run_is_whole(how: str) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, how], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "drawing\n"
    sent = time.monotonic()
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=60)
    assert time.monotonic() - sent < QUICK_END
    assert (out, err, child.returncode) == ("interrupted\nTrue\n", "", 0)


def test_other_threads_go_on_while_it_draws(sandefjord: si.Model) -> None:
    counted = 0
    done = threading.Event()

    def draw() -> None:
        sandefjord.simulate(2 * BATCH, 7, threads=1)
        done.set()

    thread = threading.Thread(target=draw)
    thread.start()
    while not done.is_set():
        counted += 1
        time.sleep(0.001)
    thread.join()
    assert counted > 10


# Pictures


@pytest.mark.parametrize("measure", ["npv", "sroi_ratio", "irr", "payback", "cost_per_outcome"])
def test_a_figure_is_drawn_with_its_words(sandefjord: si.Model, measure: si.Measure) -> None:
    sim = sandefjord.simulate(5_000, 7)
    figure = sim.measure(measure, "municipality")
    _, given = pyplot.subplots()
    ax = figure.plot(ax=given)
    assert ax is given
    assert isinstance(ax, Axes)
    words = plots.alt_text(ax)
    assert "Sandefjord municipality" in words
    assert "illustrative" in words
    assert "90% between" in words
    assert ("above" in words) == (figure.threshold is not None)
    assert ("have no value" in words) == (figure.undefined > 0)
    norwegian = plots.alt_text(figure.plot(lang="nb"))
    assert "Sandefjord kommune, illustrerende" in norwegian
    assert "mellom" in norwegian
    assert isinstance(sim.plot(), Axes)
    pyplot.close("all")


def test_the_chance_in_the_picture_is_of_all_draws(sandefjord: si.Model) -> None:
    figure = sandefjord.simulate(5_000, 7).measure("npv", "municipality")
    above = figure.probability(above=0)
    assert f"{100 * above:.3g}% above 0" in plots.alt_text(figure.plot())
    pyplot.close("all")


def test_draws_that_are_all_alike_are_drawn() -> None:
    figure = si.read(MODELS / "beginner.toml").simulate(100, 7).measure("npv")
    assert "no draw at or below 0" in plots.alt_text(figure.plot())
    pyplot.close("all")
