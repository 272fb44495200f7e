"""Commands on a contract in a model, `risk`, `search`, `settle` and `cash-flows`: pages, and settings over terms."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import socialimpact as si
from conftest import HOSTILE, needed
from paid_work import EFFECT, PRICE, WORK
from socialimpact.cli import BAD_INPUT, main
from socialimpact.report.design import design_page
from socialimpact.report.risk import risk_page
from socialimpact.types import Language
from socialimpact.wording.pricing import Priced
from socialimpact.wording.returning import Returned
from socialimpact.wording.risking import Risked
from socialimpact.wording.saving import Saved

LARVIK = "fixtures/models/larvik-contract.toml"
DRAWN = ("--draws", "500", "--seed", "7")
SEARCHED = ("--low", "0", "--high", "600000", "--draws", "10")


def typed(*words: str | Path) -> Result:
    return CliRunner(env={"COLUMNS": "200"}).invoke(main, list(map(str, words)), catch_exceptions=False)


def text(result: Result) -> str:
    return " ".join(result.stdout.split())


@pytest.fixture
def work(tmp_path: Path) -> Path:
    file = tmp_path / "work.toml"
    file.write_text(WORK, encoding="utf-8")
    return file


def test_risk_tells_payment_beside_saving_and_what_an_investor_may_lose() -> None:
    told = text(typed("risk", LARVIK, *DRAWN))
    for said in (
        "Payment beside own saving As believed, those who pay are expected to pay NOK",
        "and save nothing. However they share it, somebody is expected to pay more than it saves: NOK",
        "The first 500 draws of each situation were settled",
        "Back in the Ring†",
        "Ferd, As believed: in",
        "draws nothing comes back.",
        "± is the standard error of the draws that were settled.",
    ):
        assert said in told, said


def test_risk_tells_it_in_norwegian() -> None:
    told = text(typed("risk", LARVIK, *DRAWN, "--lang", "nb"))
    for said in (
        "Betaling og egen besparelse",
        "Sparer fratrukket betaler",
        "Hva investorene kan tjene og tape",
    ):
        assert said in told, said


def test_it_is_said_which_means_were_drawn_and_how_far_they_may_be_off() -> None:
    risk, saving = si.read_contract(LARVIK).risk(500, 7), si.read(LARVIK).saving_risk(500, 7)
    told = text(typed("risk", LARVIK, *DRAWN))
    # Four payers of a quarter each: what is paid in all errs the most, in the situation that errs the most.
    paid = max(row["mean_error"] for row in risk.situations.to_pylist())
    assert f"has exact ones. The standard error of a mean is NOK {paid:,.0f} at most." in told
    believed = [row for row in saving.holders.to_pylist() if row["situation"] == "as-believed"]
    most = max(row[f"{key}_error"] for row in believed for key in ("paid", "saved", "net"))
    assert f"The means were drawn, and their standard error is NOK {most:,.0f} at most." in told


def test_money_is_told_to_be_released_in_public_budgets_only() -> None:
    holders = si.read(LARVIK).saving_risk(500, 7).holders.to_pylist()
    released = {row["holder"]: row["cashable"] for row in holders if row["situation"] == "as-believed"}
    assert released["participants"] is None
    assert released["larvik"] > 0
    assert released["state"] == 0


def test_json_of_risk_holds_what_python_gives_of_each() -> None:
    found = json.loads(typed("risk", LARVIK, *DRAWN, "--settled", "50", "--json").stdout)
    model = si.read(LARVIK)
    contract = si.read_contract(LARVIK)
    assert found.pop("returns") == contract.return_risk(500, 7, settled=50).to_dict()
    assert found.pop("saving") == {"status": "told", **model.saving_risk(500, 7).to_dict()}
    assert found == contract.risk(500, 7).to_dict()


def test_a_contract_that_pays_for_nothing_valued_says_that_no_saving_is_told(tmp_path: Path) -> None:
    file = tmp_path / "unnamed.toml"
    file.write_text(WORK.replace(', outcome = "into-work"', ""), encoding="utf-8")
    page = tmp_path / "page.html"
    result = typed("risk", file, *DRAWN, "--html", page)
    why = "What payers save is not told: no metric of the truth has an `outcome` of the model"
    assert why in text(result)
    assert why.replace("`outcome`", "<code>outcome</code>") in page.read_text(encoding="utf-8")
    hvorfor = (
        "Hva betalerne sparer, vises ikke: ingen av resultatmålene i `truth` har en `outcome` i modellen: si hvilken"
    )
    assert hvorfor in text(typed("risk", file, *DRAWN, "--html", page, "--lang", "nb"))
    assert re.sub("`(.*?)`", r"<code>\1</code>", hvorfor) in page.read_text(encoding="utf-8")
    saving = json.loads(typed("risk", file, *DRAWN, "--json").stdout)["saving"]
    assert saving["status"] == "not-told"
    assert saving["why"]["en"].startswith("no metric of the truth has an `outcome` of the model")
    assert saving["why"]["nb"].startswith("ingen av resultatmålene i `truth` har en `outcome` i modellen")


def test_a_contract_without_a_model_tells_nothing_of_a_saving() -> None:
    alone = "fixtures/contracts/larvik-for-nothing.toml"
    assert "saving" not in json.loads(typed("risk", alone, "--draws", "10", "--json").stdout)


def test_a_mistake_in_a_model_is_no_reason_and_is_told_as_one(tmp_path: Path) -> None:
    file = tmp_path / "large.toml"
    # 12 units of 7 · 10^27 have no decimal of 28 digits: what is paid can be told, what is saved cannot.
    file.write_text(WORK.replace("value = 90_000", "value = 7e27"), encoding="utf-8")
    assert si.read(file).contract is not None
    assert si.read_contract(file).risk(10, 7).count == 10
    with pytest.raises(si.ImpactError) as refused:
        si.read(file).saving_risk(10, 7)
    assert not refused.value.is_reason
    result = typed("risk", file, *DRAWN, "--json")
    assert result.exit_code == BAD_INPUT
    assert result.stdout == ""
    assert "large.toml" in result.stderr
    assert "outcomes.into-work" in result.stderr


@pytest.mark.parametrize("lang", ["en", "nb"])
def test_the_page_has_a_table_beside_each_chart_and_each_chart_in_words(lang: Language) -> None:
    model, contract = si.read(LARVIK), si.read_contract(LARVIK)
    saved = Saved(model.saving_risk(500, 7), lang)
    page = risk_page(Risked(contract.risk(500, 7), lang), Returned(contract.return_risk(500, 7), lang), saved)
    for section, name in (("saving", "pair"), ("returns", "loss")):
        part = page.split(f'<section id="{section}">')[1].split("</section>")[0]
        assert part.count("<svg class=") == 2, "a wide and a narrow one"
        assert part.count(f'aria-labelledby="{name}-title-') == 2
        assert "<table" in part
        described = part.split("<desc")[1].split("</desc>")[0]
        assert ("Larvik" if section == "saving" else "Ferd") in described
        assert ("illustrative" if lang == "en" else "illustrerende") in part
    assert page.count('<section id="providers">') == 1
    assert "<script" not in page


def test_a_setting_is_laid_over_the_terms_the_truth_and_the_model(work: Path) -> None:
    rate = f"{EFFECT}=0.1"
    found = json.loads(typed("risk", work, "--draws", "10", "--set", rate, "--set", f"{PRICE}=10", "--json").stdout)
    assert found["situations"][0]["paid"]["mean"] == pytest.approx(30 * 10)
    fewer = "outcomes.into-work.displacement=0"
    found = json.loads(typed("risk", work, "--draws", "10", "--set", fewer, "--json").stdout)
    assert found["saving"]["situations"][0]["holders"][0]["saved"]["mean"] == pytest.approx(30 * 180_000)
    alone = "fixtures/contracts/larvik-for-nothing.toml"
    setting = "truth.metrics.relapse.counterfactual=0.63"
    found = json.loads(typed("risk", alone, "--draws", "10", "--set", setting, "--json").stdout)
    assert next(row for row in found["assumptions"] if row["address"].startswith("truth."))["value"] == "0.63"


def test_settings_reach_settlement_and_cash_flows(work: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    claims = [f"started,2025-12-31,2025,person-{number}" for number in range(50)]
    rows.write_text("\n".join(["metric,date,cohort,person", *claims]), encoding="utf-8")
    for command, key in (("settle", "total"), ("cash-flows", "by_date")):
        found = json.loads(typed(command, work, rows, "--set", f"{PRICE}=90_000", "--json").stdout)
        assert "4500000" in json.dumps(found[key])
    picture = tmp_path / "flows.svg"
    typed("cash-flows", work, rows, "--plot", picture)
    assert "Who pays and receives what, and when" in picture.read_text(encoding="utf-8")


def test_a_setting_that_leads_nowhere_says_the_nearest(work: Path) -> None:
    result = typed("risk", work, "--set", f"{PRICE[:-1]}=1")
    assert result.exit_code == BAD_INPUT
    assert f"did you mean `{PRICE}`?" in result.stderr


def test_search_tells_both_prices_and_what_there_is_at_the_ends(work: Path) -> None:
    asked = ("search", work, PRICE, "--payer", "town", "--investor", "fund", "--rate", "0.08", *SEARCHED)
    told = text(typed(*asked))
    for said in (
        f"town is expected to pay what it saves where `{PRICE}` is 243,000; the contract has 100,000.",
        "The expected flows of fund return 8% a year where",
        f"`{PRICE}` was tried from 0 to 600,000 NOK per unit, from 10 independent draws",
        "Price (NOK per unit) The contract has (NOK per unit)",
        "Which price meets which target, amounts in NOK",
        "4,860,000 −7,140,000",  # saves 4.86 million and pays nothing, or 12 million
    ):
        assert said in told, said
    prices = json.loads(typed(*asked, "--json").stdout)["prices"]
    model = si.Model.from_toml(WORK)
    town = model.search(PRICE, payer="town", low=0, high=600_000, draws=10, seed=1)
    assert prices[0] == town.to_dict()
    assert [price["sought"] for price in prices] == ["break-even", "rate"]


def test_search_beside_something_else_says_where_one_price_does_for_both(work: Path, tmp_path: Path) -> None:
    page, picture = tmp_path / "search.html", tmp_path / "frontier.svg"
    asked = ("search", work, PRICE, "--payer", "state", "--investor", "fund", "--rate", "0.08", *SEARCHED)
    beside = ("--beside", f"{EFFECT}=[0.1, 0.3]")
    told = text(typed(*asked, *beside, "--html", page, "--plot", picture))
    assert f"There is a price for both where `{EFFECT}` is 0.3." in told
    assert "yes: from 86,382 to 108,000" in told
    assert "0.1 60,000† 143" in told
    assert "Is there a price for both?" in page.read_text(encoding="utf-8")
    assert "shaded: prices that do for both" in picture.read_text(encoding="utf-8")
    few = ("--beside", f"{EFFECT}=[0.05, 0.1]")
    assert "At no value tried is there a price for both." in text(typed(*asked, *few))
    short = (*asked[:-3], "70000", *SEARCHED[-2:])
    assert f"No price for both was found. Where `{EFFECT}` is 0.05, 0.1, one of them" in text(typed(*short, *few))
    norwegian = text(typed(*asked, *beside, "--lang", "nb"))
    assert f"Det finnes en pris for begge der `{EFFECT}` er 0,3." in norwegian
    rows = json.loads(typed(*asked, *beside, "--json").stdout)["frontier"]["points"]
    assert [row["room"] for row in rows] == ["apart", "between"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "say who is to break even (--payer), or to reach a rate (--investor and --rate)"),
        (("--investor", "fund"), "--investor and --rate go together"),
        (("--payer", "town", "--beside", f"{EFFECT}=[0.1]"), "--beside goes with --payer, --investor and --rate"),
        (("--payer", "town", "--plot", "x.svg"), "--plot goes with --beside: one price is no picture"),
        (("--payer", "fund"), "payer: `fund` pays for no results: choose among `town`, `state`"),
        (("--payer", "town", "--situation", "nothing"), "situation: `nothing` is no situation"),
    ],
)
def test_a_search_that_says_too_little_is_refused(work: Path, words: tuple[str, ...], said: str) -> None:
    result = typed("search", work, PRICE, *SEARCHED, *words)
    assert result.exit_code == BAD_INPUT
    assert said in " ".join(result.stderr.split())


def test_a_payer_of_a_contract_by_itself_is_refused() -> None:
    result = typed("search", "fixtures/contracts/larvik-for-nothing.toml", "x", "--payer", "larvik", *SEARCHED)
    assert result.exit_code == BAD_INPUT
    assert "--payer needs a model that has the contract in it" in result.stderr


def test_hostile_names_are_only_text(rendered: Callable[[Path], str], tmp_path: Path) -> None:
    document = si.read(LARVIK).to_dict()
    document["name"] = HOSTILE
    contract = document["contract"]
    for part in (*document["holders"], *document["outcomes"], *contract["metrics"], *contract["payments"]):
        part["name"] = HOSTILE
    model = si.Model.from_dict(document)
    assert model.contract is not None
    risk, returns = model.contract.risk(200, 7), model.contract.return_risk(200, 7)
    amount = "contract.payments.target.schedule.steps.0.amount"
    price = model.search(amount, payer="larvik", low=0, high=1e6, draws=50, seed=7)
    pages = {
        "risk": risk_page(Risked(risk, "nb"), Returned(returns, "nb"), Saved(model.saving_risk(200, 7), "nb")),
        "search": design_page(Priced([price], None, "nb")),
    }
    for name, page in pages.items():
        file = tmp_path / f"{name}.html"
        file.write_text(page, encoding="utf-8")
        shown = rendered(file)
        assert "<script>" not in shown
        assert "<img" not in shown
        assert "&lt;script&gt;" in shown


SAVED = "outcomes.into-work.values.social-assistance.value"
PRICED = (PRICE, "--payer", "town", "--investor", "fund", "--rate", "0.08", *SEARCHED)


@pytest.mark.parametrize("command", [("risk", *DRAWN), ("search", *PRICED)], ids=lambda command: command[0])
def test_a_workbook_is_read_as_the_model_and_the_contract_it_is_of(
    command: tuple[str, ...], work: Path, tmp_path: Path
) -> None:
    openpyxl = needed("openpyxl")
    book, (verb, *words) = tmp_path / "work.xlsx", command
    model = si.read(work)
    model.appraise().to_excel(book)
    given = typed(verb, work, *words, "--json").stdout
    assert json.loads(given)
    assert typed(verb, book, *words, "--json").stdout == given

    changed = openpyxl.load_workbook(book)
    cell = next(row[2] for row in changed.worksheets[4].iter_rows() if row[0].value == SAVED)
    cell.value = 45_000
    changed.save(book)
    laid_over = typed(verb, work, *words, "--set", f"{SAVED}=45000", "--json").stdout
    assert laid_over != given
    assert typed(verb, book, *words, "--json").stdout == laid_over


@pytest.mark.parametrize("command", [("risk", *DRAWN), ("search", *PRICED)], ids=lambda command: command[0])
def test_a_workbook_of_a_model_without_a_contract_says_so(command: tuple[str, ...], tmp_path: Path) -> None:
    needed("openpyxl")
    book, (verb, *words) = tmp_path / "beginner.xlsx", command
    si.read("fixtures/models/beginner.toml").appraise().to_excel(book)
    result = typed(verb, book, *words)
    assert result.exit_code == BAD_INPUT
    assert result.stderr == f"{book}: document: the document has no `contract`\n"
