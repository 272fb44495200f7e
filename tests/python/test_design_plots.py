"""Pictures of designing terms: payment beside own saving, frontiers, and cash flows."""

from datetime import date
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest

import socialimpact as si
from paid_work import EFFECT, PRICE, WORK, certain
from socialimpact import plots
from socialimpact.plots import style

mpl.use("Agg")

ASKED: dict[str, Any] = {"payer": "state", "investor": "fund", "rate": 0.08, "low": 0, "high": 600_000}


def heights(ax: Any) -> list[float]:
    return [round(patch.get_height()) for container in ax.containers for patch in container]


@pytest.mark.parametrize("lang", ["en", "nb"])
def test_each_payer_has_its_payment_beside_its_saving_by_year(lang: si.Language) -> None:
    ax = certain().saving_risk(20, 7).plot(lang=lang)
    # Paid in 2025; saved over three years, half of the intake beginning in each of two.
    assert heights(ax) == [
        2_000_000,
        0,
        0,
        3_000_000,
        0,
        0,
        *(1_215_000, 2_430_000, 1_215_000),
        810_000,
        1_620_000,
        810_000,
    ]
    said = plots.alt_text(ax)
    assert ("town 2025 2,000,000 NOK" if lang == "en" else "town 2025 2\u00a0000\u00a0000 kr") in said
    assert ("illustrative" if lang == "en" else "illustrerende") in said


def test_many_years_are_added_up() -> None:
    document = certain().to_dict()
    document["outcomes"][0]["duration"] = 9
    ax = si.Model.from_dict(document).saving_risk(20, 7).plot(situation="expected-effect")
    assert heights(ax)[:2] == [2_000_000, 3_000_000]
    assert "all years together" in plots.alt_text(ax)
    assert "Payment beside own saving: The effect is as expected" in plots.alt_text(ax)


def test_nothing_to_pay_is_said() -> None:
    free = certain().with_({PRICE: 0}).saving_risk(20, 7)
    assert plots.alt_text(free.plot()).endswith("Nothing is expected to be paid.")
    with pytest.raises(si.ImpactError, match="has nothing to tell of this contract"):
        free.plot(situation="nothing-works-drifting")


def test_a_frontier_is_shaded_where_one_price_does_for_both() -> None:
    found = certain().frontier(PRICE, {EFFECT: [0.1, 0.2, 0.3, 0.4]}, draws=10, seed=1, **ASKED)
    ax = found.plot()
    payer, investor = (np.asarray(line.get_ydata(), dtype=float) for line in ax.lines[:2])
    assert list(payer) == pytest.approx([float(row) for row in found.table["payer_price"]])
    assert [high >= low for high, low in zip(payer, investor, strict=True)] == [False, False, True, True]
    assert len(ax.collections) == 1
    said = plots.alt_text(ax)
    assert "state pays what it saves: from 60,000 to 120,000 NOK" in said
    assert "shaded: prices that do for both" in said


def test_a_frontier_of_a_threshold_is_shaded_the_other_way_round() -> None:
    schedule = "{ per_point = { price = 250_000, point = 0.01, from = 0.1 } }"
    text = WORK.replace('kind = "claims", outcome', 'kind = "share", direction = "increase", outcome')
    text = text.replace("{ per_unit = 100_000 }", schedule)
    threshold = "contract.payments.started.schedule.per_point.from"
    asked: dict[str, Any] = {"payer": "town", "investor": "fund", "rate": 0.05, "low": 0, "high": 0.28}
    found = si.Model.from_toml(text).frontier(threshold, {EFFECT: [0.1, 0.2]}, draws=10, seed=1, settled=2, **asked)
    apart, between = found.table.to_pylist()
    # The higher the threshold, the less is paid: the payer asks for a high one, the investor for a low one.
    assert (apart["room"], between["room"]) == ("apart", "between")
    assert (between["least"], between["most"]) == (between["payer_price"], between["investor_price"])
    ax = found.plot()
    assert len(ax.collections) == 1
    assert "NOK" not in plots.alt_text(ax)


def test_a_frontier_without_room_or_prices_says_so() -> None:
    apart = certain().frontier(PRICE, {EFFECT: [0.05, 0.1]}, draws=10, seed=1, **ASKED).plot(lang="nb")
    assert len(apart.collections) == 0
    assert "det er ikke funnet noen pris for begge" in plots.alt_text(apart)
    asked: dict[str, Any] = {**ASKED, "high": 10}
    none = certain().frontier(PRICE, {EFFECT: [0.1]}, draws=10, seed=1, **asked).plot()
    assert plots.alt_text(none).endswith("Neither side has a single price in range, at any value.")


def test_cash_flows_hang_down_where_they_are_paid() -> None:
    contract = certain().contract
    assert contract is not None
    claim = {"metric": "started", "date": "2025-12-31", "cohort": "2025"}
    statement = contract.settle([{**claim, "person": f"person-{number}"} for number in range(50)])
    ax = contract.cash_flows(statement).plot()
    assert "town: 2025-12-31 −2 million NOK" in plots.alt_text(ax)
    assert "fund: 2025-01-01 −4 million NOK, 2025-12-31 5 million NOK" in plots.alt_text(ax)
    # The contract's account is no party: what is left are the holders, and the provider's resources.
    assert min(heights(ax)) == -4_000_000
    assert max(heights(ax)) == 5_000_000


def test_flows_of_many_days_are_told_by_year() -> None:
    months = [{"date": date(2024 + month // 12, month % 12 + 1, 1), "amount": 250_000} for month in range(16)]
    contract = certain().with_({"contract.finance.costs.service.paid": months}).contract
    assert contract is not None
    flows = contract.cash_flows(contract.settle([]))
    assert len({row["date"] for row in flows.by_date.to_pylist()}) == 16
    labels = [label.get_text() for label in flows.plot(lang="nb").get_xticklabels()]
    assert labels == ["2024", "2025"]


def test_how_a_notebook_shows_pictures_is_kept() -> None:
    # The first picture of a notebook chooses how pictures are shown, and turns them on.
    assert not mpl.is_interactive()
    with style.drawing():
        mpl.interactive(True)
    try:
        assert mpl.is_interactive()
    finally:
        mpl.interactive(False)
