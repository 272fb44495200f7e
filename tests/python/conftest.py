"""What several tests share: a real browser, a spreadsheet, and no picture that one leaves open for the next."""

import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

import socialimpact as si

MODELS = Path(__file__).parents[2] / "fixtures" / "models"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def missing(part: str, how: str = "`tools/real-parts` says how to get it") -> NoReturn:
    """Skip a test whose real part is not on this machine; on CI, where every part must be, fail it."""
    reason = f"{part} is not installed: {how}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason, allow_module_level=True)


def needed(name: str) -> Any:
    """Import a package that a test needs; where it is not installed, the test is skipped, and fails on CI."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        missing(name, "it is in requirements/dev.txt")


@pytest.fixture(autouse=True)
def _pictures_closed() -> Iterator[None]:
    """Close what a test drew: pyplot keeps every picture until then."""
    yield
    if (pyplot := sys.modules.get("matplotlib.pyplot")) is not None:
        pyplot.close("all")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium or Chrome."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    missing("Chromium")


@pytest.fixture(scope="session")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> Callable[[list[Path]], list[Path]]:
    """Let LibreOffice open workbooks, work out their formulas and write them again, in a profile of its own."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        missing("LibreOffice")
    folder = tmp_path_factory.mktemp("office")

    def recalculate(workbooks: list[Path]) -> list[Path]:
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder), *map(str, workbooks)]
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
        return [folder / workbook.name for workbook in workbooks]

    return recalculate


SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture
def browse(chromium: str, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Start the browser on a page with further switches, in a profile of its own."""

    def start(page: Path, *switches: str) -> subprocess.CompletedProcess[str]:
        command = [chromium, *SWITCHES, f"--user-data-dir={tmp_path / 'profile'}", *switches, page.as_uri()]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)

    return start


@pytest.fixture
def rendered(browse: Callable[..., subprocess.CompletedProcess[str]]) -> Callable[[Path], str]:
    """Open a page in the browser and give the document back as it stands after loading, scripts included."""
    return lambda page: browse(page, "--dump-dom").stdout


@pytest.fixture(scope="session")
def sandefjord() -> si.Appraisal:
    """The appraisal of the Sandefjord model."""
    return si.read(MODELS / "sandefjord.toml").appraise()


HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>\u202e\u200f\x1b[31m{{ 7 * 7 }}{who}'
"""A name that tries to be markup, a turn of direction, a terminal's instruction and a template."""


@pytest.fixture(scope="session")
def hostile() -> si.Appraisal:
    """An appraisal whose every text is hostile, and one of whose names is 10 000 characters long."""
    document = si.read(MODELS / "sandefjord.toml").to_dict()
    document["name"] = HOSTILE
    document["description"] = HOSTILE + "long " * 2000
    for item in (*document["holders"], *document["costs"], *document["outcomes"]):
        item["name"] = HOSTILE
    document["holders"][1]["name"] = "x" * 10_000
    outcome = document["outcomes"][0]
    outcome["change"] = HOSTILE
    document["costs"][0]["source"] = {"title": HOSTILE, "url": "javascript:alert(1)"}
    for value in outcome["values"]:
        value["name"] = HOSTILE
    return si.Model.from_dict(document).appraise()
