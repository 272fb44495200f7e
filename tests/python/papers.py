"""What stands in a PDF file, read back by another program than the one that made it."""

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pypdf

import socialimpact as si
from socialimpact.report.appraisal import appraisal_document
from socialimpact.report.document import Picture
from socialimpact.report.pdf import pdf_file
from socialimpact.types import Language

BREAK = "\u200b"
"""Where a line may be broken; it is no letter."""
NUMBER = re.compile(r"−?\d(?:[\d\u00a0,.]*\d)?")
"""A number as it is shown, grouped by hard spaces or commas."""


@cache
def pages_of(content: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text().replace(BREAK, "") for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def text_of_paper(content: bytes) -> str:
    """All text, words apart by one space; hard spaces stay, so that a number is one word."""
    return re.sub(r"[ \n]+", " ", " ".join(pages_of(content)))


def numbers_of(text: str) -> Counter[str]:
    """Every number of a text as it is shown, and how often."""
    return Counter(NUMBER.findall(text))


def numbers_of_paper(content: bytes) -> Counter[str]:
    """Every number of a PDF file as it is shown, and how often: `−1 460 413`, `24,78`, `1.60`."""
    return numbers_of(text_of_paper(content))


def paper_texts(appraisal: si.Appraisal, language: Language, folder: Path) -> list[str]:
    """The texts of an appraisal on paper; without its pictures, each of which has a table beside it.

    What stands in two cells beside each other is kept apart, so that no two numbers look like one.
    """
    del folder
    document = appraisal_document(appraisal, language)
    sections = [
        replace(section, parts=[part for part in section.parts if not isinstance(part, Picture)])
        for section in document.sections
    ]
    content = pdf_file(replace(document, sections=sections))
    pages = (re.sub(r"[ \n]+", " ", text) for text in pages_of(content))
    return [part for text in pages for part in re.split(r"(?<=[\d†)%]) (?=[−\d])", text)]


def exactly(shown: str) -> Decimal | None:
    """The value of a shown number, in Norwegian or English; None for what only looks like one, such as a version."""
    plain = shown.replace("−", "-").replace("\u00a0", "")
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", plain):
        return Decimal(plain.replace(",", ""))
    plain = plain.replace(",", ".")
    return Decimal(plain) if plain.count(".") <= 1 else None


def tags_of(content: bytes) -> Iterator[tuple[str, str | None]]:
    """The tags of a file in reading order, each with its words for those who do not see it."""
    root: Any = pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]
    yield from _tags(root["/StructTreeRoot"]["/K"])


def _tags(node: Any) -> Iterator[tuple[str, str | None]]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from _tags(child)
    elif isinstance(node, dict) and "/S" in node:
        words = node.get("/Alt")
        yield str(node["/S"]), None if words is None else str(words)
        yield from _tags(node.get("/K", []))


def missing(wanted: Iterable[str], text: str) -> list[str]:
    """Those texts that do not stand in another, lines, hard spaces, hyphens of a joint and marks of code aside."""

    def plain(words: str) -> str:
        return re.sub(r"[\s\u00ad`]+", "", words.replace(BREAK, ""))

    whole = plain(text)
    return [one for one in wanted if plain(one) not in whole]
