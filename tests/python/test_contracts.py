"""Contracts: terms read, observations settled from every kind of table, statements told."""

import copy
import csv
import json
import pickle
import threading
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import socialimpact as si
from conftest import needed

CONTRACTS = Path("fixtures/contracts")
PAID = Path("fixtures/models/paid-by-results.toml")
PSEUDONYM = "kari-nordmann-1990"


def denver() -> si.Contract:
    return si.read_contract(CONTRACTS / "denver.toml")


def days(day: str = "2020-06-30", count: Any = 258_858) -> dict[str, Any]:
    return {"metric": "housing-days", "date": day, "count": count}


ROWS = [days(), days("2021-06-30", 41_070)]


def test_denver_is_paid_to_the_cent() -> None:
    statement = denver().settle(CONTRACTS / "denver.observations.toml")
    assert statement.total == Decimal("9638911.36")
    assert [row["amount"] for row in statement.lines.to_pylist()][:2] == [Decimal("3913932.96"), Decimal("620978.40")]
    assert statement.by_payer.to_pylist() == [
        {"payer": "city", "name_en": "City and County of Denver", "name_nb": None, "amount": Decimal("9638911.36")}
    ]


def test_rows_of_every_kind_settle_alike(tmp_path: Path) -> None:
    pandas, polars, pyarrow = (needed(name) for name in ("pandas", "polars", "pyarrow"))
    file = tmp_path / "rows.csv"
    with file.open("w", newline="") as opened:
        writer = csv.DictWriter(opened, fieldnames=list(ROWS[0]))
        writer.writeheader()
        writer.writerows(ROWS)
    document = tmp_path / "rows.json"
    document.write_text(json.dumps({"observations": ROWS}))
    columns = {key: [row[key] for row in ROWS] for key in ROWS[0]}
    dated = {**columns, "date": [date.fromisoformat(day) for day in columns["date"]]}
    kinds = [
        ROWS,
        iter(ROWS),
        file,
        str(document),
        pandas.DataFrame(columns),
        pandas.DataFrame({**columns, "date": pandas.to_datetime(columns["date"])}),
        polars.DataFrame(dated),
        pyarrow.table({**dated, "count": pyarrow.array([258_858.0, 41_070.0])}),
        pyarrow.table({**columns, "metric": pyarrow.array(columns["metric"]).dictionary_encode()}),
        si.Table({**dated, "count": [Decimal(count) for count in columns["count"]]}),
    ]
    expected = denver().settle(ROWS)
    for kind in kinds:
        assert denver().settle(kind) == expected, type(kind)


def test_a_frame_in_several_chunks_is_one_table() -> None:
    pyarrow = needed("pyarrow")
    one = pyarrow.table({key: [value] for key, value in ROWS[0].items()})
    other = pyarrow.table({key: [value] for key, value in ROWS[1].items()})
    assert denver().settle(pyarrow.concat_tables([one, other])) == denver().settle(ROWS)


def test_every_row_that_cannot_be_meant_is_said() -> None:
    with pytest.raises(si.ImpactError) as caught:
        denver().settle([{**days(), "metric": "housing-day"}, days(count=-1)])
    assert str(caught.value) == (
        "observations.1.metric: the contract has no such metric: did you mean `housing-days`?\n"
        "observations.2.count: count `-1` is not zero or more"
    )
    polars = needed("polars")
    with pytest.raises(si.ImpactError, match=r"^observations\.1\.count: `count` is no number: write it as 1234\.5$"):
        denver().settle(polars.DataFrame([days(count="many")]))
    with pytest.raises(si.ImpactError, match=r"^observations: column 2 is none that rows have: did you mean `date`\?$"):
        denver().settle(polars.DataFrame([{"metric": "housing-days", "dat": "2020-06-30"}]))


def test_a_day_that_lacks_in_a_table_is_missed_in_its_row() -> None:
    pyarrow = needed("pyarrow")
    dated = pyarrow.array([date(2020, 6, 30), None], type=pyarrow.date32())
    table = pyarrow.table({"metric": ["housing-days"] * 2, "date": dated, "count": [1, 1]})
    with pytest.raises(si.ImpactError, match=r"^observations\.2(\.date)?: .*`?date`?"):
        denver().settle(table)
    millennia = pyarrow.table(
        {"metric": ["housing-days"], "date": pyarrow.array([2**30], type=pyarrow.date32()), "count": [1]}
    )
    with pytest.raises(si.ImpactError, match=r"^observations\.1\.date: `date` is no date"):
        denver().settle(millennia)


def test_a_moment_within_a_day_is_no_day() -> None:
    pandas = needed("pandas")
    frame = pandas.DataFrame([days()])
    with pytest.raises(si.ImpactError, match=r"^observations\.1\.date: `date` is no date: write it as 2024-03-31$"):
        denver().settle(frame.assign(date=pandas.to_datetime(["2020-06-30T12:00"])))
    midnight = frame.assign(date=pandas.to_datetime(["2020-06-30"], utc=True))
    assert denver().settle(midnight) == denver().settle([days()])


def test_rows_of_mappings_say_what_is_wrong_as_tables_do() -> None:
    with pytest.raises(si.ImpactError) as caught:
        denver().settle([{**days(), "dat": 1, "count": True}, {**days(), "date": 7, "dat": 2}])
    assert str(caught.value) == "observations: column 4 is none that rows have: did you mean `date`?"
    with pytest.raises(si.ImpactError) as caught:
        denver().settle(
            [
                days(count=True),
                {**days(), "date": 7, "metric": 1},
                {**days(count=[1]), "date": datetime(2020, 6, 30, 12)},
            ]
        )
    assert str(caught.value) == (
        "observations.1.count: `count` is no number: write it as 1234.5\n"
        "observations.2.metric: `metric` is no text: write it in quotation marks\n"
        "observations.2.date: `date` is no date: write it as 2024-03-31\n"
        "observations.3.date: `date` is no date: write it as 2024-03-31\n"
        "observations.3.count: `count` is no number: write it as 1234.5"
    )
    told = {"cohort": None, "of": float("nan"), "count": Decimal("258858.0"), "date": date(2020, 6, 30)}
    assert denver().settle([{**days(), **told}]) == denver().settle([days(count="258858")])
    with pytest.raises(si.ImpactError, match=r"^observations\.1\.count: `count` has more digits than a number keeps"):
        denver().settle([days(count=10**40 + 1)])


def test_a_frame_that_does_not_come_over_is_refused_in_words() -> None:
    polars = needed("polars")
    with pytest.raises(
        si.ImpactError, match=r"^the table cannot be handed over as Arrow: .*: give every column a type$"
    ):
        denver().settle(polars.DataFrame([{**days(), "cohort": None}]))


def test_a_single_mapping_is_no_list_of_rows() -> None:
    with pytest.raises(si.ImpactError, match=r"^a single mapping is no observations: give a list of rows, such as"):
        denver().settle(days())
    with pytest.raises(si.ImpactError, match=r"^observations\.2: `str` is no row: give a mapping of columns$"):
        denver().settle([days(), "kari"])
    assert denver().settle({"observations": [days()]}) == denver().settle([days()])


PERSON = "01019012345"


@pytest.mark.parametrize(
    "row",
    [
        {"date": PERSON},
        {"count": PERSON, "of": PERSON},
        {PERSON: 1},
        {"metric": PERSON},
        {"group": PERSON},
        {"person": [PERSON]},
        {"id": PERSON, "date": None, "count": 1},
        {"count": int(PERSON * 4)},
        {"person": PERSON},
    ],
)
def test_no_message_shows_who_a_person_is(row: dict[str, Any], tmp_path: Path) -> None:
    polars = needed("polars")
    rows = [{**days(), **row}]
    file = tmp_path / "rows.json"
    file.write_text(json.dumps({"observations": rows}), encoding="utf-8")
    for given in (rows, file, polars.DataFrame(rows, strict=False) if "count" not in row else rows):
        with pytest.raises(si.ImpactError) as caught:
            denver().settle(given)
        assert PERSON not in str(caught.value)
        assert PERSON not in repr(caught.value.problems)


@pytest.mark.parametrize("wrong", [7, None, "rows.xlsx"])
def test_what_is_no_observations_is_refused(wrong: Any) -> None:
    with pytest.raises(si.ImpactError):
        denver().settle(wrong)


def test_a_file_that_is_not_there_is_an_error_of_the_system() -> None:
    with pytest.raises(FileNotFoundError):
        denver().settle("nowhere.csv")
    with pytest.raises(FileNotFoundError):
        si.read_contract("nowhere.toml")


def test_what_is_new_is_lines_and_reversals() -> None:
    first = denver().settle(ROWS[:1])
    changes = denver().settle([days(count=258_850), ROWS[1]]).since(first)
    assert changes.changes
    assert [(row["amount"], row["reversal"]) for row in changes.lines.to_pylist()] == [
        (Decimal("-3913932.96"), True),
        (Decimal("3913812"), False),
        (Decimal("620978.40"), False),
    ]
    assert changes.total == sum(row["amount"] for row in changes.lines.to_pylist())
    with pytest.raises(si.ImpactError, match=r"^the statement is of other terms"):
        si.read(PAID).contract.settle([]).since(first)  # type: ignore[union-attr]
    with pytest.raises(si.ImpactError, match=r"^changes have no earlier statement"):
        changes.since(first)


def paid() -> si.Contract:
    contract = si.read(PAID).contract
    assert contract is not None
    return contract


def claims(people: int, group: str | None = None) -> list[dict[str, Any]]:
    row = {"metric": "started", "date": "2025-05-31", **({"group": group} if group else {})}
    return [{**row, "person": f"{PSEUDONYM}-{group}-{person}"} for person in range(people)]


def test_few_people_are_told_together_and_nobody_by_name() -> None:
    statement = paid().settle([*claims(7), *claims(2, "young")])
    told = [
        (row["group"], row["count"], row["together"])
        for row in statement.lines.to_pylist()
        if row["payment"] == "started"
    ]
    assert told == [("", 7, False), ("", None, True)]
    every = {row["group"]: row["count"] for row in statement.every_line.to_pylist() if row["payment"] == "started"}
    assert every == {"": 7, "young": 2}
    shown = f"{statement!r}{statement.to_json(every_line=True)}{statement._repr_html_()}"
    assert PSEUDONYM not in shown
    observed = {key: told for key, told in statement.to_dict().items() if key not in ("payments", "assumptions")}
    assert "young" not in str(observed), "only the terms name the group"


def test_a_payment_stands_beside_its_payers_saving() -> None:
    model = si.read(PAID)
    statement = paid().settle([{"metric": "days", "date": "2025-06-30", "count": 1_200}])
    # 1,000 · 900 + 200 · 600 = 1,020,000, and the fee of 100,000; 40 % the municipality.
    assert statement.total == 1_120_000
    rows = model.settled(statement).appraise().wrong_pocket_years(counted_in="nominal").to_pylist()
    town = next(row for row in rows if row["holder"] == "municipality" and row["year"] == 2025)
    assert (town["pays"], town["gains"] > 0) == (448_000, True)


def test_a_contract_alone_and_in_its_model_are_one() -> None:
    contract = paid()
    assert contract == si.read_contract(PAID) == si.Contract.from_toml(contract.to_toml())
    assert (contract.payee, contract.payers) == ("provider", ("municipality", "state", "fund"))
    assert contract.name.in_language("nb").startswith("Jobb etter soning")
    assert si.read("fixtures/models/beginner.toml").contract is None
    assert {hash(contract), hash(si.read_contract(PAID))} == {hash(contract)}


def test_a_contract_travels_and_never_changes() -> None:
    contract = denver()
    assert pickle.loads(pickle.dumps(contract)) == contract  # noqa: S301 - our own bytes
    assert copy.copy(contract) is contract is copy.deepcopy(contract)
    with pytest.raises(AttributeError):
        contract.currency = "NOK"  # type: ignore[misc]
    statement = contract.settle(ROWS)
    assert copy.deepcopy(statement) is statement
    assert hash(statement) == hash(contract.settle(ROWS))
    earlier = contract.settle(ROWS[:1])
    for told in (statement, statement.since(earlier), contract.settle([]), contract.cash_flows(statement)):
        again = pickle.loads(pickle.dumps(told))  # noqa: S301 - our own bytes
        assert again == told
        assert again.to_json() == told.to_json()
        assert hash(again) == hash(told)
    assert statement.since(earlier) != statement
    assert repr(statement) == "Statement('Denver: supportive housing', 2 lines, 4534911.36 USD)"


def test_a_statement_of_people_travels_without_them() -> None:
    claims = [{"metric": "started", "date": "2025-05-31", "person": f"{PSEUDONYM}-{number}"} for number in range(3)]
    statement = paid().settle(claims)
    written = pickle.dumps(statement)
    assert PSEUDONYM.encode() not in written
    again = pickle.loads(written)  # noqa: S301 - our own bytes
    assert again.every_line.to_pylist() == statement.every_line.to_pylist()
    assert paid().cash_flows(again).to_dict() == paid().cash_flows(statement).to_dict()


def test_totals_agree_however_they_are_told() -> None:
    statement = paid().settle([*claims(7), {"metric": "days", "date": "2025-06-30", "count": 1_200}])
    for table in (statement.by_payer, statement.by_payment, statement.by_metric, statement.by_year, statement.shares):
        assert sum(table.to_dict()["amount"]) == statement.total
    assert json.loads(statement.to_json()) == statement.to_dict()
    assert {row["address"] for row in statement.defaults.to_pylist()} >= {"contract.payments.started.repeats"}


def test_settling_leaves_other_threads_to_run() -> None:
    rows = si.Table(
        {
            "metric": ["started"] * 100_000,
            "date": [date(2025, 5, 31)] * 100_000,
            "person": [f"p{number}" for number in range(100_000)],
        }
    )
    contract, ticks, done = paid(), [0], threading.Event()

    def tick() -> None:
        while not done.wait(0.001):
            ticks[0] += 1

    thread = threading.Thread(target=tick)
    thread.start()
    statement = contract.settle(rows)
    done.set()
    thread.join()
    assert statement.lines.to_dict()["count"][0] == 100_000
    assert ticks[0] > 1


def test_changes_do_not_stand_in_a_model() -> None:
    model = si.read(PAID)
    assert model.contract is not None
    statement = model.contract.settle([{"metric": "days", "date": "2025-06-30", "count": 1_200}])
    with pytest.raises(si.ImpactError, match="changes cannot stand in a model: give a whole statement"):
        model.settled(statement.since(statement))


def test_a_statement_says_which_schedule_and_which_numbers_its_lines_follow() -> None:
    peterborough = si.read_contract("fixtures/contracts/peterborough.toml")
    statement = peterborough.settle("fixtures/contracts/peterborough.observations.toml")
    cohort, both = statement.payments.to_pylist()
    assert cohort["schedule_en"] == "1,000,000 from 0.1; otherwise nothing"
    assert both["schedule_nb"] == "1\u00a0500\u00a0000 fra 0,075; ellers ingenting"
    assert both["conditions_en"] == "only if nothing was paid of: cohort"
    sources = {row["address"]: row["source_title"] for row in statement.assumptions.to_pylist()}
    assert sources["contract.payments.cohort.schedule.steps.0.at"] == "INDIGO-POJ-0153"


def test_a_contract_gives_every_number_and_a_statement_only_those_that_decide_its_lines() -> None:
    larvik = si.read_contract("fixtures/contracts/larvik-for-nothing.toml")
    every = [row["address"] for row in larvik.assumptions.to_pylist()]
    followed = [row["address"] for row in larvik.settle([]).assumptions.to_pylist()]
    truth = [address for address in every if address.startswith("truth.")]
    assert truth
    assert followed == [address for address in every if address not in truth]
    assert not [row for row in larvik.settle([]).defaults.to_pylist() if row["address"].startswith("truth.")]
