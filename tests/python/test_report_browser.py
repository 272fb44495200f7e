"""The report in a real browser: it opens without a complaint, fits a narrow screen, and prints."""

import html
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import socialimpact as si
from socialimpact.report import page

Browse = Callable[..., subprocess.CompletedProcess[str]]
LOGGED = ("--enable-logging=stderr", "--v=0")
NARROW = 400
"""Pixels of a telephone held upright."""


@pytest.fixture
def report(sandefjord: si.Appraisal, tmp_path: Path) -> Path:
    target = tmp_path / "report.html"
    target.write_text(page(sandefjord, language="nb"), encoding="utf-8")
    return target


def complaints(run: subprocess.CompletedProcess[str]) -> list[str]:
    return [line for line in run.stderr.splitlines() if "CONSOLE" in line]


def test_the_browser_has_nothing_to_complain_of_and_takes_a_picture(browse: Browse, report: Path) -> None:
    picture = report.with_suffix(".png")
    run = browse(report, *LOGGED, f"--screenshot={picture}", "--window-size=1200,2000")
    assert complaints(run) == []
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size > 20_000, "an empty page makes a small picture"


def test_a_complaint_would_be_noticed(browse: Browse, tmp_path: Path) -> None:
    faulty = tmp_path / "faulty.html"
    faulty.write_text("<!doctype html><script>nothing.here()</script>")
    assert complaints(browse(faulty, *LOGGED, "--dump-dom"))


def test_a_hostile_page_runs_nothing(rendered: Callable[[Path], str], hostile: si.Appraisal, tmp_path: Path) -> None:
    target = tmp_path / "hostile.html"
    target.write_text(page(hostile), encoding="utf-8")
    dom = rendered(target)
    assert "<script" not in dom
    assert "<img" not in dom


@pytest.mark.parametrize("which", ["sandefjord", "hostile"])
def test_nothing_sticks_out_of_a_narrow_screen(
    which: str, rendered: Callable[[Path], str], request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    content = page(request.getfixturevalue(which), language="nb")
    measured = (
        "<script>onload = () => { const view = document.querySelector('iframe').contentDocument.documentElement;"
        "document.title = view.scrollWidth + ' of ' + view.clientWidth }</script>"
    )
    frame = f'<iframe style="width: {NARROW}px; height: 900px; border: 0" srcdoc="{html.escape(content)}"></iframe>'
    target = tmp_path / "narrow.html"
    target.write_text(f'<!doctype html><meta charset="utf-8"><body>{frame}{measured}', encoding="utf-8")
    title = rendered(target).partition("<title>")[2].partition("</title>")[0]
    assert title.endswith((f" of {NARROW}", f" of {NARROW - 15}")), title  # with or without a scroll bar
    assert title.split(" of ")[0] == title.split(" of ")[1]


def test_it_prints(browse: Browse, report: Path) -> None:
    printed = report.with_suffix(".pdf")
    browse(report, f"--print-to-pdf={printed}", "--no-pdf-header-footer")
    assert printed.read_bytes().startswith(b"%PDF")
