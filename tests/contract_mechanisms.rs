//! Every part of the algebra of finance is used by at least two contracts of the folder, so that none is shaped to one of them.

#[path = "common/cash_flows.rs"]
mod cash_flows;

use impact_core::cash_flow::DayCount;
use impact_core::model::terms::{
    CapKind, Covers, Deferral, Distribution, FeeBase, Finance, GuaranteeBase, PaidFrom, RateBy, Recipient, Repaid,
    Step, Tranche,
};
use std::fs;
use std::path::Path;

type Part = (&'static str, fn(&Finance) -> bool);

/// The parts of `docs/contract-finance.md`, and where one is used.
const PARTS: &[Part] = &[
    ("drawdowns as amounts", |it| any(it, |tranche| tranche.drawdowns.iter().any(|drawn| !drawn.of_commitment))),
    ("drawdowns as shares", |it| any(it, |tranche| tranche.drawdowns.iter().any(|drawn| drawn.of_commitment))),
    ("drawn as costs need it", |it| any(it, |tranche| tranche.drawdowns.is_empty())),
    ("senior and junior", |it| it.waterfall.iter().filter(|step| matches!(step, Step::Principal(_))).count() > 1),
    ("side by side", |it| {
        it.waterfall.iter().any(|step| matches!(step, Step::Principal(tranches) if tranches.len() > 1))
    }),
    ("a grant", |it| any(it, |tranche| tranche.repaid == Repaid::Never)),
    ("a grant recycled", |it| any(it, |tranche| matches!(tranche.repaid, Repaid::RecycledTo(_)))),
    ("repayment on days", |it| any(it, |tranche| !tranche.repayments.is_empty())),
    ("principal by a figure", |it| any(it, |tranche| tranche.principal.is_some())),
    ("a floor or protection", |it| {
        any(it, |tranche| tranche.principal.as_ref().is_some_and(|one| one.at_least.is_some()))
    }),
    ("a fixed coupon", |it| coupon(it, |coupon| matches!(coupon.rate, RateBy::Fixed(_)))),
    ("a measured coupon", |it| coupon(it, |coupon| matches!(coupon.rate, RateBy::Measured(_)))),
    ("simple deferral", |it| coupon(it, |coupon| coupon.deferral == Deferral::Simple)),
    ("compound deferral", |it| coupon(it, |coupon| coupon.deferral == Deferral::Compound)),
    ("a coupon that lapses", |it| coupon(it, |coupon| coupon.deferral == Deferral::Lapses)),
    ("a coupon out of capital", |it| coupon(it, |coupon| coupon.paid_from == PaidFrom::Account)),
    ("another day count", |it| coupon(it, |coupon| coupon.day_count != DayCount::Actual365)),
    ("provider costs", |it| !it.costs.is_empty()),
    ("delivery", |it| !it.delivery.is_empty()),
    ("a fee of payments", |it| it.fees.iter().any(|fee| fee.of == FeeBase::Payments)),
    ("a fee of the surplus", |it| it.fees.iter().any(|fee| fee.of == FeeBase::Surplus)),
    ("a guarantee of what is drawn", |it| guarantee(it, |of| of == GuaranteeBase::Drawn)),
    ("a guarantee of what is committed", |it| guarantee(it, |of| of == GuaranteeBase::Committed)),
    ("a guarantee of what is done", |it| guarantee(it, |of| matches!(of, GuaranteeBase::Activity(_)))),
    ("a guarantee of coupons", |it| it.guarantees.iter().any(|one| one.covers == Covers::PrincipalAndCoupon)),
    ("a guarantee called before the end", |it| it.guarantees.iter().any(|one| !one.called.is_empty())),
    ("a guarantor who recovers", |it| it.guarantees.iter().any(|one| one.recovers)),
    ("a cap on the rate", |it| it.caps.iter().any(|cap| matches!(cap.kind, CapKind::Rate(_)))),
    ("a cap on the multiple", |it| it.caps.iter().any(|cap| matches!(cap.kind, CapKind::Multiple(_)))),
    ("a cap on the gain", |it| it.caps.iter().any(|cap| matches!(cap.kind, CapKind::Gain(_)))),
    ("surplus of a tranche", |it| surplus(it, |to| matches!(to, Recipient::Tranche(_)))),
    ("surplus of a holder", |it| surplus(it, |to| matches!(to, Recipient::Holder(_)))),
    ("a takeover", |it| it.takeover.is_some()),
    ("costs after a takeover", |it| it.costs.iter().any(|cost| cost.after_takeover)),
    ("stopped early", |it| it.stopped.is_some()),
    ("distribution as paid", |it| it.distribution == Distribution::AsPaid),
    ("distribution on days", |it| matches!(it.distribution, Distribution::On(_))),
    ("distribution at the end", |it| it.distribution == Distribution::AtEnd),
];

fn any(finance: &Finance, has: impl Fn(&Tranche) -> bool) -> bool {
    finance.tranches.iter().any(has)
}

fn coupon(finance: &Finance, has: impl Fn(&impact_core::model::terms::Coupon) -> bool) -> bool {
    finance.tranches.iter().filter_map(|tranche| tranche.coupon.as_ref()).any(has)
}

fn guarantee(finance: &Finance, is: impl Fn(GuaranteeBase) -> bool) -> bool {
    finance.guarantees.iter().any(|guarantee| is(guarantee.of))
}

fn surplus(finance: &Finance, is: impl Fn(Recipient) -> bool) -> bool {
    let shares =
        finance.waterfall.iter().filter_map(|step| if let Step::Surplus(shares) = step { Some(shares) } else { None });
    shares.flatten().any(|share| is(share.to))
}

/// The contracts of the folder by name, those with a finance.
fn financed() -> Vec<(String, Finance)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/contracts");
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter_map(|name| name.strip_suffix(".toml").map(str::to_owned)).collect();
    names.retain(|name| !name.ends_with(".observations"));
    names.sort();
    let read = |name: &String| cash_flows::contract(&cash_flows::read(name)).terms().finance.clone();
    names.iter().filter_map(|name| read(name).map(|finance| (name.clone(), finance))).collect()
}

#[test]
fn every_part_of_the_finance_is_used_by_two_contracts() {
    let financed = financed();
    assert!(financed.len() >= 17, "{}", financed.len());
    for (part, uses) in PARTS {
        let users: Vec<&str> =
            financed.iter().filter(|(_, finance)| uses(finance)).map(|(name, _)| name.as_str()).collect();
        println!("{part}: {}", users.join(", "));
        assert!(users.len() >= 2, "{part} is used by {users:?} only");
    }
}
