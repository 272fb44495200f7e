//! Broken bodies: whatever is posted is answered with figures or with a place, never with a failure of the service.
#![allow(clippy::unwrap_used, reason = "a test may stop")]

mod common;

use common::{Got, post, service, show};
use proptest::prelude::*;
use serde_json::Value;
use tokio::runtime::Runtime;

const SOUND: [(&str, &str); 4] = [
    ("/appraise", include_str!("../../../fixtures/models/beginner.toml")),
    ("/appraise", include_str!("../../../fixtures/models/sandefjord.toml")),
    ("/simulate?draws=50", include_str!("../../../fixtures/models/larvik.toml")),
    ("/settle", include_str!("../denver.json")),
];

/// Pieces that break documents in many ways.
const PIECES: [&str; 20] = [
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    "=",
    ",",
    "\n",
    "\0",
    "-",
    "1e999",
    "nan",
    "\u{feff}",
    "\u{202e}",
    "99999999999999999999999999999",
    "= [[",
    "\\u0000",
    "<script>",
    "2024-02-30",
];

/// A cut, a hole, a piece put in, or a swap of two places.
#[derive(Debug, Clone)]
enum Break {
    Cut(prop::sample::Index),
    Hole(prop::sample::Index, usize),
    Piece(prop::sample::Index, &'static str),
    Byte(prop::sample::Index, u8),
    Twice(prop::sample::Index, usize),
}

fn a_break() -> impl Strategy<Value = Break> {
    let place = any::<prop::sample::Index>;
    prop_oneof![
        place().prop_map(Break::Cut),
        (place(), 1_usize..200).prop_map(|(place, size)| Break::Hole(place, size)),
        (place(), prop::sample::select(PIECES.as_slice())).prop_map(|(place, piece)| Break::Piece(place, piece)),
        (place(), any::<u8>()).prop_map(|(place, byte)| Break::Byte(place, byte)),
        (place(), 1_usize..400).prop_map(|(place, size)| Break::Twice(place, size)),
    ]
}

fn broken(sound: &str, breaks: &[Break]) -> Vec<u8> {
    let mut body = sound.as_bytes().to_vec();
    for change in breaks {
        if body.is_empty() {
            break;
        }
        let length = body.len();
        match change {
            Break::Cut(place) => body.truncate(place.index(length)),
            Break::Hole(place, size) => {
                let from = place.index(length);
                body.drain(from..(from + size).min(length));
            }
            Break::Piece(place, piece) => {
                let at = place.index(length);
                body.splice(at..at, piece.bytes());
            }
            Break::Byte(place, byte) => body[place.index(length)] = *byte,
            Break::Twice(place, size) => {
                let from = place.index(length);
                let again = body[from..(from + size).min(length)].to_vec();
                body.splice(from..from, again);
            }
        }
    }
    body
}

/// Figures, or a client's mistake with a place.
fn sound_answer(got: &Got) -> Result<(), String> {
    if got.status.is_success() {
        return Ok(());
    }
    let first = &got.json["error"]["problems"][0];
    let placed = first["place"].as_str().is_some_and(|place| !place.is_empty()) && first["message"].is_string();
    if got.status.is_client_error() && placed { Ok(()) } else { Err(format!("{}: {}", got.status, show(got))) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn a_broken_body_has_a_place(which in 0..SOUND.len(), breaks in prop::collection::vec(a_break(), 1..4)) {
        let (path, sound) = SOUND[which];
        let got = Runtime::new().unwrap().block_on(post(service(), path, broken(sound, &breaks)));
        prop_assert_eq!(sound_answer(&got), Ok(()));
    }

    #[test]
    fn any_bytes_have_a_place(path in prop::sample::select(vec!["/appraise", "/simulate", "/settle"]), body in prop::collection::vec(any::<u8>(), 0..300)) {
        let got = Runtime::new().unwrap().block_on(post(service(), path, body));
        prop_assert!(got.status.is_client_error());
        prop_assert_eq!(sound_answer(&got), Ok(()));
    }
}

#[tokio::test]
async fn deep_and_wide_bodies_have_a_place() {
    let deep = "[".repeat(100_000);
    let text: Value = Value::String("a,".repeat(50_000));
    for (path, body) in [
        ("/appraise", format!("x = {deep}")),
        ("/appraise", format!("{{\"x\": {deep}")),
        ("/settle", format!("{{\"contract\": {deep}, \"observations\": {deep}}}")),
        ("/settle", format!("{{\"contract\": {text}, \"observations\": {text}}}")),
        ("/appraise", "x = 1\n".repeat(100_000)),
        ("/appraise", format!("{} = 1", "k".repeat(900_000))),
    ] {
        let got = post(service(), path, body).await;
        assert!(got.status.is_client_error(), "{path}: {}", got.status);
        assert_eq!(sound_answer(&got), Ok(()), "{path}");
        assert!(got.body.len() < 400_000, "{path}: an answer of {} bytes", got.body.len());
    }
}
