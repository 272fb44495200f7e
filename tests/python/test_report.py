"""The report: every figure is the library's, every text of a user is escaped, and the page is sound."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

import socialimpact as si
from conftest import HOSTILE, MODELS
from socialimpact.report import page, write_whole
from socialimpact.report.chart import COLOURS, STROKES, round_steps, spread
from socialimpact.types import Language, PriceLevel

NAMESPACE = "{http://www.w3.org/1999/xhtml}"
LEAST_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3, level AA."""


def parsed(content: str) -> Element:
    """Read a page as browsers do; anything a validator would call a parse error fails."""
    document: Element = html5lib.HTMLParser(strict=True).parse(content)
    return document


def found(element: Element, name: str) -> Iterator[Element]:
    return element.iter(NAMESPACE + name)


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def figures(document: Element, table: str) -> list[list[str]]:
    """The exact values and the shown texts of the numbers in a table, row by row, as `exact|shown`."""
    for element in found(document, "table"):
        caption = next(found(element, "caption"))
        if caption.get("id") == table:
            body = next(found(element, "tbody"))
            return [
                [f"{data.get('value')}|{text_of(data)}" for data in found(row, "data")] for row in found(body, "tr")
            ]
    raise AssertionError(f"no table {table}")


def kroner(value: Decimal) -> str:
    """An amount as the page must show it, told in another way than the package does."""
    return f"{exact(value)}|{round(value):,}".replace("|-", "|\u2212")


def exact(value: Decimal) -> str:
    return f"{value.normalize():f}"


@pytest.fixture(scope="module")
def english(sandefjord: si.Appraisal) -> Element:
    return parsed(page(sandefjord))


@pytest.fixture(scope="module")
def norwegian(sandefjord: si.Appraisal) -> Element:
    return parsed(page(sandefjord, language="nb"))


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize("model", ["sandefjord.toml", "map-12x10.toml", "shape.toml", "beginner.toml"])
def test_the_page_is_well_formed_and_says_its_language(model: str, language: Language) -> None:
    document = parsed(page(si.read(MODELS / model).appraise(), language=language))
    assert document.get("lang") == language
    assert len(list(found(document, "title"))) == 1


def test_the_page_runs_nothing_and_fetches_nothing(sandefjord: si.Appraisal, hostile: si.Appraisal) -> None:
    for appraisal in (sandefjord, hostile):
        content = page(appraisal)
        assert "<script" not in content.lower()
        assert not re.search(r"@import|url\(|http-equiv|javascript:", content, re.IGNORECASE)
        document = parsed(content)
        for element in document.iter():
            assert element.tag not in {
                NAMESPACE + name for name in ("img", "link", "iframe", "object", "embed", "base")
            }
            assert not [name for name in element.attrib if name.startswith("on") or name in {"src", "srcset", "style"}]
        for link in found(document, "a"):
            assert (link.get("href") or "").startswith(("#", "https://", "http://"))


def test_budgets_are_the_librarys(sandefjord: si.Appraisal, english: Element) -> None:
    levels: tuple[PriceLevel, PriceLevel] = ("nominal", "real")
    for number, holder in enumerate(("municipality", "state", "public"), start=1):
        both = [sandefjord.budget(holder, price_level=level).table.to_pylist() for level in levels]
        flows = ("costs", "savings", "cashable", "net", "cumulative")
        for level, years in zip(levels, both, strict=True):
            rows = [[kroner(year[flow]) for flow in flows] for year in years]
            assert figures(english, f"budget-{number}-{level}") == rows


def test_the_chart_has_its_figures_beside_it(sandefjord: si.Appraisal, english: Element) -> None:
    holders = ("municipality", "state", "public")
    columns = [sandefjord.budget(holder, price_level="nominal").table["cumulative"] for holder in holders]
    assert figures(english, "chart-table") == [[kroner(value) for value in row] for row in zip(*columns, strict=True)]


def test_who_pays_and_gains_is_the_librarys(sandefjord: si.Appraisal, english: Element) -> None:
    names = ("pays", "gains", "cashable", "net")
    rows = [[kroner(row[name]) for name in names] for row in sandefjord.wrong_pocket().to_pylist()]
    assert figures(english, "pocket-table") == rows


def two_decimals(value: Decimal) -> str:
    """At most two decimals, none that say nothing."""
    return f"{round(value, 2).normalize():f}"


def test_measures_are_the_librarys_and_a_missing_one_has_its_reason(sandefjord: si.Appraisal, english: Element) -> None:
    rows = []
    weighs_nobody = {"weighted_npv"}  # a row of its own only where the document weighs groups
    for name in (name for name in sandefjord.measures()["measure"] if name not in weighs_nobody):
        values = [
            sandefjord.measure(name, holder=holder).value for holder in ("society", "public", "municipality", "state")
        ]
        if name in {"sroi_ratio", "sroi_net_ratio", "bcr", "mvpf", "cba_ratio", "net_benefit_per_budget_krone"}:
            written = [f"{exact(value)}|{value:.2f}" for value in values if value is not None]
        elif name in {"irr", "fiscal_return"}:
            written = [f"{exact(value)}|{two_decimals(value * 100)}%" for value in values if value is not None]
        elif name.endswith("payback"):
            written = [f"{exact(value)}|{two_decimals(value)}" for value in values if value is not None]
        else:
            written = [kroner(value) for value in values if value is not None]
        rows.append([text.replace("|-", "|\u2212") for text in written])
    assert figures(english, "measures-1") == rows
    assert "there is no ratio over inputs of 0" in text_of(english)


def test_assumptions_and_units_are_the_librarys(sandefjord: si.Appraisal, english: Element) -> None:
    values = [[exact(row["value"])] for row in sandefjord.model.assumptions.to_pylist()]
    assert [[cell.partition("|")[0] for cell in row] for row in figures(english, "assumptions-table")] == values
    (units,) = sandefjord.outcome_units().to_pylist()
    (row,) = figures(english, "units-table")
    assert row == [
        f"{exact(units['started'])}|61 people",
        f"{exact(units['accrued'])}|61 person-years",
        "0|0 person-years",
    ]


def test_answers_stand_first_with_their_exact_values(sandefjord: si.Appraisal, english: Element) -> None:
    shown = [next(found(article, "data")) for article in found(english, "article")]
    assert [data.get("value") for data in shown] == [exact(answer.values[0]) for answer in sandefjord.model.answers()]
    assert [text_of(data) for data in shown] == ["8.5 people, each year", "11 people†, each year"]


def test_every_number_in_a_table_carries_its_exact_value(english: Element, norwegian: Element) -> None:
    for document in (english, norwegian):
        for cell in found(document, "td"):
            if cell.get("class") == "number" and not re.search(r"\(\d+\)$", text_of(cell)):
                assert list(found(cell, "data")), text_of(cell)


def test_what_is_invented_is_marked(sandefjord: si.Appraisal, english: Element) -> None:
    marks = [text_of(mark) for mark in found(english, "span") if mark.get("class") == "mark"]
    table = sandefjord.model.assumptions
    assert marks.count("illustrative") >= sum(table["illustrative"])
    assert "6 numbers in this model are invented for illustration" in text_of(english)
    assert any("†" in text_of(cell) for cell in found(english, "td"))


def test_hostile_names_are_text_and_nothing_else(hostile: si.Appraisal) -> None:
    content = page(hostile)
    document = parsed(content)
    heading = text_of(next(found(document, "h1")))
    assert heading == HOSTILE.replace("\u202e", "\ufffd").replace("\u200f", "\ufffd").replace("\x1b", "\ufffd")
    assert not set("\u202e\u200f\x1b") & set(content)
    assert "x" * 200 not in content, "a name of 10 000 characters is shortened where it is repeated"


def test_headings_go_down_one_level_at_a_time(english: Element) -> None:
    levels = [int(element.tag[-1]) for element in english.iter() if re.fullmatch(r".*\}h[1-6]", str(element.tag))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_tables_have_captions_and_scoped_heads_and_scroll_on_their_own(english: Element) -> None:
    tables = list(found(english, "table"))
    assert len(tables) >= 10
    for table in tables:
        assert text_of(next(found(table, "caption")))
        assert all(head.get("scope") in {"col", "row", "colgroup"} for head in found(table, "th"))
    regions = [region for region in found(english, "div") if region.get("class") == "scroll"]
    assert len(regions) == len(tables)
    assert all(region.get("tabindex") == "0" and region.get("role") == "region" for region in regions)


def test_names_of_parts_are_used_once_and_all_that_is_pointed_at_exists(english: Element) -> None:
    ids = [element.get("id") for element in english.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    pointed = [name for element in english.iter() for name in (element.get("aria-labelledby") or "").split()]
    pointed += [
        (link.get("href") or "")[1:] for link in found(english, "a") if (link.get("href") or "").startswith("#")
    ]
    assert set(pointed) <= set(ids)


def test_the_chart_is_told_in_words(sandefjord: si.Appraisal) -> None:
    content = page(sandefjord)
    pictures = re.findall(r'<svg class="chart (?:wide|narrow)"[^>]*"chart-title.*?</svg>', content, re.DOTALL)
    assert len(pictures) == 2
    for picture in pictures:
        assert 'role="img"' in picture
        assert "<title" in picture
        assert "and even from 2023" in re.search(r"<desc.*?</desc>", picture, re.DOTALL)[0]  # type: ignore[index]


ENGLISH_WORDS = re.compile(
    r"\b(the|and|year|years|holder|net|costs|savings|value|unit|source|people|person|share|prices|budget|none)\b"
)


def test_no_english_word_is_left_in_fixed_norwegian_labels(norwegian: Element) -> None:
    labels = [element for name in ("h2", "h3", "caption", "summary") for element in found(norwegian, name)]
    labels += [head for head in found(norwegian, "th") if head.get("scope") in {"col", "colgroup"}]
    labels += [link for nav in found(norwegian, "nav") for link in found(nav, "a")]
    assert len(labels) > 60
    assert [text_of(label) for label in labels if ENGLISH_WORDS.search(text_of(label).lower())] == []


def test_where_later_prices_are_not_known_the_chart_is_real_and_the_reason_is_said(sandefjord: si.Appraisal) -> None:
    document = sandefjord.model.to_dict()
    document["horizon"] = 10
    document["costs"][0] |= {"price_basis": "real", "years": [2018, 2027]}
    text = text_of(parsed(page(si.Model.from_dict(document).appraise(), language="nb")))
    assert "lagt sammen år for år, i 2022-kroner." in text
    assert "I løpende priser: prisnivået i 2025 er ikke kjent" in text


# Colours


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_published() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_texts_and_lines_stand_out_from_what_is_behind_them() -> None:
    style = (Path(si.__file__).parent / "report" / "templates" / "page.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", style))
    pairs = [(colours[text], behind) for text in ("ink", "quiet", "accent") for behind in ("#ffffff", colours["soft"])]
    pairs += [(colours[text], colours["warn-soft"]) for text in ("ink", "warn")]
    pairs += [(colours["warn"], "#ffffff"), *((colour, "#ffffff") for colour in COLOURS)]
    assert [pair for pair in pairs if contrast(*pair) < LEAST_CONTRAST] == []
    assert len(set(STROKES)) == len(STROKES), "lines are told apart without colour"


# Places


@pytest.mark.parametrize(("low", "high"), [(0, 0), (-3.3e6, 8.8e5), (0, 1e-3), (-5, -1), (2, 9e12)])
def test_the_axis_holds_everything_and_zero(low: float, high: float) -> None:
    ticks = round_steps(min(low, 0), max(high, 0))
    assert ticks[0] <= low
    assert ticks[-1] >= high
    assert 0 in ticks
    assert 2 <= len(ticks) <= 10


def test_labels_that_would_overlap_are_moved_apart() -> None:
    places = spread([100, 101, 300, 102], 38, 400)
    order = sorted(places)
    assert all(below - above >= 38 for above, below in pairwise(order))
    assert places[2] == 300
    assert max(spread([390, 395, 400], 38, 400)) == 400


# Files


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    target.write_text("before")
    write_whole(target, b"after")
    assert target.read_bytes() == b"after"
    with pytest.raises(si.ImpactError, match="is a directory"):
        write_whole(tmp_path, b"x")
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "nowhere" / "page.html", b"x")
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_is_followed_and_kept(tmp_path: Path) -> None:
    (tmp_path / "real.html").write_text("before")
    link = tmp_path / "link.html"
    link.symlink_to("real.html")
    write_whole(link, b"after")
    assert link.is_symlink()
    assert (tmp_path / "real.html").read_bytes() == b"after"
