//! Any overrides of the fixtures' models.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| impact_fuzz::verbs::overrides(bytes));
