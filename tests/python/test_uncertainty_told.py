"""What is said of uncertain figures: marks, rare risks, chances near none and all, names, arguments that are wrong."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import socialimpact as si
from conftest import needed
from models import sandefjord
from socialimpact import plots
from socialimpact.cli import main
from socialimpact.types import Measure
from socialimpact.wording import Words
from socialimpact.wording.numbers import Numbers
from socialimpact.wording.simulation import SimulationTables

DOCUMENT = """
impact = 1
name = "Two groups"
country = "NO"
currency = "NOK"
price_year = 2024
start = 2024
horizon = 1
conventions = "norway-r109-2021"
holders = [{ id = "town", kind = "public", level = "municipality" }, { id = "people", kind = "people" }]
costs = [{ id = "team", payer = "town", amount = { discrete = [[0, 1], [150, 9]] }, year = 2024, source = "accounts" }]
[[outcomes]]
id = "choir"
name = { en = "Choir", nb = "Kor" }
holder = "people"
nature = "event"
quantity = { uniform = [0, 10], name = "Reached", source = "survey" }
deadweight = { discrete = [[0, 98], [1, 2]], source = "survey" }
values = [{ id = "v", value = 20, unit = "person", to = "people", kind = "social", source = "survey" }]
[[outcomes]]
id = "garden"
name = { en = "Garden", nb = "Hage" }
holder = "people"
nature = "event"
quantity = { uniform = [0, 10], name = "Reached", illustrative = true }
values = [{ id = "v", value = 20, unit = "person", to = "people", kind = "social", source = "survey" }]
"""
TIED = """
[[correlations]]
id = "guess"
between = ["outcomes.choir.quantity", "outcomes.garden.quantity"]
rank = 0.5
illustrative = true
"""
CHOIR, GARDEN = "outcomes.choir.quantity", "outcomes.garden.quantity"
MARKS = ("illustrative", "unverified")
"""A quantity is invented, and the conventions were not all read at their source."""
RISK = "outcomes.choir.deadweight"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    written = tmp_path_factory.mktemp("model") / "groups.toml"
    written.write_text(DOCUMENT, encoding="utf-8")
    return str(written)


@pytest.fixture(scope="module")
def model() -> si.Model:
    return si.Model.from_toml(DOCUMENT)


@pytest.fixture(scope="module")
def sim(model: si.Model) -> si.Simulated:
    return model.simulate(20_000, 7, measures=["npv", "sroi_ratio"], threads=2)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, arguments, env={"COLUMNS": "200"})
    assert result.exit_code == 0, result.output
    return result.output


def line(text: str, start: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(start))


def test_what_was_invented_is_marked_wherever_it_is_told(sim: si.Simulated, path: str) -> None:
    for table in (sim.sobol(), sim.evppi()):
        marks = dict(zip(table["address"], table["illustrative"], strict=True))
        assert marks[GARDEN]
        assert not marks[CHOIR]
        assert table.marks == MARKS
    assert sim.evpi().marks == MARKS
    study = sim.evsi(GARDEN, {"count": 5})
    assert isinstance(study, si.StudyWorth)
    assert study.marks == MARKS
    text = run("sensitivity", path, "--draws", "5000")
    assert line(text, "Reached (Garden)†")
    assert "Reached (Choir)†" not in text
    assert "† rests on numbers invented for illustration." in text
    found = json.loads(run("sensitivity", path, "--draws", "2000", "--json"))
    assert found["marks"] == found["evpi"]["marks"] == list(MARKS)
    assert {row["address"]: row["illustrative"] for row in found["evppi"]}[GARDEN]


def test_an_invented_correlation_marks_draws_and_leaves_the_exact_figure() -> None:
    document = DOCUMENT.replace("illustrative = true", 'source = "survey"')
    for text, marked in ((document + TIED, True), (document, False)):
        figure = si.Model.from_toml(text).simulate(1_000, 7, measures=["npv"]).measure("npv")
        assert ("illustrative" in figure.marks) == marked
        assert figure.simulated.measures["illustrative"] == [marked]
        assert not figure.point.illustrative
        assert ("(illustrative)" in figure._repr_html_()) == marked


@pytest.mark.parametrize(("lang", "word"), [("en", "(rare)"), ("nb", "(sjelden)")])
def test_a_rare_risk_has_a_bar_that_says_it_reaches_further(
    model: si.Model, path: str, lang: si.Language, word: str
) -> None:
    tornado = model.tornado()
    row = next(row for row in tornado.table.to_pylist() if row["address"] == RISK)
    assert (row["low_at"], row["high_at"]) == (0, 1)
    assert row["note_en"].endswith("low and high are the least and the greatest value it can have")
    assert row["swing"] > 0
    assert word in run("tornado", path, "--lang", lang)
    assert any(word in label.get_text() for label in tornado.plot(lang=lang).get_yticklabels())


def test_the_two_values_of_a_tornado_have_their_unit(path: str) -> None:
    text = run("tornado", path)
    assert "NOK (2024 prices, present value 2024)" in text
    assert "people" in line(text, "Reached (Garden)†")
    assert "kr†" in run("tornado", path, "--lang", "nb")


@pytest.mark.parametrize(
    ("part", "draws", "said"),
    [
        (0.0, 20_000, "none of 20,000"),
        (1.0, 20_000, "all 20,000"),
        (1 / 20_000, 20_000, "under 0.1%"),
        (1 - 1 / 20_000, 20_000, "over 99.9%"),
        (0.1234, 20_000, "12.3%"),
    ],
)
def test_a_chance_is_never_rounded_to_none_or_all(part: float, draws: int, said: str) -> None:
    assert Numbers("en", "NOK", 0).chance(part, draws) == said


def test_a_figure_that_is_never_good_enough_says_in_how_many_draws(path: str) -> None:
    cells = run("simulate", path, "--measure", "npv", "--holder", "town", "--draws", "3000")
    assert "none of 3,000 above 0" in cells
    assert "0% above" not in cells.replace("10% above", "")
    nb = run("simulate", path, "--measure", "npv", "--holder", "town", "--draws", "3000", "--lang", "nb")
    assert "ingen av 3\u00a0000 over 0" in nb


def test_draws_over_nothing_are_counted_with_the_reason(sim: si.Simulated, path: str) -> None:
    ratio = sim.measure("sroi_ratio")
    said = ratio.left_out
    assert said is not None
    assert said.startswith(f"{ratio.undefined:,} of 20,000 draws are left out")
    assert said.in_language("nb").endswith("det er ingenting å dele på i dem")
    assert sim.measure("npv").left_out is None
    assert said in ratio._repr_html_()
    assert said in sim._repr_html_()
    assert "there is nothing to divide by in them." in run("simulate", path, "--measure", "sroi_ratio")


def test_two_chances_that_differ_by_the_cost_of_taxes_say_so(path: str) -> None:
    both = ("--measure", "npv", "--measure", "sroi_ratio")
    assert "that is why their chances differ" in run("simulate", path, *both)
    assert "their chances differ" not in run("simulate", path, "--measure", "npv")


def test_numbers_of_one_name_are_told_apart(sim: si.Simulated, path: str) -> None:
    names = dict(zip(*(sim.sobol()[name] for name in ("address", "name_en")), strict=True))
    assert (names[CHOIR], names[GARDEN]) == ("Reached (Choir)", "Reached (Garden)")
    assert "Reached (Kor)" in run("sensitivity", path, "--draws", "2000", "--lang", "nb")
    assert "Reached (Hage)†" in run("tornado", path, "--lang", "nb")


def test_what_shows_no_gain_is_counted_and_not_shown_as_nought() -> None:
    text = run("sensitivity", "fixtures/models/map-12x10.toml", "--draws", "2000")
    words = " ".join(text.split())
    assert "doing nothing turns out better in none of the 2,000 draws" in words
    assert "For none of the 61 numbers do these draws show a gain" in words
    sandefjord = " ".join(run("sensitivity", "fixtures/models/sandefjord.toml", "--draws", "20000").split())
    assert "(standard error NOK" in sandefjord
    assert "For one more number these draws show no gain" in sandefjord
    assert "0% ±" not in sandefjord.replace("00% ±", "")


@pytest.mark.parametrize("lang", ["en", "nb"])
def test_a_picture_says_whose_figure_it_is_and_marks_what_was_invented(
    model: si.Model, sim: si.Simulated, lang: si.Language
) -> None:
    from matplotlib import pyplot
    from matplotlib.text import Text

    studies = sim.evsi(GARDEN, {"count": [2, 20]})
    assert isinstance(studies, si.PlotTable)
    with_names: list[Any] = [sim.sobol(), sim.sobol(total=True), sim.evppi(), model.tornado()]
    with_names += [model.grid({GARDEN: [1, 5]}, draws=50, seed=1), model.two_way((GARDEN, [1, 5]), (CHOIR, [1, 5]))]
    with_names += [model.break_even_curve(GARDEN, [1, 5], CHOIR, low=0, high=100)]
    for result in (*with_names, studies, sim.evpi(), sim.acceptability(), sim.measure("npv")):
        ax = result.plot(lang=lang)
        title = ax.get_title(loc="left").replace("\n", " ")
        assert {"en": "Net present value: society", "nb": "Netto nåverdi: samfunnet"}[lang] in title
        assert {"en": "illustrative", "nb": "illustrerende"}[lang] in title
        figure = ax.get_figure()
        assert figure is not None
        drawn = " ".join(text.get_text() for text in figure.findobj(Text))
        assert "outcomes." not in drawn
        assert lang == "en" or "NOK" not in drawn
        assert ("†" in drawn) == (result in with_names)
        pyplot.close("all")


def test_what_is_estimated_has_its_interval_in_the_picture(sim: si.Simulated) -> None:
    studies = sim.evsi(GARDEN, {"count": [2, 20]})
    assert isinstance(studies, si.PlotTable)
    assert len(sim.evppi().plot().lines) > 2, "a whisker for each bar, and the line at nought"
    assert studies.plot().collections
    assert sim.acceptability().plot().collections
    nothing = si.read("fixtures/models/map-12x10.toml").simulate(500, 7, measures=["npv"]).evppi().plot()
    assert "For none of the 61 numbers" in plots.alt_text(nothing)


FIGURE: list[tuple[Callable[[Any], object], str]] = [
    (lambda figure: figure.probability(above=float("nan")), "above: `NaN` is no number"),
    (lambda figure: figure.quantile("x"), "p: `str` is no number"),
    (lambda figure: figure.quantile(True), "p: `bool` is no number"),
    (lambda figure: figure.histogram(-1), "bins: `-1` is not a whole number from 1 to 100000"),
    (lambda figure: figure.histogram(1.5), "bins: `1.5` is not a whole number from 1 to 100000"),
    (lambda figure: figure.interval("wide"), "level: `str` is no number"),
    (lambda figure: figure.histogram(low=0, high=float("nan")), "high: `NaN` is no number"),
]


@pytest.mark.parametrize(("wrong", "message"), FIGURE)
def test_a_wrong_question_to_a_figure_names_its_argument(
    sim: si.Simulated, wrong: Callable[[Any], object], message: str
) -> None:
    with pytest.raises(si.ImpactError) as told:
        wrong(sim.measure("npv"))
    assert str(told.value).startswith(message)
    assert told.value.place == message.partition(":")[0]


SIMULATED: list[tuple[Callable[[Any], object], str]] = [
    (lambda sim: sim.draws_table(["nope"]), "addresses[0]: `nope` is no number of this model"),
    (lambda sim: sim.draws_table([CHOIR, CHOIR]), f"addresses[1]: `{CHOIR}` is asked for twice"),
    (lambda sim: sim.draws_table([7]), "addresses[0]: an address is a text"),
    (lambda sim: sim.evppi(["nope"]), "addresses[0]: `nope` is no number of this model"),
    (lambda sim: sim.evppi([[]]), "addresses[0]: the group is empty"),
    (lambda sim: sim.evppi([5]), "addresses[0]: `int` is no address"),
    (lambda sim: sim.evppi([(CHOIR, CHOIR)]), f"addresses[0][1]: `{CHOIR}` is in the group twice"),
    (lambda sim: sim.evppi([(CHOIR, GARDEN, RISK, "costs.team.amount")]), "addresses[0]: 4 numbers are too many"),
    (lambda sim: sim.evppi(["outcomes.choir.values.v.value"]), "addresses[0]: `outcomes.choir.values.v.value` is not"),
    (lambda sim: sim.evsi("nope", {"share": 5}), "address: `nope` is no number of this model"),
    (lambda sim: sim.evpi(against={1: other(sim)}), "against: `int` is no name"),
    (lambda sim: sim.evpi(against={"nothing": other(sim)}), 'against["nothing"]: the name is taken'),
    (lambda sim: sim.evpi(against={"this": other(sim)}), 'against["this"]: the name is taken'),
    (lambda sim: sim.evpi(against={"it": 5}), 'against["it"]: `int` is no simulation'),
    (lambda sim: sim.evpi(against=[other(sim), other(sim)]), "against[1]: this option is given twice"),
    (lambda sim: sim.evpi(against={"same": sim}), 'against["same"]: this is the model itself'),
    (lambda sim: sim.evppi(progress=5), "progress: `int` cannot be called"),
    (lambda sim: sim.acceptability([0, float("nan")]), "thresholds[1]: `NaN` is no number"),
    (lambda sim: sim.model.simulate(10, 1, progress="yes"), "progress: `str` cannot be called"),
    (lambda sim: sim.model.grid({CHOIR: [1]}, draws=5, seed=1, quantiles=[2]), "quantiles[0]: `2` is not a chance"),
    (lambda sim: sim.model.grid({CHOIR: [1]}, draws=5, seed=1, above=float("nan")), "above: `NaN` is no number"),
    (lambda sim: sim.model.grid({CHOIR: [1]}, draws=5, seed=1, quantiles=[0.5, 0.5]), "quantiles[1]: this chance is"),
    (lambda sim: sim.model.grid(5, draws=5, seed=1), "axes: give a mapping of addresses to their values"),
    (lambda sim: sim.evppi([CHOIR, CHOIR]), "addresses[1]: this is asked for twice"),
    (lambda sim: sim.acceptability([]), "thresholds: no threshold is given"),
    (lambda sim: sim.model.grid({"nope": [1]}, draws=5, seed=1), "axes.nope: `nope` is no number"),
    (lambda sim: sim.model.tornado(addresses=["nope"]), "addresses[0]: `nope` is no number"),
    (lambda sim: sim.model.tornado(chances=0.5), "chances: give a pair of chances"),
    (lambda sim: sim.model.two_way((CHOIR, [1, 2]), (GARDEN, [1, 2]), progress=5), "progress: `int` cannot be called"),
]


def other(sim: si.Simulated) -> si.Simulated:
    return sim.model.with_({"outcomes.choir.values.v.value": 21}).simulate(20_000, 7, measures=["npv"])


@pytest.mark.parametrize(("wrong", "message"), SIMULATED)
def test_a_wrong_question_to_a_simulation_names_its_argument(
    sim: si.Simulated, wrong: Callable[[Any], object], message: str
) -> None:
    with pytest.raises(si.ImpactError) as told:
        wrong(sim)
    assert str(told.value).startswith(message)
    assert told.value.place == message.partition(":")[0]


def test_a_name_with_control_characters_is_written_with_escapes() -> None:
    hostile = si.Model.from_dict(si.Model.from_toml(DOCUMENT).to_dict() | {"name": "a\x1b[31mb\u202ec\nd"})
    sim = hostile.simulate(500, 7, measures=["npv"])
    named = sim.evpi(against={"x\x1b[2J": other_of(hostile)})
    for result in (hostile, sim, sim.measure("npv"), named, hostile.tornado()):
        shown = repr(result)
        assert shown.isprintable(), shown
    assert r"\u{1b}[31m" in repr(hostile)


def other_of(model: si.Model) -> si.Simulated:
    return model.with_({"outcomes.choir.values.v.value": 21}).simulate(500, 7, measures=["npv"])


def test_the_forms_of_the_page_on_uncertainty_are_read() -> None:
    page = (Path(__file__).parents[2] / "docs" / "uncertainty.md").read_text(encoding="utf-8")
    written = tomllib.loads(page.partition("```toml\n")[2].partition("```")[0])
    document = si.Model.from_toml(DOCUMENT).to_dict()
    document["costs"][0]["amount"] = written.pop("amount")
    document["outcomes"][0] |= written
    rows = si.Model.from_dict(document).assumptions.to_pylist()
    uncertain = {row["address"]: row["distribution"] for row in rows if row["illustrative"]}
    assert uncertain[CHOIR] == "pert(4, 8, 16)"
    assert {RISK, "outcomes.choir.displacement", "costs.team.amount"} <= uncertain.keys()


def test_there_is_no_mean_of_ratios_and_it_is_said_why_wherever_one_is_looked_for() -> None:
    sim = sandefjord().simulate(2_000, 7, measures=["mvpf", "npv"])
    ratio = sim.measure("mvpf")
    said = ratio.mean_note
    assert said is not None
    for page in (ratio._repr_html_(), sim._repr_html_()):
        assert "E[willingness to pay] / E[net cost]" in page
    assert "median" in repr(ratio)
    assert sim.measures["mean"][0] is None
    assert sim.measures["mean_note_en"] == [said, None]
    assert sim.to_dict()["measures"][0]["mean_note"]["nb"] == said.in_language("nb")
    assert sim.measure("npv").mean_note is None
    pyplot = needed("matplotlib.pyplot")
    assert not any("mean" in text.get_text() for text in ratio.plot().texts)
    assert any("mean" in text.get_text() for text in sim.measure("npv").plot().texts)
    pyplot.close("all")


@pytest.mark.parametrize("lang", ["en", "nb"])
def test_an_interval_of_harm_that_saves_money_says_what_its_low_end_is(lang: si.Language) -> None:
    asked: tuple[Measure, ...] = ("mvpf", "willingness_to_pay", "net_public_cost")
    for name, is_told in (("shape", True), ("early-help", False)):
        simulated = si.read(f"fixtures/models/{name}.toml").simulate(2_000, 7, measures=asked)
        tables = SimulationTables(simulated, Words(simulated.model.appraise(), lang))
        assert (tables.texts("mvpf.harm_interval") in tables.mvpf().notes) == is_told
