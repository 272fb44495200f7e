//! Draws that are paid alike whatever the prices, put together.

use super::table::Chunk;
use crate::analysis::draws::count;
use crate::analysis::risk::run::WIDE;
use crate::contract::figure::Counted as Seen;
use crate::contract::{Found, Plan, Ratio};
use crate::number::Lanes;
use std::collections::HashMap;

/// The most figures of one kind that are told apart: where there are more, hardly any two draws are alike.
const MOST_FIGURES: usize = 1 << 12;

/// One of each kind of draws, with how many there are of it; none where that does not make many fewer of them.
pub(super) fn together(plan: &Plan, values: &[Lanes<WIDE>], chunks: &[Chunk]) -> Option<Vec<Chunk>> {
    if chunks.iter().any(|chunk| !chunk.drawn.is_empty()) {
        return None;
    }
    let mut numbered = vec![Vec::new(); chunks.len()];
    let mut sizes = Vec::new();
    for figure in plan.figures_paid_as_they_are() {
        sizes.push((figure, number(chunks, figure, &mut numbered)?));
    }
    let marks = plan.marks(&sizes)?;
    let mut kinds: Vec<(usize, f64)> = Vec::new();
    let mut kind_of: Vec<Option<usize>> = vec![None; marks.count()];
    for (at, (chunk, numbers)) in chunks.iter().zip(&numbered).enumerate() {
        let marked = marks.of(values, (&chunk.seen, &chunk.found), numbers);
        for (lane, (mark, many)) in marked.0.iter().zip(chunk.many.0).enumerate() {
            if many <= 0.0 {
                continue;
            }
            let known = kind_of.get_mut(count(*mark) as usize)?;
            match known.and_then(|known| kinds.get_mut(known)) {
                Some(kind) => kind.1 += many,
                None => {
                    *known = Some(kinds.len());
                    kinds.push((at * WIDE + lane, many));
                }
            }
        }
    }
    (2 * kinds.len() <= chunks.len() * WIDE)
        .then(|| kinds.chunks(WIDE).map(|kinds| one_of_each(kinds, chunks)).collect())
}

/// Numbers the figures that differ, the same for the same one, and says how many there are; none where there are too many.
fn number(chunks: &[Chunk], figure: usize, numbered: &mut [Vec<Lanes<WIDE>>]) -> Option<usize> {
    let mut known = HashMap::new();
    for (chunk, numbers) in chunks.iter().zip(numbered) {
        let found = chunk.found.get(figure)?;
        let mut lanes = [0.0; WIDE];
        let columns = lanes.iter_mut().zip(found.ratio.over.0).zip(found.ratio.under.0).zip(found.exists.0);
        for (((number, over), under), exists) in columns {
            let next = known.len();
            *number = *known.entry([over, under, exists].map(f64::to_bits)).or_insert(next) as f64;
        }
        if known.len() > MOST_FIGURES {
            return None;
        }
        numbers.push(Lanes(lanes));
    }
    Some(known.len())
}

/// A chunk of one draw of each kind.
fn one_of_each(kinds: &[(usize, f64)], chunks: &[Chunk]) -> Chunk {
    let gather = |of: &dyn Fn(&Chunk) -> Option<Lanes<WIDE>>| {
        let mut lanes = [0.0; WIDE];
        for (lane, (draw, _)) in lanes.iter_mut().zip(kinds) {
            let drawn = chunks.get(draw / WIDE).and_then(of);
            *lane = drawn.and_then(|drawn| drawn.0.get(draw % WIDE).copied()).unwrap_or(0.0);
        }
        Lanes(lanes)
    };
    let (cells, figures) = chunks.first().map_or((0, 0), |chunk| (chunk.seen.len(), chunk.found.len()));
    let seen = (0..cells).map(|cell| Seen {
        count: gather(&|chunk| chunk.seen.get(cell).map(|seen| seen.count)),
        people: gather(&|chunk| chunk.seen.get(cell).map(|seen| seen.people)),
    });
    let found = (0..figures).map(|figure| Found {
        ratio: Ratio {
            over: gather(&|chunk| chunk.found.get(figure).map(|found| found.ratio.over)),
            under: gather(&|chunk| chunk.found.get(figure).map(|found| found.ratio.under)),
        },
        exists: gather(&|chunk| chunk.found.get(figure).map(|found| found.exists)),
    });
    let mut many = [0.0; WIDE];
    for (lane, (_, count)) in many.iter_mut().zip(kinds) {
        *lane = *count;
    }
    Chunk { seen: seen.collect(), found: found.collect(), drawn: Vec::new(), many: Lanes(many) }
}
