//! Enums whose variants are words of the files: one table gives reading, writing and messages.

/// Declares an enum with a word for each variant. It gets `ALL`, `word()`, `FromStr`, `Display` and `Serialize`.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$meaning:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$meaning])* $variant,)+ }

        impl $name {
            /// All of them, in the order of the files.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Each with the word it has in files and results.
            pub(crate) const WORDS: &'static [(&'static str, Self)] = &[$(($word, Self::$variant),)+];

            /// The word it has in files and results.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::reference::ReferenceError;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                let found = Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, found)| *found);
                found.ok_or_else(|| $crate::reference::ReferenceError::UnknownWord {
                    word: word.to_owned(),
                    known: Self::WORDS.iter().map(|(known, _)| (*known).to_owned()).collect(),
                })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }
    };
}

pub(super) use words;
