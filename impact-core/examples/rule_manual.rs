//! Prints the part of `docs/checks.md` that is written from the rules.

fn main() {
    print!("{}", impact_core::report::rule_manual());
}
