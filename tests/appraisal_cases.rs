//! Cases of single rules of appraisal, published or answered by other programs: every file of their folder.

mod common;

use common::published::{assert_case, cases};

#[test]
fn rules_of_appraisal_give_the_figures_printed() {
    let cases = cases("appraisal");
    assert!(cases.len() >= 7, "{} cases of the folder were found", cases.len());
    cases.iter().for_each(assert_case);
}
