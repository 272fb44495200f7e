"""Reference figures: found by words and qualities, each with its source and edition."""

import copy
import pickle
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

import socialimpact as si

SERIES = 29
"""Index series in the library, as the changelog counts them."""


def test_every_unit_cost_and_effect_shows_its_source_and_edition() -> None:
    for table in (si.catalogue(), si.effects()):
        assert len(table) >= 90
        assert all(url.startswith("http") for url in table["source_url"])
        assert all(table["source_title"])
        assert set(table["edition"]) == {"2026-11"}
        assert set(table["grade"]) <= {"A", "B", "C", "D"}
        assert len(set(table["id"])) == len(table)


def test_the_best_match_comes_first_in_either_language() -> None:
    assert si.catalogue("gm-ho4-1")["id"][0] == "gm-ho4-1"
    assert si.catalogue("fengselsplass hoyt")["id"] == si.catalogue("FENGSELSPLASS HØYT")["id"]
    assert "no-prison-high-place" in si.catalogue("prison high security")["id"]
    assert si.effects("jobbstøtte livskvalitet")["id"] == ["ips-meta-qol"]
    assert len(si.catalogue("prison nonsense")) == len(si.effects("prison nonsense")) == 0


def test_what_is_asked_of_one_quality_widens_and_of_several_narrows() -> None:
    housing, both = si.catalogue(domain="housing"), si.catalogue(domain=["housing", "wellbeing"])
    assert 0 < len(housing) < len(both)
    assert set(both["domain"]) == {"housing", "wellbeing"}
    good = si.catalogue(domain="housing", grade="A")
    assert 0 < len(good) < len(housing)
    week = si.catalogue(unit="household-week", currency="GBP", holder="municipality", country="GB", price_year=2010)
    assert sorted(week["id"]) == ["gm-ho4-0", "gm-ho4-1"]
    assert len(si.catalogue(unit="household-week", price_year=(2011, 2024))) == 0
    assert set(si.catalogue(country="GB")["country"]) == {"GB", "GB-EAW", "GB-ENG", "GB-SCT"}
    assert all("municipality" in payers.split(", ") for payers in si.catalogue(holder="municipality")["payers"])
    ratios = si.effects(measure=["odds-ratio", "risk-ratio"], grade="B")
    assert len(ratios) > 0
    assert set(ratios["measure"]) == {"odds-ratio", "risk-ratio"}
    assert set(si.effects(country="NO", domain="baseline")["country"]) == {"NO"}


def test_one_language_gives_one_name() -> None:
    both, nb = si.catalogue("fengselsplass"), si.catalogue("fengselsplass", language="nb")
    assert both["name_nb"] == nb["name"]
    assert "name_en" not in nb.column_names
    assert si.effects(language="en")["outcome"] == si.effects()["outcome_en"]


def test_prices_set_in_g_and_figures_of_their_own_year_say_so() -> None:
    rows = {row["id"]: row for row in si.catalogue().to_pylist()}
    assert rows["der-no-kvp-2025"]["in_g"] == "2 G"
    assert rows["no-prison-high-place"]["in_g"] is None
    assert rows["no-vsl-2012"]["carried"] is False
    assert rows["no-isf-somatic-2024"]["provisional"] is True
    assert rows["ew-prison-place-2016-17"]["low"] == Decimal("24664")


def test_an_entry_is_a_value_that_travels_and_never_changes() -> None:
    for entry in (si.unit_cost("ew-prison-place-2016-17"), si.effect("reentry-rct-reconviction")):
        travelled = pickle.loads(pickle.dumps(entry))  # noqa: S301 - our own bytes
        assert travelled == entry == copy.deepcopy(entry)
        assert hash(travelled) == hash(entry)
        assert entry.source.url is not None
        assert entry.source.url in entry._repr_html_()
        assert entry.source.url in str(entry.source)
        assert entry.edition == "2026-11"
        with pytest.raises(AttributeError):
            entry.value = Decimal(0)  # type: ignore[misc]


def test_an_entry_keeps_what_its_row_says() -> None:
    for row in si.catalogue().to_pylist():
        cost = si.unit_cost(row["id"])
        assert (cost.value, cost.low, cost.high) == (row["value"], row["low"], row["high"])
        assert (cost.name, cost.name.nb) == (row["name_en"], row["name_nb"])
        assert ", ".join(cost.payers) == row["payers"]
        assert (cost.source.title, cost.note, cost.grade) == (row["source_title"], row["note"], row["grade"])
    for row in si.effects().to_pylist():
        effect = si.effect(row["id"])
        assert (effect.value, effect.n, effect.measure) == (row["value"], row["n"], row["measure"])
        assert (effect.intervention is None) == (row["intervention_en"] is None)
        assert effect.outcome.in_language("nb") == row["outcome_nb"]


def test_every_index_series_is_reachable_with_its_values() -> None:
    rows = si.indices().to_pylist()
    ids = {row["series"] for row in rows}
    assert len(ids) == SERIES
    for series in ids:
        values = {row["year"]: row["value"] for row in rows if row["series"] == series}
        table = si.index(series)
        assert dict(zip(table["year"], table["value"], strict=True)) == values
    assert all(row["title_nb"] and row["base"] and row["edition"] and row["source_url"] for row in rows)
    prices = si.index("cpi-no")
    assert dict(zip(prices["year"], prices["change"], strict=True))[2022] == Decimal("5.7641")


def test_units_that_convert_are_listed_and_a_place_is_no_person() -> None:
    rows = {(row["price_per"], row["wanted_per"]): row for row in si.units().to_pylist()}
    assert rows["thing-month", "thing-year"]["factor"] == 12
    assert rows["thing-day", "thing-year"]["factor"] == 365
    assert rows["recipient-year", "person-year"]["how"] == "months-per-recipient"
    assert rows["recipient-year", "person-year"]["factor"] is None
    assert len(rows) == 13
    for (price_per, wanted_per), row in rows.items():
        if row["how"] == "factor":
            back = rows[wanted_per, price_per]["factor"]
            assert float(row["factor"]) * float(back) == pytest.approx(1, abs=1e-9)


UNKNOWN: dict[str, tuple[Callable[[], Any], str]] = {
    "an id": (lambda: si.unit_cost("no-sosialhjelp-year-2022"), "near to it are `der-no-sosialhjelp-year-2022`"),
    "an effect": (lambda: si.effect("ips-meta"), "near to it are `ips-meta-"),
    "a series": (lambda: si.index("cpi-nor"), "near to it are `cpi-no`"),
    "a domain": (lambda: si.catalogue(domain="prison"), "domain: unknown word `prison`: accepted are `justice`"),
    "a domain among several": (lambda: si.effects(domain=["health", "x"]), "domain: unknown word `x`"),
    "a holder": (lambda: si.catalogue(holder="kommune"), "holder: unknown word `kommune`: accepted are `state`"),
    "a grade": (lambda: si.catalogue(grade="E"), "grade: unknown word `E`"),  # type: ignore[arg-type]
    "a country": (lambda: si.catalogue(country="Norway"), "country: `Norway` is not a country"),
    "a currency": (lambda: si.catalogue(currency="kroner"), "currency: "),
    "a unit": (lambda: si.catalogue(unit="-"), "unit: unit `-` is not known"),
    "a measure": (lambda: si.effects(measure="d"), "measure: unknown word `d`: accepted are `risk-difference`"),
    "a year": (lambda: si.catalogue(price_year=99_999), "price_year: "),
    "a language": (lambda: si.catalogue(language="nn"), "`nn` is not a language"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_is_not_known_is_answered_with_what_is(name: str) -> None:
    ask, words = UNKNOWN[name]
    with pytest.raises(si.ImpactError) as caught:
        ask()
    assert words in str(caught.value)
