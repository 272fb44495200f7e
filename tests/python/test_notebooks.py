"""The notebooks of the manual run from top to bottom, and what they say in words is what their cells find."""

from decimal import Decimal
from pathlib import Path

import matplotlib as mpl
import pytest

from notebooks import Ran, cells, run
from socialimpact import plots

mpl.use("Agg")

NOTEBOOKS = sorted(Path("docs/notebooks").glob("*.md"))
LARVIK = Path("docs/notebooks/larvik.md")


@pytest.fixture(scope="module")
def larvik() -> Ran:
    return run(LARVIK)


def test_there_is_a_notebook_and_every_cell_is_found() -> None:
    assert LARVIK in NOTEBOOKS
    for notebook in NOTEBOOKS:
        text = notebook.read_text(encoding="utf-8")
        assert len(cells(notebook)) == text.count("```{code-cell}") > 5
        assert "format_name: myst" in text.split("---")[1]


def test_what_is_paid_for_nothing_is_what_the_words_say(larvik: Ran) -> None:
    risk = larvik.names["risk"]
    assert [row["value"] for row in larvik.names["truth"]][:2] == [Decimal("0.4"), Decimal("0.1")]
    assert all(row["illustrative"] for row in larvik.names["truth"])
    # P(X <= 28) of fifty at 0.63: about one time in five.
    assert risk.chance_of_paying("nothing-works-baseline-right") == pytest.approx(0.18902846713940413)
    assert risk.chance_of_paying("nothing-works") > 0.99
    (row,) = risk.measurable.to_pylist()
    assert row["detectable"] == pytest.approx(1 / 3, abs=0.04)
    assert row["expected"] == pytest.approx(1 / 16, abs=0.002)
    right, wrong = (larvik.names[name].table["chance_of_paying"] for name in ("right", "wrong"))
    assert right == sorted(right, reverse=True)
    assert min(wrong) > 0.99
    agreed = {row["true_baseline"]: row["chance_of_paying"] for row in larvik.names["baselines"].table.to_pylist()[:3]}
    assert min(agreed["base-no-2015"], agreed["base-no-5y"]) > 0.99


def test_who_pays_who_saves_and_who_loses_is_what_the_words_say(larvik: Ran) -> None:
    assert larvik.names["shares"].status == "missing"
    assert larvik.names["shares"].missing == pytest.approx(4.25e6, abs=0.05e6)
    believed, right, wrong = larvik.names["returns"].investors["chance_of_loss"]
    assert max(believed, wrong) < 0.02
    assert right == pytest.approx(0.8, abs=0.05)
    assert larvik.names["as_agreed"].investors["chance_of_loss"][0] == pytest.approx(0.5, abs=0.05)
    prices = (larvik.names["of_larvik"].value, larvik.names["of_ferd"].value)
    assert prices[0] * 40 < prices[1]
    assert set(larvik.names["frontier"].table["room"]) == {"apart"}


def test_every_table_and_picture_says_that_it_is_invented(larvik: Ran) -> None:
    tables = [shown for shown in larvik.shown if isinstance(shown, str)]
    pictures = [shown for shown in larvik.shown if hasattr(shown, "get_label")]
    assert len(pictures) == 3
    assert all("illustrative" in plots.alt_text(picture) for picture in pictures)
    # The table of what can be measured has no mark of its own.
    assert sum("illustrative" in table for table in tables) >= len(tables) - 1
