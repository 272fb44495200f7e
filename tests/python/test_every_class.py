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


SHOWN_BY_ITS_MAKER = {"OwnValueMap": "`read_value_map` shows it: it needs a workbook"}
"""Classes without an example, and who shows them."""


@pytest.mark.parametrize("name", CLASSES)
def test_help_shows_every_class_at_work(name: str) -> None:
    assert (">>>" in (inspect.getdoc(CLASSES[name]) or "")) is (name not in SHOWN_BY_ITS_MAKER)


def test_help_of_the_package_begins_with_where_things_are() -> None:
    said = inspect.getdoc(si) or ""
    named = [word for path in re.findall(r"(?<!`)`([\w.]+)`(?!`)", said) for word in path.split(".") if word]
    assert len(named) > 30
    known = set(si.__all__) | {member for found in CLASSES.values() for member in dir(found)}
    assert [word for word in named if word not in known] == []


SECTION = "Parameters\n----------\n"
BARE = {
    "Distribution.beta",
    "Distribution.binomial",
    "Distribution.cdf",
    "Distribution.density",
    "Distribution.discrete",
    "Distribution.empirical",
    "Distribution.from_dict",
    "Distribution.gamma",
    "Distribution.histogram",
    "Distribution.lognormal",
    "Distribution.mixture",
    "Distribution.negative_binomial",
    "Distribution.normal",
    "Distribution.pert",
    "Distribution.poisson",
    "Distribution.quantile",
    "Distribution.range90",
    "Distribution.student",
    "Distribution.survival",
    "Distribution.triangular",
    "Distribution.truncated",
    "Distribution.uniform",
    "Distribution.upper_quantile",
}
"""Makers of distributions: the notes of the class tell what they are given. This only becomes shorter."""


def asked_of(found: Any) -> list[str]:
    """Give the parameters of something that is called; options that are handed on are told where they are of."""
    parameters = inspect.signature(found).parameters.values()
    return [one.name for one in parameters if one.name not in {"self", "cls"} and one.kind is not one.VAR_KEYWORD]


def callables() -> dict[str, Any]:
    """Give every function, and every method of a class that is its own."""
    found = dict(FUNCTIONS)
    for name, each in CLASSES.items():
        for member in members(each):
            is_of_str = issubclass(each, str) and hasattr(str, member)
            if callable(getattr(each, member)) and not is_of_str:
                found[f"{name}.{member}"] = getattr(each, member)
    return found


CALLABLES = callables()


def test_help_lists_every_parameter_with_what_it_is() -> None:
    bare = set()
    for name, found in CALLABLES.items():
        _, is_listed, said = (inspect.getdoc(found) or "").partition(SECTION)
        listed = re.findall(r"(?m)^([\w, *]+?)(?: : .*)?$", said)
        named = {one.strip(" *") for line in listed for one in line.split(",")}
        if asked_of(found) and (not is_listed or not set(asked_of(found)) <= named):
            bare.add(name)
    assert bare <= BARE


def test_help_of_every_function_says_what_it_gives() -> None:
    silent = [name for name, found in FUNCTIONS.items() if "Returns\n-------" not in (inspect.getdoc(found) or "")]
    nothing = {"write_html", "write_pdf"}
    assert set(silent) == nothing


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
