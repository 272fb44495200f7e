"""Commands on many terms at once, `ranking` and `baselines`: as they are typed, for machines and as pages."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import socialimpact as si
from conftest import HOSTILE
from socialimpact.cli import BAD_INPUT, main
from socialimpact.report.design import design_page
from socialimpact.wording.baselines import Defined
from socialimpact.wording.ranking import Ranked

LARVIK = "fixtures/contracts/larvik-for-nothing.toml"
TARGET = "contract.payments.target.schedule.steps.0.at"
AMOUNT = "contract.payments.target.schedule.steps.0.amount"
TARGETS = ("--axis", f"{TARGET}=[0.1, 0.15, 0.16, 0.2]", "--situation", "nothing-works-baseline-right")
DRAWN = ("--draws", "4000", "--seed", "7")
FERD = '{ id = "ferd", rate = 0.63, definition = "go back without help", source = "Ferd; the window is not given" }'
RATES = ("--baseline", FERD, "--baseline", "base-no-2015", "--baseline", "base-no-5y")


def typed(*words: str | Path) -> Result:
    return CliRunner(env={"COLUMNS": "200"}).invoke(main, list(map(str, words)), catch_exceptions=False)


def text(result: Result) -> str:
    return " ".join(result.stdout.split())


def test_a_ranking_is_told_with_how_surely_the_best_is_the_best() -> None:
    told = text(typed("ranking", LARVIK, *TARGETS, *DRAWN))
    for said in (
        "4 scenarios are ranked by the chance of paying for a result, the smallest first, in the situation “Nothing "
        "works, the baseline is right”. All of them see the same 4,000 draws, with seed 7.",
        f"The best has `{TARGET}` = 0.2, and stays the best in 100% of the times",
        "The 4 best of 4 scenarios",
        "invented for illustration",
        "What hardly stays is ranked by chance.",
    ):
        assert said in told, said
    of_money = text(typed("ranking", LARVIK, *TARGETS, *DRAWN, "--by", "mean"))
    assert "The 4 best of 4 scenarios, amounts in NOK" in of_money
    assert "amounts in" not in told
    norwegian = text(typed("ranking", LARVIK, *TARGETS, *DRAWN, "--lang", "nb"))
    for said in (
        "4 scenarioer er rangert etter sannsynligheten for å betale for et resultat, med det minste først",
        "De 4 beste av 4 scenarioer",
        "Forblir best",
    ):
        assert said in norwegian, said


@pytest.mark.parametrize(
    ("by", "en", "nb"),
    [
        ("mean", "what is paid on average", "gjennomsnittlig utbetaling"),
        ("sd", "the standard deviation of what is paid", "standardavviket til utbetalingen"),
        ("payers.larvik", "what Larvik pays on average", "det Larvik betaler i gjennomsnitt"),
        ("p97.5", "the 97.5th percentile of what is paid", "97,5-persentilen av utbetalingen"),
    ],
)
def test_what_scenarios_are_ranked_by_is_told_in_words(by: str, en: str, nb: str) -> None:
    asked = ("ranking", LARVIK, *TARGETS, "--by", by, "--best", "largest", "--draws", "200", "--resamples", "10")
    assert f"ranked by {en}, the largest first" in text(typed(*asked))
    assert f"rangert etter {nb}, med det største først" in text(typed(*asked, "--lang", "nb"))


def test_json_of_a_ranking_is_what_python_gives() -> None:
    found = json.loads(typed("ranking", LARVIK, *TARGETS, *DRAWN, "--kept", "2", "--json").stdout)
    contract, targets = si.read_contract(LARVIK), {TARGET: [0.1, 0.15, 0.16, 0.2]}
    ranking = contract.ranking(
        targets, by="chance_of_paying", situation="nothing-works-baseline-right", draws=4_000, seed=7, kept=2
    )
    assert found == ranking.to_dict() == json.loads(ranking.to_json())
    table = ranking.table.to_pylist()
    for row, told in zip(table, found["ranked"], strict=True):
        assert told["values"] == [str(row.pop(TARGET))]
        assert {key: told[key] for key in row} == row
    assert found["provenance"] == ranking.provenance
    assert (found["by"], found["best"], found["scenarios"], found["axes"][0]["current"]) == (
        "chance_of_paying",
        "smallest",
        4,
        "0.1",
    )


def test_a_ranking_of_a_model_takes_the_contract_in_it_and_combinations_of_axes() -> None:
    axes = ("--axis", f"{AMOUNT}=[3e6, 4e6]", "--axis", "truth.cohorts.first.people=[50, 200]")
    asked = ("ranking", "fixtures/models/larvik-contract.toml", *axes, "--by", "mean", "--draws", "200", "--json")
    found = json.loads(typed(*asked).stdout)
    assert [axis["address"] for axis in found["axes"]] == [AMOUNT, "truth.cohorts.first.people"]
    assert len(found["ranked"]) == found["scenarios"] == 4


def test_baselines_are_told_side_by_side_with_what_each_of_them_is() -> None:
    told = text(typed("baselines", LARVIK, "fewer-relapses", *RATES, *DRAWN))
    for said in (
        "Chance of paying for a result, in the situation “Nothing works, what happens anyway is as believed”",
        "Chance of paying for a result, in the situation “As believed”",
        "True: ferd (63%)",
        "go back without help",
        "Ferd; the window is not given",
        "5 years",
        "not said",
        "something is paid for a result in 0% to 100% of the draws, by which rate was agreed and which is the case: "
        "most often where the contract has `ferd` and `base-no-2015` is true.",
    ):
        assert said in told, said
    norwegian = text(typed("baselines", LARVIK, "fewer-relapses", *RATES, *DRAWN, "--lang", "nb"))
    for said in (
        "Sannsynlighet for å betale for et resultat, i situasjonen «Som antatt»",
        "Virkelig: ferd (63 %)",
        "5 år",
        "ikke oppgitt",
    ):
        assert said in norwegian, said
    assert "years" not in norwegian


@pytest.mark.parametrize(
    ("rates", "en", "nb"),
    [
        ((0.63, 0.2), "where the contract has `a` and `b` is true.", "når kontrakten har `a` og det virkelige er `b`."),
        (
            (0.63, 0.2, 0.1),
            "most often, and equally often, where the contract has `a` and `b` is true, and where "
            "the contract has `a` and `c` is true.",
            "oftest, og like ofte, når kontrakten har `a` og det virkelige er `b`, og når kontrakten "
            "har `a` og det virkelige er `c`.",
        ),
        (
            (1, 0.2, 0.21, 0.22, 0.23),
            "most often, and equally often, in 4 of the 25 combinations.",
            "oftest, og like ofte, i 4 av de 25 kombinasjonene.",
        ),
        (
            (0, 0),
            "for a result in 0% of the draws, whichever rate was agreed and whichever is the case.",
            "for et resultat i 0 % av trekningene, uansett hvilket nivå som er avtalt og hvilket som er det virkelige.",
        ),
    ],
)
def test_combinations_that_pay_equally_often_are_told_as_such(rates: tuple[float, ...], en: str, nb: str) -> None:
    given = [
        {"id": name, "rate": rate, "definition": "a new sentence", "source": "illustrative"}
        for name, rate in zip("abcde", rates, strict=False)
    ]
    table = si.read_contract(LARVIK).baselines("fewer-relapses", given, draws=400, seed=7)
    assert en in " ".join(Defined(table, "en").lead)
    assert nb in " ".join(Defined(table, "nb").lead).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("lang", "lead", "place", "beside", "alone"),
    [
        (
            "en",
            "3 scenarios share the first place with the same figure. The first of them has "
            "`contract.at_most` = 4,500,000; "
            "none is better in 100% of the times",
            "1, shared",
            "Not shown, with the same figure as the last: 1.",
            "The best has `contract.at_most` = 3,000,000, and stays the best",
        ),
        (
            "nb",
            "3 scenarioer deler førsteplassen med samme tall. Det første av dem har `contract.at_most` = 4 500 000; "
            "ingen er bedre i 100 % av omgangene",
            "1, delt",
            "Ikke vist, med samme tall som det siste: 1.",
            "Det beste har `contract.at_most` = 3 000 000, og forblir best",
        ),
    ],
)
def test_equal_scenarios_are_told_to_share_their_place(
    tmp_path: Path, lang: str, lead: str, place: str, beside: str, alone: str
) -> None:
    def told(values: str, *more: str | Path) -> str:
        asked = ("ranking", LARVIK, "--axis", f"contract.at_most={values}", "--by", "mean", "--draws", "400")
        return " ".join(text(typed(*asked, "--lang", lang, *more)).replace("\u00a0", " ").split())

    # The contract pays 4.4 million at most: no cap above it ever binds.
    page = tmp_path / "ranking.html"
    shared = told("[4.5e6, 5e6, 6e6]", "--kept", "2", "--html", page)
    written = page.read_text(encoding="utf-8").replace("\u00a0", " ")
    assert lead in shared
    assert beside in shared
    assert place in shared
    assert place in written
    assert beside in written
    single = told("[3e6, 5e6, 6e6]")
    assert alone in single
    assert place not in single
    assert place.replace("1", "2") in single


def test_json_of_baselines_is_what_python_gives() -> None:
    found = json.loads(typed("baselines", LARVIK, "fewer-relapses", *RATES, *DRAWN, "--json").stdout)
    ferd = {"id": "ferd", "rate": 0.63, "definition": "go back without help", "source": "Ferd; the window is not given"}
    table = si.read_contract(LARVIK).baselines(
        "fewer-relapses", [ferd, "base-no-2015", "base-no-5y"], draws=4_000, seed=7
    )
    assert found == table.to_dict() == json.loads(table.to_json())
    cells = [(row["chance_of_paying"]["value"], row["true_baseline"]) for row in found["chances"]]
    assert cells == [(row["chance_of_paying"], row["true_baseline"]) for row in table.table.to_pylist()]
    assert found["provenance"] == table.provenance


@pytest.mark.parametrize("lang", ["en", "nb"])
def test_both_are_written_as_pages_too(tmp_path: Path, lang: str) -> None:
    for words, sections in (
        (("ranking", LARVIK, *TARGETS, *DRAWN), ["ranking"]),
        (("baselines", LARVIK, "fewer-relapses", *RATES, *DRAWN), ["nothing-works", "as-believed", "baselines"]),
    ):
        file = tmp_path / f"{words[0]}.html"
        typed(*words, "--lang", lang, "--html", file)
        page = file.read_text(encoding="utf-8")
        assert f'<html lang="{lang}">' in page
        assert all(f'<section id="{section}">' in page for section in (*sections, "provenance"))
        assert "<script" not in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ranking",), "Missing option '--axis'"),
        (("ranking", "--axis", "contract.at_most"), "is not address=[values]"),
        (
            ("ranking", *TARGETS, "--by", "median"),
            "by: scenarios are not ranked by `median`: choose `chance_of_paying`",
        ),
        (("ranking", *TARGETS, "--blocks", "1"), "blocks: `1` is not a whole number from 2"),
        (
            ("ranking", "--axis", "contract.at_most=[1, 2]", "--axis", "contract.at_most=3"),
            "--axis gives values of `contract.at_most` twice: write them in one list",
        ),
        (("ranking", "--axis", "contract.at_mots=[1, 2]"), "did you mean `contract.at_most`?"),
        (
            ("ranking", "--axis", "truth.metrics.relapse.effect=[0.1, 12]"),
            "truth.metrics.relapse.effect: an effect of `12`",
        ),
        (("baselines", "fewer-relapses"), "Missing option '--baseline'"),
        (
            ("baselines", "target", *RATES),
            "estimate: `target` is no estimate with a fixed baseline: choose among `fewer-relapses`",
        ),
        (("baselines", "fewer-relapses", "--baseline", "base-no-9y"), "baselines[0]: "),
        (("baselines", "fewer-relapses", "--baseline", "{ id = 3"), "is no table of a baseline, such as"),
        (
            ("baselines", "fewer-relapses", "--baseline", '{ id = "x", rate = 0.4, definition = "a new charge" }'),
            "`x` has no source: the definition decides what a rate is, and no figure goes without a source",
        ),
    ],
)
def test_what_is_asked_wrongly_is_said_in_a_sentence(words: tuple[str, ...], said: str) -> None:
    result = typed(words[0], LARVIK, *words[1:])
    assert result.exit_code == BAD_INPUT
    assert said in " ".join(result.stderr.split())


def test_hostile_names_are_only_text(rendered: Callable[[Path], str], tmp_path: Path) -> None:
    contract = si.read_contract(LARVIK)
    named = contract.with_({"name": HOSTILE, "contract.estimates.fewer-relapses.name": HOSTILE})
    ours = {"id": HOSTILE, "rate": 0.4, "definition": HOSTILE, "window": HOSTILE, "source": HOSTILE}
    pages = {
        "ranking": design_page(Ranked(named.ranking({TARGET: [0.1, 0.2]}, by="mean", draws=100, seed=7), "nb")),
        "baselines": design_page(Defined(named.baselines("fewer-relapses", [ours], draws=100, seed=7), "nb")),
    }
    for name, page in pages.items():
        file = tmp_path / f"{name}.html"
        file.write_text(page, encoding="utf-8")
        shown = rendered(file)
        assert "<script>" not in shown
        assert "<img" not in shown
        assert "&lt;script&gt;" in shown
