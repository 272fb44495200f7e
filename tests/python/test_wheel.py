"""The wheel and the source distribution that `make wheel` builds, as somebody gets them who has nothing else.

They take minutes to build, so that these tests are skipped where `make wheel` has not run; it runs them itself, and CI
runs it.
"""

import os
import re
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
BUILT = TOP / "build" / "dist"
CLEAN = TOP / "build" / "wheel" / "bin" / "python"
"""The environment into which `make wheel` installs the wheel, with what it requires and nothing else."""
LARGEST = 6_000_000
"""Bytes of a wheel: what somebody waits for on a slow line."""
SLOWEST_IMPORT = 0.3
"""Seconds of a processor."""
HEAVY = ("matplotlib", "pandas", "polars", "pyarrow", "numpy", "dask", "distributed", "duckdb", "typst", "openpyxl")


def only(pattern: str) -> Path:
    found = sorted(BUILT.glob(pattern))
    if not found or not CLEAN.exists():
        not_run = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        not_run("`make wheel` has not run")
    assert len(found) == 1, "several editions in build/dist"
    return found[0]


@pytest.fixture(scope="module")
def wheel() -> Path:
    return only("socialimpact-*.whl")


@pytest.fixture
def clean(wheel: Path, tmp_path: Path) -> Path:
    """Give a folder in which nothing of the repository is found, once it is known that there is a wheel."""
    assert wheel.exists()
    return tmp_path


def ran(clean: Path, *words: str) -> str:
    command = [str(CLEAN), "-I", *words]
    return subprocess.run(command, cwd=clean, check=True, capture_output=True, text=True, timeout=120).stdout


def test_one_wheel_is_for_every_python_from_3_11_on(wheel: Path) -> None:
    assert re.fullmatch(r"socialimpact-[0-9.]+-cp311-abi3-(manylinux|linux)\w*\.whl", wheel.name)


def test_the_wheel_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size < LARGEST


def test_the_wheel_has_what_is_used_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for needed in ("_core.abi3.so", "_core.pyi", "py.typed", "wording/en.toml", "wording/nb.toml"):
        assert f"socialimpact/{needed}" in names
    assert any(name.startswith("socialimpact/report/templates/") for name in names)
    assert any(name.endswith("LICENSE-MIT") for name in names)
    assert not [name for name in names if re.search(r"fixtures|tests/|\.rs$|__pycache__", name)]


def test_the_source_distribution_has_what_it_is_built_from(wheel: Path) -> None:
    assert wheel.exists()
    with tarfile.open(only("socialimpact-*.tar.gz")) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}
    assert {"PKG-INFO", "Cargo.lock", "impact-core/Cargo.toml", "impact-py/Cargo.toml"} <= names
    assert any(name.startswith("impact-core/data/") for name in names)


def test_importing_it_is_quick_and_brings_nothing_heavy(clean: Path) -> None:
    code = (
        "import sys, time; start = time.process_time(); import socialimpact; "
        f"print(time.process_time() - start, *set({HEAVY!r}) & set(sys.modules))"
    )
    said = [ran(clean, "-c", code).split() for _ in range(3)]
    assert min(float(seconds) for seconds, *_ in said) < SLOWEST_IMPORT
    assert said[0][1:] == []


def test_nothing_that_is_left_to_choose_is_installed_with_it(clean: Path) -> None:
    code = f"from importlib.util import find_spec; print(*[name for name in {HEAVY!r} if find_spec(name)])"
    assert ran(clean, "-c", code).strip() == ""


def test_it_appraises_and_writes_a_page_where_there_is_nothing_else(clean: Path) -> None:
    document = TOP / "fixtures" / "models" / "sandefjord.toml"
    assert "Sandefjord municipality would gain" in ran(clean, "-m", "socialimpact", "appraise", str(document))
    ran(clean, "-m", "socialimpact", "report", str(document), "--html", "page.html")
    assert "<script" not in (clean / "page.html").read_text(encoding="utf-8")
