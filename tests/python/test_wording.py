"""Words: texts in both languages, numbers as people read them, and answers in sentences."""

import tomllib
from decimal import Decimal
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import socialimpact as si
from conftest import MODELS
from socialimpact.types import Language
from socialimpact.wording import Texts, Words, answers, shown
from socialimpact.wording.answers import dagger_note, not_published
from socialimpact.wording.numbers import Numbers
from socialimpact.wording.story import Story
from socialimpact.wording.units import unit_phrase

WORDING = Path(si.__file__).parent / "wording"


def tables(language: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads((WORDING / f"{language}.toml").read_text(encoding="utf-8"))


def fields(text: object) -> set[str | None]:
    return {field for _, _, field, _ in Formatter().parse(str(text)) if field is not None}


def told(model: si.Model, question: si.BreakEven, language: Language = "en") -> str:
    appraisal = model.appraise()
    words = Words(appraisal, language)
    (answer,) = answers(appraisal, (question,), words)
    return " ".join(answer.sentences)


def test_every_text_stands_in_both_languages_with_the_same_fields() -> None:
    en, nb = tables("en"), tables("nb")
    assert {section: set(texts) for section, texts in en.items()} == {
        section: set(texts) for section, texts in nb.items()
    }
    for section, texts in en.items():
        for key, text in texts.items():
            used, allowed = fields(nb[section][key]), fields(text)
            assert used == allowed, f"{section}.{key}"


def letters(text: object) -> str:
    """A text without its fields, figures and signs."""
    return "".join(c for written, *_ in Formatter().parse(str(text)) for c in written if c.isalpha())


def test_norwegian_texts_are_not_english_ones_left_behind() -> None:
    en, nb = tables("en"), tables("nb")
    every = [(f"{section}.{key}", text) for section, texts in en.items() for key, text in texts.items()]
    same = {
        name for name, text in every if letters(text) and nb[name.partition(".")[0]][name.partition(".")[2]] == text
    }
    assert same == {"head.whom", "risk.p50", "simulation.p50", "unit_phrase.per"}, (
        "only what reads the same in both languages"
    )


@pytest.mark.parametrize(
    ("language", "value", "plain", "money", "share"),
    [
        ("en", "1234567.5", "1,234,568", "1,234,568", "123,456,750%"),
        ("nb", "1234567.5", "1\u00a0234\u00a0568", "1\u00a0234\u00a0568", "123\u00a0456\u00a0750\u00a0%"),
        ("en", "-0.4", "\u22120.4", "0", "\u221240%"),
        ("nb", "0.0123", "0,012", "0", "1,23\u00a0%"),
        ("en", "8.666666666666666666666666667", "8.67", "9", "866.67%"),
        ("en", "0", "0", "0", "0%"),
        ("en", "79228162514264337593543950335", "79,228,162,514,264,337,593,543,950,335", None, None),
    ],
)
def test_numbers_read_as_in_their_language(
    language: Language, value: str, plain: str, money: str | None, share: str | None
) -> None:
    numbers, exact = Numbers(language, "NOK", 0), Decimal(value)
    assert numbers.plain(exact) == plain
    assert money is None or numbers.money(exact) == money
    assert share is None or numbers.share(exact) == share


def test_halves_are_rounded_to_the_even_side() -> None:
    numbers = Numbers("en", "NOK", 0)
    assert [numbers.money(Decimal(value)) for value in ("0.5", "1.5", "2.5")] == ["0", "2", "2"]


def test_counts_of_people_keep_a_decimal_only_where_there_are_few() -> None:
    numbers = Numbers("nb", "NOK", 0)
    assert [numbers.count(Decimal(value)) for value in ("8.125", "81.25", "0.032", "5")] == ["8,1", "81", "0,032", "5"]


@pytest.mark.parametrize(
    ("unit", "en", "nb"),
    [
        ("person-year", "person-years", "personår"),
        ("recipient-year", "recipient-years", "mottakerår"),
        ("goat-week", "goat-weeks", "goat-uker"),
        ("share", "share", "andel"),
        ("NOK a year (nominal)", "NOK a year (nominal)", "kr i året (løpende)"),
        ("NOK per person-year (2022 prices)", "NOK per person-year (2022 prices)", "kr per personår (2022-priser)"),
        (
            "GBP (2020 prices, present value 2019)",
            "GBP (2020 prices, present value 2019)",
            "GBP (2020-priser, nåverdi 2019)",
        ),
        ("months a year per recipient", "months a year per recipient", "måneder i året per mottaker"),
    ],
)
def test_units_are_told_in_both_languages(unit: str, en: str, nb: str) -> None:
    assert unit_phrase(Texts("en"), unit, "NOK") == en
    assert unit_phrase(Texts("nb"), unit, "kr") == nb


def test_hidden_characters_of_a_users_text_are_made_visible() -> None:
    assert shown("a\u202eb\x1bc\nd\u200fe") == "a\ufffdb\ufffdc d\ufffde"
    assert shown("x" * 100, 10) == "x" * 9 + "…"


def test_the_answer_keeps_people_person_years_and_recipient_years_apart(sandefjord: si.Appraisal) -> None:
    municipality, public = sandefjord.model.answers()
    assert told(sandefjord.model, municipality).startswith(
        "Sandefjord municipality alone: to break even, the outcome “Off social assistance” must come to 8.5 people "
        "for a full year, each year, over and above what would have happened anyway."
    )
    assert (
        "59 person-years, or 129 recipient-years, since a recipient receives the benefit 5.5 months a year on average"
        in told(sandefjord.model, municipality)
    )
    assert "blir det 77 personår†, eller omtrent 169 mottakerår†" in told(sandefjord.model, public, "nb")


def test_an_answer_names_no_number_that_does_not_move_it() -> None:
    credit = {"others": {"value": 0.3, "illustrative": True}}
    model = si.read(MODELS / "beginner.toml").with_(
        {"outcomes.less-lonely.attribution": credit, "costs.team.amount": {"value": 400_000, "illustrative": True}}
    )
    appraisal = model.appraise()
    assert appraisal.illustrative_numbers("npv") == ["costs.team.amount"]
    assert appraisal.illustrative_numbers("sroi_ratio")[-1] == "outcomes.less-lonely.attribution.others"
    answered = model.break_even("outcomes.less-lonely.quantity")
    (told,) = answers(appraisal, (answered,), Words(appraisal, "en"))
    assert "one other number invented" in " ".join(told.sentences)


def test_the_answer_says_whether_it_rests_on_invented_numbers(sandefjord: si.Appraisal) -> None:
    municipality, public = sandefjord.model.answers()
    assert told(sandefjord.model, municipality).endswith(
        "None of the other numbers behind this answer is marked illustrative."
    )
    assert "rests on 3 other numbers invented for illustration: share that goes to" in told(sandefjord.model, public)


def test_it_is_said_that_the_number_of_people_is_not_published(sandefjord: si.Appraisal) -> None:
    found = sandefjord.model.answers()
    (said,) = not_published(found, Words(sandefjord, "en"))
    assert said == (
        "How many there really are for “Off social assistance” is not published: the model’s own number, 8.67 people, "
        "is invented for illustration."
    )


def test_another_number_than_a_quantity_is_answered_in_its_own_unit(sandefjord: si.Appraisal) -> None:
    model = sandefjord.model
    found = model.break_even("assumptions.months-per-recipient", holder="municipality")
    assert "Months on social assistance per recipient and year must be 5.63 months a year per recipient†." in told(
        model, found
    )


def test_no_value_in_range_is_said_with_what_was_tried(sandefjord: si.Appraisal) -> None:
    model = sandefjord.model
    found = model.break_even("outcomes.off-assistance.quantity", holder="public", low=Decimal(1), high=Decimal(2))
    assert found.status == "none"
    text = told(model, found)
    assert (
        "no value of quantity of “Off social assistance” will do: none was found between 1 person and 2 people" in text
    )
    assert "must come to" not in text


def test_a_number_that_makes_no_difference_is_said_to_make_none(sandefjord: si.Appraisal) -> None:
    model = sandefjord.model
    found = model.break_even("outcomes.off-assistance.values.wages.value", holder="municipality")
    assert "makes no difference" in told(model, found)
    assert "spiller det ingen rolle" in told(model, found, "nb")


def test_a_target_that_always_holds_is_said_not_to_matter(sandefjord: si.Appraisal) -> None:
    model = sandefjord.model
    found = model.break_even(
        "outcomes.off-assistance.quantity", measure="present_value_inputs", holder="state", target=Decimal(0)
    )
    assert found.status == "everywhere"
    assert told(model, found).startswith("It does not matter here what quantity of “Off social assistance” is")


def test_several_values_are_all_said(sandefjord: si.Appraisal) -> None:
    class Twice:
        """An answer with two values; the core's own models rarely have one."""

        def __getattr__(self, name: str) -> Any:
            changed: dict[str, Any] = {"status": "several", "values": (Decimal(3), Decimal(7)), "jumps": (False, True)}
            changed["range_ends"] = (None, None)
            return changed[name] if name in changed else getattr(sandefjord.model.answers()[0], name)

    text = told(sandefjord.model, Twice())  # type: ignore[arg-type]
    assert "can have several values: 3 people; 7 people." in text
    assert "At 7 people the measure jumps past its target without meeting it exactly." in text


def test_a_range_of_values_is_said_with_both_its_ends(sandefjord: si.Appraisal) -> None:
    quantity = "outcomes.off-assistance.quantity"
    found = sandefjord.model.break_even(quantity, measure="payback", holder="municipality", target=6)
    assert "can have several values: from 8.57 people to 8.75 people." in told(sandefjord.model, found)


@pytest.mark.parametrize(
    ("address", "en", "nb"),
    [
        ("outcomes.off-assistance.quantity", "quantity of “Off social assistance”", "antall for «Ute av sosialhjelp»"),
        (
            "outcomes.off-assistance.displacement.share",
            "displacement of “Off social assistance”",
            "fortrengning for «Ute av sosialhjelp»",
        ),
        (
            "outcomes.off-assistance.values.wages.cashable",
            "cashable share of “Wages from work”",
            "realiserbar andel for «Lønn fra arbeid»",
        ),
        (
            "outcomes.off-assistance.destinations.aap",
            "share that goes to work assessment allowance of “Off social assistance”",
            "andel som går til arbeidsavklaringspenger for «Ute av sosialhjelp»",
        ),
        ("outcomes.off-assistance.quantity.chain.0", "quantity (chain.0) of “Off social assistance”", None),
        ("inflation", "price growth a year", "prisvekst i året"),
        ("discount_origin", "discount_origin", "discount_origin"),
    ],
)
def test_addresses_are_told_in_words(sandefjord: si.Appraisal, address: str, en: str, nb: str | None) -> None:
    assert Words(sandefjord, "en").address(address) == en
    assert nb is None or Words(sandefjord, "nb").address(address) == nb


def test_decimals_inside_a_reason_are_shown_as_the_language_has_them(sandefjord: si.Appraisal) -> None:
    reason = "stands at -3286916.850653692518 after 0.5 of R-109/2021 (version 0.1.0)"
    assert Words(sandefjord, "nb").rounded(reason) == ("stands at −3 286 917 after 0,5 of R-109/2021 (version 0.1.0)")


@pytest.mark.parametrize(("language", "about"), [("en", "about "), ("nb", "omtrent ")])
def test_what_a_reader_multiplies_gives_what_is_told_or_is_told_as_about(
    sandefjord: si.Appraisal, language: Language, about: str
) -> None:
    model, numbers = sandefjord.model, Numbers(language, "NOK", 0)
    seen = set()
    for target in range(-4_000_000, 4_000_000, 500_000):
        found = model.break_even("outcomes.off-assistance.quantity", holder="municipality", target=target)
        text = told(model, found, language)
        (units,), (priced,) = found.outcome_units.to_pylist(), found.priced_units.to_pylist()
        people, years, recipients = found.values[0], units["accrued"], priced["units"]
        assert f" {numbers.count(people)} " in text
        for product, factor, times in (
            (years, people, Decimal(7)),  # each year of 2018 to 2024
            (recipients, years, 12 / Decimal("5.5")),  # months a year on average
        ):
            is_about = numbers.count(numbers.as_counted(factor) * times) != numbers.count(product)
            assert (f" {about}{numbers.count(product)} " in text) == is_about, text
            seen.add(is_about)
    assert seen == {True, False}


def test_a_reader_has_as_many_digits_as_a_count_shows() -> None:
    numbers = Numbers("en", "NOK", 0)
    told = [("0.0834", "0.083"), ("8.461", "8.5"), ("19.96", "20.0"), ("20.4", "20"), ("67234.5", "67234")]
    assert [numbers.as_counted(Decimal(value)) for value, _ in told] == [Decimal(shown) for _, shown in told]
    assert [numbers.count(Decimal(value)) for value, _ in told] == ["0.083", "8.5", "20", "20", "67,234"]


def test_an_answer_bears_a_dagger_where_other_numbers_behind_it_are_invented(sandefjord: si.Appraisal) -> None:
    found = sandefjord.model.answers()
    municipality, public = answers(sandefjord, found, Words(sandefjord, "en"))
    assert municipality.figure == "8.5 people, each year"
    assert "†" not in " ".join(municipality.sentences)
    assert public.figure.endswith(" people†, each year")
    assert public.sentences[0].count("†") == 1
    assert dagger_note((municipality,), Words(sandefjord, "en")) == ()
    assert dagger_note((municipality, public), Words(sandefjord, "nb")) == ("† bygger på illustrerende tall.",)
    between = sandefjord.model.break_even("outcomes.off-assistance.quantity", holder="public", low=1, high=2)
    assert told(sandefjord.model, between).count("†") == 2, "the measure at both ends"
    nothing_asked = si.read(MODELS / "bike-workshop.toml").appraise()
    assert Story(nothing_asked, "en").after_answers[-1] == "† rests on numbers invented for illustration."
    assert "†" in Story(nothing_asked, "en").after_answers[0]
