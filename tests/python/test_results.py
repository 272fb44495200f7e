"""Results as values: they travel, compare, never change, and are shown as text."""

import copy
import pickle
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import socialimpact as si
from models import beginner, sandefjord

ATTACK = "<script>document.title = 'run'</script>"


def results(model: si.Model) -> dict[str, Any]:
    appraisal = model.appraise()
    return {
        "model": model,
        "appraisal": appraisal,
        "figure": appraisal.measure("npv", holder="municipality"),
        "outcome figure": appraisal.measure("cost_per_outcome", outcome=model.outcomes[0]),
        "budget": appraisal.budget("municipality", "nominal"),
        "explanation": appraisal.explain("npv", holder="municipality"),
        "explained address": appraisal.explain("outcomes.off-assistance"),
        "answer": model.answers()[0],
        "break-even": model.break_even("outcomes.off-assistance.quantity", target=3, low=1, high=40.5),
        "question": model.questions[0],
        "label": model.name,
    }


@pytest.mark.parametrize("name", results(sandefjord()))
def test_a_result_survives_a_trip_to_another_process(name: str) -> None:
    result = results(sandefjord())[name]
    travelled = pickle.loads(pickle.dumps(result))  # noqa: S301 - our own bytes
    assert type(travelled) is type(result)
    assert travelled == result
    assert hash(travelled) == hash(result)
    assert repr(travelled) == repr(result)
    assert getattr(travelled, "id", None) == getattr(result, "id", None)


@pytest.mark.parametrize("name", results(sandefjord()))
def test_a_copy_is_equal(name: str) -> None:
    result = results(sandefjord())[name]
    assert copy.copy(result) == result == copy.deepcopy(result)


def test_a_label_keeps_its_norwegian_on_its_way() -> None:
    label = si.Label("The state", "Staten")
    for other in (copy.copy(label), copy.deepcopy(label), pickle.loads(pickle.dumps(label))):  # noqa: S301 - our own bytes
        assert other.in_language("nb") == "Staten"


@pytest.mark.parametrize("name", results(sandefjord()))
def test_other_content_is_not_equal(name: str) -> None:
    model = sandefjord()
    other = model.with_(
        {"outcomes.off-assistance.quantity": 1, "name": "Other", "questions.municipality-alone.target": 7}
    )
    assert results(model)[name] != results(other)[name]
    assert results(model)[name] != 3


@pytest.mark.parametrize("name", results(sandefjord()))
def test_a_result_never_changes(name: str) -> None:
    result = results(sandefjord())[name]
    for attribute in ("measure", "name", "id", "anything"):
        with pytest.raises((AttributeError, TypeError)):
            setattr(result, attribute, 1)


@pytest.mark.parametrize("name", sorted(set(results(sandefjord())) - {"question", "label"}))
def test_a_result_is_shown_in_a_notebook(name: str) -> None:
    page = results(sandefjord())[name]._repr_html_()
    assert page.startswith("<")
    assert 'class="socialimpact"' in page


def test_text_of_authors_in_a_notebook_is_text(tmp_path: Path, rendered: Callable[[Path], str]) -> None:
    document = beginner()
    document["name"] = document["description"] = ATTACK
    document["costs"][0]["name"] = document["outcomes"][0]["name"] = document["holders"][1]["name"] = ATTACK
    document["costs"][0]["source"] = ATTACK
    document["outcomes"][0]["values"][0]["name"] = ATTACK
    model = si.Model.from_dict(document)
    appraisal = model.appraise()
    shown: list[Any] = [
        model,
        appraisal,
        appraisal.measure("npv", holder="municipality"),
        appraisal.budget("municipality"),
        appraisal.explain("npv"),
        appraisal.explain("costs.team"),
        model.break_even("costs.team.amount", holder="municipality"),
        appraisal.measures(),
    ]
    page = tmp_path / "results.html"
    parts = "".join(result._repr_html_() for result in shown)
    assert "<script" not in parts
    assert "&lt;script&gt;" in parts
    page.write_text(f"<!doctype html><html lang=en><meta charset=utf-8><title>still</title>{parts}", encoding="utf-8")
    assert "<title>still</title>" in rendered(page)


def large() -> si.Model:
    """A model whose appraisal takes a while."""
    document = beginner()
    outcome = document["outcomes"][0]
    document["horizon"] = 100
    document["outcomes"] = [{**outcome, "id": f"outcome-{number}", "duration": 100} for number in range(1500)]
    return si.Model.from_dict(document)


def test_other_threads_go_on_during_a_long_call() -> None:
    model = large()
    ticks, done = 0, threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.wait(0.001):
            ticks += 1

    ticker = threading.Thread(target=tick)
    ticker.start()
    try:
        start, calls = time.perf_counter(), 0
        before = ticks
        while (seconds := time.perf_counter() - start) < 0.5:
            model.appraise()
            calls += 1
        during = ticks - before
    finally:
        done.set()
        ticker.join()
    # A call that holds the lock lets a tick or two through when it ends.
    assert during > 5 * calls + 10, f"{during} ticks in {calls} calls of {seconds:.2f} s"


def test_threads_get_equal_results() -> None:
    model = sandefjord()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: (model.appraise().to_json(), model.answers()), range(8)))
    assert len(set(answers)) == 1
