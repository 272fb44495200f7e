//! Bodies: read whole, up to a size and within a time.

use crate::{Limits, Refusal};
use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tokio::time::timeout;

/// The bytes of a body.
pub(crate) async fn read(headers: &HeaderMap, body: Body, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let too_large = Refusal::Large { bytes: limits.largest_body };
    let plain = headers.get(CONTENT_ENCODING).is_none_or(|encoding| encoding == "identity");
    if !plain {
        return Err(Refusal::Encoded);
    }
    let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if length.is_some_and(|length| length > limits.largest_body as u64) {
        return Err(too_large);
    }
    match timeout(limits.reading, Limited::new(body, limits.largest_body).collect()).await {
        Ok(Ok(body)) => Ok(body.to_bytes().into()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_large),
        Ok(Err(_)) => Err(Refusal::Cut),
        Err(_) => Err(Refusal::Slow { seconds: limits.reading.as_secs() }),
    }
}
