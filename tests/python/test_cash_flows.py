"""Cash flows: what each party pays and receives on each day, and what it earns or loses."""

import copy
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

import pytest

import socialimpact as si

RIKERS = "fixtures/contracts/rikers.toml"
NOTHING = [{"metric": "reduction", "date": "2015-07-02", "count": 0}]


@pytest.fixture
def rikers() -> si.CashFlows:
    contract = si.read_contract(RIKERS)
    return contract.cash_flows(contract.settle(NOTHING))


def test_the_parties_add_up_to_zero_on_every_day(rikers: si.CashFlows) -> None:
    days: dict[date, Decimal] = {}
    for row in rikers.by_date.to_pylist():
        days[row["date"]] = days.get(row["date"], Decimal(0)) + row["amount"]
    assert set(days.values()) == {Decimal(0)}
    assert sum(row["total"] for row in rikers.parties.to_pylist()) == 0


def test_a_party_has_its_figures_or_the_reason(rikers: si.CashFlows) -> None:
    parties = {row["party"]: row for row in rikers.parties.to_pylist()}
    lender = parties["lender"]
    assert lender["total"] == Decimal(-1_200_000)
    assert lender["moic"].quantize(Decimal("0.0001")) == Decimal("0.8333")
    assert -0.1 < lender["xirr"] < 0
    assert lender["paid_back"] is None
    assert lender["why_not_paid_back_en"] == "after the last flow the balance stands at −1,200,000"
    foundation = parties["foundation"]
    assert foundation["xirr"] is None
    assert foundation["why_no_xirr_nb"] == "alt er betalt: ingenting er mottatt"


def test_a_tranche_tells_its_loss_beside_the_planned_one(rikers: si.CashFlows) -> None:
    (loan,) = rikers.tranches.to_pylist()
    assert (loan["loss"], loan["planned_loss"]) == (Decimal(1_200_000), Decimal(2_400_000))
    assert rikers.day_count == "act/365"
    assert rikers.taken_over is None


def test_flows_say_from_whom_to_whom_and_why(rikers: si.CashFlows) -> None:
    last = rikers.flows.to_pylist()[-1]
    assert (last["from"], last["to"], last["kind"]) == ("foundation", "lender", "guarantee")
    assert (last["date"], last["amount"]) == (date(2015, 8, 31), Decimal(6_000_000))
    assert last["cause"] == "contract.finance.guarantees.first-loss"
    assert len(rikers) == len(rikers.flows)


def test_a_rate_put_back_into_its_equation_gives_zero() -> None:
    duo = si.read_contract("fixtures/contracts/duo-for-a-job.toml")
    flows = duo.cash_flows(duo.settle([{"metric": "in-work", "date": "2017-01-01", "count": 0.2}]))
    rows = [row for row in flows.by_date.to_pylist() if row["party"] == "investors"]
    dates, amounts = [row["date"] for row in rows], [row["amount"] for row in rows]
    rate = next(row["xirr"] for row in flows.parties.to_pylist() if row["party"] == "investors")
    assert si.xirr(dates, amounts).rate == rate == pytest.approx(0.04, abs=1e-7)
    assert si.xnpv(rate, dates, amounts) == pytest.approx(0, abs=1e-6)


def test_what_costs_need_and_nobody_gives_is_said_all_at_once() -> None:
    text = Path("fixtures/contracts/asker.toml").read_text(encoding="utf-8")
    head, costs = text.split('id = "first-years"')
    costs = costs.replace("2025-01-01, amount = 1_250_000", "2025-01-01, amount = 1_300_000", 1)
    costs = costs.replace("2026-01-01, amount = 1_250_000", "2026-01-01, amount = 1_400_000", 1)
    contract = si.Contract.from_toml(f'{head}id = "first-years"{costs}')
    with pytest.raises(si.ImpactError) as caught:
        contract.cash_flows(contract.settle([]))
    place = "contract.finance.costs.first-years"
    assert str(caught.value).splitlines() == [
        f"{place}: on 2025-01-01 1,300,000 has to be paid and 50,000 is lacking: nothing more can be drawn",
        f"{place}: on 2026-01-01 1,400,000 has to be paid and 150,000 is lacking: nothing more can be drawn",
    ]


def test_changes_and_other_contracts_have_no_cash_flows() -> None:
    contract = si.read_contract(RIKERS)
    statement = contract.settle(NOTHING)
    with pytest.raises(si.ImpactError, match="give a whole statement"):
        contract.cash_flows(statement.since(statement))
    with pytest.raises(si.ImpactError, match="settles another contract"):
        si.read_contract("fixtures/contracts/denver.toml").cash_flows(statement)


def test_they_are_told_as_a_page_as_json_and_in_a_line(rikers: si.CashFlows) -> None:
    assert repr(rikers) == "CashFlows('Rikers Island: ABLE', 7 flows between 3 parties)"
    assert rikers.to_dict()["tranches"][0]["loss"] == "1200000.00"
    assert "<table" in rikers._repr_html_()
    assert copy.copy(rikers) == rikers
    assert hash(copy.deepcopy(rikers)) == hash(rikers)


def test_a_day_of_few_people_is_told_to_those_who_keep_the_books_only() -> None:
    contract = si.read_contract("fixtures/contracts/pan-london-rough-sleeping.toml")
    many = [{"metric": "metric-1", "person": f"p{number}", "date": "2018-03-31"} for number in range(6)]
    few = [{"metric": "metric-2", "person": "p1", "date": day} for day in ("2018-06-30", "2018-07-31")]
    flows = contract.cash_flows(contract.settle(many + few))
    rows = [(row["date"], row["year"], int(row["amount"]), row["together"]) for row in flows.flows.to_pylist()]
    assert rows == [(date(2018, 3, 31), 2018, 3_600, False), (None, 2018, 1_500, True)]
    assert "2018-06-30" not in flows.to_json()
    assert [row["date"] for row in flows.every_flow.to_pylist()] == [date(2018, 3, 31), date(2018, 6, 30)]
    assert flows.to_dict(every_line=True)["flows"][1]["date"] == "2018-06-30"


def test_a_contract_with_another_price_is_another_contract() -> None:
    denver = si.read_contract("fixtures/contracts/denver.toml")
    dearer = denver.with_(
        {"contract.payments.housing.schedule.per_unit": 16, "contract.payments.housing.due_after": 30}
    )
    days = [{"metric": "housing-days", "date": "2020-06-30", "count": 1_000}]
    assert (denver.settle(days).total, dearer.settle(days).total) == (Decimal(15_120), Decimal(16_000))
    assert dearer.settle(days).lines.to_pylist()[0]["due"] == date(2020, 7, 30)
    assert dearer != denver
    with pytest.raises(si.ImpactError, match=r"is no address of this contract: did you mean `contract\.payments\.hous"):
        denver.with_({"contract.payments.houses.schedule.per_unit": 16})


def test_a_statement_tells_what_catalogues_call_its_metrics() -> None:
    course = si.read_contract("fixtures/contracts/interrupted-course.toml")
    statement = course.settle([{"metric": "passed", "date": "2023-05-15", "count": 10}])
    (indicator,) = statement.to_dict()["indicators"]
    assert (indicator["metric"], indicator["scheme"], indicator["id"]) == (
        "passed",
        "cids",
        "https://example.org/indicators#passed",
    )
    assert "Catalogue" in _page(statement, "en")
    assert "Katalog" in _page(statement, "nb")


def _page(statement: si.Statement, language: Literal["en", "nb"]) -> str:
    from socialimpact.report.statement import statement_page
    from socialimpact.wording.settling import Settled

    return statement_page(Settled(statement, language))
