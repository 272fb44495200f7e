"""Lays out the sources of the manual: the pages of docs/ as they are, and pages made from what the library knows.

One rule: no text stands twice. docs/README.md is the table of contents, here as on a forge: each of its sections
becomes a page, and the pages linked there stand below it, in that order. What Sphinx reads is a copy; nothing is
written into docs/.

    pages.py build/docs/source
"""

import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import catalogue
import commands
import reference

TOP = Path(__file__).parents[2]
DOCS = TOP / "docs"
HERE = Path(__file__).parent
LINK = re.compile(r"\]\(([a-z0-9/-]+|[a-z0-9-]+/README)\.(?:md|rst)\)")
"""A link to another page of the manual, by its name without the ending."""
QUIET = "c.IPKernelApp.log_level = 40\n"
"""The kernel warns of its own connection on loopback."""


@dataclass(frozen=True)
class Section:
    """A part of the manual: its heading, its text, and the pages it links to."""

    title: str
    text: str

    @property
    def page(self) -> str:
        """Give the name of its own page; where it has one page only, of that."""
        return self.pages[0] if len(self.pages) == 1 else "section-" + re.sub(r"[^a-z]+", "-", self.title.lower())

    @property
    def pages(self) -> list[str]:
        """Give the names of the pages below it."""
        return list(dict.fromkeys(LINK.findall(self.text)))


def main(target: Path) -> None:
    """Write all sources below the target anew."""
    files = {path.relative_to(DOCS).as_posix(): path.read_text(encoding="utf-8") for path in DOCS.rglob("*.md")}
    files |= commands.pages()
    contents = files.pop("README.md")
    for text, pages in (catalogue.section(), reference.section()):
        contents += f"\n{text}"
        files |= pages
    sections = _sections(contents)
    files["index.md"] = f"{contents}\n{_below([section.page for section in sections])}"
    for section in sections:
        if section.page not in section.pages:
            files[f"{section.page}.md"] = f"# {section.title}\n{section.text}\n{_below(section.pages)}"
    for folder in ("checks", "conventions"):
        pages_of_it = sorted(
            Path(name).stem for name in files if name.startswith(f"{folder}/") and "README" not in name
        )
        files[f"{folder}/README.md"] += f"\n{_below(pages_of_it)}"
    shutil.rmtree(target, ignore_errors=True)
    for name, text in files.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_text(text, encoding="utf-8")
    _kernel(target.parent / "ipython" / "profile_default")


def _sections(contents: str) -> list[Section]:
    _, *parts = re.split(r"^## (.*)$", contents, flags=re.MULTILINE)
    return [Section(title, text) for title, text in zip(parts[::2], parts[1::2], strict=True)]


def _below(pages: list[str]) -> str:
    return "\n".join(["```{toctree}", ":hidden:", "", *pages, "```", ""])


def _kernel(profile: Path) -> None:
    """Say what the kernel of the notebooks runs first."""
    (profile / "startup").mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "kernel.py", profile / "startup" / "kernel.py")
    (profile / "ipython_kernel_config.py").write_text(QUIET, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
