//! The contract that the manual begins with, and the figures it tells of it.

#[path = "common/cash_flows.rs"]
mod cash_flows;

use cash_flows::{flows, holder, row, text, tranche};
use std::fs;
use std::path::Path;

/// The document of the manual.
fn document() -> String {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/contract-finance.md")).unwrap();
    let (_, rest) = page.split_once("```toml\n").unwrap();
    rest.split_once("```").unwrap().0.to_owned()
}

#[test]
fn fifty_points_repay_the_bank_in_part() {
    let paid = flows(&document(), &[row("points", "2027-01-01", "50")]);
    let senior = tranche(&paid, "senior");
    assert_eq!([senior.coupon, senior.repaid, senior.guaranteed].map(text), ["600328.77", "4399671.23", "1500000"]);
    // 6,000,000 − 4,399,671.23 − 1,500,000; with its coupon the bank has 500,000 more than it put in.
    assert_eq!(text(senior.drawn - senior.repaid - senior.guaranteed), "100328.77");
    assert_eq!(text(senior.upside), "500000");
    assert_eq!(text(holder(&paid, "foundation").total), "-2000000");
}

#[test]
fn a_hundred_points_repay_everybody_up_to_the_cap() {
    let paid = flows(&document(), &[row("points", "2027-01-01", "100")]);
    // 2,000,000 · (1.10^(1096/365) − 1); of 1,399,671.23 the provider has half, the state what the cap leaves.
    assert_eq!(text(tranche(&paid, "first-loss").surplus), "662695.2");
    assert_eq!(libm::floor(200_000_000.0 * (libm::pow(1.10, 1096.0 / 365.0) - 1.0)), 66_269_520.0);
    assert_eq!(text(holder(&paid, "provider").total), "8699835.61");
    assert_eq!(text(holder(&paid, "state").total), "-9962859.58");
}
