"""The sections of the page: their order, the summary, the budget plan, the waterfall and what the numbers stand on."""

import re
from decimal import Decimal
from itertools import pairwise
from xml.etree.ElementTree import Element

import pytest

import socialimpact as si
from conftest import MODELS
from socialimpact.report import page
from socialimpact.report.waterfall_chart import NARROW, WIDE, bars
from socialimpact.types import Language
from socialimpact.wording import Words
from test_report import contrast, exact, figures, found, kroner, parsed, text_of

LARGE = Decimal("12345678901234567890")


def pages(appraisal: si.Appraisal, language: Language = "en", plan_from: int | None = None) -> Element:
    return parsed(page(appraisal, language=language, plan_from=plan_from))


def section(document: Element, name: str) -> Element:
    (one,) = [element for element in found(document, "section") if element.get("id") == name]
    return one


@pytest.fixture(scope="module")
def english(sandefjord: si.Appraisal) -> Element:
    return pages(sandefjord)


@pytest.mark.parametrize("language", ["en", "nb"])
def test_sections_stand_in_the_order_a_reader_needs(sandefjord: si.Appraisal, language: Language) -> None:
    document = pages(sandefjord, language)
    names = [element.get("id") for element in found(document, "section")]
    assert names == [
        "summary", "answer", "grounds", "measures", "pocket", "kinds", "who_pays", "split", "chart", "budget", "plan",
        "waterfall", "units",
        "destinations", "evidence", "assumptions", "defaults", "explanation", "findings", "conventions", "provenance",
    ]  # fmt: skip
    (contents,) = found(document, "nav")
    linked = [(link.get("href") or "")[1:] for link in found(contents, "a")]
    assert linked == names[3:], "the contents list what stands below them"


@pytest.mark.parametrize("model", ["sandefjord", "beginner", "shape"])
def test_headings_go_down_one_level_at_a_time(model: str) -> None:
    document = pages(si.read(MODELS / f"{model}.toml").appraise())
    levels = [int(element.tag[-1]) for element in document.iter() if re.search(r"\}h[1-6]$", element.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


@pytest.mark.parametrize("language", ["en", "nb"])
def test_the_page_opens_with_the_summary(sandefjord: si.Appraisal, language: Language) -> None:
    paragraphs = [text_of(part) for part in found(section(pages(sandefjord, language), "summary"), "p")]
    assert paragraphs == [" ".join(sentence.split()) for sentence in sandefjord.summary(language=language)]


def test_budget_plans_are_the_librarys(sandefjord: si.Appraisal) -> None:
    document = pages(sandefjord, plan_from=2021)
    for number, holder in enumerate(("municipality", "state", "public"), start=1):
        rows: dict[tuple[str, str | None], list[str]] = {}
        for row in sandefjord.budget_plan(holder, first_year=2021).table.to_pylist():
            told = f"{exact(row['amount'])}|{row['thousands']:,.0f}".replace("|-", "|\u2212")
            rows.setdefault((row["row"], row["cause"]), []).append(told)
        assert figures(document, f"plan-{number}") == list(rows.values())


def test_a_plan_beyond_the_years_appraised_gives_the_reason_instead_of_zero(sandefjord: si.Appraisal) -> None:
    text = text_of(section(pages(sandefjord, "nb", plan_from=2023), "plan"))
    assert "2025 er ikke vurdert: årene som vurderes, er 2018 til 2024" in text
    assert "ingen (1)" in text
    assert "Samlet siden start" in text
    assert "Samlet siden start" not in text_of(section(pages(sandefjord, "nb"), "plan"))


def test_the_waterfall_stands_beside_its_figures(sandefjord: si.Appraisal, english: Element) -> None:
    rows = sandefjord.waterfall().table.to_pylist()
    assert figures(english, "waterfall-table") == [[kroner(row["amount"]), kroner(row["standing"])] for row in rows]
    content = page(sandefjord, language="nb")
    pictures = re.findall(r'<svg class="chart fall.*?</svg>', content, re.DOTALL)
    assert len(pictures) == 2
    for picture in pictures:
        assert 'role="img"' in picture
        assert "<title" in picture
        assert re.search(r"<desc[^>]*>Fossefallsdiagram i kr, nåverdi 2018\. Bruttoverdi av virkningene: 10", picture)
        assert "†" in picture


def test_the_waterfall_of_each_outcome_is_the_librarys() -> None:
    appraisal = si.read(MODELS / "map-12x10.toml").appraise()
    rows: dict[str, list[str]] = {}
    for row in appraisal.waterfall().outcomes.to_pylist():
        rows.setdefault(row["outcome"], []).append(exact(row["amount"]))
    shown = figures(pages(appraisal), "waterfall-outcomes")
    assert [[cell.partition("|")[0] for cell in row] for row in shown] == list(rows.values())


@pytest.mark.parametrize("frame", [WIDE, NARROW])
@pytest.mark.parametrize("model", ["sandefjord", "shape", "beginner"])
def test_bars_hang_together_and_stay_in_their_frame(model: str, frame: object) -> None:
    appraisal = si.read(MODELS / f"{model}.toml").appraise()
    drawn = bars(appraisal.waterfall(), Words(appraisal, "nb"), frame)  # type: ignore[arg-type]
    assert drawn.bars[0].kind == drawn.bars[-1].kind == "level"
    for above, below in pairwise(drawn.bars):
        assert below.x - 1 <= above.end <= below.x + below.width + 1
        assert above.y + drawn.frame.bar <= below.y
    for bar in drawn.bars:
        assert drawn.frame.left - 1 <= bar.x
        assert bar.x + bar.width <= drawn.frame.width - drawn.frame.right + 1
        assert bar.y + drawn.frame.bar <= drawn.height


def test_bars_are_told_apart_from_paper_and_without_colour() -> None:
    style = (MODELS.parents[1] / "impact-py/python/socialimpact/report/templates/page.css").read_text(encoding="utf-8")
    strokes = dict(re.findall(r"\.fall rect\.(\w+) \{ fill: #\w+; stroke: (#\w+);", style))
    assert set(strokes) == {"level", "down", "up"}
    assert all(contrast(stroke, "#ffffff") >= 3 for stroke in strokes.values())
    assert "stroke-dasharray" in style.partition(".fall rect.up")[2].partition("}")[0]


def test_evidence_is_the_librarys(sandefjord: si.Appraisal, english: Element) -> None:
    rows = sandefjord.evidence().to_pylist()
    shown = [[cell.partition("|")[0] for cell in row] for row in figures(english, "evidence-table")]
    assert shown == [[str(row["numbers"]), exact(row["share"])] for row in rows]


def test_destinations_are_called_by_their_names(sandefjord: si.Appraisal) -> None:
    text = text_of(section(pages(sandefjord, "nb"), "destinations"))
    assert "arbeidsavklaringspenger" in text
    assert "aap" not in text.split()


def test_a_budget_that_is_not_touched_is_named_and_has_no_table() -> None:
    text = text_of(section(pages(si.read(MODELS / "shape.toml").appraise(), "nb"), "budget"))
    assert "Uten betalinger og besparelser, og derfor uten tabell:" in text


@pytest.mark.parametrize("language", ["en", "nb"])
def test_twenty_digits_are_told_whole(language: Language) -> None:
    document = si.read(MODELS / "beginner.toml").to_dict()
    document["costs"][0]["amount"] = LARGE
    text = text_of(pages(si.Model.from_dict(document).appraise(), language))
    grouped = f"{LARGE:,}" if language == "en" else f"{LARGE:,}".replace(",", " ")
    assert f"\u2212{grouped}" in text


def test_units_splits_and_what_stands_beside_are_marked_where_they_are_invented() -> None:
    bike = page(si.read(MODELS / "bike-workshop.toml").appraise())
    units = bike[bike.index('<section id="units">') :].partition("</section>")[0]
    larvik = page(si.read(MODELS / "larvik.toml").appraise(), language="nb")
    split = larvik[larvik.index('<section id="split">') :].partition("</section>")[0]
    assert "†" in units
    assert split.count("†") > 20
    assert re.search(r"kr† skal betales", split)
    goals = bike[bike.index('<section id="goals">') :].partition("</section>")[0]
    assert "5,053,397† to society" in goals
