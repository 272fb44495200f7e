"""The manual as a whole: every page is found from its table of contents, and opens as what it says it is."""

import importlib.util
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import socialimpact as si

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(path for path in DOCS.rglob("*.md") if path.name != "README.md" or path.parent != DOCS)
LISTED_ELSEWHERE = ("checks", "conventions")
"""Folders whose README is their table of contents."""
LINK = re.compile(r"\]\(([^)#\s]+\.md)(?:#[^)]*)?\)")


def pointed_to(page: Path) -> set[Path]:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return {(page.parent / target).resolve() for target in LINK.findall(text) if "://" not in target}


def test_every_page_is_in_the_table_of_contents() -> None:
    listed = pointed_to(DOCS / "README.md")
    for folder in LISTED_ELSEWHERE:
        listed |= pointed_to(DOCS / folder / "README.md")
        listed.add(DOCS / folder / "README.md")
    unlisted = [page.relative_to(DOCS).as_posix() for page in PAGES if page not in listed]
    assert unlisted == [], "give it a line in docs/README.md"


@pytest.mark.parametrize("page", [DOCS / "README.md", *PAGES, DOCS.parent / "README.md"], ids=str)
def test_no_link_leads_nowhere(page: Path) -> None:
    assert [target for target in pointed_to(page) if not target.is_file()] == []


def test_every_page_begins_with_its_title() -> None:
    for page in PAGES:
        text = re.sub(r"\A---\n.*?^---\n", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        assert text.lstrip().startswith("# "), page


@pytest.fixture(scope="module")
def links() -> ModuleType:
    """Give the program that looks at the links of the built site."""
    spec = importlib.util.spec_from_file_location("links", DOCS.parent / "tools" / "manual" / "links.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_link_that_leads_nowhere_and_a_thing_from_elsewhere_are_found(links: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "one.html").write_text('<p id="here"><a href="two.html#there">two</a><a href="https://a.example">a</a>')
    two = '<p id="there"><a href="one.html#gone"></a><a href="three.html"></a><script src="https://cdn.example/x.js">'
    (tmp_path / "two.html").write_text(two)
    assert links.broken(tmp_path) == [
        "two.html: loads https://cdn.example/x.js",
        "two.html: one.html#gone has no such anchor",
        "two.html: three.html is not there",
    ]


FIRST_SCREEN = 32
"""Lines."""


def test_the_first_screen_of_the_readme_leads_from_a_copy_of_sandefjord_to_its_page(tmp_path: Path) -> None:
    """With nothing but its commands, after `make demo`: one thing is edited, as somebody would."""
    screen = "\n".join((DOCS.parent / "README.md").read_text(encoding="utf-8").splitlines()[:FIRST_SCREEN])
    commands = [
        shlex.split(line, comments=True)
        for block in re.findall(r"^```sh\n(.*?)^```", screen, re.MULTILINE | re.DOTALL)
        for line in block.splitlines()
    ]
    assert ["make", "demo"] in commands
    for program, *words in (command for command in commands if command[0] != "make"):
        if program == "cp":
            source, copy = words
            shutil.copy(DOCS.parent / source, tmp_path / copy)
            text = (tmp_path / copy).read_text(encoding="utf-8")
            (tmp_path / copy).write_text(text.replace("per_year = 1_000_000", "per_year = 1_200_000"), encoding="utf-8")
        else:
            assert program == ".venv/bin/socialimpact"
            run = [sys.executable, "-m", "socialimpact", *words]
            subprocess.run(run, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    assert "1,200,000" in (tmp_path / "mine.html").read_text(encoding="utf-8")


def test_the_first_screen_says_what_to_do_without_rust_and_outside_norway() -> None:
    screen = "\n".join((DOCS.parent / "README.md").read_text(encoding="utf-8").splitlines()[:FIRST_SCREEN])
    assert "**No Rust?** `make wheel`" in screen
    assert "**Not in Norway?**" in screen
    rows = si.conventions().to_pylist()
    for country in ("United Kingdom", "Ireland", "Denmark", "Sweden", "United States", "SROI"):
        assert country in screen, country
        assert any(country in str(row) or country[:2] in str(row) for row in rows), country
    assert "socialimpact catalogue search prison --country GB" in screen
    assert len(si.catalogue("prison", country="GB")) > 0
