//! Any observations of the fixtures' contracts.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| impact_fuzz::settling::observations(bytes));
