"""Simulations, grids and risks over the machines of a Dask cluster: the bits of one process, however the work is cut.

One rule: a task gets all it needs and gives bytes back. Nothing is kept on a worker, so one that is lost loses
nothing: its tasks are done again elsewhere, from the same numbers to the same bits.

Needs ``pip install "socialimpact[dask]"``, here and on the workers, in one version and on one kind of machine.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from math import prod
from operator import index
from typing import cast

from distributed import Client, as_completed

from socialimpact._core import (
    Contract,
    ContractRisk,
    Grid,
    Model,
    PartGrid,
    PartRisk,
    PartSimulated,
    Simulated,
)
from socialimpact.errors import ImpactError
from socialimpact.progress import Progress, showing
from socialimpact.types import Measure, Points

__all__ = ["grid", "risk", "simulate"]

BLOCK = 2_048
"""Draws that are added up together: parts that begin and end between two blocks are the smallest."""
TASKS_A_THREAD = 4
"""Tasks for each thread of the cluster, where the caller does not say: no worker waits long for the last."""

_Asked = Measure | tuple[Measure, str] | tuple[Measure, str, str | None]
_Piece = tuple[int, int]
"""The first of some draws or scenarios, and how many."""


def simulate(
    model: Model,
    draws: int,
    seed: int,
    *,
    client: Client,
    measures: Sequence[_Asked] | None = None,
    points: Points = "random",
    draws_a_task: int | None = None,
    progress: bool | Progress | None = None,
) -> Simulated:
    """Value a model at many draws of its uncertain numbers, on a cluster: see `Model.simulate`.

    Parameters
    ----------
    model : Model
        The model; it travels with each task.
    draws, seed, measures, points
        As for `Model.simulate`.
    client : distributed.Client
        The cluster.
    draws_a_task : int, optional
        How many draws a task has, rounded up to whole blocks of 2,048. Left out, four tasks for each thread of the
        cluster.
    progress : bool or callable, optional
        As for `Model.simulate`, told whenever a task is done.

    Returns
    -------
    Simulated
        With the bits of `Model.simulate`.

    Raises
    ------
    ImpactError
        As for `Model.simulate`, before anything is sent.
    """
    # Whatever cannot be asked is refused here, and not by the first worker that is asked.
    model.simulate_part(0, min(draws, 1), seed, of=draws, measures=measures, points=points, threads=1)
    pieces = _pieces(draws, draws_a_task, BLOCK, client)

    def read(content: bytes) -> PartSimulated:
        return PartSimulated.from_bytes(model, content)

    asked = {"of": draws, "measures": measures, "points": points, "threads": 1}
    first, *others = map(read, _gathered(client, _simulated, (model, seed, asked), pieces, "draws", progress))
    return first.merge(*others).finish()


def grid(
    model: Model,
    axes: Mapping[str, Iterable[float]],
    *,
    client: Client,
    draws: int,
    seed: int,
    measure: Measure = "npv",
    holder: str = "society",
    outcome: str | None = None,
    above: float | None = None,
    quantiles: Iterable[float] | None = None,
    points: Points = "random",
    scenarios_a_task: int | None = None,
    progress: bool | Progress | None = None,
) -> Grid:
    """Value a model at every combination of values of some addresses, on a cluster: see `Model.grid`.

    Parameters
    ----------
    model : Model
        The model; it travels with each task.
    axes, draws, seed, measure, holder, outcome, above, quantiles, points
        As for `Model.grid`.
    client : distributed.Client
        The cluster.
    scenarios_a_task : int, optional
        How many scenarios a task has. Left out, four tasks for each thread of the cluster.
    progress : bool or callable, optional
        As for `Model.grid`, told whenever a task is done.

    Returns
    -------
    Grid
        With the bits of `Model.grid`.

    Raises
    ------
    ImpactError
        As for `Model.grid`; a value that the document refuses is told by the task that meets it.
    """
    listed = {address: list(values) for address, values in axes.items()}
    asked = {
        "draws": draws,
        "seed": seed,
        "measure": measure,
        "holder": holder,
        "outcome": outcome,
        "above": above,
        "quantiles": None if quantiles is None else list(quantiles),
        "points": points,
        "threads": 1,
    }
    model.grid_part(listed, 0, 1, **asked)  # type: ignore[arg-type]
    pieces = _pieces(prod(map(len, listed.values())), scenarios_a_task, 1, client)

    def read(content: bytes) -> PartGrid:
        return PartGrid.from_bytes(model, content)

    first, *others = map(read, _gathered(client, _valued, (model, listed, asked), pieces, "scenarios", progress))
    return first.merge(*others).finish()


def risk(
    contract: Contract,
    draws: int,
    seed: int,
    *,
    client: Client,
    points: Points = "random",
    draws_a_task: int | None = None,
    progress: bool | Progress | None = None,
) -> ContractRisk:
    """Say what a contract may pay where everything about it is uncertain, on a cluster: see `Contract.risk`.

    Parameters
    ----------
    contract : Contract
        The contract; it travels with each task.
    draws, seed, points
        As for `Contract.risk`.
    client : distributed.Client
        The cluster.
    draws_a_task : int, optional
        How many draws of each situation a task has, rounded up to whole blocks of 2,048. Left out, four tasks for each
        thread of the cluster.
    progress : bool or callable, optional
        As for `Contract.risk`, told whenever a task is done; it counts the draws of one situation.

    Returns
    -------
    ContractRisk
        With the bits of `Contract.risk`.

    Raises
    ------
    ImpactError
        As for `Contract.risk`, before anything is sent.
    """
    contract.risk_part(0, min(draws, BLOCK), seed, of=draws, points=points, threads=1)
    pieces = _pieces(draws, draws_a_task, BLOCK, client)

    def read(content: bytes) -> PartRisk:
        return PartRisk.from_bytes(contract, content)

    asked = {"of": draws, "points": points, "threads": 1}
    first, *others = map(read, _gathered(client, _paid, (contract, seed, asked), pieces, "draws", progress))
    return first.merge(*others).finish()


# What a worker does


def _simulated(model: Model, seed: int, asked: Mapping[str, object], piece: _Piece) -> bytes:
    return model.simulate_part(*piece, seed, **asked).to_bytes()  # type: ignore[arg-type]


def _valued(model: Model, axes: Mapping[str, list[float]], asked: Mapping[str, object], piece: _Piece) -> bytes:
    return model.grid_part(axes, *piece, **asked).to_bytes()  # type: ignore[arg-type]


def _paid(contract: Contract, seed: int, asked: Mapping[str, object], piece: _Piece) -> bytes:
    return contract.risk_part(*piece, seed, **asked).to_bytes()  # type: ignore[arg-type]


# What the caller's process does


def _pieces(of: int, a_task: int | None, block: int, client: Client) -> list[_Piece]:
    """Cut so many draws or scenarios into tasks, at whole blocks."""
    if a_task is None:
        threads = cast(dict[str, int], client.nthreads())
        a_task = -(-of // (TASKS_A_THREAD * max(1, sum(threads.values()))))
    if index(a_task) < 1:
        raise ImpactError(f"`{a_task}` is not a number of draws or scenarios for a task: give 1 or more")
    size = -(-a_task // block) * block
    return [(first, end - first) for first, end in pairwise([*range(0, of, size), of])]


def _gathered(
    client: Client,
    work: Callable[..., bytes],
    given: tuple[object, ...],
    pieces: list[_Piece],
    counted: str,
    progress: bool | Progress | None,
) -> list[bytes]:
    """Have each piece worked on somewhere, and give what came back; nothing is left behind, however it ends."""
    of, done = sum(many for _, many in pieces), 0
    found: list[bytes] = []
    with showing(progress, counted) as show:
        show(done, of)
        # Not pure: the same question asked again is answered again, and not from what a worker remembers.
        futures = {client.submit(work, *given, piece, pure=False): piece for piece in pieces}
        try:
            for future in as_completed(list(futures)):
                found.append(future.result())
                done += futures.pop(future)[1]
                future.release()
                show(done, of)
        finally:
            if futures:
                client.cancel(list(futures))
    return found
