//! Words of messages: what an author may have meant, and what is accepted.
//!
//! One rule: a suggestion is made only where it is near; else the accepted words are listed.
//! Method: optimal string alignment distance (insert, delete, replace, swap neighbours).

/// The nearest of `known` to `word`: at most a third of its letters apart, capitals and `-` for `_` being free.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = plain(word);
    // A single letter is a third of nothing: any other letter would be as near.
    let most = if word.len() < 2 { 0 } else { (word.len() / 3).max(1) };
    known
        .into_iter()
        .filter_map(|candidate| {
            let other = plain(candidate);
            if other.len().abs_diff(word.len()) > most {
                return None;
            }
            let distance = distance(&word, &other);
            (distance <= most).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

fn plain(word: &str) -> Vec<char> {
    word.chars().flat_map(char::to_lowercase).map(|c| if c == '_' || c == ' ' { '-' } else { c }).collect()
}

/// How many letters must be inserted, deleted, replaced or swapped with their neighbour.
fn distance(left: &[char], right: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for (row, &l) in left.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, &r) in right.iter().enumerate() {
            let at = |line: &[usize], position: usize| line.get(position).copied().unwrap_or(usize::MAX - 1);
            let replaced = at(&above, column) + usize::from(l != r);
            let mut best = replaced.min(at(&above, column + 1) + 1).min(at(&current, column) + 1);
            let swapped = row > 0 && column > 0 && left.get(row - 1) == Some(&r) && right.get(column - 1) == Some(&l);
            if swapped {
                best = best.min(at(&before, column - 1) + 1);
            }
            current.push(best);
        }
        before = std::mem::replace(&mut above, current);
    }
    above.last().copied().unwrap_or(left.len())
}

/// What the author may have meant, or else the words there are.
pub(super) fn hint(nearest: Option<&str>, introduction: &str, known: &[String]) -> String {
    match nearest {
        Some(near) => format!("did you mean `{near}`?"),
        None => list(introduction, known),
    }
}

/// The words, introduced: ``accepted are `a`, `b` ``.
pub(super) fn list(introduction: &str, words: &[String]) -> String {
    if words.is_empty() {
        return "nothing is known here".to_owned();
    }
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    format!("{introduction} {}", quoted.join(", "))
}

/// A text short enough for a message.
pub(super) fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word() {
        let known = ["quantity", "deadweight", "drop_off", "lag"];
        assert_eq!(nearest("quantiy", known), Some("quantity"));
        assert_eq!(nearest("Quantity", known), Some("quantity"));
        assert_eq!(nearest("drop-off", known), Some("drop_off"));
        assert_eq!(nearest("deadwieght", known), Some("deadweight"));
        assert_eq!(nearest("price", known), None);
    }

    #[test]
    fn distance_counts_a_swap_once() {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        assert_eq!(distance(&letters("ab"), &letters("ba")), 1);
        assert_eq!(distance(&letters(""), &letters("abc")), 3);
        assert_eq!(distance(&letters("kitten"), &letters("sitting")), 3);
    }
}
