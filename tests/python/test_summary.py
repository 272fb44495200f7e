"""The summary in words: whole sentences, both languages, and the figures they tell."""

import re
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest

import socialimpact as si
from conftest import MODELS
from socialimpact.report.page import page
from socialimpact.types import Language
from socialimpact.wording.numbers import Numbers
from socialimpact.wording.story import Story

SPACE = "\u00a0"
SNAPSHOTS = Path(__file__).parent / "snapshots"
LANGUAGES: tuple[Language, ...] = get_args(Language)

NO_INPUTS = """
impact = 1
name = { en = "A gift of time", nb = "Tid som gave" }
country = "NO"
currency = "NOK"
price_year = 2024
start = 2024
costs = []
holders = [ { id = "people", name = { en = "Lonely people", nb = "Ensomme" }, kind = "people" } ]
[[outcomes]]
id = "visits"
name = { en = "A visitor", nb = "En besøksvenn" }
holder = "people"
quantity = 1
values = [ { id = "company", value = 20_000, unit = "person-year", kind = "social", source = "own estimate" } ]
"""


def model(name: str) -> si.Model:
    return si.Model.from_toml(NO_INPUTS) if name == "no-ratio" else si.read(MODELS / f"{name}.toml")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["sandefjord", "beginner", "no-ratio"])
def test_the_summary_reads_as_it_was_read_by_a_person(name: str, language: Language) -> None:
    told = "\n".join(model(name).appraise().summary(language=language)) + "\n"
    kept = (SNAPSHOTS / f"summary-{name}-{language}.txt").read_text(encoding="utf-8")
    assert told == kept


def about(value: Decimal, language: Language) -> str:
    """An amount to three significant digits, told in another way than the package does."""
    rounded = Decimal(f"{abs(value):.2e}")
    if rounded >= 1_000_000:
        millions = f"{(rounded / 1_000_000).normalize():f}"
        if language == "nb":
            return f"{millions.replace('.', ',')}{SPACE}millioner{SPACE}kroner"
        return f"NOK{SPACE}{millions}{SPACE}million"
    grouped = f"{rounded:,.0f}"
    return grouped.replace(",", SPACE) + f"{SPACE}kroner" if language == "nb" else f"NOK{SPACE}{grouped}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_of_the_summary_are_the_librarys(sandefjord: si.Appraisal, language: Language) -> None:
    told = " ".join(sandefjord.summary(language=language))
    for holder in ("society", "public", "municipality", "state"):
        value = sandefjord.measure("npv", holder=holder).value
        assert value is not None
        assert about(value, language) + "†" in told, holder
    inputs = sandefjord.measure("present_value_inputs").value
    assert inputs is not None
    assert about(inputs, language) in told
    short = sandefjord.budget("state", price_level="nominal").table["cumulative"][-1]
    assert about(short, language) + "†" in told
    assert str(sandefjord.budget("municipality", price_level="nominal").break_even_year) in told


def test_a_gain_and_a_loss_change_the_words_and_never_carry_a_sign(sandefjord: si.Appraisal) -> None:
    gaining = sandefjord.model.with_({"outcomes.off-assistance.quantity": 14}).appraise().summary()
    losing = sandefjord.model.with_({"outcomes.off-assistance.quantity": 2}).appraise().summary()
    assert "all public budgets together would gain" in gaining[2]
    assert "all public budgets together would lose" in losing[2]
    assert "the budget is still" in losing[3]
    assert not [sentence for sentence in (*gaining, *losing) if re.search(r"[-\u2212]\d", sentence)]


def test_one_is_told_in_the_singular() -> None:
    told = si.Model.from_toml(NO_INPUTS).appraise().summary(language="nb")
    assert f"1{SPACE}person, til sammen 1{SPACE}personår" in told[1]


def test_several_payers_stand_in_a_list_and_many_budgets_are_counted() -> None:
    told = si.read(MODELS / "shape.toml").appraise().summary(language="nb")
    assert re.search(r"Innsatsen har en nåverdi på .* i 2019: Kommunen .*; [Ee]nterprise ", told[0])
    assert "Av 5 offentlige budsjetter kommer 1 ut med netto gevinst og 1 med netto tap." in told


def test_a_joint_holder_stands_for_its_members() -> None:
    told = si.read(MODELS / "larvik.toml").appraise().summary(language="nb")
    assert told[3].startswith("De fire kommunene får et netto tap på ")
    assert told[4].startswith("Staten får en netto gevinst på ")


def test_more_of_what_should_be_less_is_told_as_more() -> None:
    appraisal = si.template("child-welfare").model().appraise()
    # Of two placed a year 0.15 more are moved, three years: 0.9 children.
    sentences: dict[Language, str] = {
        "en": "“Moves after a broken placement”, 0.9",
        "nb": "«Flyttinger etter brudd», 0,9",
    }
    for language, told in sentences.items():
        (part,) = [part for part in appraisal.summary(language=language) if told in part]
        assert re.search(told + r"\xa0\w+† (more|flere)", part), part


def test_other_money_than_kroner_is_never_called_kroner() -> None:
    document = si.Model.from_toml(NO_INPUTS).to_dict()
    document.update(country="GB", currency="GBP", holders=[*document["holders"], {"id": "town", "kind": "public"}])
    document["holders"][-1]["level"] = "municipality"
    document["costs"] = [{"id": "team", "payer": "town", "amount": 5000, "year": 2024, "source": "budget"}]
    told = " ".join(si.Model.from_dict(document).appraise().summary(language="nb"))
    assert "GBP" in told
    assert "kroner" not in told
    assert "løpende priser" in told


def test_a_hostile_name_cannot_turn_or_break_the_sentence(hostile: si.Appraisal) -> None:
    told = " ".join(hostile.summary(language="nb"))
    assert not re.search("[\u202e\u200f\x1b\n]", told)
    assert len(told) < 10_000


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("0", f"0{SPACE}kr"),
        ("999.6", f"1{SPACE}000{SPACE}kr"),
        ("158286.36", f"158{SPACE}000{SPACE}kroner"),
        ("999500", f"1{SPACE}million{SPACE}kroner"),
        ("1004999", f"1{SPACE}million{SPACE}kroner"),
        ("6510585.67", f"6,51{SPACE}millioner{SPACE}kroner"),
        ("12345678901234567890", f"12{SPACE}300{SPACE}000{SPACE}000{SPACE}milliarder{SPACE}kroner"),
    ],
)
def test_an_amount_in_words_has_three_digits(value: str, told: str) -> None:
    assert Numbers("nb", "NOK", 0).about(Decimal(value)).replace("kroner", "kr") == told.replace("kroner", "kr")


def test_an_unknown_language_is_refused(sandefjord: si.Appraisal) -> None:
    with pytest.raises(si.ImpactError, match="is not a language of the reports"):
        sandefjord.summary(language="nn")  # type: ignore[arg-type]


PAYERS = """
impact = 1
name = "Costs"
country = "NO"
currency = "NOK"
price_year = 2024
start = 2023
horizon = 3
holders = [ { id = "people", kind = "people" }, { id = "town", kind = "public", level = "municipality" } ]
[[costs]]
id = "team"
payer = "town"
per_year = [1000, { value = 2000, illustrative = true }]
years = [2023, 2024]
price_basis = "real"
source = "budget"
[[costs]]
id = "house"
payer = "town"
amount = 500
year = 2023
price_year = 2020
optimism_bias = 0.2
source = "a tender"
[[outcomes]]
id = "visits"
holder = "people"
quantity = 2
duration = 2
values = [ { id = "company", value = 20_000, unit = "person-year", kind = "social", source = "own estimate" } ]
"""


def test_the_opening_tells_every_cost_with_its_own_price_level() -> None:
    opening = Story(si.Model.from_toml(PAYERS).appraise(), "en").opening
    assert [sentence.replace(SPACE, " ") for sentence in opening[1:3]] == [
        "Paid by town: NOK 3,000 (in 2024 prices) in all over 2023–2024 for team.",
        "Paid by town: NOK 500 (in 2020 prices), before optimism bias, in 2023 for house.",
    ]


def test_inputs_that_rest_on_invented_numbers_are_marked() -> None:
    invented, known = (
        si.Model.from_toml(text) for text in (PAYERS, PAYERS.replace("illustrative = true", "grade = 'A'"))
    )
    assert "†" in invented.appraise().summary()[0]
    assert "†" not in known.appraise().summary()[0]


def test_measures_of_an_outcome_say_per_what() -> None:
    (grid, *_) = Story(si.Model.from_toml(PAYERS).appraise(), "nb").tables.measures()
    assert [title for title in (row[0].text for row in grid.rows) if "visits" in title] == [
        "Kostnad per virkning: visits, per personår, uten diskontering",
        "Gevinst per enhet: visits, per person ved starten",
    ]


@pytest.mark.parametrize(
    ("filters", "said"), [("multiplicative", "what the earlier ones have left."), ("additive", "of the whole")]
)
def test_the_waterfall_says_what_its_shares_are_taken_of(filters: str, said: str) -> None:
    rules = f'conventions = {{ base = "norway-r109-2021", combination = {{ filters = "{filters}" }} }}\nprice_year'
    appraisal = si.Model.from_toml(PAYERS.replace("price_year", rules, 1)).appraise()
    told = Story(appraisal, "en").waterfall_order
    assert said in told
    assert told in page(appraisal)


def said(text: str, language: Language) -> tuple[str, ...]:
    return si.Model.from_toml(text).appraise().summary(language=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_many_are_reached_is_marked_only_where_that_rests_on_what_is_invented(language: Language) -> None:
    known = (
        (MODELS / "sandefjord.toml").read_text(encoding="utf-8").replace("illustrative = true", "illustrative = false")
    )
    cost = known.replace("per_year = 1_000_000", "per_year = { value = 1_000_000, illustrative = true }", 1)
    start = known.index("quantity = { pert")
    quantity = known[:start] + known[start:].replace("illustrative = false", "illustrative = true", 1)
    marked = {
        name: any(f"61{SPACE}" in line and "†" in line for line in said(text, language))
        for name, text in (("known", known), ("cost", cost), ("quantity", quantity))
    }
    assert marked == {"known": False, "cost": False, "quantity": True}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_bears_no_mark_where_nothing_is_invented_and_deductions_bear_none_for_an_invented_cost(
    language: Language,
) -> None:
    known = (
        (MODELS / "sandefjord.toml").read_text(encoding="utf-8").replace("illustrative = true", "illustrative = false")
    )
    assert "†" not in page(si.Model.from_toml(known).appraise(), language=language)
    cost = known.replace("per_year = 1_000_000", "per_year = { value = 1_000_000, illustrative = true }", 1)
    steps = si.Model.from_toml(cost).appraise().waterfall().table.to_pylist()
    assert [row["step"] for row in steps if row["illustrative"]] == ["inputs", "transfers", "financing", "net"]
