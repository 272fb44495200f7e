"""Returns: every internal rate with its status, held to mpmath's answers, from every form that flows come in."""

import array
import copy
import json
import math
import pickle
import threading
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import socialimpact as si

ORACLE = json.loads((Path(__file__).parents[2] / "fixtures" / "oracles" / "returns.json").read_text(encoding="utf-8"))

RATE = 1e-11
"""Error of a simple rate relative to its growth, as the Rust tests have it."""
MULTIPLE = 1e-5
"""The same for roots of higher multiplicity, where the curve is flat."""
PUT_BACK = 1e-12
"""What is left of the net present value at a rate, over the present value of all flows regardless of sign."""


def left(growth: float, times: list[float], flows: list[float]) -> float:
    """What is left of the net present value, valued where no factor is above one."""
    force = math.log(growth)
    origin = times[-1] if force < 0 else times[0]
    present = [flow * math.exp((origin - time) * force) for time, flow in zip(times, flows, strict=True)]
    return abs(math.fsum(present)) / math.fsum(map(abs, present))


@pytest.mark.parametrize("case", ORACLE["periodic"], ids=lambda case: case["name"])
def test_every_rate_of_periodic_flows_is_found_and_no_other(case: dict[str, Any]) -> None:
    flows = [Decimal(flow) for flow in case["flows"]]
    answer = si.irr(flows)
    assert len(answer.rates) == len(case["roots"])
    assert answer.status == ("none", "unique", "several")[min(len(case["roots"]), 2)]
    for growth, crossing, expected in zip(answer.growths, answer.crossings, case["roots"], strict=True):
        tolerance = MULTIPLE if expected["multiplicity"] > 1 else RATE
        assert growth == pytest.approx(float(expected["growth"]), rel=tolerance)
        assert (crossing == "touches") == (expected["multiplicity"] % 2 == 0)
        assert left(growth, [float(at) for at in range(len(flows))], [float(flow) for flow in flows]) <= PUT_BACK
    batch = si.irr_batch([[float(flow) for flow in flows]])
    assert batch["count"] == [len(case["roots"])]


@pytest.mark.parametrize("case", ORACLE["dated"], ids=lambda case: f"{case['name']} {case['day_count']}")
def test_every_rate_of_dated_flows_is_found_and_no_other(case: dict[str, Any]) -> None:
    flows = [Decimal(flow) for flow in case["flows"]]
    answer = si.xirr(case["dates"], flows, day_count=case["day_count"])
    assert len(answer.growths) == len(case["growths"])
    for growth, expected in zip(answer.growths, case["growths"], strict=True):
        assert growth == pytest.approx(float(expected), rel=RATE)
        assert left(growth, [float(years) for years in case["years"]], [float(flow) for flow in flows]) <= PUT_BACK
    batch = si.xirr_batch(case["dates"], [[float(flow) for flow in flows]], day_count=case["day_count"])
    assert batch["roots"][0] == pytest.approx(
        [float(expected) - 1 for expected in case["growths"]], rel=1e-9, abs=1e-11
    )


def test_the_example_of_the_spreadsheet_manuals_has_the_rate_they_print() -> None:
    dates = ["2008-01-01", "2008-03-01", "2008-10-30", "2009-02-15", "2009-04-01"]
    flows = [-10000, 2750, 4250, 3250, 2750]
    # Microsoft's documentation of XIRR prints 0.373362535, of XNPV at 9 % 2,086.65.
    assert float(si.xirr(dates, flows)) == pytest.approx(0.373362535, abs=1e-8)
    assert round(si.xnpv(0.09, dates, flows), 2) == 2086.65


@pytest.mark.parametrize("case", ORACLE["mirr"])
def test_mirr_agrees_with_its_definition(case: dict[str, Any]) -> None:
    rates = {"finance_rate": float(case["finance"]), "reinvest_rate": float(case["reinvestment"])}
    assert si.mirr([Decimal(flow) for flow in case["flows"]], **rates) == pytest.approx(float(case["mirr"]), abs=1e-14)


@pytest.mark.parametrize("timing", ["start", "middle", "end"])
@pytest.mark.parametrize("case", ORACLE["annual"])
def test_the_equivalent_annual_value_agrees_with_the_annuity(case: dict[str, Any], timing: si.Timing) -> None:
    rate, npv = Decimal(case["rate"]), Decimal(case["npv"])
    for given_as in (npv, [npv]):
        value = si.equivalent_annual_value(given_as, rate=rate, years=case["years"], timing=timing)
        assert abs(value - Decimal(case[timing])) < Decimal("1e-13")


# Single series


def test_an_answer_says_how_many_rates_there_are_and_why_not_one() -> None:
    one, several, none = si.irr([-100, 0, 121]), si.irr([-1600, 10000, -10000]), si.irr([10, 20])
    assert (one.status, one.reason) == ("unique", None)
    assert one.rate == float(one) == pytest.approx(0.1)
    assert several.rate is None
    assert several.rates == pytest.approx((0.25, 4.0))
    assert several.crossings == ("rises", "falls")
    assert none.rates == ()
    for answer, reason in [(several, "25 %, 400 %"), (none, "nothing is paid that could earn a rate")]:
        with pytest.raises(si.ImpactError, match=reason):
            float(answer)
        assert answer.reason is not None
        assert reason in answer.reason
    assert none.reason is not None
    assert none.reason.in_language("nb") == "alt er mottatt: ingenting er betalt som kunne gi avkastning"


def results() -> dict[str, Any]:
    dates = [date(2020, 1, 1), date(2021, 3, 1), date(2022, 1, 15)]
    return {
        "one": si.irr([-100, 60.5, 60]),
        "several": si.irr([-1600, 10000, -10000]),
        "none": si.irr([]),
        "dated": si.xirr(dates, [-1600, 10000, -10000], day_count="30e/360"),
        "payback": si.payback([-100, 50, 100]),
        "discounted": si.discounted_payback([-100, 50, 125], rate=0.25, within_year="end"),
        "never": si.payback([-100, 50]),
        "nothing": si.payback([5]),
    }


@pytest.mark.parametrize("name", results())
def test_an_answer_travels_compares_and_never_changes(name: str) -> None:
    answer = results()[name]
    travelled = pickle.loads(pickle.dumps(answer))  # noqa: S301 - our own bytes
    assert travelled == answer == copy.copy(answer) == copy.deepcopy(answer)
    assert hash(travelled) == hash(answer)
    assert repr(travelled) == repr(answer)
    assert "<p" in answer._repr_html_()
    assert len({*results().values()}) == len(results())
    assert answer != "something else"
    with pytest.raises(AttributeError):
        answer.status = "unique"


def test_floats_enter_by_their_shortest_text() -> None:
    assert si.npv(0.1, [0.1, 0.2, -0.3]) == si.npv(Decimal("0.1"), [Decimal("0.1"), Decimal("0.2"), Decimal("-0.3")])
    assert si.irr([-0.7, 0.1, 0.2, 0.4]).rate == 0, "what adds up to nothing has a rate of exactly zero"
    whole: Any = np.int64(1)
    assert si.moic([np.float64(-0.1), whole]) == 10


def test_timing_moves_the_net_present_value_by_half_a_period() -> None:
    start, middle, end = (si.npv(0.21, [-100, 60, 60], timing=timing) for timing in ("start", "middle", "end"))
    assert float(start) == pytest.approx(float(middle) * 1.1)
    assert float(middle) == pytest.approx(float(end) * 1.1)
    assert abs(si.npv(si.irr([-100, 60, 60]).rate or 0, [-100, 60, 60])) < Decimal("1e-9")
    assert si.npv(4, [-1600, 10000, -10000]) == 0, "rates above 100 % are rates"


def test_payback_counts_part_of_a_period_or_its_end() -> None:
    assert si.payback([-100, 50, 100]).periods == Decimal("1.5")
    assert si.payback([-100, 50, 100], within_year="end").periods == 2
    assert si.discounted_payback([-100, 50, 125], rate=0.25).periods == Decimal("1.75")
    assert (si.payback([-100, 50]).status, si.payback([5]).status) == ("never", "nothing")
    with pytest.raises(si.ImpactError, match="the balance stands at -50"):
        float(si.payback([-100, 50]))


MIDNIGHT = datetime(2024, 1, 1)


@pytest.mark.parametrize(
    "day", ["2024-01-01", date(2024, 1, 1), MIDNIGHT, np.datetime64("2024-01-01"), pd.Timestamp("2024-01-01")]
)
def test_a_date_may_be_written_in_every_usual_way(day: Any) -> None:
    assert float(si.xirr(["2023-01-01", day], [-100, 110])) == pytest.approx(0.1)


D = ["2023-01-01", "2024-01-01"]

REFUSED: dict[str, tuple[Callable[[], Any], str, str]] = {
    "a text": (lambda: si.irr([1, "2"]), "flows[1]", "`str` is no number"),  # type: ignore[list-item]
    "a flag": (lambda: si.irr([1, True]), "flows[1]", "`bool` is no number"),
    "nothing": (lambda: si.irr([1, None]), "flows[1]", "None"),  # type: ignore[list-item]
    "not a number": (lambda: si.irr([1, 2, 3, math.nan]), "flows[3]", "nan"),
    "no sequence": (lambda: si.irr(5), "flows", "`int` is no sequence of numbers"),  # type: ignore[arg-type]
    "a word": (lambda: si.irr("12"), "flows", "`str` is no sequence of numbers"),  # type: ignore[arg-type]
    "a bad date": (lambda: si.xirr(["2024-02-30", "2025-01-01"], [1, 2]), "dates[0]", "`2024-02-30` is no date"),
    "a time of day": (
        lambda: si.xirr([date(2024, 1, 1), datetime(2024, 1, 1, 9)], [1, 2]),
        "dates[1]",
        "has a time of day",
    ),
    "a number as date": (lambda: si.xirr([2024, 2025], [1, 2]), "dates[0]", "`int` is no date"),  # type: ignore[list-item]
    "lengths": (lambda: si.xirr(D, [1]), "dates", "2 dates do not go with 1 flows"),
    "one day": (lambda: si.xirr([D[0], D[0]], [-1, 2]), "dates", "same day"),
    "a low rate": (lambda: si.npv(-1, [1]), "rate", "is not above -1"),
    "a low finance rate": (lambda: si.mirr([-1, 2], finance_rate=-2, reinvest_rate=0), "finance_rate", "above -1"),
    "nothing received": (lambda: si.mirr([-1], finance_rate=0, reinvest_rate=0), "flows", "mirr needs money received"),
    "nothing paid": (lambda: si.moic([1]), "flows", "moic needs money paid"),
    "a rate in per cent": (lambda: si.discounted_payback([1], rate=4), "rate", "between 0 and 1 (4 % is 0.04)"),
    "no years": (lambda: si.equivalent_annual_value(1, rate=0, years=0), "years", "at least one year"),
    "infinite in a batch": (lambda: si.irr_batch([[1.0, 2.0], [1.0, math.inf]]), "flows[1][1]", "`inf`"),
    "a text in a batch": (lambda: si.irr_batch([[1.0], ["x"]]), "flows[1][0]", "`str` is no number"),  # type: ignore[list-item]
    "one series as batch": (lambda: si.irr_batch([1.0, 2.0]), "flows[0]", "`float` is no series"),  # type: ignore[list-item]
    "one array as batch": (lambda: si.irr_batch(np.array([1.0, 2.0])), "flows", "1 dimensions is no batch"),
    "a row too short": (lambda: si.xirr_batch(D, [[1.0, 2.0], [1.0]]), "dates[1]", "2 dates do not go with 1 flows"),
    "own dates missing": (lambda: si.xirr_batch([D], [[1.0, 2.0], [1.0, 2.0]]), "dates", "1 dates do not go with 2"),
    "a bad own date": (lambda: si.xirr_batch([D, [D[0], "x"]], [[1.0, 2.0]] * 2), "dates[1][1]", "`x` is no date"),
    "null in arrow": (
        lambda: si.irr_batch(pa.table({"x": pa.array([[1.0], [None]], pa.list_(pa.float64()))})),
        "flows[1][0]",
        "there is nothing here",
    ),
    "words in arrow": (lambda: si.irr_batch(pa.table({"x": ["a"]})), "flows", "holds no flows"),
    "two columns of dates": (
        lambda: si.xirr_batch(pa.table({"a": [date(2024, 1, 1)], "b": [date(2024, 1, 1)]}), [[1.0]]),
        "dates",
        "2 columns are no dates",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_names_its_place(name: str) -> None:
    ask, place, words = REFUSED[name]
    with pytest.raises(si.ImpactError) as caught:
        ask()
    assert caught.value.place == place
    assert words in str(caught.value)


@pytest.mark.parametrize("option", [{"day_count": "actual"}, {"timing": "late"}, {"within_year": "never"}])
def test_an_unknown_option_lists_the_known_ones(option: dict[str, Any]) -> None:
    ask = {"day_count": si.xirr, "timing": si.npv, "within_year": si.payback}[next(iter(option))]
    arguments = {"day_count": (D, [1, 2]), "timing": (0, [1]), "within_year": ([1],)}[next(iter(option))]
    with pytest.raises(si.ImpactError, match="is not known: choose one of `"):
        ask(*arguments, **option)  # type: ignore[operator]


# Batches

ROWS = [[-100.0, 0.0, 121.0], [-1600.0, 10000.0, -10000.0], [1.0, 2.0, 0.0], [0.0, 0.0, 0.0], [-100.0, 60.0, -10.0]]
STATUSES = ["unique", "several", "none", "none", "none"]


def forms() -> dict[str, Any]:
    matrix = np.array(ROWS)
    columns = {f"year {at}": column for at, column in enumerate(map(list, zip(*ROWS, strict=True)))}
    return {
        "lists": ROWS,
        "tuples": tuple(map(tuple, ROWS)),
        "whole numbers": [[int(flow) for flow in row] for row in ROWS],
        "decimals": [[Decimal(flow) for flow in row] for row in ROWS],
        "arrays": [array.array("d", row) for row in ROWS],
        "a generator": (row for row in ROWS),
        "numpy": matrix,
        "numpy by columns": np.asfortranarray(matrix),
        "numpy, a view": np.repeat(matrix, 2, axis=0)[::2],
        "numpy of small floats": matrix.astype("float32"),
        "numpy of whole numbers": matrix.astype("int64"),
        "memory": memoryview(matrix),  # type: ignore[arg-type]
        "pyarrow lists": pa.array(ROWS),
        "pyarrow chunks": pa.chunked_array([ROWS[:2], ROWS[2:]]),
        "pyarrow large lists": pa.array(ROWS, pa.large_list(pa.float32())),
        "pyarrow fixed lists": pa.array(ROWS, pa.list_(pa.float64(), 3)),
        "pyarrow decimals": pa.array([[Decimal(flow) for flow in row] for row in ROWS]),
        "pyarrow table of lists": pa.table({"flows": ROWS}),
        "pyarrow table of years": pa.table(columns),
        "polars lists": pl.Series(ROWS),
        "polars table": pl.DataFrame(columns),
        "pandas": pd.DataFrame(columns),
        "a table of its own": si.Table({name: [Decimal(flow) for flow in column] for name, column in columns.items()}),
    }


@pytest.mark.parametrize("name", forms())
def test_a_batch_takes_flows_in_every_usual_form(name: str) -> None:
    by_period = si.irr_batch(forms()[name])
    assert by_period["status"] == STATUSES
    dates = [date(2020 + at, 1, 1) for at in range(3)]
    on_dates = si.xirr_batch(dates, forms()[name], day_count="30/360")
    assert on_dates["roots"] == by_period["roots"]
    assert by_period.column_names == ("status", "rate", "count", "roots", "reason")
    assert by_period["count"] == [1, 2, 0, 0, 0]
    assert by_period["rate"][0] == pytest.approx(0.1)
    assert by_period["rate"][1:] == [None] * 4
    assert by_period["roots"][1] == pytest.approx([0.25, 4.0])
    assert by_period["reason"][0] is None
    assert by_period["reason"][3] == "there is no flow other than zero"


def test_a_long_array_gives_what_its_rows_give_as_lists() -> None:
    flows = np.random.default_rng(5).uniform(-100, 150, (5000, 4))
    flows[:, 0] = -100
    dates = ["2020-01-01", "2021-02-01", "2022-01-01", "2024-06-30"]
    assert si.irr_batch(flows) == si.irr_batch(flows.tolist())
    assert si.xirr_batch(dates, flows) == si.xirr_batch(dates, flows.tolist())
    flows[4100, 2] = math.nan
    asks: list[Callable[[], si.Table]] = [lambda: si.irr_batch(flows), lambda: si.xirr_batch(dates, flows)]
    for ask in asks:
        with pytest.raises(si.ImpactError) as caught:
            ask()
        assert caught.value.place == "flows[4100][2]"


def test_series_of_different_lengths_go_together() -> None:
    rows = [[-100.0, 110.0], [], [-100.0, 0.0, 121.0], [-1.0], [-100.0, 120.0]]
    assert si.irr_batch(rows)["status"] == ["unique", "none", "unique", "none", "unique"]
    assert si.irr_batch(pa.array(rows))["rate"][4] == pytest.approx(0.2)
    with pytest.raises(si.ImpactError) as caught:
        si.irr_batch([[1.0], [1.0, 2.0], [math.nan]])
    assert caught.value.place == "flows[2][0]"
    assert len(si.irr_batch([])) == len(si.irr_batch(np.empty((0, 3)))) == len(si.xirr_batch([], [])) == 0
    assert si.irr_batch(np.empty((2, 0)))["status"] == ["none", "none"]


def test_each_series_may_have_dates_of_its_own() -> None:
    dates: list[list[str]] = [D, ["2020-01-01", "2021-03-01", "2022-01-15"]]
    flows = [[-100.0, 110.0], [-1600.0, 10000.0, -10000.0]]
    alone = [si.xirr(days, row) for days, row in zip(dates, flows, strict=True)]
    expected = [list(answer.rates) for answer in alone]
    as_days = [[date.fromisoformat(day) for day in days] for days in dates]
    forms: list[Any] = [dates, as_days, pa.array(as_days), pl.Series(as_days), pa.table({"when": as_days})]
    for given_dates in forms:
        table = si.xirr_batch(given_dates, flows)
        assert [list(roots) for roots in table["roots"]] == [pytest.approx(rates, rel=1e-12) for rates in expected]
    common = pa.array(as_days[0])
    assert si.xirr_batch(common, [flows[0]])["roots"][0] == pytest.approx(expected[0])
    when: Any = pd.Series(pd.to_datetime(D))
    assert si.xirr_batch(when, [flows[0]])["roots"][0] == pytest.approx(expected[0])


def test_a_batch_is_a_table_that_others_read() -> None:
    table = si.irr_batch(ROWS)
    read = pa.table(table)
    assert read.schema.field("roots").type == pa.list_(pa.float64())
    assert read.column("roots").to_pylist() == table["roots"]
    assert pl.DataFrame(table)["roots"].to_list() == table["roots"]
    assert pickle.loads(pickle.dumps(table)) == table  # noqa: S301 - our own bytes
    assert f"<td>[{', '.join(f'{root:.4g}' for root in table['roots'][1])}]</td>" in table._repr_html_()


flow = st.floats(-1000, 1000).map(lambda amount: round(amount, 2))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(flow, min_size=5, max_size=5), min_size=1, max_size=9), st.booleans())
def test_a_batch_says_of_each_series_what_it_says_alone(rows: list[list[float]], investments: bool) -> None:
    if investments:
        rows = [[-abs(row[0]), *map(abs, row[1:4]), row[4]] for row in rows]
    dates = ["2020-01-01", "2020-06-30", "2022-02-01", "2023-02-01", "2029-12-31"]
    for batch, alone in [
        (si.irr_batch(np.array(rows)), [si.irr(row) for row in rows]),
        (si.xirr_batch(dates, rows), [si.xirr(dates, row) for row in rows]),
        (si.xirr_batch([dates] * len(rows), rows), [si.xirr(dates, row) for row in rows]),
    ]:
        assert batch["status"] == [answer.status for answer in alone]
        for roots, answer in zip(batch["roots"], alone, strict=True):
            assert [math.log1p(root) for root in roots] == pytest.approx(
                [math.log(growth) for growth in answer.growths], abs=1e-7
            )


def test_later_payments_at_the_end_have_two_rates_that_are_put_back() -> None:
    rng = np.random.default_rng(7)
    flows = rng.uniform(-50, 200, (4000, 21))
    flows[:, 0] = -1000
    table = si.irr_batch(flows)
    two = [at for at, count in enumerate(table["count"]) if count == 2]
    assert len(two) > 400
    periods = [float(at) for at in range(21)]
    for at, roots in enumerate(table["roots"]):
        for root in roots:
            assert left(1 + root, periods, list(flows[at])) <= 1e-9
    for at in two[:200]:
        assert tuple(table["roots"][at]) == pytest.approx(si.irr(list(flows[at])).rates, rel=1e-9)


def test_other_threads_run_while_a_batch_is_solved() -> None:
    rng = np.random.default_rng(3)
    flows, done, turns = rng.uniform(-100, 100, (3000, 30)), threading.Event(), 0

    def solve() -> None:
        si.irr_batch(flows)
        done.set()

    thread = threading.Thread(target=solve)
    thread.start()
    while not done.is_set():
        turns += 1
    thread.join()
    assert turns > 100
