"""Comparisons from Python, the command line and the page."""

import json
import pickle
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import socialimpact as si
from conftest import MODELS
from models import beginner
from socialimpact.cli import main
from socialimpact.types import Language
from socialimpact.wording.comparing import Compared

LARVIK = str(MODELS / "larvik.toml")
CONVENTIONS: list[str | dict[str, Any]] = ["uk-green-book-2022", {"base": "norway-r109-2021", "financing": {"cost": 0}}]


def run(*arguments: str) -> str:
    result = CliRunner(env={"COLUMNS": "120"}).invoke(main, ["compare", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def larvik() -> si.Model:
    return si.read(LARVIK)


def swedish() -> si.Model:
    document = beginner()
    document.update({"country": "SE", "currency": "SEK", "name": "Swedish group", "conventions": "sroi-practice"})
    return si.Model.from_dict(document)


def test_the_causes_of_each_model_add_up_to_its_difference() -> None:
    found = larvik().compare(CONVENTIONS)
    rows = found.table.to_pylist()
    differences = {row["model"]: row["difference"] for row in rows if row["measure"] == "npv"}
    for model in (1, 2):
        causes = [row for row in found.causes("npv").to_pylist() if row["model"] == model]
        assert sum(row["by"] for row in causes) == differences[model]
        npv = [row["value"] for row in rows if row["measure"] == "npv"]
        assert npv[model] - npv[0] == differences[model]


def test_columns_name_conventions_editions_and_what_is_overridden() -> None:
    columns = larvik().compare(CONVENTIONS).columns
    assert columns["conventions"] == ["norway-r109-2021", "uk-green-book-2022", "norway-r109-2021"]
    assert columns["edition"][1] == "2022"
    assert columns["overridden"] == [None, None, "conventions.financing.cost"]


def test_a_model_beside_itself_shows_no_difference() -> None:
    found = si.compare([larvik(), larvik()])
    assert {row["difference"] for row in found.table.to_pylist() if row["model"] == 1} <= {Decimal(0), None}
    assert len(found.causes("npv")) == 0
    assert len(found.warnings) == 0


def test_a_comparison_travels_and_is_equal_to_itself() -> None:
    found = larvik().compare(["sroi-practice"], measures=["npv", "bcr"], holders=["society", "public"])
    again = pickle.loads(pickle.dumps(found))  # noqa: S301  # our own bytes
    assert again == found
    assert hash(again) == hash(found)
    assert len(found) == 2
    assert "side by side" in found._repr_html_()


def test_money_of_two_countries_stands_on_one_line_only_where_it_is_carried() -> None:
    models = [si.Model.from_dict(beginner()), swedish()]
    apart = si.compare(models, measures=["npv"]).table.to_pylist()[1]
    assert apart["value"] is not None
    assert apart["common"] is None
    assert apart["apart_en"].startswith("it is counted in SEK (2024 prices, present value 2024), and the base in NOK")
    with pytest.raises(si.ImpactError, match="model 2 is in SEK: say by which `exchange` it is carried to NOK"):
        si.compare(models, price_year=2024)
    found = si.compare(models, measures=["npv"], exchange="purchasing-power")
    factor = found.columns["factor"][1]
    row = found.table.to_pylist()[1]
    assert round(row["common"] - row["value"] * factor, 6) == 0  # the factor is shown with twelve decimals
    assert sum(cause["by"] for cause in found.causes("npv").to_pylist()) == row["difference"]


def test_ratios_of_unlike_conventions_are_shown_with_what_is_unlike() -> None:
    found = larvik().compare(["sroi-practice"], measures=["sroi_ratio"])
    assert [row["value"] is not None for row in found.table.to_pylist()] == [True, True]
    (warning,) = found.warnings.to_pylist()
    assert warning["rule"] == "ratios-not-comparable"
    assert "how transfers count" in warning["message_en"]
    assert "hvordan overføringer regnes" in warning["message_nb"]


def test_a_document_may_say_why_its_ratios_stand_beside_unlike_ones() -> None:
    reason = "both are shown to the council, <b>with</b> what tells them apart"
    silenced = {"silenced": [{"rule": "ratios-not-comparable", "reason": reason}]}
    found = larvik().with_(silenced).compare(["sroi-practice"], measures=["sroi_ratio"])
    assert found.warnings.to_pylist()[0]["silenced"] == reason


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"conventions": "sroi-practice"}, "give a list of conventions"),
        ({"conventions": ["sroi-practise"]}, "sroi-practice"),
        ({"conventions": ["sroi-practice"], "measures": ["nvp"]}, "`nvp` is not a measure"),
        ({"conventions": ["sroi-practice"], "holders": ["county"]}, "`county` is no holder of this model"),
    ],
)
def test_what_cannot_be_asked_is_refused(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(si.ImpactError, match=said):
        larvik().compare(**asked)


def test_a_picture_shows_what_makes_the_difference() -> None:
    from socialimpact import plots

    found = larvik().compare(["sroi-practice"], measures=["npv"])
    assert plots.alt_text(found.plot("npv")).startswith("What makes the difference: Common practice")
    with pytest.raises(si.ImpactError, match="`2` is none of the models beside the base"):
        found.plot("npv", model=2)


@pytest.mark.parametrize(("lang", "words"), [("en", "Difference in all"), ("nb", "Forskjell i alt")])
def test_the_command_shows_conventions_side_by_side(lang: Language, words: str) -> None:
    text = run(LARVIK, "--conventions", "sroi-practice,uk-green-book-2022", "--lang", lang)
    assert words in text
    assert "ratios-not-comparable" in text


def test_the_command_compares_models_and_writes_json_and_a_page(tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    hostile = larvik().with_({"name": "<script>alert(1)</script>"})
    other.write_text(hostile.to_toml(), encoding="utf-8")
    page = tmp_path / "page.html"
    content = json.loads(run(LARVIK, str(other), "--measure", "npv", "--json", "--html", str(page)))
    assert Decimal(content["measures"][0]["figures"][1]["difference"]) == 0
    written = page.read_text(encoding="utf-8")
    assert "&lt;script&gt;" in written
    assert "<script" not in written


def test_the_table_of_causes_adds_up_in_every_column() -> None:
    countries = ("norway", "sweden", "scotland", "ireland")
    models = [si.read(MODELS / "berse" / f"{country}.toml") for country in countries]
    found = si.compare(models, measures=["npv"], exchange="purchasing-power")
    compared = Compared(found, "en")
    *causes, whole = compared.causes(compared.measures[0]).rows
    for column in (1, 2, 3):
        values = [Decimal(row[column].exact or 0) for row in causes]
        assert sum(values) == whole[column].exact == found.table["difference"][column]


def test_one_command_does_not_mix_models_and_conventions() -> None:
    result = CliRunner().invoke(main, ["compare", LARVIK, LARVIK, "--conventions", "sroi-practice"])
    assert result.exit_code == 2
    assert "give one MODEL" in result.output


def test_a_document_without_conventions_follows_the_rules_of_its_country() -> None:
    def taken(country: str, currency: str) -> list[str]:
        document = beginner()
        document.update({"country": country, "currency": currency})
        model = si.Model.from_dict(document)
        return [row["taken"] for row in model.defaults.to_pylist() if row["address"] == "conventions"]

    assert taken("DK", "DKK") == ["denmark-2023"]
    assert taken("IE", "EUR") == ["ireland-2019"]
    assert taken("GB-SCT", "GBP") == ["uk-green-book-2022"]
    for country, currency in (("SE", "SEK"), ("FI", "EUR"), ("US", "USD"), ("PT", "EUR")):
        assert taken(country, currency) == ["sroi-practice"]
