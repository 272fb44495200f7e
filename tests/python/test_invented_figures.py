"""The dagger stands by each figure that rests on an invented number, and by no other."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import socialimpact as si
from models import beginner
from socialimpact.cli import main
from socialimpact.report.appraisal_charts import chart_grid
from socialimpact.report.columns import cell_text
from socialimpact.types import CountedIn, Language, Measure
from socialimpact.wording.grid import Grid
from socialimpact.wording.invented import of_kinds, of_pocket
from socialimpact.wording.story import Story

MODELS = Path(__file__).parents[2] / "fixtures" / "models"
EVERY = sorted(path for path in MODELS.rglob("*.toml"))
DAGGER = "†"
SANDEFJORD = MODELS / "sandefjord.toml"


def told(name: str, language: Language = "en") -> Story:
    return Story(si.read(MODELS / f"{name}.toml").appraise(), language)


def rows(grid: Grid) -> dict[str, list[str]]:
    """Give the figures of each row, by its head."""
    return {row[0].text: [cell_text(cell) for cell in row[1:]] for row in grid.rows}


def of_year(year: int, tables: dict[str, list[str]]) -> list[bool]:
    return [DAGGER in text for text in tables[str(year)]]


def gardening(**numbers: Any) -> dict[str, Any]:
    """Give the gardening group, paid by the municipality, that saves it an invented amount."""
    document = beginner()
    document["costs"][0] |= {"price_basis": "nominal"}
    saved = {"value": 10_000, "illustrative": True, "source": "invented"}
    value = {"id": "saved", "value": saved, "unit": "person-year", "kind": "fiscal", "to": "municipality"}
    document["outcomes"][0]["values"].append(value)
    return document | numbers


def story(document: dict[str, Any]) -> Story:
    return Story(si.Model.from_dict(document).appraise(), "en")


@pytest.mark.parametrize("language", ["en", "nb"])
def test_what_is_known_to_be_paid_has_no_dagger_beside_a_saving_that_has_one(language: Language) -> None:
    sandefjord = told("sandefjord", language)
    municipality, state = "Sandefjord municipality", "The state"
    if language == "nb":
        municipality, state = "Sandefjord kommune", "Staten"
    pocket, kinds = rows(sandefjord.tables.pocket()), rows(sandefjord.who_pays.kinds())
    assert [DAGGER in text for text in pocket[municipality]] == [False, True, True, True]
    assert [DAGGER in text for text in pocket[state]] == [False, True, True, True]
    # money, production, inputs, tax-financing cost, net, ratio, money alone over inputs
    assert [DAGGER in text for text in kinds[municipality]] == [True, False, False, False, True, True, True]
    years = dict(sandefjord.who_pays.years())
    for year in (2018, 2024):
        assert of_year(year, rows(years["municipality"])) == [False, True, True, True, True]
        budget = rows(sandefjord.tables.budget_grid("municipality", ("nominal",)))
        assert of_year(year, budget) == [False, True, True, True, True]
    for grid in (sandefjord.tables.pocket(), sandefjord.who_pays.kinds(), *years.values()):
        assert not any(row[0].dagger for row in grid.rows)
        assert DAGGER not in grid.caption
        assert sandefjord.texts("mark.dagger") in grid.notes


def test_a_plan_marks_the_lines_that_rest_on_it_and_what_they_add_up_to() -> None:
    plan = told("sandefjord").foundations.plan("municipality")
    marked = {row[0].text: {cell.dagger for cell in row[2:]} for row in plan.rows}
    assert marked["Work with social entrepreneurs"] == {False}
    assert marked["Social assistance not paid"] == marked["Net"] == marked["Added up over the plan"] == {True}
    assert DAGGER not in plan.caption
    assert plan.notes[-1] == "† rests on numbers invented for illustration."


def test_who_should_pay_is_told_with_the_cost_unmarked_and_the_gains_marked() -> None:
    for language, paid in (("en", "NOK 6,510,586 is to be paid"), ("nb", "6 510 586 kr skal betales")):
        (split, *_) = told("sandefjord", language).who_pays.splits  # type: ignore[arg-type]
        sentence = split.sentences[1].replace("\u00a0", " ")
        assert paid in sentence
        assert sentence.count(DAGGER) == 2
        payers, levels, others = (rows(grid) for grid in split.grids)
        assert all([DAGGER in text for text in row] == [True, False, True] for row in payers.values())
        assert all([DAGGER in text for text in row] == [True, False, True, True] for row in levels.values())
        assert all(DAGGER in text for row in others.values() for text in row)


def test_an_invented_cost_alone_marks_what_is_paid_and_not_what_is_gained() -> None:
    document = gardening()
    document["costs"][0] |= {"amount": {"value": 400_000, "illustrative": True}}
    del document["outcomes"][0]["values"][1]["value"]["illustrative"]
    appraised = story(document)
    assert [DAGGER in text for text in rows(appraised.tables.pocket())["municipality"]] == [True, False, False, True]
    (split,) = appraised.who_pays.splits
    assert "NOK\u00a0400,000† is to be paid, and in money the payers gain NOK\u00a0250,000. " in split.sentences[1]
    assert rows(split.grids[0])["municipality"] == ["250,000", "400,000†", "400,000†"]


def test_amounts_written_year_by_year_are_marked_in_the_years_that_are_invented() -> None:
    document = gardening(horizon=2)
    document["outcomes"].clear()
    known, guessed = {"value": 400_000, "source": "budget"}, {"value": 300_000, "illustrative": True}
    document["costs"] = [
        {"id": "team", "payer": "municipality", "years": [2024, 2025], "per_year": [known, guessed], "source": "budget"}
    ]
    years = dict(story(document).who_pays.years())
    shown = rows(years["municipality"])
    assert of_year(2024, shown) == [False, False, False]
    assert of_year(2025, shown) == [True, True, True]
    assert [DAGGER in text for text in shown["All years"]] == [True, True, True]


def test_an_invented_growth_of_prices_marks_later_money_of_the_year_and_not_what_is_written_in_it() -> None:
    growth = {"value": 0.02, "illustrative": True}
    document = gardening(start=2030, inflation=growth)
    del document["outcomes"][0]["values"][1]["value"]["illustrative"]
    document["costs"][0] |= {"year": 2030}
    appraised = story(document)
    (nominal,) = rows(appraised.tables.budget_grid("municipality", ("nominal",))).values()
    (real,) = rows(appraised.tables.budget_grid("municipality", ("real",))).values()
    # costs, savings, of which cashable, net, cumulative
    assert [DAGGER in text for text in nominal] == [False, True, True, True, True]
    assert [DAGGER in text for text in real] == [True, False, False, True, True]


def test_the_figures_of_the_chart_are_marked_year_by_year() -> None:
    larvik = told("larvik")
    grid = chart_grid(larvik)
    assert not any(DAGGER in column.title for column in grid.columns)
    assert [[cell.dagger for cell in row[1:]] for row in grid.rows] == [[False] * 6] * 2 + [[True] * 6] * 3


def test_a_waterfall_marks_what_then_stands_also_where_what_is_taken_off_is_known() -> None:
    steps = rows(told("sandefjord").foundations.waterfall_grid(si.read(SANDEFJORD).appraise().waterfall()))
    assert [DAGGER in text for text in steps["Inputs"]] == [False, True], "what is paid is known, what is left is not"
    assert [DAGGER in text for text in steps["Deadweight"]] == [False, True], "nothing taken off rests on nothing"
    assert [DAGGER in text for text in steps["Net of inputs"]] == [True, True]


def test_a_waterfall_of_each_outcome_marks_those_that_rest_on_invented_numbers() -> None:
    document = beginner()
    second = copy.deepcopy(document["outcomes"][0]) | {"id": "second"}
    second["quantity"] = {"value": 25, "illustrative": True}
    document["outcomes"].append(second)
    found = story(document)
    grid = found.foundations.waterfall_outcomes(found.appraisal.waterfall())
    assert [DAGGER in "".join(row) for row in rows(grid).values()] == [False, True]
    assert grid.notes == ["† rests on numbers invented for illustration."]


def single(appraisal: si.Appraisal) -> Iterator[tuple[str, bool]]:
    """Give each holder that is not joint, and whether it is a public budget."""
    for row in appraisal.model.holder_table.to_pylist():
        if row["kind"] != "joint":
            yield row["id"], row["kind"] == "public"


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_the_marks_are_those_of_the_librarys_own_measures(path: Path) -> None:
    appraisal = si.read(path).appraise()
    posted = Story(appraisal, "en").tables.invented.postings()
    for holder, is_public in single(appraisal):
        marked = of_pocket(posted, holder)
        kinds = of_kinds(one for one in posted if one.is_seen_by({holder}))
        measures: dict[Measure, bool] = {
            "npv": "net" in marked,
            "present_value_inputs": "inputs" in kinds,
            "present_value_outcomes": "gains" in marked,
        }
        if is_public:
            measures["cashable_saving"] = "cashable" in marked
        for measure, is_marked in measures.items():
            assert appraisal.measure(measure, holder=holder).illustrative == is_marked, (holder, measure)


@pytest.mark.parametrize("counted_in", ["present-value", "nominal"])
def test_the_terminal_marks_figures_and_no_names(counted_in: CountedIn) -> None:
    arguments = ["who-pays", str(MODELS / "sandefjord.toml"), "--counted-in", counted_in]
    result = CliRunner(env={"COLUMNS": "300"}).invoke(main, arguments, catch_exceptions=False)
    assert f"municipality{DAGGER}" not in result.output
    assert f"Participants{DAGGER}" not in result.output
    assert "6,668,872†" in result.output
    assert "6,510,586†" not in result.output


@pytest.mark.parametrize("language", ["en", "nb"])
def test_the_year_in_which_a_budget_is_even_bears_the_mark_of_what_it_rests_on(language: Language) -> None:
    invented = si.read(SANDEFJORD)
    counted = invented.with_({"outcomes.off-assistance.quantity": {"value": 10, "source": "a count"}})
    for model, mark in ((invented, DAGGER), (counted, "")):
        tables = Story(model.appraise(), language).tables
        budget = tables.budget("municipality", "nominal")
        assert not isinstance(budget, str)
        assert tables.mark_of_course(budget) == mark
        assert (f"{budget.break_even_year}{DAGGER}" in tables.even(budget)) == bool(mark)
