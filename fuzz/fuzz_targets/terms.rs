//! Any bytes as the terms of a contract.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| impact_fuzz::settling::terms(bytes));
