"""What stands beside the priced account: the same from Python, on the terminal and on the page."""

import copy
import json
from decimal import Decimal
from html import unescape

import pytest
from click.testing import CliRunner

import socialimpact as si
from conftest import MODELS
from socialimpact.cli import main
from socialimpact.report import page

WORKSHOP = MODELS / "bike-workshop.toml"


@pytest.fixture(scope="module")
def appraisal() -> si.Appraisal:
    return si.read(WORKSHOP).appraise()


def test_effects_without_a_price_have_their_consequence(appraisal: si.Appraisal) -> None:
    found = appraisal.non_priced()
    assert found is not None
    assert list(found.effects["consequence"]) == ["+++", "++", "-"]
    assert (found.pull, found.bearing) == ("both-ways", "divided")
    assert found.illustrative
    assert found.unverified
    assert found.npv == appraisal.measure("npv").value
    assert found.scale.nb == "Pluss-minusskala, enkel regel i dette biblioteket"
    assert copy.deepcopy(found).effects.to_pylist() == found.effects.to_pylist()


def test_a_document_without_such_effects_has_none() -> None:
    assert si.read(MODELS / "beginner.toml").appraise().non_priced() is None


def test_the_json_has_them_as_they_are(appraisal: si.Appraisal) -> None:
    told = json.loads(appraisal.to_json())["non_priced"]
    assert [row["consequence"] for row in told["effects"]] == ["+++", "++", "-"]
    assert Decimal(told["npv"]) == appraisal.measure("npv").value


@pytest.mark.parametrize(
    ("language", "heading", "weighed"),
    [
        ("en", "What has no price", "is for people to say"),
        ("nb", "Det som ikke er prissatt", "er det mennesker som avgjør"),
    ],
)
def test_terminal_and_page_show_them_and_say_who_weighs(
    appraisal: si.Appraisal, language: si.Language, heading: str, weighed: str
) -> None:
    shown = CliRunner().invoke(main, ["appraise", str(WORKSHOP), "--lang", language])
    assert shown.exit_code == 0, shown.output
    for text in (" ".join(shown.output.split()), " ".join(unescape(page(appraisal, language=language)).split())):
        assert heading in text
        assert weighed in text
        assert "+++" in text


def test_groups_of_women_youth_and_countryside_are_on_the_page(appraisal: si.Appraisal) -> None:
    text = unescape(page(appraisal))
    assert all(name in text for name in ("Women", "Under 25", "Living outside the town"))
    whole = appraisal.measure("npv", holder="participants").value
    for by in ("gender", "age", "place"):
        assert sum(row["net"] for row in appraisal.groups().to_pylist() if row["by"] == by) == whole


def test_goals_are_served_without_adding_a_value_twice(appraisal: si.Appraisal) -> None:
    coverage = appraisal.goals()
    assert coverage is not None
    assert coverage.unserved == ("climate",)
    assert coverage.several == ("into-work",)
    assert coverage.served == coverage.whole == appraisal.measure("present_value_outcomes").value
    assert sum(coverage.present_values.values()) > coverage.whole
    rows = coverage.goals.to_pylist()
    assert [row["outcome"] or row["non_priced"] for row in rows if row["goal"] == "work"] == ["into-work", "belonging"]
    assert len(json.loads(appraisal.to_json())["goals"]["goals"]) == len(coverage.present_values)


@pytest.mark.parametrize("level", ["real", "nominal"])
def test_the_enterprise_account_closes_to_the_last_digit(appraisal: si.Appraisal, level: si.PriceLevel) -> None:
    account = appraisal.enterprise(level)
    assert account is not None
    assert account.opening_cash + sum(account.years["net"]) == account.closing_cash
    lines = account.lines.to_pylist()
    for row in account.years.to_pylist():
        own = [line for line in lines if line["year"] == row["year"]]
        assert sum(line["amount"] if line["side"] == "income" else -line["amount"] for line in own) == row["net"]
    assert account.break_even.status == "at-least"
    assert account.illustrative


def test_what_has_no_goals_and_no_enterprise_says_so() -> None:
    plain = si.read(MODELS / "beginner.toml").appraise()
    assert plain.goals() is None
    assert plain.enterprise() is None
    with pytest.raises(si.ImpactError, match="`fixed` is not a price level"):
        plain.enterprise("fixed")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Goals served", "nothing", "The enterprise's own account", "Taken from the model")),
        ("nb", ("Mål som nås", "ingenting", "Virksomhetens eget regnskap", "Hentet fra modellen")),
    ],
)
def test_terminal_and_page_show_goals_and_the_enterprise(
    appraisal: si.Appraisal, language: si.Language, words: tuple[str, ...]
) -> None:
    shown = CliRunner().invoke(main, ["appraise", str(WORKSHOP), "--lang", language])
    assert shown.exit_code == 0, shown.output
    for text in (" ".join(shown.output.split()), " ".join(unescape(page(appraisal, language=language)).split())):
        assert [word for word in words if word not in text] == []
