"""Who pays against who gains, from Python, on the command line and on the page."""

import json
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import socialimpact as si
from socialimpact.cli import main
from socialimpact.report.page import page

MODELS = Path(__file__).parents[2] / "fixtures" / "models"
LARVIK = MODELS / "larvik.toml"


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["who-pays", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_the_years_add_up_to_the_wrong_pocket_of_each_holder() -> None:
    appraisal = si.read(LARVIK).appraise()
    years = appraisal.wrong_pocket_years().to_pylist()
    for pocket in appraisal.wrong_pocket().to_pylist():
        own = [row for row in years if row["holder"] == pocket["holder"]]
        for part in ("pays", "receives", "gains", "cashable", "net"):
            assert sum((row[part] for row in own), Decimal(0)) == pocket[part]


def test_the_picture_and_the_page_say_what_each_has_gained_or_paid_in_the_end() -> None:
    from socialimpact import plots

    appraisal = si.read(LARVIK).appraise()
    years = appraisal.wrong_pocket_years(counted_in="nominal").to_pylist()
    ax = appraisal.plot_wrong_pocket(counted_in="nominal")
    lines = {round(float(np.asarray(line.get_ydata())[-1])) for line in ax.get_lines()}
    money = [row for row in years if row["kind"] == "fiscal" and row["year"] == 2026]
    moved = {
        row["holder"] for row in years if row["kind"] == "fiscal" and (row["pays"] or row["receives"] or row["gains"])
    } - {"participants"}  # their wages count as production
    assert lines == {round(row["cumulative"]) for row in money if row["holder"] in moved}
    ax.figure.canvas.draw()
    assert {"2022", "2023"} <= {tick.get_text() for tick in ax.get_xticklabels()}
    assert "Larvik municipality† from 0 to" in plots.alt_text(ax).replace(": from", " from")
    assert "Ferd: −341 521 kr ved utgangen av 2026, og lavest i 2024 med −3 865 046 kr." in page(
        appraisal, language="nb"
    ).replace("\u00a0", " ")


def test_two_lines_of_one_colour_have_other_dashes() -> None:
    from socialimpact.plots import style

    looks = [(style.colour(position), str(style.dash(position))) for position in range(20)]
    assert len(set(looks)) == 20


def test_a_split_adds_up_to_the_cost_and_keeps_every_payer_whole() -> None:
    larvik = si.read(LARVIK).with_({"outcomes.kept-out.quantity": 30}).appraise()
    split = larvik.split(["transfers.payment"])
    rows = split.payers.to_pylist()
    assert sum(row["pays"] for row in rows) == split.cost
    assert sum(row["share"] for row in rows) == 1
    assert all(row["keeps"] == row["gain"] - row["pays"] >= 0 for row in rows)
    assert split.to_dict()["payers"] == rows


def test_wrong_payers_and_flows_are_all_told_at_once() -> None:
    appraisal = si.read(LARVIK).appraise()
    with pytest.raises(
        si.ImpactError, match=r"`ferd` is no holder.*`investor` is no public budget.*`costs.x` is no cost"
    ):
        appraisal.split(["costs.x"], payers=["ferd", "investor"])
    with pytest.raises(si.ImpactError, match="fiscal"):
        appraisal.split(gain="all")  # type: ignore[arg-type]


def test_the_command_and_the_library_say_the_same() -> None:
    told = json.loads(run(str(LARVIK), "--for", "transfers.payment", "--counted-in", "nominal", "--json"))
    split = si.read(LARVIK).appraise().split(["transfers.payment"])
    assert told["counted_in"] == "nominal"
    assert [Decimal(one["missing"]) for one in told["splits"]] == [split.missing]
    text = run(str(LARVIK), "--for", "transfers.payment", "--lang", "nb")
    assert "Ingen fordeling holder alle betalere skadesløse" in text


def test_a_report_holds_the_splits_of_all_costs_and_of_each_payment_that_leaves_the_budgets() -> None:
    report = si.read(LARVIK).appraise().to_dict()
    assert [split["flows"] for split in report["splits"]] == [["costs.work"], ["transfers.payment"]]
    assert {row["whose"] for row in report["value_by_kind"]} == {"society", "public", "level", "holder"}
    assert report["wrong_pocket_years"][0]["kind"] in {"fiscal", "economic", "social"}


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "a split that leaves no payer worse off exists"),
        ("nb", "Ingen fordeling holder alle betalere skadesløse"),
    ],
)
def test_the_page_says_whether_there_is_a_split(language: si.Language, says: str) -> None:
    model = si.read(LARVIK)
    if language == "en":
        model = model.with_({"outcomes.kept-out.quantity": 30})
    html = page(model.appraise(), language=language)
    assert says.casefold() in html.casefold()
    assert 'id="kinds"' in html
    assert 'id="who_pays"' in html


def test_a_model_without_public_budgets_has_no_split_on_its_page() -> None:
    document = {
        "impact": 1,
        "name": "Neighbours",
        "country": "NO",
        "currency": "NOK",
        "price_year": 2024,
        "start": 2024,
        "conventions": "norway-r109-2021",
        "holders": [{"id": "neighbours", "kind": "people"}],
        "costs": [{"id": "team", "payer": "neighbours", "amount": 100, "year": 2024}],
    }
    appraisal = si.Model.from_dict(document).appraise()
    assert appraisal.splits() == []
    assert 'id="split"' not in page(appraisal)
    with pytest.raises(si.ImpactError, match="no public budget"):
        appraisal.split()


@pytest.mark.parametrize(
    ("language", "says"),
    [("en", "others must make up for it"), ("nb", "må andre dekke tapet, og selv betaler de ingenting")],
)
def test_where_no_split_leaves_all_whole_no_loser_is_said_to_be_made_whole(language: si.Language, says: str) -> None:
    html = page(si.read(MODELS / "sandefjord.toml").appraise(), language=language)
    assert says in html
    assert not any(word in html for word in ("made whole", "de holdes skadesløse"))
