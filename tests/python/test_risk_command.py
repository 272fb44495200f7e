"""The command `risk`, its page, and what they say where a name is hostile."""

import json
import math
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import socialimpact as si
from conftest import HOSTILE
from socialimpact.cli import BAD_INPUT, main
from socialimpact.report.risk import risk_page
from socialimpact.types import Language
from socialimpact.wording.numbers import Numbers
from socialimpact.wording.risking import Risked

LARVIK = Path("fixtures/contracts/larvik-for-nothing.toml")
DRAWN = ("--draws", "2000", "--seed", "7")


def in_a_model() -> si.Contract:
    contract = si.read("fixtures/models/larvik-contract.toml").contract
    assert contract
    return contract


def typed(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["risk", *map(str, words)], catch_exceptions=False)


def test_every_situation_is_told_with_what_it_means() -> None:
    told = " ".join(typed(LARVIK, *DRAWN).stdout.split())
    assert "The chance of paying if nothing works and the contract's baseline is right: 18.9%." in told
    assert "Nothing works, the baseline is right: the programme changes nothing, and what happens without it" in told
    for text in (
        "invented for illustration",
        "Tønsberg†",
        "Every number of the truth",
        "taken, since nothing is said",
        "30.4%",
        "2,000 independent draws",
    ):
        assert text in told, text


def test_it_is_told_in_norwegian() -> None:
    told = " ".join(typed(LARVIK, *DRAWN, "--lang", "nb").stdout.split())
    for text in (
        "18,9 %",
        "Tiltaket virker ikke, referansenivået stemmer†",
        "Alle forutsetninger om virkeligheten",
        "illustrerende",
        "Målet nådd†",
    ):
        assert text in told, text


def test_json_holds_what_python_gives() -> None:
    result = json.loads(typed(LARVIK, *DRAWN, "--json").stdout)
    assert result == si.read_contract(LARVIK).risk(2_000, 7).to_dict()
    assert result["provenance"]["seed"] == 7


def test_a_contract_without_a_truth_ends_with_a_sentence() -> None:
    terms = "fixtures/contracts/larvik.toml"
    result = typed(terms)
    assert result.exit_code == BAD_INPUT
    assert result.stderr.startswith(f"{terms}: truth: the document has no `truth`: write a `[truth]` table")


def test_a_comparison_without_people_names_file_and_place(tmp_path: Path) -> None:
    terms = tmp_path / "terms.toml"
    text = LARVIK.read_text(encoding="utf-8")
    fixed = text[text.index("{ fixed =") : text.index("\n", text.index("{ fixed ="))]
    terms.write_text(text.replace(fixed, '{ group = "others" }'), encoding="utf-8")
    said = "`fewer-relapses` compares with a group: say how many people of it there are, `compared = 500`"
    assert typed(terms).stderr == f"{terms}: truth.cohorts.first.compared: {said}\n"


@pytest.mark.parametrize("draws", ["0", "-1", "4194305"])
def test_every_wrong_number_of_draws_is_told_the_whole_range(draws: str) -> None:
    assert "from 1 to 4194304" in typed(LARVIK, "--draws", draws).stderr


def test_page_and_picture_are_written_beside(tmp_path: Path) -> None:
    page, picture = tmp_path / "risk.html", tmp_path / "risk.svg"
    typed(LARVIK, *DRAWN, "--html", page, "--plot", picture)
    assert "<title>Larvik: what would this contract pay for nothing?</title>" in page.read_text(encoding="utf-8")
    assert "no effect, baseline right: 18.9%" in picture.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["en", "nb"])
def test_the_page_has_its_table_beside_the_chart_and_the_chart_in_words(lang: Language) -> None:
    page = risk_page(Risked(si.read_contract(LARVIK).risk(2_000, 7), lang))
    assert f'<html lang="{lang}">' in page
    right = "18.9%" if lang == "en" else "18,9\u00a0%"
    described = page.split("<desc")[1].split("</desc>")[0]
    assert right in described
    assert page.count(right) >= 4  # in the lead, in words, in the bar, in the table
    figure = page.split("<figure>")[1].split("</figure>")[0]
    assert ("illustrative" if lang == "en" else "illustrerende") in figure
    assert 'class="dagger"' in page
    assert "<script" not in page


def test_a_hostile_name_is_only_text(rendered: Callable[[Path], str], tmp_path: Path) -> None:
    document = json.loads(si.read_contract(LARVIK).to_json())
    document["name"] = HOSTILE
    for part in (*document["holders"], *document["contract"]["metrics"], *document["contract"]["payments"]):
        part["name"] = HOSTILE
    document["truth"]["note"] = HOSTILE
    contract = si.Contract.from_json(json.dumps(document))
    page = tmp_path / "page.html"
    page.write_text(risk_page(Risked(contract.risk(500, 7), "nb")), encoding="utf-8")
    shown = rendered(page)
    assert "<script>" not in shown
    assert "<img" not in shown
    assert "&lt;script&gt;" in shown


@pytest.mark.parametrize(
    ("lang", "method"), [("en", "draws of a Latin hypercube"), ("nb", "trekninger i en latinsk hyperkube")]
)
def test_the_method_of_drawing_is_told_in_words(lang: str, method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    told = typed(LARVIK, "--draws", "500", "--points", "latin", "--lang", lang).stdout
    assert told.count(method) == 2  # in the lead, and among what made the figures
    assert not re.search(r"\blatin\b", told)


def test_no_error_is_shown_as_none_and_no_line_is_broken_beside_it() -> None:
    numbers = Numbers("nb", "NOK", 0)
    assert (
        numbers.beside_error("4\u00a0369\u00a0200", Decimal("11606.2")) == "4\u00a0369\u00a0200\u00a0±\u00a011\u00a0606"
    )
    assert numbers.beside_error("12", Decimal("0.0004")) == "12\u00a0±\u00a00,00040"
    assert numbers.share_to(Decimal("0.9926"), 2) == "99,26\u00a0%"
    told = typed(LARVIK, "--draws", "100000", "--seed", "7").stdout
    errors = re.findall(r"±\u00a0([0-9.,]+)", told)
    assert errors
    assert all(float(error.replace(",", "")) > 0 for error in errors)
    assert not re.search(r"[0-9%] ± [0-9]", told)


def test_what_percentiles_are_is_said_where_they_are_told() -> None:
    told = " ".join(typed(LARVIK, *DRAWN).stdout.split())
    assert told.count("5% of the draws are at or below the 5th percentile, half at or below the median") == 3
    assert " 5% " not in " ".join(typed(LARVIK, *DRAWN, "--lang", "nb").stdout.split()).replace("5 % av", "")


@pytest.mark.parametrize("lang", ["en", "nb"])
def test_the_page_tells_every_assumption_with_its_source_or_its_mark(lang: Language) -> None:
    told = Risked(si.read_contract(LARVIK).risk(500, 7), lang)
    illustrative, taken = ("illustrative", "taken") if lang == "en" else ("illustrerende", "brukt fordi")
    rows = {row[0].text: row for row in told.assumptions().rows}
    limit, step = rows["contract.at_most"], rows["contract.payments.target.schedule.steps.0.at"]
    assert (limit[1].exact, limit[4].text) == (4_400_000, "Larvik kommune: page on the effect contract")
    # What is invented has no source, not even that of the terms around it.
    assert (step[3].marks, step[4].text) == ((illustrative,), "")
    normal = {"en": "normal(mean 0.1, sd 0.1)", "nb": "normalfordeling (gjennomsnitt 0,1; standardavvik 0,1)"}
    assert normal[lang] in rows["truth.metrics.relapse.effect"][2].text
    assert all(row[3].marks or row[4].text for row in rows.values())
    settings = {row[0].text: row[1] for row in told.settings().rows}
    assert settings["truth.cohorts.first.date"].text == ("2025-12-31" if lang == "en" else "31.12.2025")
    assert settings["truth.metrics.relapse.scatter"].marks[0].startswith(taken)
    page = risk_page(told)
    for row in (*told.assumptions().rows, *told.settings().rows, *told.defaults().rows):
        assert f"<code>{row[0].text}</code>" in page.replace("<wbr>", "")
    assert "truth.<wbr>metrics.<wbr>relapse.<wbr>effect</code>" in page


@pytest.mark.parametrize("lang", ["en", "nb"])
def test_one_event_has_one_chance_in_every_table(lang: Language) -> None:
    told = Risked(si.read_contract(LARVIK).risk(2_000, 7), lang)
    exact = {row[0].text: row[1].text for row in told.overview().rows if "±" not in row[1].text}
    assert len(exact) == 3, "all but what is believed is worked out"
    # The one payment is made wherever anything is paid, so that its chance is the same event.
    payments = told.payments()
    chances = {column.title: cell.text for column, cell in zip(payments.columns, payments.rows[0], strict=True)}
    assert {name: chances[name] for name in exact} == exact
    assert any(
        "“" + told.overview().caption in note or "«" + told.overview().caption in note for note in payments.notes
    )


def test_a_part_that_is_paid_in_other_draws_keeps_its_drawn_chance() -> None:
    text = LARVIK.read_text(encoding="utf-8")
    payment = text[text.index("[[contract.payments]]") : text.index("[truth]")]
    harder = payment.replace('id = "target"', 'id = "harder"').replace("value = 0.10", "value = 0.20")
    both = text.replace(payment, (payment + harder).replace("4_400_000", "2_200_000"))
    told = Risked(si.Contract.from_toml(both).risk(2_000, 7), "en")
    first, second = (row[3] for row in told.payments().rows)
    assert "±" not in first.text
    assert first.text == told.overview().rows[2][1].text
    assert "±" in second.text


def test_the_error_of_a_table_is_that_of_its_own_means() -> None:
    told = Risked(in_a_model().risk(2_000, 7), "en")
    believed = told.situations[0]
    by_year = max(row["standard_error"] for row in believed["by_year"])
    error = Numbers("en", "NOK", 0).amount(Decimal(repr(by_year)))
    assert any(f"The standard error of a mean is {error} at most." in note for note in told.years().notes)
    # The table of payers has all situations, of which one is far less sure.
    widest = max(row["paid"]["standard_error"] for row in told.situations)
    assert widest > 2 * by_year
    error = Numbers("en", "NOK", 0).amount(Decimal(repr(widest)))
    assert any(f"The standard error of a mean is {error} at most." in note for note in told.payers().notes)


@pytest.mark.parametrize(
    ("lang", "change", "supposed"),
    [
        ("en", "Back in prison: fewer people", "what happens anyway is as believed"),
        ("nb", "Tilbake i fengsel: færre personer", "det som skjer uansett, er som antatt"),
    ],
)
def test_changes_and_situations_are_told_in_plain_words(lang: Language, change: str, supposed: str) -> None:
    told = Risked(in_a_model().risk(2_000, 7), lang)
    changes = told.changes()
    assert changes.rows[0][0].text == change
    assert changes.columns[1].title == {"en": "Expected", "nb": "Forventet"}[lang]
    assert any({"en": "nine in ten", "nb": "ni av ti"}[lang] in note for note in changes.notes)
    assert supposed in told.overview().rows[-1][0].text
    page = risk_page(told)
    for unclear in ("as the truth says", "as in truth", "as the truth has them"):
        assert unclear not in page


def test_the_terminal_leaves_out_the_sound_numbers_of_the_terms() -> None:
    told = typed(LARVIK, *DRAWN).stdout
    assert "contract.payers.0.share" in told
    assert "contract.at_most" not in told


@pytest.mark.parametrize("lang", ["en", "nb"])
def test_what_the_error_of_evenly_spread_draws_is_stands_where_it_is_shown(lang: Language) -> None:
    contract = si.read_contract(LARVIK)
    said = (
        "the error that independent draws would have" if lang == "en" else "feilen som uavhengige trekninger ville hatt"
    )
    even = Risked(contract.risk(512, 7, points="sobol"), lang)
    for grid in (even.overview(), even.payments()):
        assert any(said in note for note in grid.notes)
    assert said in risk_page(even)
    assert said not in risk_page(Risked(contract.risk(512, 7), lang))


TWO_WAYS = """
impact = 1
name = "Fewer return (illustrative)"
currency = "NOK"
holders = [{ id = "state", kind = "public", level = "state" }, { id = "provider", kind = "enterprise" }]
[contract]
payee = "provider"
payers = [{ holder = "state" }]
metrics = [{ id = "returned", kind = "share", direction = "decrease" }]
estimates = [{ id = "fewer", metric = "returned", effect = "avoided", against = { fixed = 0.6 } }]
payments = [{ id = "fewer", of = "fewer", schedule = { per_unit = 10_000 } }]
[truth]
illustrative = true
metrics = [{ id = "returned", counterfactual = 0.6, effect = 0 }]
cohorts = [{ id = "first", date = 2025-12-31, people = 100 }]
"""


def test_a_refund_is_told_with_its_chance_and_size_and_so_is_that_there_is_none(tmp_path: Path) -> None:
    silent, owing = tmp_path / "silent.toml", tmp_path / "owing.toml"
    silent.write_text(TWO_WAYS, encoding="utf-8")
    owing.write_text(TWO_WAYS.replace("10_000 }", "10_000 }, refunds = true"), encoding="utf-8")
    told = {
        (path.stem, lang): " ".join(typed(path, *DRAWN, "--lang", lang).stdout.split())
        for path in (silent, owing)
        for lang in ("en", "nb")
    }
    found = si.read_contract(owing).risk(2_000, 7).situations.to_pylist()[0]
    chance, mean = f"{100 * found['chance_of_refund']:.1f}", round(found["mean_refund"])
    assert 0.43 < found["chance_of_refund"] < 0.49  # P(61 or more of 100 at 0.6) = 0.462
    # p (1 - p) / 2,000, its root; and none of a refund that never comes.
    share = found["chance_of_refund"]
    assert found["chance_of_refund_error"] == pytest.approx(math.sqrt(share * (1 - share) / 2_000))
    never = si.read_contract(silent).risk(2_000, 7).situations.to_pylist()[0]
    assert (never["chance_of_refund"], never["chance_of_refund_error"]) == (0, 0)
    assert f"In {chance}% ±" in told["owing", "en"]
    assert f"money goes back to the payers: NOK {mean:,} on average where it does" in told["owing", "en"]
    assert "går penger tilbake til betalerne" in told["owing", "nb"]
    for lang, word in (("en", "money goes back"), ("nb", "går penger tilbake")):
        assert word not in told["silent", lang]
        assert "contract.payments.fewer.refunds" in told["silent", lang]
        assert "contract.payments.fewer.refunds" not in told["owing", lang]
