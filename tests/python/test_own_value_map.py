"""A practitioner's own value map: read as a model, and every figure of its own that is another is explained."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import socialimpact as si
from conftest import needed
from socialimpact.cli import BAD_INPUT, main

openpyxl = needed("openpyxl")
from practitioners import AUTHORITY, HEADS, NORWEGIAN, TWO_OUTCOMES, Row, drawn  # noqa: E402 - needs openpyxl

HOLDERS = {"Participants": "people", "Funder": "public:state", "People": "people", "Authority": "public:municipality"}


def read(file: Path, **asked: Any) -> si.OwnValueMap:
    """Read a map of the cases: in pounds, of 2020."""
    found: dict[str, Any] = {"country": "GB", "currency": "GBP", "start": 2020} | asked
    found.setdefault("holders", HOLDERS)
    return si.read_value_map(file, **found)


def people(file: Path, *rows: Row, **drawing: Any) -> Path:
    """Draw up a map of participants and of a funder who puts in 1 000."""
    return drawn(file, [*rows, {"A": "Funder", "C": "Grant", "D": 1_000}], **drawing)


ROW: Row = {
    "A": "Participants",
    "F": "More friends",
    "I": 10,
    "J": 3,
    "K": 1,
    "M": 1_000,
    "O": 0.4,
    "P": 0.1,
    "Q": 0.2,
    "R": 0.25,
}
"""10 × 1 000 × 0.6 × 0.9 × 0.8 = 4 320 in the first year, then 3 240 and 2 430. Illustrative."""
BOTH = {"Participants": "people", "Funder": "public:state"}


def place_of(error: si.ImpactError) -> dict[str, str]:
    return {problem.place: problem.message for problem in error.problems}


# Published cases


def test_a_published_map_comes_to_its_published_ratio(tmp_path: Path) -> None:
    """The printed total needs the end of the year: 220 × 4 500 × 0.7 × 0.8 = 554 400, faded by 0.2, and so on."""
    below = ({"A": "Total Present Value (PV)", "B": 1_653_369}, {"A": "Social Return £ per £", "B": 2.67})
    file = drawn(tmp_path / "two.xlsx", TWO_OUTCOMES, below=below)
    ends = read(file, timing="end", holders=BOTH)
    assert ends.differences == ()
    assert [each.theirs for each in ends.compared] == [Decimal(1_653_369), Decimal("2.67")]
    assert ends.model.appraise().measure("sroi_ratio").value == pytest.approx(Decimal("2.67"), abs=Decimal("0.005"))

    starts = read(file, holders=BOTH)
    total, ratio = starts.differences
    assert (total.place, total.what, total.readings) == ("Value map!B9", "total", (("timing_end",),))
    assert (ratio.what, ratio.readings) == ("ratio", (("from_total",),))
    assert 'timing="end"' in starts.text()
    assert "trekker" not in starts.text()
    assert "hele" not in starts.text()


def test_every_figure_of_a_published_map_is_the_librarys(tmp_path: Path) -> None:
    """60 × 8 500 × 0.6 × 0.7 = 214 200; × 0.7 = 149 940; 214 200 + 149 940 / 1.035 = 359 070; / 250 000 = 1.44."""
    below = (
        {"A": "Total", "D": 250_000, "S": 214_200, "T": 214_200, "U": 149_940},
        {"A": "Present value of each year", "T": 214_200, "U": 144_870},
        {"A": "Total Present Value (PV)", "B": 359_070},
        {"A": "Net Present Value (PV minus the investment)", "B": 109_070},
        {"A": "Social Return £ per £", "B": 1.44},
    )
    found = read(
        drawn(tmp_path / "authority.xlsx", AUTHORITY, below=below),
        holders={"People": "people", "Authority": "public:municipality"},
    )
    assert found.differences == ()
    assert {each.what for each in found.compared} == {"impact", "year", "inputs", "total", "net", "ratio"}
    assert len(found.compared) == 10
    assert found.left == ()
    case = si.Model.from_dict(found.model.to_dict())
    assert case == found.model


def test_a_ratio_that_contradicts_its_own_totals_is_said_to(tmp_path: Path) -> None:
    """YouthLift printed 4.2 where its own figures give 6.30: 1 891 129 / 300 000."""
    row: Row = {"A": "Participants", "F": "All", "I": 1, "M": 1_891_129, "O": 0}
    below = ({"A": "Total Present Value (PV)", "B": 1_891_129}, {"A": "SROI", "B": 4.2})
    rows = [row, {"A": "Funder", "D": 300_000}]
    found = read(drawn(tmp_path / "lift.xlsx", rows, below=below), holders=BOTH)
    (ratio,) = found.differences
    assert (ratio.what, ratio.readings) == ("ratio", (("contradicts",),))
    assert ratio.ours == pytest.approx(Decimal("6.3038"), abs=Decimal("0.0001"))


# What a map becomes


def test_a_row_becomes_an_outcome_with_its_cells_as_sources(tmp_path: Path) -> None:
    row = {
        **ROW,
        "B": "Less alone",
        "G": "Friends named",
        "H": "Survey 2023",
        "L": "A club's fee",
        "N": "Price list",
        "K": 2,
    }
    model = read(people(tmp_path / "map.xlsx", row), holders=BOTH).model
    (outcome,) = model.to_dict()["outcomes"]
    assert (outcome["id"], outcome["name"], outcome["change"]) == ("more-friends", "More friends", "Less alone")
    assert (outcome["lag"], outcome["duration"], outcome["drop_off"]) == (1, 3, Decimal("0.25"))
    assert outcome["quantity"] == {"value": 10, "source": "Friends named; Survey 2023"}
    assert outcome["attribution"] == {"others": Decimal("0.2")}
    (value,) = outcome["values"]
    assert (value["name"], value["source"], value["kind"]) == ("A club's fee", "Price list", "social")
    (cost,) = model.to_dict()["costs"]
    assert (cost["payer"], cost["amount"], cost["source"]) == ("funder", 1_000, "map.xlsx, Value map!D7")
    assert model.to_dict()["conventions"]["base"] == "value-map"
    amounts = [row["amount"] for row in model.appraise().ledger.to_pylist() if row["outcome"]]
    assert amounts == [4_320, 3_240, 2_430]


def test_heads_are_found_wherever_they_stand_and_in_norwegian(tmp_path: Path) -> None:
    row = {
        "A": "Deltakere",
        "F": "Flere venner",
        "I": "10",
        "J": 3,
        "K": 1,
        "M": "kr 1 234,50",
        "O": "40 %",
        "P": "10%",
        "Q": "20 %",
        "R": 25,
    }
    give = {"A": "Sandefjord kommune", "C": "Tilskudd", "D": "2\u00a0000,00 kr"}
    file = drawn(tmp_path / "kart.xlsx", [row, {}, give], heads=NORWEGIAN, first=17, percent=False)
    asked: dict[str, Any] = {"country": "NO", "currency": "NOK", "start": 2024}
    holders = {"Deltakere": "people", "Sandefjord kommune": "public:municipality"}
    found = si.read_value_map(file, holders=holders, **asked)
    (outcome,) = found.model.to_dict()["outcomes"]
    assert outcome["values"][0]["value"] == Decimal("1234.50")
    assert (outcome["deadweight"], outcome["drop_off"]) == (Decimal("0.4"), Decimal("0.25"))
    assert found.model.to_dict()["costs"][0]["amount"] == 2_000
    assert "R18: `25` er lest som prosent" in found.text("nb")
    assert found.model.holders == ("deltakere", "sandefjord-kommune")


def test_merged_cells_and_empty_ones_below_a_stakeholder_are_told(tmp_path: Path) -> None:
    second = {key: value for key, value in ROW.items() if key not in "AO"} | {"F": "More trust"}
    third = {key: value for key, value in ROW.items() if key != "A"} | {"F": "More sleep"}
    file = people(tmp_path / "merged.xlsx", ROW, second, third, merged=("A6:A7", "O6:O7"))
    found = read(file, holders=BOTH)
    assert [each["holder"] for each in found.model.to_dict()["outcomes"]] == ["participants"] * 3
    assert [each["deadweight"] for each in found.model.to_dict()["outcomes"]] == [Decimal("0.4")] * 3
    assert "Value map!O7: merged with O6, whose number is taken" in found.text()
    assert "Value map!A8: empty: taken as the stakeholder above, `Participants`" in found.text()


def test_what_is_not_said_is_left_out_and_told(tmp_path: Path) -> None:
    row = {"A": "Participants", "F": "More friends", "I": 10, "M": 1_000}
    words = {"A": "Neighbours", "F": "Quieter streets", "H": "not valued"}
    half = {"A": "Participants", "F": "More sleep", "I": 12}
    note = {"A": "Prices are those of the club"}
    found = read(people(tmp_path / "map.xlsx", row, words, half, note), holders=BOTH)
    (outcome,) = found.model.to_dict()["outcomes"]
    assert "deadweight" not in outcome
    told = found.text()
    assert "no deadweight: left out, which is not the same as none" in told
    assert "Value map!F7: `Quieter streets`: its row has neither a quantity with a value nor an input" in told
    assert "Value map!A9: `Prices are those of the club`: its row has" in told
    assert "Value map!I8: no value in its row: no value of an outcome" in told


# What is refused


def test_every_cell_that_cannot_be_read_is_said_at_once(tmp_path: Path) -> None:
    wrong = {**ROW, "I": "about fifty", "M": "1.234", "O": True, "K": 7}
    with pytest.raises(si.ImpactError) as refused:
        read(people(tmp_path / "map.xlsx", {**ROW, "D": "€ 5"}, wrong), holders={"Funder": "public:town"})
    told = place_of(refused.value)
    assert told["Value map!I7"] == "`about fifty` is no number"
    assert told["Value map!M7"] == "`1.234` may be 1.234 or 1234: make it a number of the spreadsheet"
    assert told["Value map!O7"] == "`True` is no number"
    assert told["Value map!D6"] == "`€ 5` is not in GBP: give the sheet's currency"
    assert told["Value map!A6"].startswith("who is `Participants`? give it a kind: people, public:municipality")
    assert told["Value map!A8"].startswith("`public:town` is no kind of `Funder`: choose people")


@pytest.mark.parametrize(
    ("first", "second", "place"),
    [(1, 0.4, "Value map!O6"), (0.4, 40, "Value map!O6"), (1, 40, "Value map!O6")],
)
def test_a_share_that_may_be_a_percentage_is_refused(first: float, second: float, place: str, tmp_path: Path) -> None:
    rows = [{**ROW, "O": share, "F": f"change {share}"} for share in (first, second)]
    with pytest.raises(si.ImpactError) as refused:
        read(people(tmp_path / "map.xlsx", *rows, percent=False), holders=BOTH)
    assert set(place_of(refused.value)) == {place}


def test_what_the_model_does_not_take_is_said_with_its_cell(tmp_path: Path) -> None:
    with pytest.raises(si.ImpactError) as refused:
        read(people(tmp_path / "map.xlsx", {**ROW, "O": 1.2}), holders=BOTH)
    assert set(place_of(refused.value)) == {"Value map!O6"}


def test_a_head_in_another_currency_is_refused(tmp_path: Path) -> None:
    with pytest.raises(si.ImpactError) as refused:
        read(people(tmp_path / "map.xlsx", ROW), holders=BOTH, currency="NOK")
    assert place_of(refused.value)["Value map!M4"] == "the head `Value £` is not of NOK: give the sheet's currency"


def test_a_map_without_a_rate_is_asked_for_one(tmp_path: Path) -> None:
    file = people(tmp_path / "map.xlsx", ROW, rate=None)
    with pytest.raises(
        si.ImpactError, match="no cell is labelled as a discount rate: give one with `rate`, 0 for none"
    ):
        read(file, holders=BOTH)
    bands = read(file, holders=BOTH, rate=0.02).model.to_dict()["conventions"]["discount"]["bands"]
    assert bands == [{"from_step": 1, "rate": Decimal("0.02")}]


def test_a_stakeholder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(si.ImpactError, match="no stakeholder is called `Nobody`"):
        read(people(tmp_path / "map.xlsx", ROW), holders=BOTH | {"Nobody": "people"})


def test_a_missing_and_a_doubled_head_are_said(tmp_path: Path) -> None:
    heads = ["Deadweight %" if head == "Quantity" else head for head in HEADS]
    with pytest.raises(si.ImpactError) as refused:
        read(drawn(tmp_path / "map.xlsx", [], heads=heads), holders=BOTH)
    told = place_of(refused.value)
    assert told["Value map!O4"] == "a second column for deadweight: the first is at I4"
    assert told["Value map!A4"].startswith("no column has a head for quantity: found are `Stakeholders` (A4), ")


def test_a_workbook_of_something_else_and_one_of_several_maps_are_refused(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "empty.xlsx")
    with pytest.raises(si.ImpactError, match="no heads of a value map among the first 30 rows of `Sheet`"):
        read(tmp_path / "empty.xlsx")
    file = people(tmp_path / "two.xlsx", ROW)
    book = openpyxl.load_workbook(file)
    book.copy_worksheet(book.active).title = "Second year"
    book.save(file)
    with pytest.raises(si.ImpactError, match="choose one of `Value map`, `Second year` with `sheet`"):
        read(file, holders=BOTH)
    assert read(file, holders=BOTH, sheet="Second year").model.outcomes == ("more-friends",)
    with pytest.raises(si.ImpactError, match="there is no sheet `Third`: the workbook has `Value map`, `Second year`"):
        read(file, holders=BOTH, sheet="Third")
    with pytest.raises(
        si.ImpactError, match=r"^map\.xls: only \.xlsx can be read: save it as \.xlsx in your spreadsheet$"
    ):
        read(tmp_path / "map.xls")
    with pytest.raises(si.ImpactError, match=r"use `socialimpact import value-map` \(`read_value_map` in Python\)$"):
        si.read(file)


# Which figures of the whole map are taken


def test_a_year_in_a_title_is_no_ratio_that_the_sheet_reports(tmp_path: Path) -> None:
    file = people(tmp_path / "map.xlsx", ROW)
    book = openpyxl.load_workbook(file)
    book["Value map"]["A1"], book["Value map"]["B1"] = "SROI evaluation", 2020
    book.save(file)
    found = read(file, holders=BOTH)
    assert "reported" not in found.model.to_dict()
    assert found.compared == ()
    assert [(each.place, each.key) for each in found.left] == [("Value map!B1", "above_heads")]


def test_a_second_discount_rate_is_refused_until_one_is_given(tmp_path: Path) -> None:
    file = people(tmp_path / "map.xlsx", ROW, below=({"A": "Discount rate used", "B": 0.05},))
    with pytest.raises(si.ImpactError) as refused:
        read(file, holders=BOTH)
    assert place_of(refused.value) == {
        "Value map!B8": "the rate `0.05` is another than `0.035` at B2: give one with `rate`"
    }
    given = read(file, holders=BOTH, rate="0.05")
    assert "Value map!B8: a second of the kind: the one at B2 is taken" in given.text()
    assert "Value map!B8: enda en av samme slag: den i B2 er brukt" in given.text("nb")


def test_a_second_ratio_and_the_subtotal_of_a_year_are_told(tmp_path: Path) -> None:
    below = (
        {"A": "Subtotal", "T": 1},
        {"A": "Total", "T": 4_320},
        {"A": "SROI", "B": 9.6},
        {"A": "SROI of the funder", "B": 7},
    )
    found = read(people(tmp_path / "map.xlsx", ROW, below=below), holders=BOTH)
    assert [(each.place, each.values) for each in found.left] == [
        ("Value map!T8", {"of": "T9"}),
        ("Value map!B11", {"of": "B10"}),
    ]
    assert found.model.to_dict()["reported"][0]["value"] == Decimal("9.6")
    assert {each.place for each in found.compared} == {"Value map!T9", "Value map!B10"}


def test_a_label_may_be_merged_over_several_cells(tmp_path: Path) -> None:
    below = ({"A": "Social Return £ per £", "D": 9.6},)
    found = read(people(tmp_path / "map.xlsx", ROW, below=below, merged=("A8:C8",)), holders=BOTH)
    assert [each.place for each in found.compared] == ["Value map!D8"]


# What differs, and why

Q, FADE = Decimal(10_000), Decimal("0.75")
FIRST = {
    "own_attribution": Q * Decimal("0.6") * Decimal("0.9") * Decimal("0.2"),
    "additive": Q * Decimal("0.3"),
    "no_attribution": Q * Decimal("0.54"),
    "no_deadweight": Q * Decimal("0.72"),
    "no_displacement": Q * Decimal("0.48"),
    "drop_off_first": Decimal(3_240),
    "times_duration": Decimal(12_960),
}


@pytest.mark.parametrize("reading", FIRST)
def test_another_reading_of_shares_is_named(reading: str, tmp_path: Path) -> None:
    found = read(people(tmp_path / "map.xlsx", {**ROW, "S": float(FIRST[reading])}), holders=BOTH)
    (impact,) = found.differences
    assert (impact.place, impact.what, impact.ours) == ("Value map!S6", "impact", Decimal(4_320))
    assert impact.readings == ((reading,),)


def test_two_readings_together_are_named_and_an_unknown_one_is_said(tmp_path: Path) -> None:
    both = float(Q * Decimal("0.54") * FADE)  # no attribution, and drop-off from the first year on
    found = read(people(tmp_path / "both.xlsx", {**ROW, "S": both}), holders=BOTH)
    assert found.differences[0].readings == (("no_attribution", "drop_off_first"),)
    found = read(people(tmp_path / "odd.xlsx", {**ROW, "S": 4_321}), holders=BOTH)
    assert found.differences[0].readings == ()
    assert "no known reading gives the sheet's figure" in found.text()


YEARS = {
    "drop_off_first": ((3_240, 2_430, 1_822.5), ("a_year_earlier", "drop_off_first")),
    "drop_off_linear": ((4_320, 3_240, 2_160), ("drop_off_linear",)),
    "drop_off_once": ((3_240, 3_240, 3_240), ("drop_off_once",)),
    "no_drop_off": ((4_320, 4_320, 4_320), ("no_drop_off",)),
    "a_year_later": ((0, 4_320, 3_240), ("a_year_later",)),
    "no_more": ((4_320, 3_240, 0), ("no_more",)),
}


@pytest.mark.parametrize("reading", YEARS)
def test_another_way_of_fading_is_named_with_each_cell(reading: str, tmp_path: Path) -> None:
    theirs, named = YEARS[reading]
    found = read(people(tmp_path / "map.xlsx", {**ROW, **dict(zip("TUV", theirs, strict=True))}), holders=BOTH)
    assert {each.place for each in found.compared} == {"Value map!T6", "Value map!U6", "Value map!V6"}
    assert found.differences
    for each in found.differences:
        assert (reading,) in each.readings, each
        assert {name for (name,) in each.readings} <= set(named), each


def test_the_first_year_of_a_sheet_is_that_of_its_first_outcome_and_calendar_years_are_what_they_say(
    tmp_path: Path,
) -> None:
    years = {"K": 2, "T": 4_320, "U": 3_240, "V": 2_430}
    assert read(people(tmp_path / "after.xlsx", {**ROW, **years}), holders=BOTH).differences == ()
    calendar = [f"{head}" if not head.startswith("Year") else str(2020 + int(head[-1])) for head in HEADS]
    assert (
        read(
            drawn(tmp_path / "calendar.xlsx", [{**ROW, **years}], heads=calendar, grouped=True),
            holders={"Participants": "people"},
        ).differences
        == ()
    )


def test_years_that_follow_from_another_impact_are_said_to(tmp_path: Path) -> None:
    years = {"S": 3_000, "T": 3_000, "U": 2_250, "V": 1_687.5}  # shares added up: 10 000 × (1 − 0.4 − 0.1 − 0.2)
    found = read(people(tmp_path / "map.xlsx", {**ROW, **years}), holders=BOTH)
    assert [each.readings for each in found.differences] == [(("additive",),), *[(("from_impact",),)] * 3]


def test_a_sheet_with_its_own_formulas_is_compared_as_a_spreadsheet_worked_it_out(
    recalculated: Any, tmp_path: Path
) -> None:
    made = {"S": "=I6*M6*(1-O6-P6-Q6)", "T": "=S6*(1-R6)", "U": "=T6*(1-R6)", "V": "=U6*(1-R6)"}
    below = ({"A": "Total", "D": "=SUM(D6:D7)", "S": "=SUM(S6:S7)", "T": "=T6", "U": "=U6", "V": "=V6"},)
    below += ({"A": "Total Present Value (PV)", "B": "=T8/(1+B2)+U8/(1+B2)^2+V8/(1+B2)^3"},)  # type: ignore[assignment]
    below += ({"A": "Social Return £ per £", "B": "=B9/D8"},)  # type: ignore[assignment]
    (file,) = recalculated([people(tmp_path / "live.xlsx", {**ROW, **made}, below=below)])
    found = read(file, holders=BOTH)
    told = {each.place.rpartition("!")[2]: each.readings for each in found.differences}
    assert found.left == ()
    assert told["S6"] == (("additive",),)
    assert told["T6"] == told["U6"] == told["V6"] == (("a_year_earlier",), ("drop_off_first",))
    assert told["T8"] == (("rows",),)
    assert told["B9"] == (("timing_end",),)
    assert told["B10"] == (("from_total",),)
    assert "D8" not in told


def test_other_discounting_is_named(tmp_path: Path) -> None:
    years = {"T": 4_320, "U": 3_240, "V": 2_430}
    for reading, total in {
        "timing_end": 4_320 / 1.035 + 3_240 / 1.035**2 + 2_430 / 1.035**3,
        "timing_middle": 4_320 / 1.035**0.5 + 3_240 / 1.035**1.5 + 2_430 / 1.035**2.5,
        "undiscounted": 9_990,
    }.items():
        below = ({"A": "Total present value", "B": round(total, 2)},)
        found = read(people(tmp_path / f"{reading}.xlsx", {**ROW, **years}, below=below), holders=BOTH)
        (total_pv,) = found.differences
        assert (total_pv.what, total_pv.readings) == ("total", ((reading,),)), reading


def test_inputs_that_were_not_taken_show_in_their_total(tmp_path: Path) -> None:
    below = ({"A": "Total", "D": 1_500},)
    found = read(people(tmp_path / "map.xlsx", ROW, below=below), holders=BOTH)
    (inputs,) = found.differences
    assert (inputs.place, inputs.what, inputs.theirs, inputs.ours) == (
        "Value map!D8",
        "inputs",
        Decimal(1_500),
        Decimal(1_000),
    )


def test_a_formula_that_nobody_worked_out_is_told(tmp_path: Path) -> None:
    found = read(people(tmp_path / "map.xlsx", {**ROW, "S": "=I6*M6"}), holders=BOTH)
    assert "Value map!S6: a formula that no spreadsheet has worked out yet" in found.text()


# The command


def typed(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["import", "value-map", *map(str, words)], catch_exceptions=False)


ASKED = ("--country", "GB", "--currency", "GBP", "--start", "2020")
WHO = ("--holder", "Participants=people", "--holder", "Funder=public:state")


def test_the_command_writes_the_model_and_tells_what_differs(tmp_path: Path) -> None:
    file, out = people(tmp_path / "map.xlsx", {**ROW, "S": 1_080}), tmp_path / "model.toml"
    told = " ".join(typed(file, "-o", out, *ASKED, *WHO).stdout.split())
    assert "impact (More friends) is 1,080.00 in the sheet and 4,320.00 here:" in told
    assert 'the sheet takes attribution as the own share (attribution="own" does so here)' in told
    assert si.read(out) == read(file, holders=BOTH).model
    content = json.loads(typed(file, "-o", out, *ASKED, *WHO, "--attribution", "own", "--json").stdout)
    assert content["hash"] == si.read(out).hash
    assert [each["is_same"] for each in content["compared"]] == [True]
    norwegian = " ".join(typed(file, "-o", out, *ASKED, *WHO, "--lang", "nb").stdout.split())
    assert "Det ene tallet arket regner ut, stemmer ikke med bibliotekets" in norwegian


def test_the_command_refuses_with_cells_and_writes_nothing(tmp_path: Path) -> None:
    file, out = people(tmp_path / "map.xlsx", {**ROW, "I": "many"}), tmp_path / "model.toml"
    refused = typed(file, "-o", out, *ASKED)
    assert refused.exit_code == BAD_INPUT
    assert "Value map!I6: `many` is no number" in refused.stderr
    assert "Value map!A6: who is `Participants`?" in refused.stderr
    assert not out.exists()
    assert "is not name=kind" in typed(file, "-o", out, *ASKED, "--holder", "Funder").stderr


def test_a_stakeholder_who_is_said_twice_is_refused(tmp_path: Path) -> None:
    file, out = people(tmp_path / "map.xlsx", ROW), tmp_path / "model.toml"
    refused = typed(file, "-o", out, *ASKED, *WHO, "--holder", " Participants =investor")
    assert refused.exit_code == BAD_INPUT
    assert "--holder says twice who `Participants` is: say it once" in refused.stderr
    assert not out.exists()


def test_hostile_texts_are_only_text(tmp_path: Path) -> None:
    name = "<script>alert(1)</script>\x1b[31m"
    file = people(tmp_path / "map.xlsx", {**ROW, "F": name.replace("\x1b", "\u202e"), "S": 1})
    found = read(file, holders=BOTH)
    assert "<script>" not in found._repr_html_()
    assert "\u202e" not in found.text()
    assert found.model.outcomes == ("script-alert-1-script-31m",)
