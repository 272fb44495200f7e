"""The notebooks of the manual run from top to bottom, and what they say in words is what their cells find."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pytest

from notebooks import Ran, cells, run
from socialimpact import plots

mpl.use("Agg")

FOLDER = Path("docs/notebooks")
NOTEBOOKS = sorted(FOLDER.glob("*.md"))
LARVIK = FOLDER / "larvik.md"
TOLD = (
    "sandefjord.md",
    "how-sure.md",
    "wrong-pocket.md",
    "four-countries.md",
    "contract-scenarios.md",
    "portfolio.md",
    "service.md",
)
"""Notebooks whose words are held to their cells below, beside Larvik's."""


def test_the_portfolio_tells_robust_programmes_from_those_that_must_share_and_those_the_state_must_pay(
    capsys: pytest.CaptureFixture[str],
) -> None:
    portfolio, said = printed(capsys, "portfolio.md")
    names = portfolio.names
    assert "192 rows" in said
    assert set(names["found"]["illustrative"]) == {True}
    assert set(names["table"]["mark"]) == {"illustrative"}
    assert names["robust"] == ["work-inclusion", "child-welfare", "loneliness"]
    assert "mental-health" in names["needs_sharing"]
    assert names["hoped"] == ["reentry", "addiction", "homelessness", "school-completion"]
    assert {name: round(loss / 1e6, 1) for name, loss in names["unpaid"].items()} == {
        "work-inclusion": 3.9,
        "loneliness": 11.7,
    }
    assert "rows.2.scenario: `re-entry` is none of the models" in said
    assert portfolio.shown[-1] is True  # parts give the whole


def test_the_number_of_municipalities_has_no_source_and_says_so_wherever_it_is_shown() -> None:
    pages = [*Path("docs").rglob("*.md"), Path("README.md"), Path("CHANGELOG.md")]
    shown = [
        (page.name, paragraph)
        for page in pages
        for paragraph in page.read_text(encoding="utf-8").split("\n\n")
        if "357" in paragraph and "municipalit" in paragraph
    ]
    assert {name for name, _ in shown} == {"portfolio.md", "beyond-one-machine.md", "CHANGELOG.md"}
    assert [name for name, paragraph in shown if "illustrative" not in paragraph] == []


@pytest.fixture(scope="module")
def larvik() -> Ran:
    return run(LARVIK)


def test_there_are_notebooks_and_every_cell_is_found() -> None:
    assert LARVIK in NOTEBOOKS
    for notebook in NOTEBOOKS:
        text = notebook.read_text(encoding="utf-8")
        assert len(cells(notebook)) == text.count("```{code-cell}") > 5
        assert "format_name: myst" in text.split("---")[1]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_answers_its_question_before_its_first_cell(notebook: Path) -> None:
    asked, _, rest = notebook.read_text(encoding="utf-8").partition("**In short.**")
    assert "?" in asked.rpartition("\n# ")[2] or "in four countries" in asked
    assert "```{code-cell}" not in asked
    assert "illustrative" in rest.partition("\n\n")[0]


def pictures_of(notebook: Ran) -> list[Any]:
    return [shown for shown in notebook.shown if hasattr(shown, "get_label")]


def printed(capsys: pytest.CaptureFixture[str], name: str) -> tuple[Ran, str]:
    """Run a notebook; give it and what its cells printed, one space for several."""
    ran = run(FOLDER / name)
    return ran, " ".join(capsys.readouterr().out.split())


def test_sandefjords_million_came_back_to_the_municipality_and_not_to_the_public(
    capsys: pytest.CaptureFixture[str],
) -> None:
    sandefjord, said = printed(capsys, "sandefjord.md")
    assert "6 of 21 numbers are invented" in said
    assert "municipality 8.5 people a year public 11.0 people a year (illustrative)" in said
    alone, together = sandefjord.names["alone"], sandefjord.names["together"]
    assert (round(alone.values[0], 1), round(together.values[0], 1)) == (Decimal("8.5"), Decimal("11.0"))
    assert (alone.illustrative, together.illustrative) == (False, True)
    assert sandefjord.names["curve"].table["y"] == sorted(sandefjord.names["curve"].table["y"])
    assert "even from 2023" in said
    assert "state pays 0 gains -1,561,846 net -1,561,846 (illustrative)" in said
    assert "12 over these" in said
    assert "123,272.73 NOK per person-year" in said
    assert {who: value for cell in sandefjord.shown if isinstance(cell, dict) for who, value in cell.items()} == {
        "municipality": 158286,
        "state": -1561846,
        "public": -1403560,
        "society": 3649717,
    }


def test_how_sure_we_are_is_what_the_words_say(capsys: pytest.CaptureFixture[str]) -> None:
    ran, said = printed(capsys, "how-sure.md")
    assert ran.names["model"].distribution(ran.names["people"]).support == (4, 16)
    assert "municipality -2.4 to 3.2 million kroner in nine of ten; above zero 51% (illustrative)" in said
    assert "public -3.4 to 1.0 million kroner in nine of ten; above zero 17% (illustrative)" in said
    shares = next(cell for cell in ran.shown if isinstance(cell, dict))
    assert shares["quantity of Off social assistance"] > 0.5 > shares["unit value of Wages from work"] > 0
    one, three, ten = ran.names["study"]["evsi"]
    assert (one, round(three, -3), round(ten, -3)) == (0, 15_000, 53_000)
    assert ten < ran.names["evpi"].value
    assert len(pictures_of(ran)) == 4
    assert all("illustrat" in plots.alt_text(picture) for picture in pictures_of(ran))


def test_whose_saving_pays_is_what_the_words_say(capsys: pytest.CaptureFixture[str]) -> None:
    ran, said = printed(capsys, "wrong-pocket.md")
    for words in (
        "larvik pays 880,881 gains 60,944 cashable 60,944 net -819,938",
        "state pays 0 gains 883,192 cashable 151,011",
        "2024 fiscal pays 0 gains 71,741",
        "2025 fiscal pays 1,100,000",
        "0.53 in all, 0.19 in money (illustrative)",
        "missing: 3,523,525 to pay, 1,126,967 gained, 2,396,558 missing (illustrative)",
        "state gain 5,677,664 least 1,956,402 pays 2,761,350 55.5%",
        "missing; municipality 6,668,872; state -1,561,846",
        "exists; participants -5,107,026; state -1,561,846",
    ):
        assert words in said
    others = {row["holder"]: row for row in ran.names["split"].others.to_pylist()}
    assert round(others["victims"]["social"]) == 589_661
    assert others["participants"]["economic"] > 0
    paid = ran.names["more"].payers.to_pylist()[0]
    assert round(paid["pays"] / paid["gain"], 3) == Decimal("0.486")
    assert round(ran.names["both"].missing) == 1_403_560
    assert round(ran.names["alone"].left) == 158_286


def test_the_four_countries_are_what_the_words_say(capsys: pytest.CaptureFixture[str]) -> None:
    ran, said = printed(capsys, "four-countries.md")
    assert "norway 5.9 4.1 sweden 5.9 4.2 scotland 6.4 3.8 ireland 6.0 4.2" in said
    assert "{'norway': 4573, 'sweden': 4796, 'scotland': 4386, 'ireland': 4702}" in said
    assert "sweden discount rates +94 sweden tax-financing cost +140" in said
    for model in ran.names["models"].values():
        appraisal = model.appraise()
        municipality, state = (appraisal.measure("npv", holder=holder).value for holder in ("municipality", "state"))
        assert municipality < 0 < state
    assert len(pictures_of(ran)) == 1


def test_the_terms_that_hold_up_are_those_that_the_words_name(capsys: pytest.CaptureFixture[str]) -> None:
    ran, said = printed(capsys, "contract-scenarios.md")
    nothing, third = ran.names["for_nothing"], ran.names["for_a_third"]
    assert nothing[0.1, 50] == pytest.approx(0.19, abs=0.02)
    assert nothing[0.1, 200] < 0.05 < nothing[0.1, 150]
    assert nothing[0.2, 50] < 0.05 < nothing[0.15, 50]
    assert third[0.2, 50] > 0.8
    assert [at for at, size in ran.names["good"] if size == 50] == [0.2]
    assert "800 people, 5% fewer" in said
    assert "800 people, 7% fewer" in said
    assert said.count("for a tenth") == 2
    assert "36 contracts" in said
    assert min(chance for (_, truth), chance in ran.names["chance"].items() if truth == 0.4) > 0.7
    assert "10,000 contracts of 1,000 draws" in said
    assert len(pictures_of(ran)) == 3


def test_the_service_is_asked_where_it_is_and_its_figures_are_the_librarys(capsys: pytest.CaptureFixture[str]) -> None:
    ran, said = printed(capsys, "service.md")
    assert "200 158286.36001271748 NOK (illustrative)" in said
    assert "200 9638911.36 USD" in said
    assert "unknown key `payor`: did you mean `payer`?" in said
    assert True in ran.shown
    assert ("the service ended with 0" in said) == (ran.names["program"] is not None)


def test_every_picture_of_a_notebook_has_words() -> None:
    tested = {LARVIK, *(FOLDER / name for name in TOLD)}
    for notebook in set(NOTEBOOKS) - tested:
        for picture in pictures_of(run(notebook)):
            assert plots.alt_text(picture)


def test_what_is_paid_for_nothing_is_what_the_words_say(larvik: Ran) -> None:
    risk = larvik.names["risk"]
    assert [row["value"] for row in larvik.names["truth"]][:2] == [Decimal("0.4"), Decimal("0.1")]
    assert all(row["illustrative"] for row in larvik.names["truth"])
    # P(X <= 28) of fifty at 0.63: about one time in five.
    assert risk.chance_of_paying("nothing-works-baseline-right") == pytest.approx(0.18902846713940413)
    assert risk.chance_of_paying("nothing-works") > 0.99
    (row,) = risk.measurable.to_pylist()
    assert row["detectable"] == pytest.approx(1 / 3, abs=0.04)
    assert row["expected"] == pytest.approx(1 / 16, abs=0.002)
    right, wrong = (larvik.names[name].table["chance_of_paying"] for name in ("right", "wrong"))
    assert right == sorted(right, reverse=True)
    assert min(wrong) > 0.99
    agreed = {row["true_baseline"]: row["chance_of_paying"] for row in larvik.names["baselines"].table.to_pylist()[:3]}
    assert min(agreed["base-no-2015"], agreed["base-no-5y"]) > 0.99


def test_who_pays_who_saves_and_who_loses_is_what_the_words_say(larvik: Ran) -> None:
    assert larvik.names["shares"].status == "missing"
    assert larvik.names["shares"].missing == pytest.approx(4.25e6, abs=0.05e6)
    believed, right, wrong = larvik.names["returns"].investors["chance_of_loss"]
    assert max(believed, wrong) < 0.02
    assert right == pytest.approx(0.8, abs=0.05)
    assert larvik.names["as_agreed"].investors["chance_of_loss"][0] == pytest.approx(0.5, abs=0.05)
    prices = (larvik.names["of_larvik"].value, larvik.names["of_ferd"].value)
    assert prices[0] * 40 < prices[1]
    assert set(larvik.names["frontier"].table["room"]) == {"apart"}


def test_every_table_and_picture_says_that_it_is_invented(larvik: Ran) -> None:
    tables = [shown for shown in larvik.shown if isinstance(shown, str)]
    pictures = pictures_of(larvik)
    assert len(pictures) == 3
    assert all("illustrative" in plots.alt_text(picture) for picture in pictures)
    # The table of what can be measured has no mark of its own.
    assert sum("illustrative" in table for table in tables) >= len(tables) - 1
