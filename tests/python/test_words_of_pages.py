"""What a newcomer stumbled over on the pages: code, factors, ratios over budgets, names, multiples, distributions."""

import io
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import socialimpact as si
from conftest import MODELS
from page_kinds import COMMANDS, write_kind
from papers import text_of_paper
from socialimpact.cli import main
from socialimpact.cli.output import Page
from socialimpact.report import page
from socialimpact.report.html import head, prose, spoken
from socialimpact.types import Language
from socialimpact.wording.assuming import distribution_in_words
from socialimpact.wording.comparing import Compared
from socialimpact.wording.contract_names import ContractNames
from socialimpact.wording.explaining import Explainer, explained
from socialimpact.wording.flowing import Flowing
from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.numbers import Numbers
from socialimpact.wording.settling import Settled
from socialimpact.wording.story import Story
from socialimpact.wording.texts import Texts
from socialimpact.wording.words import Words
from test_report import found, parsed, text_of

CONTRACTS = Path("fixtures/contracts")

# Code in sentences


def test_what_a_sentence_says_letter_for_letter_is_code_and_nothing_else_is() -> None:
    assert prose("try `outcomes.a.lag` & `x < 1`") == (
        "try <code>outcomes.<wbr>a.<wbr>lag</code> &amp; <code>x &lt; 1</code>"
    )
    assert prose("one ` alone, and ``") == "one ` alone, and ``"
    assert spoken("`a` and `b") == "a and `b"


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize("kind", COMMANDS)
def test_no_page_and_no_paper_shows_a_backtick(kind: str, language: str, tmp_path: Path) -> None:
    target, paper = tmp_path / "page.html", tmp_path / "page.pdf"
    write_kind(kind, language, "--html", target, "--pdf", paper)
    content = target.read_text(encoding="utf-8")
    assert "`" not in content
    assert "<code>" in content or kind == "comparison"
    assert "`" not in text_of_paper(paper.read_bytes())


def test_a_terminal_shows_code_bold_and_a_file_keeps_its_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    seen, kept = Page(), Page()
    for one, is_terminal in ((seen, True), (kept, False)):
        one._console.file = io.StringIO()
        one._console._force_terminal = is_terminal
        one.paragraph("give `lag`")
    assert seen._console.file.getvalue() == "give \x1b[1mlag\x1b[0m\n"  # type: ignore[attr-defined]  # in memory
    assert kept._console.file.getvalue() == "give `lag`\n"  # type: ignore[attr-defined]


# Numbers to recompute with


@pytest.mark.parametrize(
    ("value", "shown"),
    [("0.856895", "0,8569"), ("1.1639144", "1,1639"), ("10.8591276", "10,8591"), ("0.0123456", "0,01235"), ("1", "1")],
)
def test_a_factor_has_four_digits(value: str, shown: str) -> None:
    assert Numbers("nb", "NOK", 0).factor(Decimal(value)) == shown


def test_a_price_index_is_shown_so_that_a_reader_can_recompute_the_price(sandefjord: si.Appraisal) -> None:
    words = Words(sandefjord, "nb")
    price = sandefjord.explain("outcomes.off-assistance.values.aap").to_dict()
    lines = [explained(part, words) for one in price["parts"] for part in one.get("parts") or ()]
    index = next(line for line in lines if line.startswith("Prisindeks"))
    told = Decimal(index.rpartition(": ")[2].replace(",", "."))
    # 2 G of May 2025, 260 320 kr, is 2 · 109 784 kr in 2022: to within half of the last digit shown.
    assert abs(260_320 * told - Decimal(219_568)) <= 260_320 * Decimal("0.00005")
    assert index == "Prisindeks g-no-from-may for 2025 til g-no for 2022: 0,8435"
    parts = [part for one in price["parts"] for part in one.get("parts") or () if "g-no" in part["title"]["en"]]
    after, before = (Decimal(level["value"]) for level in parts[0]["parts"])
    assert 260_320 * after / before == 219_568


def test_a_share_that_goes_somewhere_is_called_by_where_it_goes(sandefjord: si.Appraisal) -> None:
    tree = Explainer(sandefjord).measure("npv", "society")

    def titles(branch: dict[str, object]) -> list[str]:
        parts = branch.get("parts") or []
        assert isinstance(parts, list)
        own = [explained(branch, Words(sandefjord, "nb"))]
        return own + [title for part in parts for title in titles(part)]

    assert "Andel som går til arbeid: 60\u00a0%" in titles(tree)


# Ratios


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "net present value of society as a whole, tax-financing cost included, over the net cost to the budgets",
        ),
        ("nb", "netto nåverdi for samfunnet samlet, skattefinansieringskostnad medregnet, delt på netto kostnad for"),
    ],
)
def test_it_is_said_what_is_above_and_below_the_line_of_ratios_over_budgets(
    language: Language, said: str, sandefjord: si.Appraisal
) -> None:
    notes = Story(sandefjord, language).tables.measures()[0].notes
    texts = Texts(language)
    for name in ("mvpf", "cba_ratio", "net_benefit_per_budget_krone"):
        assert sum(note.startswith(texts(f"measure.{name}") + ": ") for note in notes) >= 1, name
    assert any(said in note for note in notes)
    npv = sandefjord.measure("npv", holder="society").value
    for holder in ("public", "state"):
        cost = sandefjord.measure("net_public_cost", holder=holder).value
        ratio = sandefjord.measure("net_benefit_per_budget_krone", holder=holder).value
        assert npv is not None
        assert cost is not None
        assert ratio is not None
        assert abs(npv / cost - ratio) < Decimal("1e-11"), "as the note says"


def test_a_comparison_shows_figures_as_an_appraisal_does() -> None:
    found = si.read(MODELS / "sandefjord.toml").compare(["sroi-practice"])
    compared = Compared(found, "nb")
    grid = compared.figures("society")
    rows = {row[0].text: row[1].text for row in grid.rows}
    assert rows["Sosial avkastning (SROI)"] == "1,60"
    assert rows["Kostnad per virkning (Ute av sosialhjelp)"] == "119\u00a0667 kr per personår"
    assert any(note.startswith("Nettonytte per budsjettkrone: ") for note in grid.notes)
    assert "sroi_ratio" not in " ".join(compared.warnings)
    assert "sosial avkastning (SROI)" in " ".join(compared.warnings)


def test_the_unit_in_a_reason_is_in_the_words_of_the_language() -> None:
    models = [si.read(MODELS / name) for name in ("larvik.toml", "danish-housing-first.toml")]
    compared = Compared(si.compare(models, measures=["npv"]), "nb")
    notes = [note for row in compared.measures for note in compared.causes(row).notes]
    assert any(
        "den er i DKK (2023-priser, nåverdi 2022), og grunnlaget i kr (2022-priser, nåverdi 2022)" in n for n in notes
    )


def test_every_fixed_word_of_the_reference_figures_has_a_word_in_each_language() -> None:
    entries: list[tuple[dict[str, Any], tuple[str, ...]]]
    entries = [(row, ("domain", "payers")) for row in si.catalogue().to_pylist()]
    entries += [(row, ("domain", "measure", "design")) for row in si.effects().to_pylist()]
    entries += [(row, ("financing_base", "corrections_by")) for row in si.conventions().to_pylist()]
    words = {one for row, keys in entries for key in keys for one in str(row[key] or "").split(", ")} - {"", "none"}
    assert len(words) > 40
    for language in ("en", "nb"):
        assert [one for one in sorted(words) if not Texts(language).has(f"entry_word.{one}")] == []


def test_a_unit_cost_is_shown_in_norwegian_words() -> None:
    shown = CliRunner(env={"COLUMNS": "200"}).invoke(
        main, ["catalogue", "show", "no-prison-high-place", "--lang", "nb"]
    )
    assert "Betales av: staten\n" in shown.stdout
    assert "Område: justis\n" in shown.stdout


def test_a_tax_financing_cost_below_zero_is_said_to_be_saved(sandefjord: si.Appraisal) -> None:
    larvik = si.read(MODELS / "larvik-contract.toml").appraise()
    saved = "er sparte skattekostnader"
    assert any(saved in note for note in Story(larvik, "nb").who_pays.kinds().notes)
    assert not any(saved in note for note in Story(sandefjord, "nb").who_pays.kinds().notes)


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("en", "To break even, the outcome “Off social assistance” must come to this many for a full year"),
        (
            "nb",
            "For at regnestykket skal gå i balanse, må virkningen «Ute av sosialhjelp» omfatte så mange i ett helt år",
        ),
    ],
)
def test_a_card_says_its_figure_once(language: Language, first: str, sandefjord: si.Appraisal) -> None:
    for answer in Story(sandefjord, language).answers:
        assert answer.beside_figure[0].startswith(first)
        number = answer.figure.partition(" ")[0]
        assert number in answer.sentences[0]
        assert number not in " ".join(answer.beside_figure)
        assert answer.beside_figure[1:] == answer.sentences[1:]
    cards = list(found(parsed(page(sandefjord, language=language)), "article"))
    assert first in text_of(cards[0])


def test_a_card_of_a_number_that_is_no_quantity_begins_with_its_name() -> None:
    told = Story(si.read(MODELS / "ips-employment.toml").appraise(), "nb").answers
    name = "eløp for «IPS utover vanlig oppfølging, per deltaker»"
    assert told[0].beside_figure[0] == f"B{name}: denne verdien skal til for at regnestykket skal gå i balanse."
    assert "må beløpet for «IPS utover vanlig oppfølging, per deltaker» være" in told[0].sentences[0]


def test_every_table_of_a_page_has_a_caption_of_its_own() -> None:
    told = Story(si.read(MODELS / "bike-workshop.toml").appraise(), "nb").who_pays.splits
    captions = [grid.caption for split in told for grid in split.grids]
    assert "De som kan betale for «Tilskudd mot utenforskap»; nåverdi 2025, kr" in captions
    assert len(set(captions)) == len(captions) > 6


def test_the_share_of_a_joint_holder_is_called_by_whose_it_is() -> None:
    words = Words(si.read(MODELS / "larvik.toml").appraise(), "nb")
    told = words.address("holders.buyers.shares.larvik")
    assert told == "andel som faller på Larvik kommune for «De fire kommunene»"


# Names


TERMS = """
impact = 1
name = "Named and not"
currency = "NOK"
holders = [{ id = "state", kind = "public", level = "state" }, { id = "provider", kind = "enterprise" }]
[contract]
payee = "provider"
payers = [{ holder = "state" }]
cohorts = [{ id = "first", name = { en = "Spring", nb = "Vår" }, starts = 2024-01-01, ends = 2024-06-30 }]
metrics = [
    { id = "work", name = { en = "In work", nb = "I arbeid" }, kind = "count", unit = "person" },
    { id = "home", kind = "count", unit = "person" },
]
payments = [
    { id = "a", of = "work", schedule = { per_unit = 10 } },
    { id = "b", name = "Bonus", of = "work", schedule = { per_unit = 1 } },
    { id = "c", of = "home", schedule = { per_unit = 5 } },
]
"""


def test_a_payment_without_a_name_is_called_after_what_it_pays_for() -> None:
    contract = si.Contract.from_toml(TERMS)
    seen = [
        {"metric": "work", "date": "2024-12-31", "cohort": "first", "count": 7},
        {"metric": "home", "date": "2024-12-31", "cohort": "first", "count": 9},
    ]
    told = Settled(contract.settle(seen), "nb")
    names = ["I arbeid", "Bonus", "c"]
    assert [row[0].text for row in told.lines().rows] == [f"{name} · Vår" for name in names]
    assert [row[0].text for row in told.payments().rows] == names
    by_payment = next(grid for grid in told.totals() if grid.columns[0].title == "Betaling")
    assert [row[0].text for row in by_payment.rows] == [*names, "I alt"]


def test_payments_that_share_a_name_keep_their_ids_beside_it() -> None:
    text = TERMS.replace('id = "b", name = "Bonus"', 'id = "b"')
    names = ContractNames(si.Contract.from_toml(text), "nb")
    assert [names.payment(one, one) for one in ("a", "b", "c")] == ["I arbeid (a)", "I arbeid (b)", "c"]
    assert (names.cohort("first"), names.cohort("other")) == ("Vår", "other")


# Statements


def test_one_payer_is_no_sum_and_columns_with_nothing_in_them_are_left_out() -> None:
    told = Settled(si.Contract.from_toml(TERMS).settle([{"metric": "work", "date": "2024-12-31", "count": 7}]), "nb")
    by_payer = next(grid for grid in told.totals() if grid.columns[0].title == "Betaler")
    assert (len(by_payer.rows), by_payer.sums) == (1, frozenset())
    titles = [column.title for column in told.lines().columns]
    assert titles[:2] == ["Betaling", "Utbetaling"], "what a narrow screen shows first"
    assert "Personer, krav eller hendelser" not in titles


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Limited by what “housing” allows (`contract.payments.housing.at_most`)"),
        ("nb", "Begrenset av beløpsgrensen for «housing» (`contract.payments.housing.at_most`)"),
    ],
)
def test_a_limit_is_told_in_words(language: Language, said: str) -> None:
    contract = si.read_contract(CONTRACTS / "denver.toml")
    settled = contract.settle([{"metric": "housing-days", "date": "2020-12-31", "count": 500_000}])
    assert Settled(settled, language).lines().rows[0][-1].text == said


def test_who_only_pays_has_neither_rate_nor_multiple_and_an_investor_who_loses_all_has_a_multiple_of_zero() -> None:
    contract = si.read_contract(CONTRACTS / "rikers.toml")
    flows = contract.cash_flows(contract.settle([{"metric": "reduction", "date": "2015-07-02", "count": 0}]))
    told = Flowing(flows, "nb").parties()
    rows = {row[0].text: [cell.text for cell in row[4:6]] for row in told.rows}
    assert rows["Bloomberg Philanthropies"] == ["ingen", "ingen"]
    assert rows["lender"] == ["−8,84\u00a0%", "0,83"]
    assert "Den som bare betaler, har ingen av dem" in told.notes[-1]
    bare = contract.with_({"contract.finance.guarantees.first-loss.schedule.steps.0.amount": 0})
    lost = bare.cash_flows(bare.settle([{"metric": "reduction", "date": "2015-07-02", "count": 0}]))
    rows = {row[0].text: [cell.text for cell in row[4:6]] for row in Flowing(lost, "nb").parties().rows}
    assert rows["lender"] == ["ingen", "0,00"]


# Distributions


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("normal(mean 0.1, sd 0.1)", "normalfordeling (gjennomsnitt 0,1; standardavvik 0,1)"),
        ("pert(30000, 60000, 100000)", "PERT-fordeling (30\u00a0000; 60\u00a0000; 100\u00a0000)"),
        ("range90(-1.5, 25)", "90\u00a0%-spenn (−1,5; 25)"),
        ("poisson(4)", "poissonfordeling (4)"),
        ("mixture((1, (discrete ((0, 1)))))", "blanding av fordelinger ((1; (diskret fordeling ((0; 1)))))"),
        ("normal", "normalfordeling"),
    ],
)
def test_a_distribution_is_told_in_the_words_and_numbers_of_the_language(written: str, told: str) -> None:
    assert distribution_in_words(Texts("nb"), written) == told
    english = distribution_in_words(Texts("en"), written)
    assert english == written.replace("range90", "90% range")


# Tables


def test_a_long_compound_in_a_head_may_be_broken_after_its_joint() -> None:
    assert head("Skattefinansieringskostnad") == "Skattefinansierings&shy;kostnad"
    assert head("Savings of the year") == "Savings of the year"


def test_a_column_is_left_out_only_where_nothing_stands_in_it() -> None:
    columns = [Column("a"), Column("b"), Column("c")]
    grid = Grid("", columns, [[Cell("1"), Cell(""), Cell("")], [Cell("2"), Cell("", marks=("x",)), Cell("")]])
    kept = grid.without_empty(1, 2)
    assert [column.title for column in kept.columns] == ["a", "b"]
    assert [[cell.text for cell in row] for row in kept.rows] == [["1", ""], ["2", ""]]


def test_words_of_a_command_and_of_its_page_are_the_same(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    typed = [
        "search",
        str(MODELS / "paid-work.toml"),
        "contract.payments.started.schedule.per_unit",
        "--payer",
        "state",
    ]
    asked = [*typed, "--low", "0", "--high", "600000", "--draws", "10", "--lang", "nb", "--html", str(target)]
    result = CliRunner(env={"COLUMNS": "4000"}).invoke(main, asked)
    said = "`contract.payments.started.schedule.per_unit` er prøvd fra 0 til 600\u00a0000 kr per enhet."
    assert said in result.stdout
    paragraphs = [text_of(one) for one in found(parsed(target.read_text(encoding="utf-8")), "p")]
    assert any(re.sub(r"\s", " ", said.replace("`", "")) in one for one in paragraphs)


def test_what_is_taken_for_an_attribution_left_out_is_said_in_the_language_of_the_page() -> None:
    written = si.read(MODELS / "sandefjord.toml").to_dict()
    for outcome in written["outcomes"]:
        outcome.pop("attribution", None)
    appraisal = si.Model.from_dict(written).appraise()
    assert "all its own" in page(appraisal, language="en")
    told = page(appraisal, language="nb")
    assert "alt er tiltakets eget" in told
    assert "all its own" not in told
