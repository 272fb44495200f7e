"""Every face an appraisal has, as the texts a reader sees, and the numbers in them.

A face is a function from an appraisal and a language to its texts. A new one is added to `FACES`, and is walked with
the others.
"""

import contextlib
import json
import re
import tomllib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import cache
from html.parser import HTMLParser
from itertools import accumulate
from pathlib import Path
from typing import Any, get_args

from click.testing import CliRunner

import socialimpact as si
from papers import paper_texts
from socialimpact.cli import main
from socialimpact.report import page
from socialimpact.report.value_map.standing import counted
from socialimpact.types import Language

Face = Callable[[si.Appraisal, Language, Path], Sequence[str]]
"""Gives the texts of a face; the folder is one to write files into."""

_UNSEEN = ("style", "script", "title", "svg")
"""What of a page is not read: its style, and the axes of pictures, each of which has a table beside it."""
_SPACES = "\u00a0\u202f\u2009 "
_BY_LANGUAGE: Mapping[Language, re.Pattern[str]] = {
    "en": re.compile(r"[-\u2212]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-\u2212]?\d+(?:\.\d+)?"),
    "nb": re.compile(rf"[-\u2212]?\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?!\d)(?:,\d+)?|[-\u2212]?\d+(?:[,.]\d+)?"),
}
_SCALES = {"million": 6, "millioner": 6, "billion": 9, "milliarder": 9, "milliard": 9, "%": -2}
_WIDE = Context(prec=60)
"""Numbers that are kept exactly have more digits than Python works with by itself."""
_ABOUT = 3
"""Digits of an amount in the summary."""
_COUNTED = 100
"""Whole numbers below this stand for counts, notes and places in a list as well as for figures: they are not walked."""


class _Seen(HTMLParser):
    """The texts of a page, block by block."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _UNSEEN:
            self._within.append(tag)
        elif tag in ("p", "td", "th", "li", "caption", "h1", "h2", "h3", "h4", "dt", "dd", "div", "section"):
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        if self._within and self._within[-1] == tag:
            self._within.pop()

    def handle_data(self, data: str) -> None:
        if not self._within and data.strip():
            self.texts = self.texts or [""]
            self.texts[-1] += data


def page_texts(appraisal: si.Appraisal, language: Language, folder: Path) -> Sequence[str]:
    """Give what is read on the page."""
    del folder
    seen = _Seen()
    seen.feed(page(appraisal, language=language))
    return [text for text in seen.texts if text]


def terminal_texts(appraisal: si.Appraisal, language: Language, folder: Path) -> Sequence[str]:
    """Give the lines of the terminal, wide enough that none is broken."""
    file = folder / "model.toml"
    file.write_text(appraisal.model.to_toml(), encoding="utf-8")
    words = ["appraise", str(file), "--lang", language]
    result = CliRunner(env={"COLUMNS": "4000"}).invoke(main, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def json_texts(appraisal: si.Appraisal, language: Language, folder: Path) -> Sequence[str]:
    """Give the labels of the JSON in a language: what it says in words, numbers among them."""
    del folder
    return [label[language] for label in _labels(json.loads(appraisal.to_json())) if label.get(language)]


ROWS_SHOWN = 50
"""Rows of a table that a notebook shows; it says how many more there are, and how many in all."""


def notebook_texts(appraisal: si.Appraisal, language: Language, folder: Path) -> Sequence[str]:
    """Give what a notebook shows of an appraisal, its model and its tables, as `display` or the end of a cell does."""
    del folder
    assert language == "en", "a notebook shows what its code says, which is in English"
    seen = _Seen()
    for shown in (appraisal, appraisal.model, appraisal.waterfall()):
        seen.feed(shown._repr_html_())
    for table in _tables(appraisal):
        seen.feed(table._repr_html_())
    return [text for text in seen.texts if text]


def _tables(appraisal: si.Appraisal) -> Iterator[si.Table]:
    """Give the tables that an analyst looks at first."""
    yield from (appraisal.ledger, appraisal.wrong_pocket(), appraisal.model.assumptions)
    for holder in ("society", "everybody", "public", *appraisal.model.holders):
        yield appraisal.measures(holder=holder)


FACES: dict[str, Face] = {
    "page": page_texts,
    "terminal": terminal_texts,
    "json": json_texts,
    "pdf": paper_texts,
    "notebook": notebook_texts,
}
WALKED: tuple[tuple[str, Language], ...] = (
    *((face, language) for face in FACES if face != "notebook" for language in get_args(Language)),
    ("notebook", "en"),
)
"""Each face in each language that it speaks."""


def _labels(content: Any) -> Iterator[dict[str, str]]:
    if isinstance(content, dict):
        if set(content) == {"en", "nb"} and isinstance(content["en"], str):
            yield content
        else:
            for value in content.values():
                yield from _labels(value)
    elif isinstance(content, list):
        for value in content:
            yield from _labels(value)


@dataclass(frozen=True)
class Shown:
    """A number as it is shown: its text, its value, and what it may differ by from one that was not rounded."""

    text: str
    value: Decimal
    within: Decimal


def shown_in(text: str, language: Language) -> Iterator[Shown]:
    """Give the numbers in a text, as people of a language write them."""
    for match in _BY_LANGUAGE[language].finditer(text):
        before, after = text[: match.start()], text[match.end() :].lstrip(_SPACES)
        if before[-1:].isalnum() or re.match(r"[A-Za-z_]", after[:1] if text[match.end() :] == after else ""):
            continue  # a part of a word, such as an address or a digest
        bare = re.sub(rf"[{_SPACES}]", "", match[0]).replace("\u2212", "-")
        bare = bare.replace(",", "") if language == "en" else bare.replace(",", ".")
        value = Decimal(bare)
        half = Decimal(5).scaleb(_last_place(bare) - 1)
        scale = next((power for word, power in _SCALES.items() if after.startswith(word)), 0)
        yield Shown(match[0] + after[:9], _WIDE.scaleb(value, scale), half.scaleb(scale))


def _last_place(bare: str) -> int:
    """Give the power of ten that a number is rounded to: three digits of a large one may be all there is."""
    whole, _, decimals = bare.lstrip("-").partition(".")
    digits = whole.rstrip("0")
    if decimals or len(whole) <= _ABOUT or len(digits) > _ABOUT:
        return -len(decimals)
    return len(whole) - _ABOUT


class Pool:
    """Every number the library gave, sorted, so that a shown one is found among them."""

    def __init__(self, numbers: Iterable[Decimal]) -> None:
        self._sorted = sorted({*numbers})

    def has(self, shown: Shown) -> bool:
        """Tell whether a number is one of these, rounded as it is shown; a loss may be told without its sign."""
        return any(self._near(value, shown.within) for value in (shown.value, shown.value.copy_negate()))

    def _near(self, value: Decimal, within: Decimal) -> bool:
        at = bisect_left(self._sorted, _WIDE.subtract(value, within))
        return at < len(self._sorted) and self._sorted[at] <= _WIDE.add(value, within)


def strangers(texts: Iterable[str], language: Language, pool: Pool, written: Sequence[str] = ()) -> list[str]:
    """Give the numbers of a face that the library never gave, each with the text it stands in.

    What the author wrote is taken out first: a number in a source's title is no figure.
    """
    found = []
    for text in texts:
        bare = " ".join(text.split(" "))
        for words in written:
            bare = bare.replace(words, " ")
        for shown in shown_in(bare, language):
            if (
                shown.value == shown.value.to_integral_value()
                and 0 <= abs(shown.value) < _COUNTED
                and shown.within >= Decimal("0.5")
            ):
                continue
            if not pool.has(shown):
                found.append(f"{shown.text} in: {bare.strip()[:160]}")
    return found


def numbers_of(content: Any) -> Iterator[Decimal]:
    """Give every number of a JSON document."""
    if isinstance(content, bool) or content is None:
        return
    if isinstance(content, int | float | Decimal):
        yield Decimal(str(content))
    elif isinstance(content, str) and re.fullmatch(r"-?\d+(?:\.\d+)?(?:[eE]-?\d+)?", content):
        yield Decimal(content)
    elif isinstance(content, dict):
        for value in content.values():
            yield from numbers_of(value)
    elif isinstance(content, Iterable) and not isinstance(content, str):
        for value in content:
            yield from numbers_of(value)


DATA = Path(__file__).parents[2] / "impact-core" / "data"
CONSTANTS = tuple(map(Decimal, ("1000", "365", "-0.999999999999999", "0.005", "0.04", "0.2", "6.5")))
"""Numbers in sentences of ours: thousands, days, where no rate is looked for, which rates are odd, what trials give."""


@cache
def everything(appraisal: si.Appraisal) -> Pool:
    """Give every number that the library has of an appraisal: its results, its model, and what explains them."""
    document, model = json.loads(appraisal.to_json()), appraisal.model.to_dict()
    practice = tomllib.loads((DATA / "practice.toml").read_text(encoding="utf-8"))
    register = si.effects().to_pylist()
    of = (
        document,
        model,
        appraisal.model.assumptions["exact"],
        [(len(table), len(table) - ROWS_SHOWN) for table in _tables(appraisal)],
        _explained(appraisal),
        _in_time(appraisal),
        _together(appraisal),
        practice,
        register,
        CONSTANTS,
    )
    return Pool([*(number for each in of for number in numbers_of(each)), *_years([document, model])])


def _together(appraisal: si.Appraisal) -> Iterator[Any]:
    """Give what sentences add up or divide: costs of several years, and harm for each unit saved."""
    model = appraisal.model
    for cost in (*model.to_dict().get("costs", []), *model.to_dict().get("transfers", [])):
        written = [
            row
            for row in model.assumptions.to_pylist()
            if f"{cost['id']}.per_year." in f"{row['address']}, {row['used_at']}"
        ]
        yield sum((Decimal(row["exact"]) for row in written), Decimal(0))
    cost = appraisal.measure("net_public_cost").value
    for holder in ("society", *model.holders):
        gained = appraisal.measure("willingness_to_pay", holder=holder).value
        if gained is not None and cost:
            yield abs(gained / cost)


def _in_time(appraisal: si.Appraisal) -> Iterator[Any]:
    """Give what each holder and society have gained by each year, in all, and at which rates that is nothing."""
    rows, years = counted(appraisal, appraisal.ledger.to_pylist()), appraisal.model.years
    public = {row["id"] for row in appraisal.model.holder_table.to_pylist() if row["kind"] == "public"}
    written = appraisal.model.to_dict()["holders"]
    joint = [set(holder["shares"]) for holder in written if "shares" in holder]
    signs: list[Callable[[Mapping[str, Any]], int]] = [
        lambda row: int(row["counts"]),
        lambda row: (row["to"] is not None) - (row["from"] is not None),
    ]
    parties = ({"society"}, public, *joint, *({holder} for holder in appraisal.model.holders))
    signs += [lambda row, of=of: (row["to"] in of) - (row["from"] in of) for of in parties]  # type: ignore[misc]
    for sign in signs:
        for key in ("amount", "present_value", "nominal"):
            flows = [_flow(rows, year, key, sign) for year in years]
            yield list(accumulate(flows))
            yield list(si.irr([float(flow) for flow in flows]).rates)


def _flow(rows: Sequence[Mapping[str, Any]], year: int, key: str, sign: Callable[[Mapping[str, Any]], int]) -> Decimal:
    return sum((sign(row) * (row[key] or Decimal(0)) for row in rows if row["year"] == year), Decimal(0))


def _explained(appraisal: si.Appraisal) -> Iterator[Any]:
    """Give what explains each cause and each measure."""
    holders = ("society", "public", *appraisal.model.holders)
    asked: list[tuple[str, dict[str, Any]]] = [(cause, {}) for cause in dict.fromkeys(appraisal.ledger["cause"])]
    asked += [("npv", {"holder": holder}) for holder in holders]
    for address, of in asked:
        with contextlib.suppress(si.ImpactError):  # nothing is explained of the cost of financing
            yield appraisal.explain(address, **of).to_dict()


def _years(content: Any) -> Iterator[Decimal]:
    """Give the years that addresses and units name."""
    yield from (Decimal(year) for year in re.findall(r"\b(?:19|20|21)\d\d\b", json.dumps(content, default=str)))


@cache
def authors_texts(appraisal: si.Appraisal) -> list[str]:
    """Give every text of the author, the catalogue and the conventions that has a number in it, the longest first."""
    document = json.loads(appraisal.to_json())
    rows = appraisal.model.assumptions.to_pylist()
    keys = ("source_title", "source_url", "note", "name_en", "name_nb")
    of = [appraisal.model.to_dict(), document["convention"], document["provenance"]]
    texts = [*texts_of(of), *texts_of([row[key] for row in rows for key in keys])]
    return sorted(set(texts), key=len, reverse=True)


def texts_of(content: Any) -> Iterator[str]:
    """Give every text that an author wrote and that has a number in it, the longest first to be taken out."""
    if isinstance(content, str) and re.search(r"\d", content) and len(content) > 3:
        yield content
    elif isinstance(content, dict):
        for value in content.values():
            yield from texts_of(value)
    elif isinstance(content, list | tuple):
        for value in content:
            yield from texts_of(value)
