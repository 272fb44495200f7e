"""What holds for every public class and function: help, a page in notebooks, a picture where there is one."""

import inspect
import re
from typing import Any

import pytest

import socialimpact as si

CLASSES: dict[str, Any] = {name: found for name in si.__all__ if inspect.isclass(found := getattr(si, name))}
FUNCTIONS = {name: found for name in si.__all__ if inspect.isroutine(found := getattr(si, name))}

SHOWN_AS_TEXT = {
    "Gap": "a line of a template",
    "ImpactError": "an exception",
    "IndigoProject": "a document of others",
    "Label": "a text",
    "Problem": "a line of an exception",
    "Question": "a line of a document",
    "Source": "a part of an entry",
    "Template": "a document to begin from",
}
"""Classes that are no results: a notebook shows them as Python writes them."""

WITHOUT_PICTURE = {
    "Appraisal": "its pictures are those of its budgets, its waterfall and its tables",
    "BaselineTable": "a table of words and chances",
    "BreakEven": "one number; its curve is break_even_curve",
    "BreakEvenVolume": "one number",
    "BudgetPlan": "four years, in a form that budgets have",
    "Catalogue": "a table of prices",
    "Contract": "terms",
    "CostEffectiveness": "a table of options",
    "Effect": "an entry",
    "EnterpriseAccount": "a table by year",
    "Explanation": "a tree",
    "FairShares": "a table of shares",
    "Figure": "one number",
    "GoalCoverage": "a table of goals",
    "Model": "a document",
    "Mvpf": "one number",
    "MvpfDraws": "one number and its shares",
    "NonPriced": "a table of words",
    "OwnValueMap": "a document and what was read of it",
    "PartGrid": "a part of scenarios: finish it first",
    "PartRisk": "a part of draws: finish it first",
    "PartSimulated": "a part of draws: finish it first",
    "Payback": "one number",
    "PriceFound": "one number",
    "Ranking": "a table of scenarios",
    "Return": "one number",
    "ReturnRisk": "a table of investors; the page draws the chances",
    "RiskGrid": "a table of scenarios",
    "Runway": "one number",
    "Split": "a table of shares",
    "Statement": "an account",
    "StudyWorth": "one number",
    "Table": "columns of any kind; a table that has a picture is a PlotTable",
    "UnitCost": "an entry",
}
"""Results without a picture, and why."""

COMMON = {"with_traceback", "add_note", "args"}
"""Methods that Python itself gives."""


SHOWN_ELSEWHERE = {"read_value_map": "needs somebody's workbook; docs/workbook.md shows it"}


def lacking(wanted: str, spared: dict[str, str]) -> list[str]:
    return [name for name, found in CLASSES.items() if name not in spared and not hasattr(found, wanted)]


def test_every_result_shows_itself_in_a_notebook() -> None:
    assert lacking("_repr_html_", SHOWN_AS_TEXT) == []
    assert [name for name in SHOWN_AS_TEXT if hasattr(CLASSES[name], "_repr_html_")] == []


def test_every_result_has_a_picture_or_a_reason() -> None:
    assert lacking("plot", SHOWN_AS_TEXT | WITHOUT_PICTURE) == []
    assert [name for name in WITHOUT_PICTURE if hasattr(CLASSES[name], "plot")] == []


@pytest.mark.parametrize("name", [name for name, found in CLASSES.items() if hasattr(found, "plot")])
def test_every_picture_is_asked_for_alike(name: str) -> None:
    asked = list(inspect.signature(CLASSES[name].plot).parameters)
    assert asked[:2] == ["self", "ax"] or "ax" in asked
    assert "lang" in asked
    assert "Parameters" in (inspect.getdoc(CLASSES[name].plot) or "")


def members(found: Any) -> list[str]:
    """The public methods and properties of a class that are its own."""
    return [member for member in dir(found) if not member.startswith("_") and member not in COMMON]


@pytest.mark.parametrize("name", CLASSES)
def test_help_says_what_a_class_and_each_of_its_members_is(name: str) -> None:
    found = CLASSES[name]
    assert len((inspect.getdoc(found) or "").split()) >= 4
    fields = set(getattr(found, "__dataclass_fields__", {}))
    bare = [
        member
        for member in members(found)
        if member not in fields and not (inspect.getdoc(getattr(found, member)) or "").strip()
    ]
    assert bare == []
    if not issubclass(found, Exception):
        said = inspect.getdoc(found) or ""
        assert [field for field in fields if not re.search(rf"\b{field}\b", said)] == []


@pytest.mark.parametrize("name", FUNCTIONS)
def test_help_of_a_function_names_its_parameters_and_shows_it_at_work(name: str) -> None:
    said = inspect.getdoc(FUNCTIONS[name]) or ""
    assert ">>>" in said or name in SHOWN_ELSEWHERE
    named = [one for one in inspect.signature(FUNCTIONS[name]).parameters if one not in {"self", "cls"}]
    assert [one for one in named if not re.search(rf"\b{one}\b", said)] == []
