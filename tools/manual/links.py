"""Looks whether everything that the pages of a built site point to is there: pages, anchors, pictures, styles.

Sphinx looks at the links of the sources; this looks at what a browser gets, the crate's documentation among it
(there, only that the pages pointed to exist). Whatever would be fetched from another host is refused too: the site is
read offline.

    links.py build/docs/html
"""

import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

FETCHED = {"script": "src", "img": "src", "link": "href"}
"""What a browser loads by itself."""
SAYS_ONLY = {"canonical", "next", "prev", "search", "index", "genindex", "author", "license"}
"""Kinds of `link` that load nothing."""


class Page(HTMLParser):
    """The anchors of a page, where it points, and what it loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.pointed: set[str] = set()
        self.loaded: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what a tag says."""
        said = {name: value or "" for name, value in attrs}
        self.anchors |= {said[name] for name in ("id", "name") if name in said}
        if tag == "a" and "href" in said:
            self.pointed.add(said["href"])
        elif (name := FETCHED.get(tag)) in said and said.get("rel") not in SAYS_ONLY:
            self.loaded.add(said[name or ""])


def broken(site: Path) -> list[str]:
    """Give a sentence for each link that leads nowhere, and for each thing that is loaded from elsewhere."""
    own = (path for path in site.rglob("*.html") if not {"rust", "_static"} & set(path.relative_to(site).parts))
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in own}
    found = []
    for path, page in sorted(pages.items()):
        name = path.relative_to(site)
        found += [f"{name}: loads {address}" for address in sorted(page.loaded) if urlsplit(address).netloc]
        for address in sorted(page.pointed | page.loaded):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.is_file():
                found.append(f"{name}: {address} is not there")
            elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].anchors:
                found.append(f"{name}: {address} has no such anchor")
    return found


if __name__ == "__main__":
    problems = broken(Path(sys.argv[1]).resolve())
    print(*problems, sep="\n", file=sys.stderr)
    sys.exit(1 if problems else 0)
