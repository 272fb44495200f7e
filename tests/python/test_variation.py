"""Tornado, break-even curves and two-way grids from Python and the command line."""

import json
import pickle
import re
from decimal import Decimal
from typing import Any

import pytest
from click.testing import CliRunner

import socialimpact as si
from conftest import MODELS
from models import sandefjord
from socialimpact import plots
from socialimpact.cli import main
from socialimpact.types import Measure
from socialimpact.wording import Words
from socialimpact.wording.varying import tornado_grid

PEOPLE = "outcomes.off-assistance.quantity"
WAGES = "outcomes.off-assistance.values.wages.value"
MONTHS = "assumptions.months-per-recipient"
MODEL = str(MODELS / "sandefjord.toml")


def npv(model: si.Model, changes: dict[str, Any], holder: str = "municipality") -> Decimal | None:
    return model.with_(changes).appraise().measure("npv", holder=holder).value


def test_a_tornado_has_a_row_for_each_uncertain_number_and_each_range() -> None:
    model = sandefjord()
    tornado = model.tornado("npv", holder="municipality", ranges={MONTHS: (4, 7.5), "horizon": (3, 7)})
    assert tornado.base == model.appraise().measure("npv", holder="municipality")
    rows = {row["address"]: row for row in tornado.table.to_pylist()}
    assert len(rows) == 5
    assert rows[MONTHS]["low"] == npv(model, {MONTHS: 4})
    assert rows[MONTHS]["high"] == npv(model, {MONTHS: 7.5})
    assert rows["horizon"]["low"] == npv(model, {"horizon": 3})
    assert rows[MONTHS]["name_nb"] == "Måneder med sosialhjelp per mottaker og år"
    swings = tornado.table["swing"]
    assert swings == sorted(swings, reverse=True)
    alone = model.tornado(holder="municipality", addresses=[], ranges={MONTHS: (4, 7.5)})
    assert alone.table["address"] == [MONTHS]
    narrow = model.tornado(holder="municipality", addresses=[PEOPLE], chances=(0.25, Decimal("0.75")))
    assert narrow.chances == (0.25, 0.75)
    assert narrow.table["swing"][0] < swings[0]


def test_a_grid_is_single_appraisals_and_says_its_cells_in_two_forms() -> None:
    model = sandefjord()
    grid = model.two_way((PEOPLE, (4, 16)), (MONTHS, [3, 5.5]), holder="municipality", steps=None)
    assert grid.matrix[1][0] == npv(model, {PEOPLE: 4, MONTHS: 5.5})
    assert [row["value"] for row in grid.table.to_pylist()] == [cell for row in grid.matrix for cell in row]
    stepped = model.two_way((PEOPLE, (4, 16)), (MONTHS, (3, 12)), holder="municipality", steps=(5, 4))
    assert stepped.x["values"] == [4, 7, 10, 13, 16]
    assert len(stepped.matrix) == 4
    payback = model.two_way((PEOPLE, [4, 16]), (MONTHS, [5.5]), measure="payback", holder="municipality")
    assert payback.matrix[0][0] is None
    assert payback.table["absent_nb"][0].startswith("det er ikke tjent inn")
    assert payback.table["absent_en"][1] is None


def test_a_curve_is_the_break_even_of_each_model_and_says_where_there_is_none() -> None:
    model = sandefjord()
    curve = model.break_even_curve(MONTHS, (5, 7), PEOPLE, holder="municipality", steps=3, low=0, high=10)
    assert curve.table["status"] == ["unique", "unique", "none"]
    alone = model.with_({MONTHS: 6}).break_even(PEOPLE, holder="municipality", low=0, high=10)
    assert curve.table["y"][1] == alone.values[0]
    assert curve.table["y"][2] is None
    assert "not 0 for any" in curve.table["sentence_en"][2]


@pytest.mark.parametrize(
    "made",
    [
        lambda model: model.tornado(holder="state", addresses=[WAGES], ranges={"horizon": (2, 7)}, chances=(0.1, 0.8)),
        lambda model: model.two_way((PEOPLE, (4, 16)), (MONTHS, (3, 12)), holder="public", steps=3),
        lambda model: model.break_even_curve(MONTHS, [5, 6], PEOPLE, holder="public", low=0, high=10, target=1000),
    ],
)
def test_results_are_frozen_travel_by_pickle_and_show_themselves(made: Any) -> None:
    result = made(sandefjord())
    again = pickle.loads(pickle.dumps(result))  # noqa: S301
    assert again == result
    assert hash(again) == hash(result)
    assert result != made(sandefjord().with_({PEOPLE: 9, MONTHS: 4}))
    assert result._repr_html_().startswith("<p")
    assert json.dumps(result.to_dict())
    with pytest.raises(AttributeError):
        result.table = None


@pytest.mark.parametrize("lang", ["en", "nb"])
def test_each_has_its_picture_in_words(lang: si.Language) -> None:
    from matplotlib import pyplot

    from socialimpact import plots

    model = sandefjord()
    tornado = model.tornado(holder="municipality", ranges={"outcomes.off-assistance.displacement": (0, 0.5)})
    drawn = tornado.plot(lang=lang, most=2)
    assert ("Net present value" if lang == "en" else "Netto nåverdi") in plots.alt_text(drawn)
    assert any(("50%" if lang == "en" else "50\u00a0%") in text.get_text() for text in drawn.texts)
    curve = model.break_even_curve(MONTHS, (4, 9), PEOPLE, holder="municipality", steps=6, low=0, high=10).plot(
        lang=lang
    )
    assert curve.get_xlabel().startswith("Months" if lang == "en" else "Måneder")
    grid = model.two_way((PEOPLE, (4, 16)), (MONTHS, (3, 12)), holder="municipality", steps=5).plot(lang=lang)
    assert "25" in plots.alt_text(grid) or "%" in plots.alt_text(grid)
    none = model.break_even_curve(MONTHS, [9, 10], PEOPLE, holder="municipality", low=0, high=5)
    with pytest.raises(si.ImpactError):
        none.plot(lang=lang)
    pyplot.close("all")


def test_what_cannot_be_asked_is_refused_with_its_place() -> None:
    model: Any = sandefjord()

    def said(ask: Any) -> str:
        with pytest.raises(si.ImpactError) as caught:
            ask()
        return str(caught.value)

    assert "Ask for `npv`" in said(lambda: model.tornado("sroi_ratio"))
    unknown = "outcomes.off-assistance.quantty"
    assert said(lambda: model.tornado(addresses=[PEOPLE, unknown])).startswith("addresses[1]: ")
    assert "did you mean" in said(lambda: model.tornado(addresses=[unknown]))
    assert said(lambda: model.tornado(ranges={unknown: (1, 2)})).startswith(f"ranges.{unknown}: ")
    assert said(lambda: model.tornado(7)) == "measure: a measure is a text, such as `npv`"
    assert said(lambda: model.tornado(holder=7)) == "holder: a holder is the text of its id, or `society` or `public`"
    assert said(lambda: model.tornado(outcome=7)) == "outcome: an outcome is the text of its id"
    assert said(lambda: model.tornado(addresses=["horizon"])).startswith("addresses[0]: `horizon` does not vary")
    assert said(lambda: model.tornado(addresses=PEOPLE)).startswith("addresses: ")
    assert said(lambda: model.tornado(addresses=[7])).startswith("addresses[0]: ")
    assert said(lambda: model.tornado(ranges={PEOPLE: (1,)})).startswith(f"ranges.{PEOPLE}: a range has two ends")
    assert said(lambda: model.tornado(ranges={PEOPLE: (1, "many")})).startswith(f"ranges.{PEOPLE}")
    assert said(lambda: model.tornado(ranges=[PEOPLE])).startswith("ranges: ")
    assert "cannot be varied from 9 to 3" in said(lambda: model.tornado(ranges={PEOPLE: (9, 3)}))
    assert "between 0 and 1" in said(lambda: model.tornado(chances=(0.9, 0.1)))
    assert said(lambda: model.tornado(chances=(float("nan"), 0.1))).startswith("chances")
    pair = (MONTHS, [3, 4])
    assert said(lambda: model.two_way(PEOPLE, pair)).startswith("x: give a pair")
    assert said(lambda: model.two_way((PEOPLE, "48"), pair)).startswith("x: give a list of numbers")
    assert said(lambda: model.two_way((PEOPLE, [1, None]), pair)).startswith("x.1: ")
    assert said(lambda: model.two_way((PEOPLE, [2, 1]), pair)).startswith("x: the values of")
    assert said(lambda: model.two_way(pair, (PEOPLE, []))) == f"y: `{PEOPLE}` is given no value"
    assert said(lambda: model.two_way(pair, pair)).startswith(f"y: `{MONTHS}` stands on both axes")
    assert said(lambda: model.two_way((unknown, [1]), pair)).startswith("x: ")
    assert said(lambda: model.two_way(pair, (unknown, [1]))).startswith("y: ")
    assert said(lambda: model.two_way((PEOPLE, [1, 2]), pair, steps="many")).startswith("steps: ")
    assert "at least two, not 1" in said(lambda: model.two_way((PEOPLE, (1, 2)), (MONTHS, (3, 4)), steps=1))
    assert "1000000" in said(lambda: model.two_way((PEOPLE, (1, 2)), (MONTHS, (3, 4)), steps=1001))
    assert said(lambda: model.two_way((PEOPLE, [1, 2]), (MONTHS, [3, 14]))).startswith(f"y: `{MONTHS}` cannot be `14`")
    assert said(lambda: model.break_even_curve(MONTHS, [3, 4], unknown)).startswith("y: ")
    assert said(lambda: model.break_even_curve(unknown, [3, 4], PEOPLE)).startswith("x: ")
    assert said(lambda: model.break_even_curve(MONTHS, [4, 3], PEOPLE)).startswith("values: the values of")
    assert said(lambda: model.break_even_curve(MONTHS, [3, 4], MONTHS)).startswith("y: ")
    scenarios = {PEOPLE: [1, 2], unknown: [1, 2]}
    assert said(lambda: model.grid(scenarios, draws=10, seed=7)).startswith(f"axes.{unknown}: ")
    assert said(lambda: model.grid({PEOPLE: [2, 1]}, draws=10, seed=7)).startswith(f"axes.{PEOPLE}: the values of")


def test_a_walk_reports_and_what_its_listener_raises_ends_it() -> None:
    model, seen = sandefjord(), []
    model.two_way((PEOPLE, (4, 16)), (MONTHS, (3, 12)), steps=10, progress=lambda done, of: seen.append((done, of)))
    assert seen == [(64, 100), (100, 100)]

    def stop(*_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        model.break_even_curve(MONTHS, [5, 6], PEOPLE, progress=stop)


def test_the_command_shows_what_moves_a_measure() -> None:
    def typed(*words: str) -> Any:
        return CliRunner().invoke(main, ["tornado", MODEL, *words], catch_exceptions=False)

    shown = typed("--holder", "municipality", "--range", "horizon=3..7")
    assert shown.exit_code == 0, shown.stderr
    assert "5.31" in shown.stdout
    assert "†" in shown.stdout
    assert re.search(r"5\.31 +12\.56 +−[\d,]+† +[\d,]+†", shown.stdout), "the figure is marked, and not only the number"
    assert "Hva som flytter netto nåverdi, ett tall om gangen" in typed("--lang", "nb").stdout
    exact = json.loads(typed("--json", "--address", PEOPLE).stdout)
    assert [row["address"] for row in exact["rows"]] == [PEOPLE]
    assert exact["rows"][0]["low_at"] == "5.31398870398"
    for wrong in (["--range", "horizon"], ["--range", "horizon=a..b"], ["--range", "horizon=1..nan"]):
        assert "is not address=low..high" in typed(*wrong).stderr
    refused = typed("--measure", "bcr")
    assert refused.exit_code == 2
    assert "Ask for `npv`" in refused.stderr


def test_rows_bear_the_mark_of_the_figure_they_show() -> None:
    model = sandefjord()
    words = Words(model.appraise(), "en")
    moved = "outcomes.off-assistance.displacement"
    rows = tornado_grid(model.tornado(holder="municipality", ranges={moved: (0, 0.5)}), words).rows
    known = next(row for row in rows if "isplacement" in row[0].text)
    assert [cell.dagger for cell in known] == [False, False, False, False, True, True, True]
    wages = next(row for row in rows if "Wages from work" in row[0].text)
    assert wages[0].dagger
    assert [cell.dagger for cell in wages[4:]] == [True, True, False], "what moves nothing rests on nothing"
    alone = model.tornado("present_value_inputs", holder="municipality", addresses=[], ranges={moved: (0, 0.5)})
    assert not any(cell.dagger for row in tornado_grid(alone, words).rows for cell in row)


def test_the_picture_of_a_tornado_marks_the_figures_at_its_ends() -> None:
    moved = {"outcomes.off-assistance.displacement": (0, 0.5)}
    measures: dict[Measure, bool] = {"npv": True, "present_value_inputs": False}
    for measure, is_marked in measures.items():
        ax = sandefjord().tornado(measure, holder="municipality", addresses=[], ranges=moved).plot()
        figures = [text.get_text() for text in ax.texts if "(" in text.get_text()]
        assert [("†" in text) for text in figures] == [is_marked, is_marked]
        assert ("†" in plots.alt_text(ax)) == is_marked
