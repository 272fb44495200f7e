"""Whether a reader with a calculator has the savings on the page of a risk from what stands beside them."""

import json
import re
from collections import defaultdict
from decimal import Decimal
from math import prod
from pathlib import Path

import pytest
from click.testing import CliRunner

import socialimpact as si
from paid_work import certain
from socialimpact.cli import main
from socialimpact.types import Language
from socialimpact.wording.grid import Grid
from socialimpact.wording.saving import Saved

LARVIK = "fixtures/models/larvik-contract.toml"
KRONE = 1
"""What factors of eight digits may miss of a sum that is shown to the krone."""


def told(lang: Language, model: si.Model | None = None) -> Saved:
    return Saved((model or si.read(LARVIK)).saving_risk(2_000, 7), lang)


def typed(text: str, lang: Language) -> Decimal:
    """What a reader types into a calculator."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", text.replace("\u2212", "-"))
    return Decimal(plain.replace(",", "") if lang == "en" else plain.replace(",", "."))


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


@pytest.mark.parametrize("lang", ["en", "nb"])
@pytest.mark.parametrize("model", [LARVIK, "paid work"])
def test_what_is_told_multiplies_to_the_savings_of_each_holder(lang: Language, model: str) -> None:
    saved = told(lang, certain() if model == "paid work" else None)
    worth = {}
    for name, amount, _unit, _year, times, for_one, _source in texts(saved.by_unit.prices()):
        factors = [typed(factor, lang) for factor in re.findall(r"×\u00a0([\d.,\s\u00a0\u202f]*\d)", times)]
        assert prod(factors, start=typed(amount, lang)) == pytest.approx(typed(for_one, lang), rel=Decimal("1e-6"))
        worth[name] = for_one
    holders: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for name, who, year, *numbers in texts(saved.by_unit.savings()):
        *factors, sum_told = (typed(text, lang) for text in numbers)
        assert factors[0] == typed(worth[name], lang)
        assert abs(prod(factors) - sum_told) <= KRONE
        holders[who, year] += sum_told
    years = [row for row in texts(saved.years()) if typed(row[3], lang)]
    assert {(who, year): typed(saves, lang) for who, year, _, saves, _ in years} == pytest.approx(holders, abs=KRONE)


def test_larvik_by_hand() -> None:
    saved = told("en")
    unit = next(row for row in saved.content["outcomes"][0]["savings"] if row["holder"] == "larvik")
    # 56,500 kroner of 2022 a recipient-year, one for each person, all of it avoided, a quarter to each municipality;
    # consumer prices from 2022 to 2024, and 2 % to 2025.
    level = Decimal(saved.content["prices"]["observed_level"]) * Decimal("1.02")
    assert Decimal(unit["per_unit"]) == pytest.approx(56_500 * level / 4, rel=Decimal("1e-9"))
    assert round(level / Decimal("1.02"), 5) == Decimal("1.08837")
    larvik = next(row for row in saved.believed if row["holder"] == "larvik")
    people = saved.situation("as-believed")["units"][0]["units"]
    assert people * float(unit["per_unit"]) == pytest.approx(larvik["saved"]["mean"])
    # Where nothing works nobody is counted, and nothing is saved.
    assert saved.situation("nothing-works")["units"][0]["units"] == 0


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "en",
            ("56,500", "NOK per recipient-year", "× 180 (person-day per person)", "in prices of 2022", "1.0883"),
        ),
        ("nb", ("56 500", "kr per mottakerår", "× 180 (", "i 2022-priser", "1,0883")),
    ],
)
def test_the_page_tells_prices_index_inflation_and_that_nothing_is_discounted(
    lang: Language, words: tuple[str, ...], tmp_path: Path
) -> None:
    page = tmp_path / "risk.html"
    asked = ["risk", LARVIK, "--draws", "2000", "--lang", lang, "--html", str(page)]
    assert CliRunner().invoke(main, asked, catch_exceptions=False).exit_code == 0
    text = re.sub(r"[\u00a0\u202f]", " ", re.sub(r"<[^>]+>", " ", page.read_text(encoding="utf-8")))
    discounted = {"en": "Nothing is discounted", "nb": "Ingenting er diskontert"}[lang]
    inflation = {"en": "grow by 2% a year", "nb": "stige med 2 % i året"}[lang]
    for word in (*words, "(cpi-no)", "2024", "norway-r109-2021", inflation, discounted):
        assert word in text, word
    for source in ("SSB article", "Council of Europe SPACE I", "invented for illustration: days a returner"):
        assert source in text, source


def test_json_holds_what_the_page_multiplies() -> None:
    asked = ["risk", LARVIK, "--draws", "2000", "--json"]
    saving = json.loads(CliRunner().invoke(main, asked, catch_exceptions=False).stdout)["saving"]
    prices = saving["prices"]
    keys = ("price_year", "present_value_year", "index", "observed_to", "inflation", "discounted")
    assert [prices[key] for key in keys] == [2022, 2022, "cpi-no", 2024, "0.02", False]
    prison, _ = saving["outcomes"][0]["values"]
    assert (prison["amount"], prison["price_year"], prison["unit"]) == ("2700", 2017, "person-day")
    assert [factor["kind"] for factor in prison["factors"]] == ["index", "conversion", "avoidable"]
    numbers = {row["address"] for row in saving["numbers"]}
    assert {"inflation", prison["number"], "outcomes.kept-out.values.prison.avoidable"} <= numbers
    assert "outcomes.kept-out.quantity" not in numbers, "what the model believes of units moves nothing"
