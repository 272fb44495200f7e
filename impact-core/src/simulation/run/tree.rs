//! The tree: what blocks add up to, merged along the dyadic tree of their positions.
//!
//! One rule: two neighbours are merged when, and only when, together they fill a node: blocks 2i and 2i + 1, then pairs of
//! those. So whatever order they come in and whoever counted them, the same additions are made.

use std::collections::BTreeMap;

/// What neighbours can be merged into.
pub(crate) trait Merge: Sized {
    /// This one followed by the next.
    fn merge(self, next: Self) -> Self;
}

/// Side by side: a column after the other.
impl<T: Merge> Merge for Vec<T> {
    fn merge(self, next: Self) -> Self {
        self.into_iter().zip(next).map(|(one, other)| one.merge(other)).collect()
    }
}

/// Blocks merged as far as their positions allow: by their first block and their level, which holds 2^level blocks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tree<T>(BTreeMap<(u64, u32), T>);

impl<T> Default for Tree<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: Merge> Tree<T> {
    /// Adds a block.
    pub fn insert(&mut self, block: u64, value: T) {
        self.put(block, 0, value);
    }

    /// The nodes that are left, by their first block and their level.
    pub fn nodes(&self) -> &BTreeMap<(u64, u32), T> {
        &self.0
    }

    /// Adds a node of another tree.
    pub fn insert_node(&mut self, first: u64, level: u32, value: T) {
        self.put(first, level, value);
    }

    /// Takes over the nodes of another tree, which must hold other blocks.
    pub fn absorb(&mut self, other: Self) {
        for ((first, level), value) in other.0 {
            self.put(first, level, value);
        }
    }

    fn put(&mut self, mut first: u64, mut level: u32, mut value: T) {
        while let Some(size) = 1_u64.checked_shl(level) {
            let left = first & size == 0;
            let sibling = if left { first.wrapping_add(size) } else { first.wrapping_sub(size) };
            let Some(other) = self.0.remove(&(sibling, level)) else { break };
            value = if left { value.merge(other) } else { other.merge(value) };
            first = first.min(sibling);
            level = level.saturating_add(1);
        }
        self.0.insert((first, level), value);
    }

    /// All of it, the nodes that are left merged from the last to the first; none where there are no blocks.
    pub fn total(self) -> Option<T> {
        // Of blocks 0 to n the nodes left are the powers of two in n: small ones at the end are merged first.
        self.0.into_values().rev().reduce(|next, node| node.merge(next))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes down what is merged with what.
    #[derive(Debug, Clone, PartialEq)]
    struct Written(String);

    impl Merge for Written {
        fn merge(self, next: Self) -> Self {
            Self(format!("({} {})", self.0, next.0))
        }
    }

    fn tree(blocks: impl IntoIterator<Item = u64>) -> Tree<Written> {
        let mut tree = Tree::default();
        for block in blocks {
            tree.insert(block, Written(block.to_string()));
        }
        tree
    }

    #[test]
    fn the_same_merges_are_made_in_any_order_and_from_any_parts() {
        let whole = tree(0..11).total().unwrap();
        assert_eq!(whole.0, "((((0 1) (2 3)) ((4 5) (6 7))) ((8 9) 10))");
        assert_eq!(tree((0..11).rev()).total().unwrap(), whole);
        assert_eq!(tree([7, 3, 10, 0, 1, 9, 2, 8, 6, 5, 4]).total().unwrap(), whole);
        for cut in 0..11 {
            let (mut first, second) = (tree(0..cut), tree(cut..11));
            first.absorb(second);
            assert_eq!(first.total().unwrap(), whole, "cut at {cut}");
        }
    }

    #[test]
    fn no_blocks_are_nothing() {
        assert_eq!(tree([]).total(), None);
    }
}
