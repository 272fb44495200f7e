"""What a better evaluation is worth, through Python and on the command line."""

import json
import math
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import socialimpact as si
from socialimpact.cli import main
from socialimpact.cli.simulate import SEED

LARVIK = Path("fixtures/contracts/larvik-for-nothing.toml")


def test_a_normal_truth_is_worth_its_closed_form_and_evaluations_less() -> None:
    contract = si.read_contract(LARVIK)
    table = contract.evaluation_worth("relapse", worth=1_000_000, cost=2_000_000, draws=50_000, seed=7)
    *evaluations, truth = table.to_pylist()
    assert [row["times"] for row in evaluations] == [1.0, 2.0, 4.0, 10.0]
    assert [row["people"] for row in evaluations] == [50.0, 100.0, 200.0, 500.0]
    assert truth["times"] is None
    # 50 · 0.4 · N(0.1, 0.1) people, each worth a million, less two: N(0, 2 million), but for effects above 1.5 or so.
    assert truth["worth"] == pytest.approx(2_000_000 / math.sqrt(2 * math.pi), rel=0.02)
    worth = [row["worth"] for row in evaluations]
    assert worth == sorted(worth)
    assert worth[-1] < truth["worth"]
    assert {row["now"] for row in evaluations} == {max(0.0, truth["going_on"])}


def test_what_is_asked_wrongly_is_said_with_its_argument() -> None:
    contract = si.read_contract(LARVIK)
    with pytest.raises(si.ImpactError, match=r"^metric: nothing is paid for `relaps`: choose among `relapse`$"):
        contract.evaluation_worth("relaps", worth=1, cost=1, draws=100, seed=1)
    with pytest.raises(si.ImpactError, match=r"^times: `times` holds 1: numbers above 0 that rise are wanted"):
        contract.evaluation_worth("relapse", worth=1, cost=1, draws=100, seed=1, times=[2, 1])
    with pytest.raises(si.ImpactError, match=r"^worth: "):
        contract.evaluation_worth("relapse", worth=math.inf, cost=1, draws=100, seed=1)


def test_progress_is_told_and_ends_it() -> None:
    heard: list[int] = []

    def told(_done: int, of: int) -> None:
        heard.append(of)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        si.read_contract(LARVIK).evaluation_worth("relapse", worth=1, cost=1, draws=1_000, seed=1, progress=told)
    assert heard == [5_000]


def typed(*words: object) -> str:
    asked = ["risk", LARVIK, "--draws", 20_000, "--worth", 1_000_000, "--cost", 2_000_000, *words]
    result = CliRunner().invoke(main, [str(word) for word in asked], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_command_tells_it_in_both_languages_on_the_terminal_the_page_and_for_machines(tmp_path: Path) -> None:
    for language, head, truth in (
        ("en", "What deciding to go on upon what is observed", "the truth itself"),
        ("nb", "Hva det er verdt å bygge avgjørelsen om å fortsette på det som er", "å kjenne den sanne virkningen"),
    ):
        page = tmp_path / f"{language}.html"
        shown = " ".join(typed("--lang", language, "--html", page).split())
        assert head in shown
        assert truth in shown
        assert truth in page.read_text(encoding="utf-8")
    told = json.loads(typed("--json"))["evaluation"]
    contract = si.read_contract(LARVIK)
    table = contract.evaluation_worth("relapse", worth=1_000_000, cost=2_000_000, draws=20_000, seed=SEED)
    assert told == {"worth": 1_000_000, "cost": 2_000_000, "rows": table.to_pylist()}


@pytest.mark.parametrize(
    ("truth", "is_said"),
    [
        ({}, False),  # a fixed baseline: nobody is compared with
        ({"truth.cohorts.first.compared": 50}, True),
        (
            {
                "truth.cohorts.first.compared": 50,
                "truth.metrics.relapse.counterfactual": {"beta": {"mean": 0.4, "sd": 0.05}},
            },
            False,
        ),
    ],
)
def test_a_group_to_compare_with_what_is_known_is_said_to_be_worth_nothing_more(
    tmp_path: Path, truth: dict[str, Any], is_said: bool
) -> None:
    file = tmp_path / "terms.toml"
    group = {"contract.estimates.fewer-relapses.against": {"group": "others"}} if truth else {}
    file.write_text(si.read_contract(LARVIK).with_({**group, **truth}).to_toml(), encoding="utf-8")
    words = ["risk", file, "--draws", 2_000, "--worth", 1_000_000, "--cost", 2_000_000]
    for language, said in (
        ("en", "is one number here and known for certain"),
        ("nb", "er her ett tall og regnes som kjent"),
    ):
        shown = CliRunner().invoke(main, [*map(str, words), "--lang", language], catch_exceptions=False).stdout
        assert (said in " ".join(shown.split())) is is_said


def test_the_command_wants_both_numbers() -> None:
    result = CliRunner().invoke(main, ["risk", str(LARVIK), "--worth", "1"])
    assert result.exit_code == 2
    assert "--worth of one unit, and --cost of going on" in result.output
