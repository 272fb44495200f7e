"""Every page as a person meets it in a browser: by keyboard, by screen reader, enlarged, on paper."""

import base64
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
import typst
from axe_core_python.base import AXE_SCRIPT
from PIL import Image
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from conftest import SWITCHES, missing
from page_kinds import COMMANDS, named_as_programs, write_kind
from socialimpact.report import page

Pages = dict[tuple[str, str], Path]
LANGUAGES = ("en", "nb")
EVERY = [*((kind, language) for kind in COMMANDS for language in LANGUAGES), ("hostile", "en")]
every_page = pytest.mark.parametrize(("kind", "language"), EVERY)
ENLARGED = 320
"""Pixels of CSS that are left of a window of 1280 at 400 % (WCAG 2.2, success criterion 1.4.10)."""
SCREEN = 1100
"""Pixels of CSS of a window that is not quite as wide as an ordinary screen."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def window(chromium: str) -> Iterator[Chrome]:
    """A browser that a program holds."""
    driver = shutil.which("chromedriver")
    if driver is None:
        missing("chromedriver")
    options = Options()
    options.binary_location = chromium
    for switch in SWITCHES:
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    with Chrome(options=options, service=Service(driver)) as window:
        window.set_script_timeout(120)
        yield window


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Each kind of page in both languages, and one of names that try to be programs."""
    folder = tmp_path_factory.mktemp("pages")
    made = {(kind, language): folder / f"{kind}-{language}.html" for kind, language in EVERY}
    for (kind, language), target in made.items():
        if kind in COMMANDS:
            write_kind(kind, language, "--html", target)
        else:
            target.write_text(page(named_as_programs()), encoding="utf-8")
    return made


def opened(window: Chrome, target: Path, width: int = 1280) -> None:
    """Open a page in a window of a width, everything in folds shown."""
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    window.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    window.get(target.as_uri())
    window.execute_script("document.querySelectorAll('details').forEach(one => one.open = true)")


def asked(window: Chrome, script: str) -> Any:
    return window.execute_script(script)


@every_page
def test_the_browser_has_no_complaint_and_axe_finds_nothing(
    kind: str, language: str, window: Chrome, pages: Pages
) -> None:
    opened(window, pages[kind, language])
    assert window.get_log("browser") == []  # type: ignore[no-untyped-call]
    asked(window, AXE_SCRIPT)
    run = "axe.run(document, {runOnly: arguments[0], resultTypes: ['violations']}).then(arguments[1])"
    result = window.execute_async_script(run, RULES)
    told = [f"{found['id']}: {found['nodes'][0]['html']}" for found in result["violations"]]
    assert told == []
    assert len(result["passes"]) > 10, "axe has looked"


def test_axe_would_notice(window: Chrome, tmp_path: Path) -> None:
    faulty = tmp_path / "faulty.html"
    faulty.write_text('<!doctype html><title>x</title><img src="data:,"><p style="color: #999">faint</p>')
    opened(window, faulty)
    asked(window, AXE_SCRIPT)
    run = "axe.run(document, {runOnly: arguments[0]}).then(arguments[1])"
    found = {one["id"] for one in window.execute_async_script(run, RULES)["violations"]}
    assert {"image-alt", "color-contrast", "html-has-lang"} <= found


STOPS = """
const stops = [...document.querySelectorAll('a[href], summary, [tabindex="0"]')];
const at = document.activeElement, style = getComputedStyle(at);
return [stops.length, stops.indexOf(at), style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2]
"""
"""How many places there are to stop, at which of them the keyboard is, and whether that is seen."""


@every_page
def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(
    kind: str, language: str, window: Chrome, pages: Pages
) -> None:
    opened(window, pages[kind, language])
    stops, before, _ = asked(window, STOPS)
    assert before == -1
    assert stops > 0
    for stop in range(stops):
        ActionChains(window, duration=0).send_keys(Keys.TAB).perform()
        assert asked(window, STOPS)[1:] == [stop, True]


@every_page
def test_enlarged_four_times_only_tables_scroll_sideways_and_the_keyboard_can_scroll_them(
    kind: str, language: str, window: Chrome, pages: Pages
) -> None:
    opened(window, pages[kind, language], ENLARGED)
    across, room, outside, unreached = asked(
        window,
        """
        const page = document.documentElement, boxes = [...document.querySelectorAll('.scroll')];
        const outside = [...document.querySelectorAll('body *')].filter(part => !part.closest('.scroll, .skip')
          && part.getBoundingClientRect().width && part.getBoundingClientRect().right > page.clientWidth + 1);
        const unreached = boxes.filter(box => box.scrollWidth > box.clientWidth && box.tabIndex !== 0);
        return [page.scrollWidth, page.clientWidth, outside.map(part => part.outerHTML.slice(0, 99)), unreached.length]
        """,
    )
    assert across <= room <= ENLARGED
    assert outside == []
    assert unreached == 0


@pytest.mark.parametrize(("kind", "language"), [one for one in EVERY if one[0] in COMMANDS])
def test_on_a_wide_screen_every_table_is_seen_whole(kind: str, language: str, window: Chrome, pages: Pages) -> None:
    opened(window, pages[kind, language], SCREEN)
    wider = "return [...document.querySelectorAll('.scroll')].filter(box => box.scrollWidth > box.clientWidth + 1)"
    assert asked(window, wider + ".map(box => box.innerText.split('\\n')[0])") == []


def printed(window: Chrome, target: Path) -> bytes:
    opened(window, target)
    found = window.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    return base64.b64decode(found["data"])


def drawn(content: bytes, folder: Path) -> list[Image.Image]:
    """The pages of a printed file as pictures, drawn by another program than the browser."""
    (folder / "printed.pdf").write_bytes(content)
    count = len(pypdf.PdfReader(io.BytesIO(content)).pages)
    program = ["#set page(margin: 0pt, width: auto, height: auto)"]
    program += [f'#page(image("printed.pdf", page: {at}))' for at in range(1, count + 1)]
    (folder / "pages.typ").write_text("\n".join(program))
    made: Any = typst.compile(folder / "pages.typ", format="png", ppi=40)
    return [Image.open(io.BytesIO(one)).convert("L") for one in (made if isinstance(made, list) else [made])]


@pytest.mark.parametrize(
    ("kind", "language"), [("appraisal", "nb"), ("risk", "en"), ("statement", "nb"), ("hostile", "en")]
)
def test_on_paper_nothing_is_cut_off_and_no_head_stands_alone(
    kind: str, language: str, window: Chrome, pages: Pages, tmp_path: Path
) -> None:
    content = printed(window, pages[kind, language])
    for picture in drawn(content, tmp_path):
        edge = round(12 / 210 * picture.width)  # of margins of 14 mm
        for strip in ((0, 0, edge, picture.height), (picture.width - edge, 0, picture.width, picture.height)):
            assert picture.crop(strip).getextrema() == (255, 255)
    heads = {
        re.sub(r"[\s▾▼]", "", head)
        for head in asked(
            window, "return [...document.querySelectorAll('h2, h3, summary, caption')].map(h => h.innerText)"
        )
    }
    texts = [
        [line for line in one.extract_text().splitlines() if line.strip()]
        for one in pypdf.PdfReader(io.BytesIO(content)).pages
    ]
    alone = [lines[-1] for lines in texts if lines and re.sub(r"[\s▾▼]", "", lines[-1]) in heads]
    assert alone == []


def test_a_table_that_goes_on_repeats_its_heads(window: Chrome, pages: Pages) -> None:
    texts = [one.extract_text() for one in pypdf.PdfReader(io.BytesIO(printed(window, pages["statement", "en"]))).pages]
    pages_of_defaults = [text for text in texts if "due_after" in text]
    assert len(pages_of_defaults) > 1
    assert all(re.search(r"Left out\s+Taken\s+Because", text) for text in pages_of_defaults)
