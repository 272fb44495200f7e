"""The command `settle` and its page."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import socialimpact as si
from socialimpact.cli import BAD_INPUT, main
from socialimpact.report.statement import statement_page
from socialimpact.types import Language
from socialimpact.wording.settling import Settled

CONTRACTS = Path("fixtures/contracts")
PAID = Path("fixtures/models/paid-by-results.toml")
ATTACK = "<script>document.title = 'run'</script>"


def typed(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["settle", *map(str, words)], catch_exceptions=False)


def denver() -> tuple[Path, Path]:
    return CONTRACTS / "denver.toml", CONTRACTS / "denver.observations.toml"


def rows(folder: Path, *lines: str) -> Path:
    file = folder / f"rows-{len(lines)}.csv"
    file.write_text("\n".join(("metric,date,count,group,person", *lines)), encoding="utf-8")
    return file


def claims(people: int, group: str = "") -> list[str]:
    return [f"started,2025-05-31,,{group},{group}-{person}" for person in range(people)]


def test_what_is_paid_is_told_line_by_line() -> None:
    told = typed(*denver()).stdout
    assert "USD\u00a09,638,911.36 is paid to" in told
    for text in ("3,913,932.96", "620,978.40", "5,104,000.00", "2019-12-31", "Terms settled: "):
        assert text in told


def test_it_is_told_in_norwegian() -> None:
    told = typed(PAID, CONTRACTS / "nowhere.csv").stderr
    assert told.strip().endswith("no such file or directory")
    told = typed(*denver(), "--lang", "nb").stdout
    assert "Samlet utbetaling til lenders: 9\u00a0638\u00a0911,36" in told
    assert "31.12.2019" in told


def test_why_less_or_nothing_is_paid_is_said(tmp_path: Path) -> None:
    many = rows(tmp_path, "housing-days,2020-12-31,400000,,")
    assert "Limited by what “housing” allows (`contract.payments.housing.at_most`)" in typed(
        CONTRACTS / "denver.toml", many
    ).stdout.replace("\n", " ")
    told = Settled(si.read_contract(CONTRACTS / "denver.toml").settle(many), "en").lines()
    assert told.rows[0][-1].text == "Limited by what “housing” allows (`contract.payments.housing.at_most`)"


def test_json_holds_every_number_as_text() -> None:
    result = json.loads(typed(*denver(), "--json").stdout)
    assert result["total"] == "9638911.36"
    assert result["lines"][0]["amount"] == "3913932.96"


def test_only_what_is_new_is_told_since_earlier_observations(tmp_path: Path) -> None:
    first, later = rows(tmp_path, *claims(6)), rows(tmp_path, *claims(7))
    result = json.loads(typed(PAID, later, "--since", first, "--json").stdout)
    assert (result["changes"], result["total"]) == (True, "40000")
    assert "Change in what is paid to The enterprise since the earlier statement: NOK\u00a040,000.00." in typed(
        PAID, later, "--since", first
    ).stdout.replace("\n", " ")


def test_few_people_are_told_together_unless_every_line_is_asked_for(tmp_path: Path) -> None:
    file = rows(tmp_path, *claims(7), *claims(2, "young"))
    told = " ".join(typed(PAID, file).stdout.split())
    assert "Claims that concern fewer than five people are told together" in told
    assert "young" not in told
    assert "young" in typed(PAID, file, "--every-line").stdout


@pytest.mark.parametrize(("language", "schedule"), [("en", "15.12 for each unit"), ("nb", "15,12 for hver enhet")])
def test_the_page_shows_the_schedule_and_the_sourced_numbers_that_lines_follow(
    language: str, schedule: str, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    typed(*denver(), "--lang", language, "--html", page)
    terms = re.search('<section id="terms">.*?</section>', page.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert terms
    assert schedule in terms[0]
    assert "contract.payments.housing.schedule.per_unit" in terms[0].replace("<wbr>", "")


@pytest.mark.parametrize("earlier", [0, 1])
def test_no_output_tells_the_day_of_few_people(earlier: int, tmp_path: Path) -> None:
    # One claim alone; and, against an earlier claim of another day, what is new less what is taken back.
    before = ["started,2025-03-07,,young,a"][:earlier]
    now = rows(tmp_path, "started,2025-04-08,,young,a", "started,2025-04-09,,young,b")
    since = ("--since", rows(tmp_path, *before)) if before else ()
    page = tmp_path / "page.html"
    told = typed(PAID, now, *since, "--html", page).stdout
    statement = paid().settle(now)
    if before:
        statement = statement.since(paid().settle(rows(tmp_path, *before)))
    tables = f"{statement.lines.to_pylist()}{statement.shares.to_pylist()}{statement._repr_html_()}"
    as_json = json.loads(typed(PAID, now, *since, "--json").stdout)
    assert all(as_json.pop(key) for key in ("payments", "assumptions")), (
        "the terms name the group; what is observed does not"
    )
    as_page = re.sub('<section id="terms">.*?</section>', "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    outputs = told, str(as_json), as_page, tables
    for output in outputs:
        assert not [told for told in ("2025-03-07", "2025-04-08", "2025-04-09", "young") if told in output]
    started = next(row for row in statement.lines.to_pylist() if row["payment"] == "started")
    assert (started["date"], started["due"], started["year"], started["count"]) == (None, None, 2025, None)
    assert started["amount"] == 50_000 * (2 - earlier)


def paid() -> si.Contract:
    contract = si.read(PAID).contract
    assert contract is not None
    return contract


def test_what_is_wrong_is_said_with_its_row_and_without_the_person(tmp_path: Path) -> None:
    file = rows(tmp_path, "startd,2025-05-31,,,kari-nordmann", "days,31.05.2025,7,,")
    result = typed(PAID, file)
    assert result.exit_code == BAD_INPUT
    assert result.stderr.splitlines() == [
        f"{file}: observations.1.metric (line 2, column 1): the contract has no such metric: did you mean `started`?",
        f"{file}: observations.2.date (line 3, column 2): `date` is no date: write it as 2024-03-31, and not with the "
        "day first",
    ]


def test_a_file_in_other_letters_is_named_once_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "latin.csv"
    file.write_bytes("metric,date,count\ndays,2025-05-31,7\nfjørd,2025-05-31,7\n".encode("latin-1"))
    result = typed(PAID, file)
    assert result.exit_code == BAD_INPUT
    assert result.stderr == f"{file}: line 3: the text is not UTF-8 (byte 39): save the file as UTF-8\n"


def test_a_file_of_another_form_is_named_once(tmp_path: Path) -> None:
    file = tmp_path / "seen.txt"
    file.write_text("metric")
    said = f"{file}: observations are read from a file that ends in `.csv`, `.toml` or `.json`\n"
    assert typed(PAID, file).stderr == said


def test_what_the_terms_lack_is_said_of_the_terms(tmp_path: Path) -> None:
    terms = Path("fixtures/contracts/indexed-price-list.toml")
    file = rows(tmp_path, "kept,1980-05-01,,,a")
    assert typed(terms, file).stderr.startswith(f"{terms}: contract.payments.kept")


def test_what_is_wrong_says_in_which_of_several_files(tmp_path: Path) -> None:
    good, bad = rows(tmp_path, *claims(6)), rows(tmp_path, *claims(6), "days,2025-06-30,-1,,")
    result = typed(PAID, good, "--since", bad)
    assert result.exit_code == BAD_INPUT
    assert result.stderr == f"{bad}: observations.7.count (line 8, column 3): count `-1` is not zero or more\n"
    terms = tmp_path / "terms.toml"
    terms.write_text("impact = 1\nname = 1\n", encoding="utf-8")
    assert typed(terms, good).stderr.startswith(f"{terms}: document (line 1, column 1): `currency` is missing")


@pytest.mark.parametrize("language", ["en", "nb"])
def test_the_page_holds_every_figure_and_runs_nothing(language: Language, tmp_path: Path) -> None:
    terms = CONTRACTS / "peterborough.toml"
    text = terms.read_text(encoding="utf-8").replace('name = "Peterborough: fewer reconvictions"', f'name = "{ATTACK}"')
    contract = si.Contract.from_toml(text)
    page = statement_page(Settled(contract.settle(CONTRACTS / "peterborough.observations.toml"), language))
    assert ATTACK not in page
    assert "<script" not in page
    assert page.count('<data value="1500000">') >= 3
    assert f'<html lang="{language}">' in page
    target = tmp_path / "statement.html"
    assert typed(*denver(), "--html", target, "--lang", language).exit_code == 0
    assert '<data value="9638911.36">' in target.read_text(encoding="utf-8")


RETURNED = {"metric": "returned", "date": "2026-01-31"}
SEEN = [
    {**RETURNED, "cohort": "spring", "count": 29, "of": 100},
    {**RETURNED, "cohort": "spring", "count": 30, "of": 100, "group": "matched"},
    {**RETURNED, "cohort": "autumn", "count": 30, "of": 100, "group": "matched"},
]


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        (
            "en",
            [
                "Relative effect: 29 of 100 against 30 of 100 (matched); payment begins at 0.1, which is not reached",
                "Only the group that is compared with was observed, and nobody treated",
                "0.033333",
            ],
        ),
        (
            "nb",
            [
                "Relativ effekt: 29 av 100 mot 30 av 100 (matched); betalingen begynner ved 0,1, som ikke er nådd",
                "Bare gruppen det sammenlignes med, er observert, og ingen som fikk tiltaket",
                "0,033333",
            ],
        ),
    ],
)
def test_a_statement_explains_itself(language: Language, texts: list[str], tmp_path: Path) -> None:
    statement = paid().settle(SEEN)
    page = statement_page(Settled(statement, language))
    file = tmp_path / "rows.json"
    file.write_text(json.dumps({"observations": SEEN}), encoding="utf-8")
    terminal = " ".join(typed(PAID, file, "--lang", language).stdout.split())
    for text in texts:
        assert text in page
    assert texts[1].split(",")[0].split()[0] in terminal
    line = next(row for row in statement.lines.to_pylist() if row["payment"] == "fewer-returned")
    assert [line[key] for key in ("count", "of", "compared_count", "compared_of")] == [29, 100, 30, 100]
    assert [(row["estimate"], row["cohort"]) for row in statement.unused.to_pylist()] == [("fewer-returned", "autumn")]
    told = json.loads(typed(PAID, file, "--json").stdout)
    assert [row["compared_with"] for row in told["lines"] if row["payment"] == "fewer-returned"] == ["matched"]
    assert told["unused"][0]["why"] == "only-compared"


def test_money_has_two_decimals_wherever_it_stands() -> None:
    saving = {"metric": "saving", "date": "2025-12-31", "count": "-328443.6"}
    row = Settled(paid().settle([saving]), "nb").lines().rows[0]
    assert row[4].text == "\u2212328\u00a0443,60"


def test_defaults_are_told_as_they_would_be_written() -> None:
    grid = Settled(denver_contract().settle([]), "nb").defaults()
    assert all(row[1].code for row in grid.rows)
    assert {row[1].text for row in grid.rows} >= {"closed", "observation", "0"}


def denver_contract() -> si.Contract:
    return si.read_contract(CONTRACTS / "denver.toml")


def test_nothing_observed_is_said() -> None:
    contract = paid()
    assert "Nothing is due." in statement_page(Settled(contract.settle([]), "en"))
