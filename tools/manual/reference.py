"""The reference of the Python package: docstrings as they are, with the signatures and types of the stubs.

One rule: every public name stands on a page.
"""

import ast
import copy
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import UnionType
from typing import Any, Literal, get_args, get_origin

PACKAGE = Path(__file__).parents[2] / "impact-py" / "python"
sys.path.insert(0, str(PACKAGE))

import socialimpact as si  # noqa: E402

GROUPS = {
    "Models": "read Model Question Template template templates Gap Label model_schema address_parts units "
    "read_value_map OwnValueMap Problem ImpactError",
    "Appraisals": "Appraisal Figure Table Explanation Statement Budget BudgetPlan BreakEven BreakEvenCurve "
    "Waterfall Split",
    "Beside the account": "NonPriced Bearing Pull GoalCoverage EnterpriseAccount BreakEvenVolume Runway",
    "Uncertain numbers": "Distribution Simulated SimulatedFigure Tornado TwoWay Grid Evpi StudyWorth PlotTable",
    "Side by side": "compare Comparison checks conventions distributional_weight",
    "Public funds": "mvpf Mvpf mvpf_draws MvpfDraws cost_effectiveness CostEffectiveness",
    "Paid by results": "read_contract Contract read_indigo IndigoProject CashFlows ContractRisk RiskGrid BaselineTable "
    "SavingRisk FairShares ReturnRisk PriceFound Frontier Ranking",
    "In parts": "simulate_batch simulate_parts PartSimulated merge_parts PartGrid PartRisk",
    "Returns": "npv irr irr_batch xnpv xirr xirr_batch mirr payback discounted_payback equivalent_annual_value moic "
    "Return Payback",
    "Reference figures": "catalogue unit_cost UnitCost effects effect Effect Source indices index "
    "read_catalogue Catalogue",
    "Words for options": "Measure CountedIn PriceLevel Language BreakEvenStatus ReturnStatus DayCount Points Situation "
    "RateOf Timing Grade GainCounted SplitStatus FairSharesStatus MvpfSign",
}
"""Public names by what they are for, in the order of the pages."""
REST = "Further names"
"""The page of names that stand in no group yet."""
UNSAID = {"__version__"}
SHORT = 60
"""Letters of an alias that is written out instead of its name."""
INTRODUCTION = """## Reference

The Python package `socialimpact`, usually imported as `si`; every example runs in the tests. The command line and the
Rust crate have the same names. The crate's documentation is its own:
<a href="rust/impact_core/index.html">impact-core</a>.

| page | has |
|---|---|
| [The command line](reference/commands.md) | what each command says of itself |
"""


def section() -> tuple[str, dict[str, str]]:
    """Give the section of the table of contents, and its pages."""
    pages, lines = {}, []
    for title, names in _groups().items():
        slug = title.lower().replace(" ", "-")
        pages[f"reference/{slug}.rst"] = "\n".join([title, "=" * len(title), "", *map(_entry, names)])
        some = ", ".join(f"`{name}`" for name in names[:6]) + " …" * (len(names) > 6)
        lines.append(f"| [{title}](reference/{slug}.rst) | {some} |")
    return INTRODUCTION + "\n".join(lines) + "\n", pages


def _groups() -> dict[str, list[str]]:
    groups = {title: names.split() for title, names in GROUPS.items()}
    known = {name for names in groups.values() for name in names} | UNSAID
    rest = [name for name in si.__all__ if name not in known]
    return {**groups, **({REST: rest} if rest else {})}


def _entry(name: str) -> str:
    thing = getattr(si, name)
    if get_origin(thing) is Literal:
        words = ", ".join(f"``{word!r}``" for word in get_args(thing))
        return f".. py:type:: {name}\n   :module: socialimpact\n\n   {_said_of(name)} One of {words}.\n"
    if isinstance(thing, UnionType):
        kinds = ", ".join(f":py:class:`{kind.__name__} <socialimpact.{kind.__name__}>`" for kind in get_args(thing))
        return f".. py:type:: {name}\n   :module: socialimpact\n\n   {_said_of(name)} One of {kinds}.\n"
    return f".. auto{'class' if isinstance(thing, type) else 'function'}:: socialimpact.{name}\n"


# The words that options accept, each with the text below it in the file that defines it.


@cache
def _texts() -> dict[str, str]:
    found = {}
    for path in (PACKAGE / "socialimpact").glob("*.py"):
        body = ast.parse(path.read_text(encoding="utf-8")).body
        for line, below in pairwise(body):
            said = isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) and below.value.value
            if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and isinstance(said, str):
                found[line.target.id] = said
    return found


def _said_of(name: str) -> str:
    return _texts().get(name, "").replace("\n", " ")


# The stubs.


@cache
def _stubs() -> dict[str, ast.FunctionDef]:
    """Give each function and method of the stubs by its name, of several forms the first."""
    tree = ast.parse((PACKAGE / "socialimpact" / "_core.pyi").read_text(encoding="utf-8"))
    found: dict[str, ast.FunctionDef] = {}
    for line in tree.body:
        inner = line.body if isinstance(line, ast.ClassDef) else [line]
        prefix = f"{line.name}." if isinstance(line, ast.ClassDef) else ""
        for one in inner:
            if isinstance(one, ast.FunctionDef):
                found.setdefault(f"{prefix}{one.name}", one)
    return found


@cache
def _aliases() -> dict[str, ast.expr]:
    """Give the types that have a name within the stubs only."""
    lines = ast.parse((PACKAGE / "socialimpact" / "_core.pyi").read_text(encoding="utf-8")).body
    return {
        line.target.id: line.value
        for line in lines
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and line.value is not None
    }


class _WrittenOut(ast.NodeTransformer):
    """Puts what it stands for in the place of such a name, or the name without its mark where that is long."""

    def visit_Name(self, node: ast.Name) -> ast.expr:
        alias = _aliases().get(node.id)
        if alias is not None and len(ast.unparse(alias)) <= SHORT:
            return self.visit(copy.deepcopy(alias))
        return ast.Name(node.id.removeprefix("_"))


def _shown(node: ast.AST | None) -> str:
    """Give a type, or arguments with their types, as they are written."""
    return "" if node is None else ast.unparse(_WrittenOut().visit(copy.deepcopy(node)))


def _signature(_app: object, what: str, name: str, *_rest: object) -> tuple[str, str] | None:
    stub = _stubs().get(name.removeprefix("socialimpact."))
    if stub is None or what not in ("function", "method"):
        return None
    taken = copy.deepcopy(stub.args)
    if what == "method" and not any(ast.unparse(mark) == "staticmethod" for mark in stub.decorator_list):
        (taken.posonlyargs or taken.args).pop(0)
    return f"({_shown(taken)})", _shown(stub.returns)


def _typed(_app: object, what: str, name: str, _thing: object, _options: object, lines: list[str]) -> None:
    """Say what a property gives, below what it is."""
    stub = _stubs().get(name.removeprefix("socialimpact."))
    if stub is not None and what in ("attribute", "property"):
        lines += ["", f":type: {_shown(stub.returns)}"]


def connect(app: Any) -> None:
    """Let Sphinx ask the stubs."""
    app.connect("autodoc-process-signature", _signature)
    app.connect("autodoc-process-docstring", _typed)
