//! Any bytes as a JSON document.

#![no_main]

use impact_core::document::Form;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| impact_fuzz::verbs::document(bytes, Form::Json));
