//! Groups: which columns are exchanged together.
//!
//! One rule: numbers that are correlated are exchanged together or not at all, since one of them alone would be drawn as
//! it never is beside the others.

use crate::address::Address;
use crate::analysis::SensitivityError;
use crate::analysis::draws::DrawsError;
use crate::model::{Correlation, Model};
use crate::simulation::Blocks;

/// Numbers that are exchanged together, and their columns.
pub(super) struct Group {
    pub addresses: Vec<Address>,
    pub columns: Vec<usize>,
}

impl Group {
    fn new(addresses: Vec<Address>, blocks: &Blocks) -> Result<Self, SensitivityError> {
        let columns = addresses.iter().map(|address| blocks.column(address)).collect::<Result<_, _>>()?;
        Ok(Self { addresses, columns })
    }

    /// Each uncertain number by itself; the members of a correlation together.
    pub fn each(model: &Model, blocks: &Blocks) -> Result<Vec<Self>, SensitivityError> {
        let mut groups: Vec<Vec<Address>> = Vec::new();
        for address in blocks.addresses() {
            if groups.iter().any(|group| group.contains(address)) {
                continue;
            }
            let tied = model.correlations().iter().map(|correlation| tied(correlation, blocks));
            groups.push(tied.into_iter().find(|tied| tied.contains(address)).unwrap_or_else(|| vec![address.clone()]));
        }
        groups.into_iter().map(|group| Self::new(group, blocks)).collect()
    }

    /// Those asked for.
    pub fn asked(groups: &[Vec<Address>], model: &Model, blocks: &Blocks) -> Result<Vec<Self>, SensitivityError> {
        let group = |addresses: &Vec<Address>| {
            if addresses.is_empty() {
                return Err(DrawsError::HowMany { things: "assumptions", got: 0, expected: "one or more" }.into());
            }
            let group = Self::new(addresses.clone(), blocks)?;
            for correlation in model.correlations() {
                let tied = tied(correlation, blocks);
                let (inside, outside): (Vec<&Address>, Vec<&Address>) =
                    tied.iter().partition(|member| addresses.contains(member));
                if let (Some(inside), Some(outside)) = (inside.first(), outside.first()) {
                    let correlation = correlation.address.clone();
                    let (inside, outside) = ((*inside).clone(), (*outside).clone());
                    return Err(SensitivityError::Tied { correlation, inside, outside });
                }
            }
            Ok(group)
        };
        groups.iter().map(group).collect()
    }
}

/// The members of a correlation that are drawn together.
fn tied(correlation: &Correlation, blocks: &Blocks) -> Vec<Address> {
    let drawn = |member: &&Address| blocks.column(member).is_ok_and(|column| blocks.dependence().ties(column));
    correlation.members.iter().filter(drawn).cloned().collect()
}
