//! Who pays and who gains: wrong pockets, and values of different kinds in one total.

use super::finding::{Finding, Rule};
use crate::address::Address;
use crate::evaluation::{Appraisal, PocketRow};
use crate::model::{OutcomeValue, ValueKind};
use crate::reference::TransferCounting;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

pub(super) fn check(appraisal: &Appraisal, findings: &mut Vec<Finding>) {
    findings.extend(wrong_pockets(appraisal));
    let model = appraisal.model();
    let values = || model.outcomes().iter().flat_map(|outcome| &outcome.values);
    let kinds: BTreeSet<ValueKind> = values().map(|value| value.kind).collect();
    let outcomes = Address::root().child("outcomes");
    if kinds.contains(&ValueKind::Fiscal) && kinds.len() > 1 {
        findings.push(Finding::new(
            Rule::MixedKinds,
            &outcomes,
            "fiscal and other values stand in one total: read the budget table beside the ratio",
            "budsjettvirkninger og andre verdier står i samme sum: les budsjettabellen ved siden av brøken",
        ));
    }
    if model.convention().combination.transfers == TransferCounting::GainingHolderOnly {
        findings.extend(values().filter(|value| value.from.is_some()).map(transfer_counted));
    }
}

fn transfer_counted(value: &OutcomeValue) -> Finding {
    Finding::new(
        Rule::TransfersCounted,
        &value.address,
        "a transfer counts as a gain to society: the convention leaves out whoever loses the same",
        "en overføring regnes som gevinst for samfunnet: konvensjonen ser bort fra den som taper det samme",
    )
}

fn wrong_pockets(appraisal: &Appraisal) -> Vec<Finding> {
    let Ok(table) = appraisal.wrong_pocket() else { return Vec::new() };
    let finding = |row: &PocketRow| {
        let address = Address::root().child("holders").child(&row.holder);
        let others_gain = table.rows.iter().any(|other| other.holder != row.holder && other.net > Decimal::ZERO);
        let (en, nb) = if others_gain {
            ("others gain what it pays for", "andre vinner det den betaler for")
        } else {
            ("nobody gains as much", "ingen vinner like mye")
        };
        let (holder, pays, returns) = (&row.holder, row.pays.round_dp(0), row.returns.round_dp(0));
        Finding::new(
            Rule::WrongPocket,
            &address,
            format!("`{holder}` pays {pays} and gets back {returns}: {en}"),
            format!("`{holder}` betaler {pays} og får igjen {returns}: {nb}"),
        )
    };
    table.payers_that_lose().map(finding).collect()
}
