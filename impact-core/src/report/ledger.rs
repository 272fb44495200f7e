//! The ledger as rows: who pays, who gains, when and why, one posting a row.
//!
//! One rule: amounts are never negative; where an amount turned out negative its ends stand turned already.

use crate::address::Address;
use crate::evaluation::{Appraisal, Class, Party};
use crate::model::{Marks, Model, ValueKind};
use crate::units::Year;
use rust_decimal::Decimal;

/// The name of everybody, as an end of the tax-financing cost.
const SOCIETY: &str = "society";

/// One posting. Amounts are in the model's currency.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct LedgerRow<'a> {
    /// The address of the cost, transfer or value; `conventions.financing.cost` for tax-financing cost.
    pub cause: &'a Address,
    /// What it comes from.
    pub class: Class,
    /// The holder who pays or loses; nobody for a gain that no holder loses.
    pub from: Option<&'a str>,
    /// The holder who gains; nobody for resources used up.
    pub to: Option<&'a str>,
    /// Fiscal, economic or social.
    pub kind: ValueKind,
    /// The id of the outcome.
    pub outcome: Option<&'a str>,
    /// The calendar year.
    pub year: Year,
    /// The gross amount, in the model's prices.
    pub gross: Decimal,
    /// The part that really is avoided: what measures count.
    pub amount: Decimal,
    /// The part that releases money in a budget.
    pub cashable: Decimal,
    /// The part the intervention claims in an SROI.
    pub claim: Decimal,
    /// The amount in money of the year.
    pub nominal: Option<Decimal>,
    /// The cashable part in money of the year.
    pub nominal_cashable: Option<Decimal>,
    /// What a krone of the year is worth in the present-value year.
    pub discount_factor: Decimal,
    /// The amount in the present-value year.
    pub present_value: Decimal,
    /// The cashable part in the present-value year.
    pub present_cashable: Decimal,
    /// The claim in the present-value year.
    pub present_claim: Decimal,
    /// Of a reimbursement, the cost, transfer or value that it pays back.
    pub pays_back: Option<&'a Address>,
    /// The marks of what the amount rests on, the conventions aside.
    #[serde(flatten)]
    pub marks: Marks,
    /// Whether the cashable part rests on what is invented.
    pub illustrative_cashable: bool,
    /// Whether the amount in money of the year does.
    pub illustrative_nominal: bool,
    /// Whether the cashable part in money of the year does.
    pub illustrative_nominal_cashable: bool,
}

/// The postings of an appraisal, in the order of the ledger.
pub fn ledger_rows(appraisal: &Appraisal) -> Vec<LedgerRow<'_>> {
    let model = appraisal.model();
    let marked = appraisal.ledger().entries().zip(appraisal.posting_marks());
    let rows = marked.map(|((line, posting), marks)| {
        let (from, to) = if posting.turned { (line.to, line.from) } else { (line.from, line.to) };
        let outcome = line.outcome.and_then(|position| model.outcomes().get(position));
        LedgerRow {
            cause: &line.cause,
            class: line.class,
            from: end(model, from),
            to: end(model, to),
            kind: line.kind,
            outcome: outcome.map(|outcome| outcome.id.as_str()),
            year: posting.year,
            gross: posting.gross,
            amount: posting.amount,
            cashable: posting.cashable,
            claim: posting.claim,
            nominal: posting.nominal,
            nominal_cashable: posting.nominal_cashable,
            discount_factor: posting.discount_factor,
            present_value: posting.present_value,
            present_cashable: posting.present_cashable,
            present_claim: posting.present_claim,
            pays_back: line.of.as_ref(),
            marks: marks.amount,
            illustrative_cashable: marks.cashable.illustrative,
            illustrative_nominal: marks.nominal.illustrative,
            illustrative_nominal_cashable: marks.nominal_cashable.illustrative,
        }
    });
    rows.collect()
}

fn end(model: &Model, party: Option<Party>) -> Option<&str> {
    match party? {
        Party::Holder(holder) => model.holders().get(holder.position()).map(|holder| holder.id.as_str()),
        Party::Society => Some(SOCIETY),
    }
}
