"""What several tests share: a real browser."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def missing(part: str) -> NoReturn:
    """Skip a test whose real part is not on this machine; on CI, where every part must be, fail it."""
    reason = f"{part} is not installed: `tools/real-parts` says how to get it"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium or Chrome."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    missing("Chromium")


@pytest.fixture
def rendered(chromium: str, tmp_path: Path) -> Callable[[Path], str]:
    """Open a page in the browser and give the document back as it stands after loading, scripts included."""

    def render(page: Path) -> str:
        switches = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions"]
        profile = f"--user-data-dir={tmp_path / 'profile'}"
        command = [chromium, *switches, profile, "--dump-dom", page.as_uri()]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout

    return render
