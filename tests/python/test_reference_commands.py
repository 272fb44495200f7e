"""The commands that look things up: catalogue, effects, indices, schema."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

import socialimpact as si
from socialimpact.cli import BAD_INPUT, main
from socialimpact.cli.ending import NOTHING_FOUND


def typed(*words: str) -> Result:
    return CliRunner().invoke(main, words, catch_exceptions=False)


def flat(result: Result) -> str:
    assert result.exit_code == 0, result.stderr
    return " ".join(result.stdout.split())


def written(result: Result) -> Any:
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_a_search_lists_ids_names_and_prices_the_best_match_first() -> None:
    result = typed("catalogue", "search", "sosialhjelp", "--country", "NO", "--lang", "nb")
    lines = result.stdout.splitlines()
    found = si.catalogue("sosialhjelp", country="NO")["id"]
    assert [line for line in lines if line in found] == found
    assert "56 500 kr per mottakerår (2022-priser)" in flat(result).replace("\u00a0", " ")
    assert f"{len(found)} enhetskostnader, utgave 2026-11." in flat(result)
    assert max(map(len, lines)) <= 80


def test_a_unit_cost_is_shown_with_its_source_edition_and_notes() -> None:
    text = flat(typed("catalogue", "show", "ew-prison-place-2016-17"))
    cost = si.unit_cost("ew-prison-place-2016-17")
    assert cost.source.url is not None
    for part in (str(cost.name), "38,042 GBP", "24,664", cost.source.title, "Edition: 2026-11"):
        assert " ".join(part.split()) in text
    assert cost.source.url in text
    assert "Satt i G (grunnbeløp): 2 G" in flat(typed("catalogue", "show", "der-no-kvp-2025", "--lang", "nb"))


def test_effects_are_found_and_shown() -> None:
    text = flat(typed("effects", "search", "livskvalitet", "--measure", "standardised-mean-difference"))
    assert "ips-meta-qol" in text
    assert "standard deviations" in text
    text = flat(typed("effects", "show", "reentry-rct-reconviction"))
    for part in (
        "0.94 (0.77 – 1.12)",
        "odds ratio",
        "meta-analysis of trials",
        "Population: ",
        "Source: ",
        "Edition: 2026-11",
    ):
        assert part in text


def test_index_series_are_listed_and_one_is_shown_with_its_values() -> None:
    text = flat(typed("indices"))
    assert all(series in text for series in si.indices()["series"])
    text = flat(typed("indices", "cpi-no"))
    assert "5.7641" in text
    assert "Source: " in text
    assert "128 116" in flat(typed("indices", "g-no", "--lang", "nb")).replace("\u00a0", " ")


def test_conventions_are_listed_and_one_is_shown_with_its_marks() -> None:
    text = flat(typed("conventions"))
    assert all(known in text for known in si.conventions()["id"])
    text = flat(typed("conventions", "denmark-2017"))
    for part in (
        "2017-08-28 to 2021-01-06",
        "0.04 from step 1; 0.03 from step 36; 0.02 from step 71",
        "0.1 of net public outlay",
    ):
        assert part in text
    assert "Other schedules to choose from: health, catastrophic" in flat(typed("conventions", "uk-green-book-2026"))
    norwegian = flat(typed("conventions", "denmark-2017", "--lang", "nb"))
    assert "0,04 fra trinn 1; 0,03 fra trinn 36; 0,02 fra trinn 71" in norwegian
    assert "0,1 av netto offentlige utlegg" in norwegian
    assert "Gjelder: fra 2023-06-22" in flat(typed("conventions", "denmark-2023", "--lang", "nb"))
    rows = written(typed("conventions", "--json"))
    assert [row["id"] for row in rows] == si.conventions()["id"]
    told = written(typed("conventions", "gmca-cba", "--json"))
    assert told["corrections_by"] == "confidence-grade"
    assert "corrections" in [mark["address"] for mark in told["marks"]]


def test_json_has_every_column_and_exact_numbers_as_text() -> None:
    rows = written(typed("catalogue", "search", "gm-ho4-1", "--json"))
    assert rows[0]["value"] == "334.95"
    assert set(rows[0]) == set(si.catalogue().column_names)
    assert written(typed("catalogue", "show", "gm-ho4-1", "--json")) == rows[0]
    effects = written(typed("effects", "search", "--domain", "housing", "--json"))
    assert [row["id"] for row in effects] == si.effects(domain="housing")["id"]
    assert len(written(typed("indices", "--json"))) == len(set(si.indices()["series"]))
    series = written(typed("indices", "g-no", "--json"))
    assert series["values"][-1] == {"year": 2026, "value": "134419", "change": None}
    schema = written(typed("schema"))
    assert schema["properties"]["impact"]["const"] == 1
    assert "irr" in json.dumps(schema)


def test_qualities_may_be_repeated_and_years_have_two_ends() -> None:
    rows = written(typed("catalogue", "search", "--domain", "housing", "--domain", "wellbeing", "--json"))
    assert {row["domain"] for row in rows} == {"housing", "wellbeing"}
    rows = written(typed("catalogue", "search", "--price-year", "2010-2012", "--json"))
    assert {row["price_year"] for row in rows} <= {2010, 2011, 2012}
    assert rows


def test_nothing_found_says_what_was_asked_and_what_else_to_try() -> None:
    result = typed("catalogue", "search", "prison", "zebra", "--country", "NO", "--grade", "A")
    assert result.exit_code == NOTHING_FOUND
    text = " ".join(result.stdout.split())
    assert "Nothing was found for “prison” “zebra” --country NO --grade A." in text
    assert "“zebra” 0" in text
    result = typed("catalogue", "search", "prison", "--country", "SE")
    assert "Without --country SE: " in " ".join(result.stdout.split())
    result = typed("effects", "search", "zebra", "--lang", "nb")
    assert result.exit_code == NOTHING_FOUND
    assert "Ingenting ble funnet for “zebra”." in result.stdout
    result = typed("effects", "search", "zebra", "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (NOTHING_FOUND, [])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("catalogue", "search", "--domain", "prison"), "domain: unknown word `prison`"),
        (("catalogue", "search", "--price-year", "last"), "`last` is not a year"),
        (("catalogue", "show", "sosialhjelp"), "`sosialhjelp` is not in the catalogue"),
        (("effects", "show", "ips"), "`ips` is not in the register of effects"),
        (("indices", "kpi"), "`kpi` is no index series"),
        (("conventions", "norway"), "`norway` is no convention: known are `norway-r109-2021`"),
    ],
)
def test_bad_input_ends_with_a_sentence(words: tuple[str, ...], said: str) -> None:
    result = typed(*words)
    assert result.exit_code == BAD_INPUT
    assert said in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr
