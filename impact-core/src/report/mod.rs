//! Reports: results as rows and sentences, the same for JSON, tables, the command line and pages.
//!
//! One rule: nothing is calculated here. A row holds what the floors below computed; rounding happens only in text for
//! readers, never in a value.

mod answer;
mod appraisal;
mod assumptions;
mod baselines;
mod basis;
mod budget_plans;
mod budgets;
mod cash_flows;
mod compared_names;
mod comparison;
mod conventions;
mod evidence;
mod figures;
mod findings;
mod flow_rows;
mod frontier;
mod indexed;
mod ledger;
mod measurable;
mod names;
mod prices;
mod ranking;
mod return_risk;
mod risk;
mod risk_grid;
mod risk_settings;
mod risk_words;
mod rules;
mod saving_risk;
mod schedule_words;
mod sentence;
mod simulation;
mod splits;
mod statement;
mod statement_lines;
mod statement_terms;
mod statement_words;
mod tested;
mod tree;
mod unit_savings;
mod units;
mod variation;
mod waterfall;
mod words;

pub use answer::{AnswerError, AnswerReport, AnswerStatus};
pub use appraisal::{AppraisalReport, ReportError};
pub use assumptions::{AssumptionRow, assumption_rows, contract_assumption_rows};
pub use baselines::{BaselineChanceRow, BaselineReport, BaselineRow};
pub use basis::{BasisRow, PartRow};
pub use budget_plans::{BudgetPlanReport, BudgetPlanRow, budget_plan_reports, plan_row_name};
pub use budgets::{BudgetReport, budget_reports};
pub use cash_flows::{CashFlowReport, PartyRow, ReturnsRow, TrancheRow};
pub use compared_names::switch_name;
pub use comparison::{CauseRow, ComparedFigure, ComparedMeasure, ComparedRow, ComparisonReport, UnlikeRow};
pub use conventions::{convention_index, convention_page};
pub use evidence::{EvidenceReportRow, evidence_rows, footing_name};
pub use figures::{FigureRow, figure_row, measure_rows};
pub use findings::{FindingRow, finding_rows};
pub use flow_rows::{CashFlowRow, PartyDayRow};
pub use frontier::{FrontierReport, FrontierRow, RoomWord};
pub use indexed::IndexedRow;
pub use ledger::{LedgerRow, ledger_rows};
pub use measurable::{MeasurableRow, measurable_rows};
pub use names::{holder_name, measure_name, number_name};
pub use prices::{PriceReport, Sought, SoughtWord};
pub use ranking::{RankedRow, RankingReport, quantile_name};
pub use return_risk::{InvestorRow, ProviderRow, ReturnRiskReport, ReturnSituationRow, WithoutRateRow};
pub use risk::{
    ContractRiskReport, RiskChangeRow, RiskPayerRow, RiskPaymentRow, RiskProvenance, RiskYearRow, SituationRow,
    contract_marks,
};
pub use risk_grid::{GridAxisRow, GridPayerRow, RiskGridReport, RiskScenarioRow};
pub use risk_settings::{SettingRow, setting_rows};
pub use risk_words::{situation_meaning, situation_name};
pub use rules::{RuleRow, check_index, check_page, rule_rows};
pub use saving_risk::{
    ExpectedUnitsRow, FairShareRow, FairSharesRow, FairSharesStatus, HolderSavingRow, LeftOutRow, SavedOutcomeRow,
    SavingRiskReport, SavingSituationRow,
};
pub use simulation::{
    MVPF_LEVEL, SimulatedRow, SimulationProvenance, SimulationReport, Summary, drawn_marks, left_out, mean_note,
    no_variance, point_row, unanswered,
};
pub use splits::split_reports;
pub use statement::{FEWEST_PEOPLE, IndicatorRow, StatementReport, StatementTotal, UnpaidRow, UnusedRow};
pub use statement_lines::{ShareRow, StatementRow};
pub use statement_terms::PaymentTermsRow;
pub use tested::TestedRow;
pub use tree::explanation_text;
pub use unit_savings::{SavingPrices, UnitFactorRow, UnitPriceRow, UnitSavingRow};
pub use units::{PricedUnitsRow, UnitsRow, UnitsYearRow, priced_unit_rows, unit_rows, unit_year_rows};
pub use variation::{AxisRow, CurveReport, CurveRow, EmptyCell, TornadoReport, TornadoReportRow, TwoWayReport};
pub use waterfall::{WaterfallReport, WaterfallRow, step_name};
pub use words::word;

pub use crate::units::unit_name;
