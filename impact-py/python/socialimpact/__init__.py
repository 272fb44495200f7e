"""Social impact measurement: interventions, outcomes, public savings and impact contracts in one exact model.

A model is a document: who it is for, what is done at what cost, what changes, and what that is worth. `read` reads one,
`template` gives one to begin from, and everything else is asked of it:

>>> import socialimpact as si
>>> model = si.read("fixtures/models/sandefjord.toml")
>>> figure = model.appraise().measure("npv", holder="municipality")
>>> round(figure.value), str(figure.unit), figure.illustrative
(158286, 'NOK (2022 prices, present value 2018)', True)

=====================  =========================================================================================
what you want          where it is
=====================  =========================================================================================
a figure, and why      `Model.appraise`, then `Appraisal.measure`, `.explain`, `.waterfall`, `.budget`, `.findings`
a change               `Model.with_`; models side by side: `compare`, `cost_effectiveness`
how sure               `Model.simulate`, `.grid`; what matters: `Simulated.sobol`, `.evppi`; `.tornado`, `.break_even`
who should pay         `Appraisal.wrong_pocket`, `.split`, `.mvpf`
a contract             `Model.contract` or `read_contract`; `Contract.settle`, `.cash_flows`, `.risk`, `.search`
figures of others      `catalogue`, `effects`, `conventions`, `indices`, `checks`, each with its sources
a report               `Appraisal.to_html`, `.to_pdf`, `.to_excel`; a sheet of your own: `read_value_map`
returns by themselves  `npv`, `irr`, `xirr`, `payback`, `mvpf`
=====================  =========================================================================================

Results show themselves in notebooks, draw themselves with ``plot()`` where they have a picture, and pickle. Tables are
read as they are by pandas, polars, pyarrow and DuckDB. What cannot be used raises `ImpactError`, with every problem and
its place. On the command line: ``socialimpact --help``.
"""

from socialimpact._core import (
    Appraisal,
    BaselineTable,
    BreakEven,
    BreakEvenCurve,
    Budget,
    BudgetPlan,
    CashFlows,
    Catalogue,
    Comparison,
    Contract,
    ContractRisk,
    Distribution,
    Evpi,
    Explanation,
    Figure,
    Frontier,
    Grid,
    Model,
    PartGrid,
    PartRisk,
    PartSimulated,
    Payback,
    PlotTable,
    PriceFound,
    Ranking,
    Return,
    ReturnRisk,
    RiskGrid,
    SavingRisk,
    Simulated,
    SimulatedFigure,
    Statement,
    StudyWorth,
    Table,
    Tornado,
    TwoWay,
    Waterfall,
    __version__,
    address_parts,
    catalogue,
    checks,
    compare,
    conventions,
    cost_effectiveness,
    discounted_payback,
    distributional_weight,
    effects,
    equivalent_annual_value,
    index,
    indices,
    irr,
    irr_batch,
    merge_parts,
    mirr,
    model_schema,
    moic,
    mvpf,
    mvpf_draws,
    npv,
    payback,
    simulate_batch,
    simulate_parts,
    templates,
    units,
    xirr,
    xirr_batch,
    xnpv,
)
from socialimpact.beginning import Gap, Template, template
from socialimpact.beside import Bearing, BreakEvenVolume, EnterpriseAccount, GoalCoverage, NonPriced, Pull, Runway
from socialimpact.errors import ImpactError, Problem
from socialimpact.importers.indigo import IndigoProject, read_indigo
from socialimpact.importers.own_map import OwnValueMap, read_value_map
from socialimpact.label import Label
from socialimpact.paged import Paged, write_html, write_pdf
from socialimpact.question import Question
from socialimpact.reading import read, read_catalogue, read_contract
from socialimpact.reference import Effect, Grade, Source, UnitCost, effect, unit_cost
from socialimpact.sharing import FairShares, FairSharesStatus
from socialimpact.types import (
    BreakEvenStatus,
    CountedIn,
    DayCount,
    Language,
    Measure,
    Points,
    PriceLevel,
    RateOf,
    ReturnStatus,
    Situation,
    Timing,
)
from socialimpact.who_pays import GainCounted, Split, SplitStatus
from socialimpact.worth import CostEffectiveness, Mvpf, MvpfDraws, MvpfSign

__all__ = [
    "Appraisal",
    "BaselineTable",
    "Bearing",
    "BreakEven",
    "BreakEvenCurve",
    "BreakEvenStatus",
    "BreakEvenVolume",
    "Budget",
    "BudgetPlan",
    "CashFlows",
    "Catalogue",
    "Comparison",
    "Contract",
    "ContractRisk",
    "CostEffectiveness",
    "CountedIn",
    "DayCount",
    "Distribution",
    "Effect",
    "EnterpriseAccount",
    "Evpi",
    "Explanation",
    "FairShares",
    "FairSharesStatus",
    "Figure",
    "Frontier",
    "GainCounted",
    "Gap",
    "GoalCoverage",
    "Grade",
    "Grid",
    "ImpactError",
    "IndigoProject",
    "Label",
    "Language",
    "Measure",
    "Model",
    "Mvpf",
    "MvpfDraws",
    "MvpfSign",
    "NonPriced",
    "OwnValueMap",
    "Paged",
    "PartGrid",
    "PartRisk",
    "PartSimulated",
    "Payback",
    "PlotTable",
    "Points",
    "PriceFound",
    "PriceLevel",
    "Problem",
    "Pull",
    "Question",
    "Ranking",
    "RateOf",
    "Return",
    "ReturnRisk",
    "ReturnStatus",
    "RiskGrid",
    "Runway",
    "SavingRisk",
    "Simulated",
    "SimulatedFigure",
    "Situation",
    "Source",
    "Split",
    "SplitStatus",
    "Statement",
    "StudyWorth",
    "Table",
    "Template",
    "Timing",
    "Tornado",
    "TwoWay",
    "UnitCost",
    "Waterfall",
    "__version__",
    "address_parts",
    "catalogue",
    "checks",
    "compare",
    "conventions",
    "cost_effectiveness",
    "discounted_payback",
    "distributional_weight",
    "effect",
    "effects",
    "equivalent_annual_value",
    "index",
    "indices",
    "irr",
    "irr_batch",
    "merge_parts",
    "mirr",
    "model_schema",
    "moic",
    "mvpf",
    "mvpf_draws",
    "npv",
    "payback",
    "read",
    "read_catalogue",
    "read_contract",
    "read_indigo",
    "read_value_map",
    "simulate_batch",
    "simulate_parts",
    "template",
    "templates",
    "unit_cost",
    "units",
    "write_html",
    "write_pdf",
    "xirr",
    "xirr_batch",
    "xnpv",
]
