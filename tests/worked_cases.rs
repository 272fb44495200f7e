//! Published cases: the models they describe, and what they printed. Each fixture names its source.

mod common;

use common::published::{assert_case, cases};

#[test]
fn published_sroi_maps_reproduce_to_the_precision_printed() {
    let cases = cases("sroi");
    let contradicted = cases.iter().filter(|case| !case.contradicted.is_empty()).count();
    assert_eq!((cases.len(), contradicted), (12, 2), "every case of the folder is tried");
    cases.iter().for_each(assert_case);
}
