"""What matters, and what it is worth to know: the faces of analyses that the core's own tests hold to closed forms."""

import json
import pickle
from pathlib import Path

import pytest
from click.testing import CliRunner

import socialimpact as si
from socialimpact import plots
from socialimpact.cli import main

SANDEFJORD = Path("fixtures/models/sandefjord.toml")
PEOPLE = "outcomes.out-of-social-assistance.quantity"
LINEAR = """
impact = 1
name = "Linear (illustrative)"
country = "NO"
currency = "NOK"
price_year = 2024
start = 2024
horizon = 1
conventions = "sroi-practice"
holders = [{ id = "people", kind = "people" }]
costs = [{ id = "team", payer = "people", amount = 120, year = 2024, source = "illustrative" }]
assumptions = { price = { uniform = [1, 3] } }
[[outcomes]]
id = "a"
holder = "people"
nature = "event"
quantity = { beta = { mean = 0.5, sd = 0.1 } }
values = [{ id = "v", value = 200, unit = "person", to = "people", kind = "social", source = "illustrative" }]
[[outcomes]]
id = "b"
holder = "people"
nature = "event"
quantity = 10
values = [{ id = "v", value = { use = "price" }, unit = "person", kind = "social", source = "illustrative" }]
"""
"""npv = 200 a + 10 price - 120: standard deviations 20 and 10 / √3, mean 0."""


@pytest.fixture(scope="module")
def linear() -> si.Model:
    return si.Model.from_toml(LINEAR)


@pytest.fixture(scope="module")
def simulated(linear: si.Model) -> si.Simulated:
    return linear.simulate(draws=50_000, seed=3, measures=["npv"], threads=2)


def test_the_most_important_number_comes_first_with_its_interval(simulated: si.Simulated) -> None:
    table = simulated.sobol("npv", total=True)
    assert table["address"] == ["outcomes.a.quantity", "assumptions.price"]
    share = 400 / (400 + 100 / 3)
    for row, truth in zip(table.to_pylist(), (share, 1 - share), strict=True):
        assert row["first_low"] - 0.01 < truth < row["first_high"] + 0.01
        assert row["total"] == pytest.approx(truth, abs=0.02)
        assert row["total_with"] is None
        assert row["rank_correlation"] > 0 < row["rank_error"]


def test_a_shared_number_is_found_by_any_address_that_uses_it(simulated: si.Simulated) -> None:
    assert simulated.evppi(["outcomes.b.values.v.value"]) == simulated.evppi(["assumptions.price"])


def test_knowing_everything_is_worth_more_than_knowing_one_thing(simulated: si.Simulated) -> None:
    evpi = simulated.evpi()
    worth = dict(zip(*(simulated.evppi()[name] for name in ("address", "evppi")), strict=True))
    assert 0 < worth["assumptions.price"] < worth["outcomes.a.quantity"] < evpi.value == float(evpi)
    both = simulated.evppi([("outcomes.a.quantity", "assumptions.price")])
    assert both["address"] == ["outcomes.a.quantity + assumptions.price"]
    assert both["evppi"][0] == pytest.approx(evpi.value, rel=0.02)
    assert evpi.options["option"] == ["nothing", "this"]
    assert sum(evpi.options["chance_of_being_best"]) == pytest.approx(1)
    assert evpi.unit == "NOK (2024 prices, present value 2024)"


def test_a_larger_study_is_worth_more(simulated: si.Simulated) -> None:
    table = simulated.evsi("outcomes.a.quantity", {"share": [10, 100, 1000]})
    assert isinstance(table, si.PlotTable)
    assert table["people"] == [10, 100, 1000]
    assert table["evsi"] == sorted(table["evsi"])
    one = simulated.evsi("outcomes.a.quantity", {"share": 100})
    assert (one.value, one.standard_error) == (table["evsi"][1], table["standard_error"][1])
    assert simulated.evsi("assumptions.price", {"mean": 50, "sd": 2}).value > 0
    assert simulated.evsi("assumptions.price", {"count": 20}).value > 0


@pytest.mark.parametrize(
    ("study", "message"),
    [
        ({"share": 0}, "people"),
        ({"share": 2.5}, r"study.share: `2.5` is not a number of people"),
        ({"mean": 10}, "study: a study is"),
        ({"share": 10, "count": 3}, "study: a study is"),
        ({"people": 10}, "study: a study is"),
        ({"count": "many"}, "study.count: `str` is no number"),
    ],
)
def test_a_study_that_cannot_be_held_says_why(simulated: si.Simulated, study: dict[str, object], message: str) -> None:
    with pytest.raises(si.ImpactError, match=message):
        simulated.evsi("outcomes.a.quantity", study)  # type: ignore[arg-type]


def test_models_are_held_against_each_other_by_name_or_in_order(linear: si.Model, simulated: si.Simulated) -> None:
    dearer = linear.with_({"costs.team.amount": 130}).simulate(draws=50_000, seed=3, measures=["sroi_ratio"])
    named = simulated.evpi(against={"dearer": dearer})
    assert named.options["option"] == ["nothing", "this", "dearer"]
    assert named.options["chance_of_being_best"][2] == 0
    assert simulated.evpi(against=[dearer]).options["option"][2] == "option 1"
    assert simulated.evppi(against=[dearer]) == simulated.evppi()
    with pytest.raises(si.ImpactError, match=r"against\[0\]: `int` is no simulation"):
        simulated.evpi(against=[1])  # type: ignore[list-item]
    with pytest.raises(si.ImpactError, match="with another seed"):
        simulated.evpi(against=[linear.simulate(draws=50_000, seed=4)])


def test_what_cannot_be_asked_says_why(simulated: si.Simulated) -> None:
    with pytest.raises(si.ImpactError, match="no decision rests on `sroi_ratio for society`: it is a ratio"):
        simulated.evpi("sroi_ratio")  # type: ignore[arg-type]
    with pytest.raises(si.ImpactError, match="is not among the uncertain addresses"):
        simulated.evppi(["costs.team.amount"])
    with pytest.raises(si.ImpactError, match="is no number of this model"):
        simulated.evppi(["costs.teem.amount"])
    with pytest.raises(si.ImpactError, match="no address is given"):
        simulated.evppi([])


def test_the_chance_of_more_falls_along_the_curve(simulated: si.Simulated) -> None:
    curve = simulated.acceptability()
    assert len(curve) == 41
    assert curve["probability_above"] == sorted(curve["probability_above"], reverse=True)
    assert simulated.acceptability([0, 1e9], measure="sroi_ratio")["probability_above"] == [1, 0]


def test_results_travel(linear: si.Model, simulated: si.Simulated) -> None:
    evpi = simulated.evpi(against={"other": linear.with_({"costs.team.amount": 130}).simulate(draws=50_000, seed=3)})
    study = simulated.evsi("assumptions.price", {"count": 20})
    for result in (simulated.sobol(), evpi, simulated.evppi(), simulated.acceptability(), study):
        again = pickle.loads(pickle.dumps(result))  # noqa: S301 - made here
        assert again == result
        assert type(again) is type(result)


@pytest.mark.parametrize("lang", ["en", "nb"])
def test_each_result_can_be_drawn(simulated: si.Simulated, lang: si.Language) -> None:
    studies = simulated.evsi("outcomes.a.quantity", {"share": [10, 100]})
    assert isinstance(studies, si.PlotTable)
    tables = (simulated.sobol(), simulated.sobol(total=True), simulated.evppi(), studies, simulated.acceptability())
    for result in (*tables, simulated.evpi()):
        assert plots.alt_text(result.plot(lang=lang))


def test_a_caller_can_end_it(simulated: si.Simulated) -> None:
    class EnoughError(Exception):
        pass

    def stop(done: int, of: int) -> None:
        if done:
            raise EnoughError(of)

    for ask in (simulated.sobol, simulated.evppi, simulated.acceptability):
        with pytest.raises(EnoughError):
            ask(progress=stop)
    with pytest.raises(EnoughError):
        simulated.evsi("assumptions.price", {"count": 20}, progress=stop)


def test_progress_of_one_call_never_falls(simulated: si.Simulated) -> None:
    seen: list[tuple[int, int]] = []
    simulated.sobol(total=True, progress=lambda done, of: seen.append((done, of)))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert {of for _, of in seen} == {seen[-1][0]}


def test_more_draws_than_are_kept_are_refused_before_any_is_drawn() -> None:
    result = CliRunner().invoke(main, ["sensitivity", str(SANDEFJORD), "--draws", str(10**12)])
    assert result.exit_code != 0
    assert "are not kept: ask one of at most 10000000 draws" in result.output


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["sensitivity", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_command_says_in_words_what_it_is_worth_to_know() -> None:
    text = " ".join(run(str(SANDEFJORD), "--draws", "20000").split())
    assert "On average it pays to go ahead†; doing nothing turns out better in 1" in text
    assert "% of the draws." in text
    assert "If all were known, the decision would gain NOK" in text
    assert "20,000 independent draws of 3 uncertain numbers, from seed 1." in text
    assert "With others" not in text
    assert "With others" in run(str(SANDEFJORD), "--draws", "2000", "--total")


def test_the_command_speaks_norwegian() -> None:
    text = " ".join(run(str(SANDEFJORD), "--draws", "20000", "--lang", "nb").split())
    assert "I gjennomsnitt lønner det seg å gjennomføre" in text
    assert "Om alt var kjent, ville beslutningen i gjennomsnitt vinne" in text


def test_the_command_writes_everything_as_json() -> None:
    found = json.loads(run(str(SANDEFJORD), "--draws", "2000", "--json"))
    assert {row["address"] for row in found["influence"]} == {row["address"] for row in found["evppi"]}
    assert found["evpi"]["best"] == "this"
    assert found["provenance"]["draws"] == 2000
    ratio = json.loads(run(str(SANDEFJORD), "--draws", "2000", "--json", "--measure", "sroi_ratio"))
    assert ratio["evpi"] is None
    assert ratio["influence"]


def test_the_command_says_that_nothing_is_uncertain(tmp_path: Path) -> None:
    sure = tmp_path / "sure.toml"
    sure.write_text(si.Model.from_toml(LINEAR).with_({"assumptions.price": 2, "outcomes.a.quantity": 0.5}).to_toml())
    assert "No number of this model is uncertain" in run(str(sure))
    assert json.loads(run(str(sure), "--json"))["influence"] is None


EARLY = SANDEFJORD.with_name("early-help.toml")


@pytest.mark.parametrize("lang", ["en", "nb"])
def test_a_figure_that_is_infinite_in_some_draws_has_ranks_and_no_shares(lang: si.Language) -> None:
    sim = si.read(EARLY).simulate(2_000, 7, measures=["mvpf"])
    table = sim.sobol("mvpf", total=True)
    assert (table["first_order"], table["total"]) == ([None], [None])
    assert table["rank_correlation"][0] > 0.9
    (note,) = table.notes
    assert note.startswith(f"{sim.measure('mvpf').infinite} of 2,000 draws are infinite: there is no variance")
    assert pickle.loads(pickle.dumps(table)).notes == table.notes  # noqa: S301 - made here
    assert sim.sobol("npv").notes == ()
    said = plots.alt_text(table.plot(lang=lang))
    assert {"en": "rank correlation", "nb": "rangkorrelasjon"}[lang] in said
    assert note.in_language(lang) in said
    words = ["--draws", "2000", "--measure", "mvpf", "--seed", "7"]
    said = " ".join(run(str(EARLY), *words, "--lang", lang).split())
    assert said.count(" ".join(note.in_language(lang).split())) == 1
    assert {"en": "the share of its variance", "nb": "andelen av variansen"}[lang] not in said
    assert json.loads(run(str(EARLY), *words, "--json"))["notes"] == [{"en": note, "nb": note.nb}]
