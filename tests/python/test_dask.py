"""Over a cluster of two processes: the same bits as in one, however work is cut, also where a worker is lost."""

import hashlib
import os
import signal
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, cast

import pyarrow as pa
import pytest

import socialimpact as si
from conftest import MODELS, missing

HAS_DASK = find_spec("distributed") is not None
if TYPE_CHECKING or HAS_DASK:
    from distributed import Client, LocalCluster

    from socialimpact import dask

SANDEFJORD = si.read(MODELS / "sandefjord.toml")
PEOPLE, COST = "outcomes.off-assistance.quantity", "costs.cooperation.per_year"


@pytest.fixture(scope="module")
def client() -> "Iterator[Client]":
    """A scheduler and two workers, each a process of its own, on loopback."""
    if not HAS_DASK:
        missing("dask[distributed]", "it is in requirements/dev.txt")
    without_page: dict[str, Any] = {"dashboard_address": None, "silence_logs": 50}
    two = LocalCluster(n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", **without_page)
    with two as cluster, Client(cluster) as client:
        yield client


def pids(client: "Client") -> list[int]:
    return sorted(cast(dict[str, int], client.run(os.getpid)).values())


def digest(told: str, *draws: si.Table | None) -> str:
    """Give the SHA-256 of all that is told and of the bits of every draw."""
    summed = hashlib.sha256(told.encode())
    for table in draws:
        assert table is not None
        for column in pa.table(table).columns:
            summed.update(column.combine_chunks().to_numpy(zero_copy_only=False).tobytes())
    return summed.hexdigest()


def of_simulation(simulated: si.Simulated) -> str:
    return digest(simulated.to_json(), simulated.draws_table())


def of_risk(risk: si.ContractRisk) -> str:
    return digest(risk.to_json(), *(risk.draws(situation) for situation in risk.situations["situation"]))


class Killer:
    """Progress that kills a worker once something is done."""

    def __init__(self, client: "Client") -> None:
        self.pids = pids(client)
        self.killed: int | None = None
        self.seen: list[tuple[int, int]] = []

    def __call__(self, done: int, of: int) -> None:
        self.seen.append((done, of))
        if self.killed is None and 0 < done < of:
            self.killed = self.pids[0]
            os.kill(self.killed, signal.SIGKILL)


def test_two_workers_are_two_processes(client: "Client") -> None:
    assert len({os.getpid(), *pids(client)}) == 3


def test_a_simulation_is_that_of_one_process_for_two_partitionings(client: "Client") -> None:
    alone = of_simulation(SANDEFJORD.simulate(20_000, 7))
    cut = [dask.simulate(SANDEFJORD, 20_000, 7, client=client, draws_a_task=many) for many in (5_000, 12_000)]
    assert [of_simulation(simulated) for simulated in cut] == [alone, alone]
    even = dask.simulate(SANDEFJORD, 4_096, 7, client=client, measures=["npv"], points="sobol")
    assert of_simulation(even) == of_simulation(SANDEFJORD.simulate(4_096, 7, measures=["npv"], points="sobol"))


def test_a_worker_that_is_killed_loses_nothing(client: "Client") -> None:
    killer = Killer(client)
    draws = 120_000
    found = dask.simulate(SANDEFJORD, draws, 7, client=client, draws_a_task=4_096, measures=["npv"], progress=killer)
    assert killer.killed is not None
    assert of_simulation(found) == of_simulation(SANDEFJORD.simulate(draws, 7, measures=["npv"]))
    assert killer.seen[0] == (0, draws)
    assert killer.seen[-1] == (draws, draws)
    client.wait_for_workers(2, timeout=20)
    assert killer.killed not in pids(client)


def test_a_grid_is_that_of_one_process_for_two_partitionings(client: "Client") -> None:
    axes = {PEOPLE: [4.0, 8.0, 12.0], "horizon": [5, 7], COST: [8e5, 1e6, 1.2e6]}
    asked = {"draws": 500, "seed": 7, "holder": "municipality", "quantiles": [0.05]}
    alone = SANDEFJORD.grid(axes, **asked)  # type: ignore[arg-type]
    for many in (4, 11, None):
        found = dask.grid(SANDEFJORD, axes, client=client, scenarios_a_task=many, **asked)  # type: ignore[arg-type]
        assert found == alone
        assert found.table == alone.table


def test_a_risk_is_that_of_one_process_for_two_partitionings(client: "Client") -> None:
    contract = si.read_contract(MODELS.parent / "contracts" / "larvik-for-nothing.toml")
    alone = of_risk(contract.risk(10_000, 7))
    for many in (2_048, 5_000):
        assert of_risk(dask.risk(contract, 10_000, 7, client=client, draws_a_task=many)) == alone


REFUSED: list[tuple[str, Callable[["Client"], object]]] = [
    (
        "`nobody` is no holder",
        lambda client: dask.simulate(SANDEFJORD, 10, 7, client=client, measures=[("npv", "nobody")]),
    ),
    ("`0` is not a whole number", lambda client: dask.simulate(SANDEFJORD, 0, 7, client=client)),
    (
        "is no number of this model",
        lambda client: dask.grid(SANDEFJORD, {"costs.x.y": [1]}, client=client, draws=10, seed=7),
    ),
    ("give 1 or more", lambda client: dask.simulate(SANDEFJORD, 10, 7, client=client, draws_a_task=0)),
]


@pytest.mark.parametrize(("message", "ask"), REFUSED, ids=[message for message, _ in REFUSED])
def test_what_cannot_be_asked_is_refused_before_anything_is_sent(
    client: "Client", message: str, ask: Callable[["Client"], object]
) -> None:
    with pytest.raises(ValueError, match=message):
        ask(client)


def test_an_exception_of_the_caller_ends_a_run_and_leaves_nothing(client: "Client") -> None:
    def stop(done: int, _: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dask.simulate(SANDEFJORD, 100_000, 7, client=client, draws_a_task=5_000, progress=stop)
    assert not client.futures
