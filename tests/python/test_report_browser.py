"""The report in a real browser: it opens without a complaint, fits a narrow screen, and prints."""

import html
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import socialimpact as si
from conftest import MODELS
from socialimpact.report import page

Browse = Callable[..., subprocess.CompletedProcess[str]]
LOGGED = ("--enable-logging=stderr", "--v=0")
NARROW = (400, 360)
"""Pixels of telephones held upright."""


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


@pytest.fixture(scope="module")
def large() -> si.Appraisal:
    """An appraisal of amounts with twenty digits and names of eighty letters without a space."""
    document = si.read(MODELS / "shape.toml").to_dict()
    for cost in document["costs"]:
        cost["name"] = "x" * 80
        for key in {"amount", "per_year"} & set(cost):
            cost[key] = 12_345_678_901_234_567_890
    for outcome in document["outcomes"]:
        outcome["name"] = "y" * 80
    return si.Model.from_dict(document).appraise()


@pytest.mark.parametrize("width", NARROW)
@pytest.mark.parametrize("which", ["sandefjord", "hostile", "large"])
def test_nothing_sticks_out_of_a_narrow_screen(
    which: str, width: int, rendered: Callable[[Path], str], request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    content = page(request.getfixturevalue(which), language="nb")
    measured = (
        "<script>onload = () => { const view = document.querySelector('iframe').contentDocument.documentElement;"
        "document.title = view.scrollWidth + ' of ' + view.clientWidth }</script>"
    )
    frame = f'<iframe style="width: {width}px; height: 900px; border: 0" srcdoc="{html.escape(content)}"></iframe>'
    target = tmp_path / "narrow.html"
    target.write_text(f'<!doctype html><meta charset="utf-8"><body>{frame}{measured}', encoding="utf-8")
    title = rendered(target).partition("<title>")[2].partition("</title>")[0]
    assert title.endswith((f" of {width}", f" of {width - 15}")), title  # with or without a scroll bar
    assert title.split(" of ")[0] == title.split(" of ")[1]


MEASURED = """<script>onload = () => {
  const told = [];
  const meets = (a, b) =>
    a.x < b.x + b.width && b.x < a.x + a.width && a.y + 4 < b.y + b.height && b.y + 4 < a.y + a.height;
  const within = (box, view) =>
    box.x >= -1 && box.x + box.width <= view.width + 1 && box.y + box.height <= view.height + 1;
  for (const picture of document.querySelectorAll('svg.fall')) {
    if (picture.getBoundingClientRect().width === 0) continue;
    const texts = [...picture.querySelectorAll('text')].map(text => [text.textContent, text.getBBox()]);
    for (const [text, box] of texts) if (!within(box, picture.viewBox.baseVal)) told.push('out: ' + text);
    for (const [one, a] of texts)
      for (const [other, b] of texts) if (one < other && meets(a, b)) told.push('over: ' + one + ' / ' + other);
    for (const bar of picture.querySelectorAll('rect'))
      for (const [text, box] of texts) if (meets(bar.getBBox(), box)) told.push('on a bar: ' + text);
    told.push('measured ' + texts.length);
  }
  document.title = told.join('; ');
}</script>"""
"""Says in the title which texts of the waterfall charts stand outside, over each other or on a bar."""


@pytest.mark.parametrize("width", [1200, 500])
@pytest.mark.parametrize("which", ["sandefjord", "large"])
def test_no_text_of_the_waterfall_hides_another(
    which: str, width: int, browse: Browse, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    target = tmp_path / "fall.html"
    content = page(request.getfixturevalue(which), language="nb").replace("</body>", f"{MEASURED}</body>")
    target.write_text(content, encoding="utf-8")
    dom = browse(target, "--dump-dom", f"--window-size={width},900").stdout
    title = html.unescape(dom.partition("<title>")[2].partition("</title>")[0])
    assert title.startswith("measured "), title
    assert title.count("measured") == 1, "the wide or the narrow chart, not both"


def test_it_prints(browse: Browse, report: Path) -> None:
    printed = report.with_suffix(".pdf")
    browse(report, f"--print-to-pdf={printed}", "--no-pdf-header-footer")
    assert printed.read_bytes().startswith(b"%PDF")
