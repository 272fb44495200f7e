//! Words sought in reference figures, in English or Norwegian.
//!
//! One rule: every word must be found somewhere; where it is found decides the rank, never whether an entry is shown.

use std::cmp::Reverse;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of a search, folded: capitals, accents and signs between words are free, and `ø`, `å`, `æ` read `o`, `a`, `ae`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sought {
    words: Vec<String>,
}

/// What a text weighs that is a name, the id, another quality, or the source of an entry.
pub(super) const NAME: u32 = 4;
pub(super) const ID: u32 = 3;
pub(super) const QUALITY: u32 = 2;
pub(super) const SOURCE: u32 = 1;

/// What a word is worth where it is found, times the weight of the text.
const INSIDE: u32 = 1;
const START: u32 = 2;
const WHOLE_WORD: u32 = 3;
/// What the search is worth if it is the whole text, such as an id: more than all words of any search in practice.
const WHOLE_TEXT: u32 = 1000;

impl Sought {
    pub fn new(words: &str) -> Self {
        Self { words: fold(words).split_whitespace().map(str::to_owned).collect() }
    }

    /// The entries in whose texts every word is found: the best match first, then as `then` orders them; without words as
    /// they come.
    pub fn ranked<'a, T, S: AsRef<[(u32, String)]>, K: Ord>(
        &self,
        entries: impl Iterator<Item = &'a T>,
        texts: impl Fn(&T) -> S,
        then: impl Fn(&T) -> K,
    ) -> Vec<&'a T> {
        let scored = entries.filter_map(|entry| Some((self.score(texts(entry).as_ref())?, entry)));
        let mut found: Vec<(u32, &T)> = scored.collect();
        if !self.words.is_empty() {
            found.sort_by_key(|(score, entry)| (Reverse(*score), then(entry)));
        }
        found.into_iter().map(|(_, entry)| entry).collect()
    }

    /// How well the words are found in texts, each with its weight; none if a word is in no text. No words score 0.
    pub fn score<T: AsRef<str>>(&self, texts: &[(u32, T)]) -> Option<u32> {
        let texts: Vec<(u32, String)> = texts.iter().map(|(weight, text)| (*weight, fold(text.as_ref()))).collect();
        let all = self.words.join(" ");
        let whole = texts.iter().filter(|(_, text)| !all.is_empty() && *text == all).map(|(weight, _)| weight).max();
        let mut score = whole.map_or(0, |weight| weight.saturating_mul(WHOLE_TEXT));
        for word in &self.words {
            let best = texts.iter().filter_map(|(weight, text)| Some(weight.saturating_mul(place(word, text)?))).max();
            score = score.saturating_add(best?);
        }
        Some(score)
    }
}

/// Whether nothing is asked, or one of the things asked holds.
pub(super) fn any<T>(asked: &[T], holds: impl Fn(&T) -> bool) -> bool {
    asked.is_empty() || asked.iter().any(holds)
}

/// What a word is worth in a folded text, if it is there.
fn place(word: &str, text: &str) -> Option<u32> {
    let one = |part: &str| match () {
        () if part == word => Some(WHOLE_WORD),
        () if part.starts_with(word) => Some(START),
        () if part.contains(word) => Some(INSIDE),
        () => None,
    };
    text.split_whitespace().filter_map(one).max()
}

/// Small letters without accents, words parted by single spaces.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase) {
        match letter {
            'ø' => folded.push('o'),
            'æ' => folded.push_str("ae"),
            'ð' | 'đ' => folded.push('d'),
            'ß' => folded.push_str("ss"),
            '\'' | '’' => {}
            letter if letter.is_alphanumeric() => folded.push(letter),
            _ if folded.ends_with(' ') => {}
            _ => folded.push(' '),
        }
    }
    folded.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_capitals_and_signs_are_free() {
        assert_eq!(fold("Fengselsplass, HØYT sikkerhetsnivå"), "fengselsplass hoyt sikkerhetsniva");
        assert_eq!(fold("Children's home (B&B) – Ærø"), "childrens home b b aero");
        assert_eq!(Sought::new("hoyt").score(&[(1, "HØYT")]), Sought::new("høyt").score(&[(1, "hoyt")]));
    }

    #[test]
    fn a_whole_word_is_worth_more_than_a_start_and_a_start_more_than_a_part() {
        let score = |text: &str| Sought::new("prison").score(&[(1, text)]);
        assert_eq!((score("a prison place"), score("prisoners")), (Some(3), Some(2)));
        assert_eq!((score("imprisonment"), score("probation")), (Some(1), None));
    }

    #[test]
    fn every_word_must_be_found_and_the_best_place_counts() {
        let texts = [(4, "Prison place"), (1, "a year in prison, Norway")];
        assert_eq!(Sought::new("prison norway").score(&texts), Some(4 * 3 + 3));
        assert_eq!(Sought::new("prison sweden").score(&texts), None);
        assert_eq!(Sought::new(" ").score(&texts), Some(0));
        assert_eq!(Sought::new("PRISON place").score(&texts), Some(4000 + 24));
    }
}
