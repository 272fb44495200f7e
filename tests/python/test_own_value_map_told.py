"""What is told of a practitioner's own value map: its own ratio, kinds of values, and refusals in Norwegian."""

from decimal import Decimal
from pathlib import Path

import pytest

import socialimpact as si
from conftest import needed
from socialimpact.cli import BAD_INPUT
from test_own_value_map import BOTH, ROW, people, read, typed

openpyxl = needed("openpyxl")

RATIO = {"A": "Participants", "F": "All", "I": 1, "M": 2_670, "O": 0}
"""2 670 over an input of 1 000 is 2.67."""


@pytest.mark.parametrize("said", ["2.67:1", "2,67 : 1", "£2.67 for every £1"])
def test_a_ratio_written_as_a_text_is_the_sheets_own_figure(said: str, tmp_path: Path) -> None:
    found = read(people(tmp_path / "map.xlsx", RATIO, below=({"A": "SROI", "B": said},)), holders=BOTH)
    assert [(each.place, each.what, each.theirs, each.is_same) for each in found.compared] == [
        ("Value map!B8", "ratio", Decimal("2.67"), True)
    ]
    assert found.model.to_dict()["reported"][0]["value"] == Decimal("2.67")
    assert found.left == ()


def test_a_ratio_in_its_own_label_or_above_the_heads_is_read(tmp_path: Path) -> None:
    label = read(people(tmp_path / "map.xlsx", RATIO, below=({"A": "SROI ratio = £2.67 : £1"},)), holders=BOTH)
    assert label.compared == ()
    assert [each.key for each in label.left] == []
    label = read(people(tmp_path / "map.xlsx", RATIO, below=({"A": "SROI: 2.67:1"},)), holders=BOTH)
    assert [(each.place, each.theirs) for each in label.compared] == [("Value map!A8", Decimal("2.67"))]
    book = openpyxl.load_workbook(people(tmp_path / "above.xlsx", RATIO))
    book["Value map"]["D2"], book["Value map"]["E2"] = "SROI", "4:1"
    book.save(tmp_path / "above.xlsx")
    (ratio,) = read(tmp_path / "above.xlsx", holders=BOTH).differences
    assert (ratio.place, ratio.theirs, ratio.ours) == ("Value map!E2", Decimal(4), Decimal("2.67"))


def test_a_text_beside_a_label_that_says_no_number_is_told(tmp_path: Path) -> None:
    below = ({"A": "SROI", "B": "see page 4"}, {"A": "Total Present Value (PV)", "B": "to come"})
    found = read(people(tmp_path / "map.xlsx", ROW, below=below), holders=BOTH)
    assert [(each.place, each.key) for each in found.left] == [
        ("Value map!B8", "no_number"),
        ("Value map!B9", "no_number"),
    ]


def test_the_kind_a_value_is_taken_as_is_told(tmp_path: Path) -> None:
    saved = {"A": "Funder", "F": "Fewer visits", "I": 5, "J": 1, "M": 100, "O": 0}
    found = read(people(tmp_path / "map.xlsx", ROW, saved), holders=BOTH)
    assert [(each.place, each.values) for each in found.assumed if each.key == "kind"] == [
        ("Value map!M6", {"kind": "social", "who": "people"}),
        ("Value map!M7", {"kind": "fiscal", "who": "public"}),
    ]
    assert "Value map!M7: taken as money in budgets, since its stakeholder is public" in found.text()
    assert "Value map!M6: regnet som livskvalitet, helse, trygghet, siden interessenten er mennesker" in found.text(
        "nb"
    )


def test_refusals_are_told_in_norwegian_too(tmp_path: Path) -> None:
    wrong = {**ROW, "I": "rundt femti", "M": "1.234", "O": 1, "J": "50 %"}
    file = people(tmp_path / "kart.xlsx", wrong, rate=None, percent=False)
    with pytest.raises(si.ImpactError) as refused:
        read(file, holders={"Participants": "people", "Nobody": "people"})
    told = refused.value.in_language("nb").splitlines()
    assert "Value map!I6: `rundt femti` er ikke et tall" in told
    assert "Value map!M6: `1.234` kan være 1.234 eller 1234: gjør det til et tall i regnearket" in told
    assert "Value map!J6: `50 %` er en prosent, og det er ikke varighet: skriv det som et tall" in told
    assert "Value map: ingen interessent heter `Nobody`" in told
    assert any(line.startswith("Value map!A7: hvem er `Funder`? oppgi et slag: people") for line in told)
    assert [problem.in_language("en") for problem in refused.value.problems] == str(refused.value).splitlines()
    with pytest.raises(si.ImpactError) as unrated:
        read(file, holders=BOTH, rate="four")
    assert unrated.value.in_language("nb") == "rate: `four` er ikke et tall: 4 % er 0.04"


def test_the_command_refuses_in_the_language_asked_for(tmp_path: Path) -> None:
    file = people(tmp_path / "kart.xlsx", {**ROW, "I": "rundt femti"})
    asked = ("-o", tmp_path / "m.toml", "--country", "GB", "--currency", "GBP", "--start", "2024")
    who = ("--holder", "Participants=people", "--holder", "Funder=public:state")
    refused = typed(file, *asked, *who, "--lang", "nb")
    assert refused.exit_code == BAD_INPUT
    assert refused.stderr == f"{file}: Value map!I6: `rundt femti` er ikke et tall\n"
    english = typed(file, *asked, *who)
    assert english.stderr == f"{file}: Value map!I6: `rundt femti` is no number\n"


def test_words_of_a_half_outcome_are_in_the_language_asked_for(tmp_path: Path) -> None:
    half = {"A": "Participants", "F": "More sleep", "I": 12}
    told = read(people(tmp_path / "map.xlsx", ROW, half), holders=BOTH).text("nb")
    assert "Value map!I7: ingen enhetsverdi i raden: ingen verdi av en virkning" in told


@pytest.mark.parametrize(
    ("ratio", "en", "nb"),
    [
        ("2.67:1", "The one figure that the sheet works out is the library's.", "tallet arket regner ut, stemmer med"),
        (
            "4:1",
            "The one figure that the sheet works out is not the library's.",
            "tallet arket regner ut, stemmer ikke",
        ),
    ],
)
def test_one_figure_is_told_as_one(ratio: str, en: str, nb: str, tmp_path: Path) -> None:
    found = read(people(tmp_path / "map.xlsx", RATIO, below=({"A": "SROI", "B": ratio},)), holders=BOTH)
    assert en in found.text()
    assert nb in found.text("nb")
