"""How many draws there are is told like every other count; what a figure is for, by its name."""

import re
from collections.abc import Callable, Mapping

import pytest

import socialimpact as si
from conftest import MODELS
from paid_work import PRICE, uncertain
from socialimpact.paged import Paged
from socialimpact.report.html import html_page
from socialimpact.report.written import document_of
from socialimpact.types import Language, Measure

DRAWS = 1_234
TOLD: Mapping[Language, str] = {"en": "1,234", "nb": "1\u00a0234"}
LARVIK = "fixtures/contracts/larvik-for-nothing.toml"
TARGET = "contract.payments.target.schedule.steps.0.at"


def larvik() -> si.Contract:
    return si.read_contract(LARVIK)


def ranked() -> si.Ranking:
    return larvik().ranking({TARGET: [0.1, 0.2]}, by="p95", draws=DRAWS, seed=7)


PAGES: dict[str, Callable[[], Paged]] = {
    "simulation": lambda: si.read(MODELS / "sandefjord.toml").simulate(DRAWS, 7, measures=["npv"]),
    "risk": lambda: larvik().risk(DRAWS, 7),
    "ranking": ranked,
    "baselines": lambda: larvik().baselines("fewer-relapses", ["base-no-2015", "base-no-5y"], draws=DRAWS, seed=7),
    "search": lambda: uncertain().search(PRICE, payer="town", low=0, high=1_000_000, draws=DRAWS, seed=7),
}


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize("kind", PAGES)
def test_no_page_tells_how_many_draws_there_are_without_its_thousands(kind: str, language: Language) -> None:
    page = re.sub(
        r"<(style|script|svg|data|title)\b.*?</\1>", "", html_page(document_of(PAGES[kind](), language=language))
    )
    text = re.sub(r"<[^>]*>", " ", page)
    assert not re.search(rf"\b{DRAWS}\b", text)
    assert text.count(TOLD[language]) >= 2, "in the lead, and in what made the figures"


def test_a_notebook_names_whom_a_figure_is_for_and_counts_draws_with_their_thousands() -> None:
    model = si.read(MODELS / "sandefjord.toml")
    of_outcome: tuple[Measure, str, str] = ("cost_per_outcome", "municipality", "off-assistance")
    simulated = model.simulate(DRAWS, 7, measures=[("npv", "municipality"), of_outcome])
    appraisal = model.appraise()
    of_one = simulated.measure("npv", holder="municipality"), appraisal.measure("npv", holder="municipality")
    for result in (simulated, *of_one, appraisal):
        text = result._repr_html_()
        assert "Sandefjord municipality" in text
        assert not re.search(r">municipality<|for municipality|>off-assistance<", text)
    assert "Off social assistance" in simulated._repr_html_()
    for drawn in (simulated, larvik().risk(DRAWS, 7)):
        assert f"{TOLD['en']} draws, seed 7" in drawn._repr_html_()
