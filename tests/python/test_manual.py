"""The manual as a whole: every page is found from its table of contents, and opens as what it says it is."""

import re
from pathlib import Path

import pytest

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
