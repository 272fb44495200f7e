"""Programmes of Washington State's institute: net value and ratio from the printed benefits and costs."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import socialimpact as si

CASE = Path(__file__).parents[2] / "fixtures/cases/appraisal/wsipp-reentry.json"
ROWS: list[dict[str, Any]] = json.loads(CASE.read_text(encoding="utf-8"))["rows"]
HALF = Decimal("0.5")


def valued(row: dict[str, Any]) -> si.Appraisal:
    """One participant and one year, whichever: nothing is carried, discounted or raised by taxes."""
    return si.Model.from_dict({
        "impact": 1, "name": row["programme"], "country": "US", "currency": "USD",
        "price_year": 2016, "start": 2016, "horizon": 1,
        "conventions": {"base": "mvpf", "discount": {"bands": [{"from_step": 1, "rate": 0}]}},
        "holders": [{"id": "people", "kind": "people"}, {"id": "taxpayers", "kind": "public", "level": "state"}],
        "costs": [{"id": "help", "payer": "taxpayers", "amount": -int(row["costs"]), "year": 2016, "source": "WSIPP"}],
        "outcomes": [{
            "id": "benefits", "holder": "people", "quantity": 1, "measured": "net", "nature": "event",
            "values": [{
                "id": "all", "value": int(row["benefits"]), "unit": "person", "kind": "economic", "source": "WSIPP",
            }],
        }],
    }).appraise()  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=[row["programme"] for row in ROWS])
def test_the_printed_net_and_ratio_follow_from_the_printed_dollars(row: dict[str, Any]) -> None:
    appraisal = valued(row)
    net, ratio = (appraisal.measure(measure).value for measure in ("npv", "bcr"))
    assert net is not None
    assert ratio is not None
    assert net == int(row["benefits"]) + int(row["costs"])
    assert abs(net - int(row["net"])) <= 1, "three numbers, each rounded to a dollar"
    printed, benefits, costs = Decimal(row["ratio"]), Decimal(row["benefits"]), -Decimal(row["costs"])
    last = Decimal(1).scaleb(int(printed.as_tuple().exponent)) / 2
    ends = [(benefits + one) / (costs + other) for one in (-HALF, HALF) for other in (-HALF, HALF)]
    assert min(ends) - last <= printed <= max(ends) + last
    assert min(ends) <= ratio <= max(ends)


def test_four_printed_ratios_are_off_by_more_than_their_last_digit_and_no_more_than_rounding_explains() -> None:
    def told(row: dict[str, Any]) -> bool:
        printed = Decimal(row["ratio"])
        found = valued(row).measure("bcr").value
        assert found is not None
        return abs(found - printed) > Decimal(1).scaleb(int(printed.as_tuple().exponent))

    assert [row["ratio"] for row in ROWS if told(row)] == ["-101.25", "19.79", "34.07", "88.11"]
