"""Batches: a simulation a row, or a part of one, and the same bits however rows are cut, ordered and handed over."""

import json
import pickle
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import socialimpact as si
from conftest import MODELS

QUANTITY = "outcomes.off-assistance.quantity"
FIVE = json.dumps({QUANTITY: 5})


@pytest.fixture(scope="module")
def models() -> dict[str, si.Model]:
    return {"sandefjord": si.read(MODELS / "sandefjord.toml"), "map": si.read(MODELS / "map-12x10.toml")}


def table(**columns: list[Any]) -> si.Table:
    return si.Table(columns, types={"overrides": "text"} if "overrides" in columns else None)


def cut(rows: si.Table, *ends: int) -> si.Table:
    """Cut each simulation at the same draws."""
    pieces = []
    for row in rows.to_pylist():
        edges = [0, *ends, row["draws"]]
        for first, end in pairwise(edges):
            pieces.append(row | {"first_draw": first, "draws": end - first, "of": row["draws"]})
    return si.Table({key: [piece[key] for piece in pieces] for key in pieces[0]}, types={"overrides": "text"})


WHOLE = table(
    scenario=["sandefjord", "map", "sandefjord", "sandefjord"],
    overrides=[None, None, FIVE, None],
    seed=[7, 7, 7, 8],
    draws=[5_000] * 4,
)


# What a row gives


def test_a_row_is_what_simulating_its_model_gives(models: dict[str, si.Model]) -> None:
    found = si.simulate_batch(models, WHOLE).to_pylist()
    for number, row in enumerate(WHOLE.to_pylist(), 1):
        model = models[row["scenario"]]
        model = model.with_(json.loads(row["overrides"])) if row["overrides"] else model
        own = [line for line in found if line["row"] == number]
        expected = model.simulate(row["draws"], row["seed"]).measures.to_pylist()
        assert [{key: line[key] for key in expected[0]} for line in own] == expected
        assert {key: own[0][key] for key in row} == row


def test_rows_cross_nothing(models: dict[str, si.Model]) -> None:
    together = si.simulate_batch(models, WHOLE, threads=2).to_pylist()
    apart = []
    for number, row in enumerate(WHOLE.to_pylist(), 1):
        alone = si.simulate_batch(models, table(**{key: [value] for key, value in row.items()}), threads=1)
        apart += [line | {"row": number} for line in alone.to_pylist()]
    assert together == apart


def test_parts_merge_to_the_bits_of_whole_rows_however_they_are_cut(models: dict[str, si.Model]) -> None:
    whole = si.simulate_batch(models, WHOLE)
    for ends in [(2_048,), (1, 4_096), (3_000, 3_001)]:
        parts = si.simulate_parts(models, cut(WHOLE, *ends))
        assert si.merge_parts(models, parts) == whole
        # The other way round; the order of the first parts is that of the result.
        backwards = pa.table(parts).take(list(reversed(range(len(parts)))))
        found = si.merge_parts(models, backwards).to_pylist()
        order = {number: 5 - number for number in range(1, 5)}
        expected = sorted((row | {"row": order[row["row"]]} for row in whole.to_pylist()), key=lambda row: row["row"])
        assert found == expected


def test_long_rows_are_the_same_with_all_threads(models: dict[str, si.Model]) -> None:
    rows = table(seed=[7, 7], draws=[140_000, 1_000])
    asked: list[Any] = ["npv"]
    one, two = (si.simulate_batch(models["sandefjord"], rows, measures=asked, threads=threads) for threads in (1, 2))
    assert one == two
    assert one["mean"][0] == models["sandefjord"].simulate(140_000, 7, measures=asked).measure("npv").mean


def test_points_and_measures_are_those_of_simulate(models: dict[str, si.Model]) -> None:
    rows = table(scenario=["map"], seed=[7], draws=[1_024])
    found = si.simulate_batch(models, rows, measures=[("npv", "public")], points="sobol")
    alone = models["map"].simulate(1_024, 7, measures=[("npv", "public")], points="sobol")
    assert (found["mean"], found["holder"]) == ([alone.measure("npv", "public").mean], ["public"])


# How rows are handed over

HANDED: list[Callable[[pa.Table], Any]] = [
    lambda rows: rows,
    lambda rows: rows.to_reader(max_chunksize=1),
    lambda rows: rows.to_pandas(),
    lambda rows: pl.DataFrame(rows),
    lambda rows: duckdb.from_arrow(rows),
]


@pytest.mark.parametrize("hand", HANDED, ids=["pyarrow", "reader", "pandas", "polars", "duckdb"])
def test_rows_of_any_program_are_read(models: dict[str, si.Model], hand: Callable[[pa.Table], Any]) -> None:
    expected = si.simulate_batch(models, WHOLE, measures=["npv"])
    assert si.simulate_batch(models, hand(pa.table(WHOLE)), measures=["npv"]) == expected


def test_parts_come_back_from_any_program(models: dict[str, si.Model]) -> None:
    whole = si.simulate_batch(models, WHOLE, measures=["npv"])
    parts = si.simulate_parts(models, cut(WHOLE, 2_048), measures=["npv"])
    assert isinstance(parts["part"][0], bytes)
    for through in (
        pa.table(parts),
        pa.table(parts).to_pandas(),
        pl.DataFrame(parts),
        pickle.loads(pickle.dumps(parts)),  # noqa: S301 - our own
    ):
        assert si.merge_parts(models, through) == whole


def test_whole_numbers_that_a_frame_made_floats_are_whole_numbers(models: dict[str, si.Model]) -> None:
    rows = pd.DataFrame({"seed": [7.0, 7.0], "draws": [1_000.0, 1_000.0]})
    assert len(si.simulate_batch(models["map"], rows, measures=["npv"])) == 2


# What is refused


def refused(call: Callable[[], object]) -> list[str]:
    with pytest.raises(si.ImpactError) as found:
        call()
    return [f"{problem.place}: {problem.message}" for problem in found.value.problems]


def test_everything_wrong_is_said_at_once_with_row_and_column(models: dict[str, si.Model]) -> None:
    rows = si.Table(
        {
            "scenario": ["sandefjord", "sandefjörd", None, "sandefjord", "sandefjord"],
            "overrides": [json.dumps({QUANTITY + "s": 5}), None, None, "{5}", json.dumps({QUANTITY: -5})],
            "seed": [7, -1, 7, 7, 7],
            "first_draw": [0, 0, 0, 10, 0],
            "draws": [100, 0, 100, 100, 101],
            "of": [100, 100, 100, None, 100],
        },
        types={"of": "whole"},
    )
    said = refused(lambda: si.simulate_parts(models, rows))
    assert said[0] == (
        "rows.1.overrides: `outcomes.off-assistance.quantitys` is no address of this model: did you mean "
        "`outcomes.off-assistance.quantity`?"
    )
    assert [line.partition(": ")[0] for line in said] == [
        "rows.1.overrides",
        "rows.2.seed",
        "rows.2.draws",
        "rows.2.scenario",
        "rows.3.scenario",
        "rows.4.of",
        "rows.4.overrides",
        "rows.5.first_draw",
        "rows.5.overrides",
    ]
    assert said[1] == "rows.2.seed: `-1` is not a whole number from 0 to 2^63 - 1"
    assert said[3] == "rows.2.scenario: `sandefjörd` is none of the models: `map`, `sandefjord`"
    assert said[4] == "rows.3.scenario: nothing is given: say which of the models is meant"
    assert said[7] == "rows.5.first_draw: draws 0 to 101 are not a part of the 100 draws there are"


def test_a_measure_that_a_scenario_cannot_answer_is_said_at_its_row(models: dict[str, si.Model]) -> None:
    said = refused(lambda: si.simulate_batch(models, WHOLE, measures=[("npv", "families")]))
    assert [line.partition(": ")[0] for line in said] == ["rows.1.scenario", "rows.3.scenario", "rows.4.scenario"]
    assert said[0].startswith("rows.1.scenario: `families` is no holder of this model")


def test_a_table_that_is_no_batch_is_refused(models: dict[str, si.Model]) -> None:
    model = models["map"]
    assert refused(lambda: si.simulate_batch(model, table(sead=[7], draws=[5]))) == [
        "rows: `sead` is no column of these rows: `scenario`, `overrides`, `seed`, `draws`"
    ]
    assert refused(lambda: si.simulate_batch(model, table(draws=[5]))) == [
        "rows.1.seed: nothing is given: give a whole number"
    ]
    assert refused(lambda: si.simulate_batch(model, [7]))[0].startswith("rows: give a table")  # type: ignore[arg-type]
    assert refused(lambda: si.simulate_batch({}, WHOLE)) == ["models: give a Model, or a mapping of names to Models"]
    struct = pa.table({"seed": [7], "draws": [5], "overrides": [{"a": 1}]})
    assert "write overrides as a JSON object" in refused_plainly(lambda: si.simulate_batch(model, struct))


def refused_plainly(call: Callable[[], object]) -> str:
    with pytest.raises(si.ImpactError) as found:
        call()
    return str(found.value)


def test_half_a_number_is_no_seed(models: dict[str, si.Model]) -> None:
    rows = pd.DataFrame({"seed": [7.5], "draws": [100.0]})
    assert refused(lambda: si.simulate_batch(models["map"], rows))[0].startswith("rows.1.seed: `7.5` is not")


def test_parts_that_make_no_whole_are_refused(models: dict[str, si.Model]) -> None:
    parts = pa.table(si.simulate_parts(models, cut(WHOLE, 2_048), measures=["npv"]))
    missing = parts.take([0, 2, 3])
    assert refused(lambda: si.merge_parts(models, missing)) == ["rows.1.part: draws 2048 to 5000 are in no part"]
    twice = parts.take([2, 3, 3])
    assert refused(lambda: si.merge_parts(models, twice)) == ["rows.3.part: draws 2048 to 5000 are in two parts"]
    rows = parts.to_pylist()
    rows[0]["part"], rows[1]["part"], rows[2]["scenario"] = rows[0]["part"][:-1], None, "sandefjord"
    broken = pa.Table.from_pylist(rows, schema=parts.schema)
    said = refused(lambda: si.merge_parts(models, broken))
    assert said[:2] == [
        "rows.1.part: the part was damaged on its way: some of its bytes are missing or changed",
        "rows.2.part: nothing is given: give the part as bytes",
    ]
    assert said[2] == "rows.3.part: the part is of another model: its document has another hash"


# Runs


def test_progress_counts_the_draws_of_all_rows(models: dict[str, si.Model]) -> None:
    seen: list[tuple[int, int]] = []
    si.simulate_batch(models, WHOLE, threads=1, progress=lambda done, of: seen.append((done, of)))
    assert seen[0] == (0, 20_000)
    assert seen[-1] == (20_000, 20_000)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_an_exception_of_the_caller_ends_a_batch_as_it_is(models: dict[str, si.Model]) -> None:
    def stop(done: int, _: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        si.simulate_batch(models["sandefjord"], table(seed=[7], draws=[10**10]), measures=["npv"], progress=stop)


# One part


def test_a_part_travels_with_what_was_drawn(models: dict[str, si.Model]) -> None:
    model = models["sandefjord"]
    first = model.simulate_part(0, 3_000, 7, of=5_000)
    there = pickle.loads(pickle.dumps(first))  # noqa: S301 - our own
    second = model.simulate_part(3_000, 2_000, 7, of=5_000)
    whole = there.merge(second)
    assert (there.draws, there.is_whole, whole.draws, whole.is_whole) == ([(0, 3_000)], False, [(0, 5_000)], True)
    assert whole.finish() == model.simulate(5_000, 7)
    assert whole.finish().to_json() == model.simulate(5_000, 7).to_json()
    assert (first.of, first.seed, first.points, first.model) == (5_000, 7, "random", model)
    assert "draws 0 to 3000 of 5000" in repr(first)
    with pytest.raises(si.ImpactError, match="draws 3000 to 5000 are in no part"):
        first.finish()
    with pytest.raises(si.ImpactError, match="draws 0 to 3000 are in two parts"):
        first.merge(there)
    with pytest.raises(si.ImpactError, match="is of another model"):
        si.PartSimulated.from_bytes(models["map"], first.to_bytes())


def test_a_table_of_parts_shows_their_size_and_not_their_bytes(models: dict[str, si.Model]) -> None:
    parts = si.simulate_parts(models["sandefjord"], table(seed=[7], draws=[100]))
    page = parts._repr_html_()
    assert f"{len(parts['part'][0])} bytes" in page
    assert len(page) < 2_000
    assert parts.types["part"] == "bytes"
