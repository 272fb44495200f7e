"""Heads of a practitioner's value map: what each column holds, and that none is dropped without a word."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import socialimpact as si
from conftest import needed
from socialimpact.cli import BAD_INPUT, main
from socialimpact.importers.own_map.heads import word_of
from test_own_value_map import BOTH, ROW, people, read, typed

openpyxl = needed("openpyxl")
from practitioners import HEADS, NORWEGIAN, drawn  # noqa: E402 - needs openpyxl

KNOWN = {
    "Målgruppe": "stakeholder",
    "Ville skjedd uansett": "deadweight",
    "Skjedd uansett (%)": "deadweight",
    "Tilskriving": "attribution",
    "Tilskrivning": "attribution",
    "Attribusjon": "attribution",
    "Fortrengning": "displacement",
    "Varighet": "duration",
    "Antall år": "duration",
    "Antall deltakere": "quantity",
    "Bortfall": "drop_off",
    "Frafall per år": "drop_off",
    "Virkningsverdi": "impact",
    "Samlet virkning": "impact",
    "Sum virkning": "impact",
    "Årlig virkning (kr)": "impact",
    "Netto effekt": "impact",
    "Nettovirkning": "impact",
    "Virkning": "outcomes",
    "Virkningen begynner": "start",
    "Sum nåverdi av virkninger": "present_value",
}


@pytest.mark.parametrize("head", KNOWN)
def test_a_head_says_what_its_column_holds(head: str) -> None:
    assert word_of(head) == KNOWN[head]


@pytest.mark.parametrize("head", ["Risikofradrag %", "Prisår", "Merknad", "Nr"])
def test_a_head_that_is_not_known_says_nothing(head: str) -> None:
    assert word_of(head) is None


def norwegian(file: Path, row: dict[str, Any], heads: dict[str, str]) -> si.OwnValueMap:
    """Read a Norwegian map of one row, with other heads in some columns."""
    names = [heads.get(chr(ord("A") + number), head) for number, head in enumerate(NORWEGIAN)]
    drawn(file, [{"A": "Deltakere", "F": "Flere venner", "I": 10, "M": 1_000, **row}], heads=names)
    asked: dict[str, Any] = {"country": "NO", "currency": "NOK", "start": 2024, "rate": 0}
    return si.read_value_map(file, holders={"Deltakere": "people"}, **asked)


def test_a_column_whose_head_is_not_known_is_told_with_its_head(tmp_path: Path) -> None:
    found = norwegian(tmp_path / "kart.xlsx", {"P": 0.15, "R": 0.1}, {"P": "Risikofradrag %", "R": "Bortfall"})
    assert found.model.to_dict()["outcomes"][0]["drop_off"] == Decimal("0.1")
    assert [(each.place, each.key) for each in found.left] == [("Value map!P4", "unknown_head")]
    assert "Value map!P4: kolonnen «Risikofradrag %» er ikke lest: overskriften er ukjent" in found.text("nb")
    assert "Value map!P4: the column `Risikofradrag %` is not read: its head is not known" in found.text()


def test_a_column_of_nothing_is_not_told(tmp_path: Path) -> None:
    assert norwegian(tmp_path / "kart.xlsx", {}, {"P": "Risikofradrag %"}).left == ()


def test_a_column_the_model_has_no_place_for_is_told(tmp_path: Path) -> None:
    found = norwegian(tmp_path / "kart.xlsx", {"E": "12 kurs", "H": 40}, {"H": "Utvalgsstørrelse"})
    assert [(each.place, each.key, each.values["head"]) for each in found.left] == [
        ("Value map!E4", "no_place", "Resultater"),
        ("Value map!H4", "no_place", "Utvalgsstørrelse"),
    ]
    assert "Value map!E4: kolonnen «Resultater» er ikke lest: modellen har ingen plass til den" in found.text("nb")
    assert "the column `Resultater` is not read: the model has no place for it" in found.text()


def test_a_column_without_a_head_is_told(tmp_path: Path) -> None:
    found = norwegian(tmp_path / "kart.xlsx", {"Z": "usikkert"}, {})
    assert [(each.place, each.key) for each in found.left] == [("Value map!Z4", "no_head")]
    assert "Value map!Z4: kolonne Z er ikke lest: den har ingen overskrift" in found.text("nb")


def test_what_is_said_of_no_outcome_and_of_no_input_is_told(tmp_path: Path) -> None:
    """An input has no outcome to fade, and an outcome nobody puts in for has no amount."""
    give = {"A": "Funder", "C": "Grant", "D": 1_000, "F": "A good name", "O": 0.4, "T": 7}
    ask = {**ROW, "C": "Their time"}
    found = read(drawn(tmp_path / "map.xlsx", [ask, give]), holders=BOTH)
    assert {(each.place, each.key) for each in found.left} == {
        ("Value map!C6", "no_input"),
        ("Value map!F7", "no_outcome"),
        ("Value map!O7", "no_outcome"),
        ("Value map!T7", "no_outcome"),
    }


def test_a_number_that_no_line_and_no_label_takes_is_told(tmp_path: Path) -> None:
    file = people(tmp_path / "map.xlsx", ROW, below=({"A": "Total", "I": 10},))
    book = openpyxl.load_workbook(file)
    book["Value map"]["E1"], book["Value map"]["F1"] = "Participants in all", 220
    book.save(file)
    found = read(file, holders=BOTH)
    assert [(each.place, each.key) for each in found.left] == [("Value map!F1", "alone"), ("Value map!I8", "alone")]


def test_a_group_names_no_column_whose_own_head_is_not_known(tmp_path: Path) -> None:
    """The group over F to N is that of outcomes: a remark in its first column is no outcome."""
    heads = ["Remarks" if head == "Description" and number == 5 else head for number, head in enumerate(HEADS)]
    heads[6], heads[10] = "Description", "Weight"
    row = {**{key: value for key, value in ROW.items() if key != "K"}, "F": "see note", "G": "More friends", "K": 3}
    file = drawn(tmp_path / "map.xlsx", [row, {"A": "Funder", "D": 1_000}], heads=heads, grouped=True)
    found = read(file, holders=BOTH)
    assert found.model.outcomes == ("more-friends",)
    assert [(each.place, each.key) for each in found.left] == [
        ("Value map!F4", "unknown_head"),
        ("Value map!K4", "unknown_head"),
    ]


def test_the_sheets_own_impact_is_compared_under_any_of_its_heads(tmp_path: Path) -> None:
    for head in ("Virkningsverdi", "Samlet virkning", "Sum virkning"):
        found = norwegian(tmp_path / "kart.xlsx", {"S": 9_000}, {"S": head})
        assert [(each.place, each.what, each.ours) for each in found.differences] == [
            ("Value map!S5", "impact", Decimal(10_000))
        ]
        assert found.left == ()


def test_a_second_column_of_outcomes_is_told(tmp_path: Path) -> None:
    found = norwegian(tmp_path / "kart.xlsx", {"E": "Bedre helse"}, {"E": "Virkning", "F": "Virkning for hvem"})
    assert found.model.outcomes == ("bedre-helse",)
    assert [(each.place, each.values["of"]) for each in found.left] == [("Value map!F4", "E4")]
    assert "kolonnen «Virkning for hvem» er ikke lest: den i E4 er av samme slag" in found.text("nb")


def test_years_that_fade_from_the_sheets_own_first_are_said_to(tmp_path: Path) -> None:
    """Own share 0.2: 10 000 × 0.6 × 0.9 × 0.2 = 1 080; × 0.75 = 810; × 0.75 = 607.5."""
    found = read(people(tmp_path / "map.xlsx", {**ROW, "T": 1_080, "U": 810, "V": 607.5}), holders=BOTH)
    assert [(each.place, each.readings) for each in found.differences] == [
        ("Value map!T6", (("own_attribution",),)),
        ("Value map!U6", (("from_first_year",),)),
        ("Value map!V6", (("from_first_year",),)),
    ]
    assert "det følger av arkets eget første år" in found.text("nb")


def test_the_unit_nobody_named_is_said_in_the_language_asked_for(tmp_path: Path) -> None:
    found = norwegian(tmp_path / "kart.xlsx", {"J": 3}, {})
    assert "mengder teller `enhet`" in found.text("nb")
    assert "tallene arket regner ut" not in found.text("nb")
    (tmp_path / "model.toml").write_text(found.model.to_toml(), encoding="utf-8")
    told = CliRunner().invoke(main, ["appraise", str(tmp_path / "model.toml"), "--lang", "nb"]).stdout
    assert "enhetsår" in told
    assert "unit" not in told


def test_another_workbook_is_named_once_and_told_where_to_go(tmp_path: Path) -> None:
    file = people(tmp_path / "vm.xlsx", ROW)
    refused = CliRunner().invoke(main, ["check", str(file)])
    assert refused.exit_code == BAD_INPUT
    assert refused.stderr.count("vm.xlsx") == 1
    assert "no workbook of this library; for your own value map use `socialimpact import value-map`" in refused.stderr


def test_an_old_workbook_is_to_be_saved_anew(tmp_path: Path) -> None:
    (tmp_path / "old.xls").write_bytes(b"old")
    asked = ("-o", tmp_path / "m.toml", "--country", "NO", "--currency", "NOK", "--start", "2024")
    refused = typed(tmp_path / "old.xls", *asked)
    assert refused.exit_code == BAD_INPUT
    assert refused.stderr.count("old.xls") == 1
    assert "only .xlsx can be read: save it as .xlsx in your spreadsheet" in refused.stderr
