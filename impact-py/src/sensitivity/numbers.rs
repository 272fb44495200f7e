//! Numbers of a result: what each is called, and whether it was invented.

use crate::rows::labels;
use crate::table::Columns;
use impact_core::Model;
use impact_core::address::Address;
use impact_core::model::Marks;
use impact_core::report::number_name;
use impact_core::units::{Label, Language};

/// A name and marks for each row of a table: of one number, or of several that are taken together.
pub struct Numbers(Vec<(Label, Marks)>);

impl Numbers {
    /// The numbers at these addresses.
    pub fn of<'a>(model: &Model, rows: impl Iterator<Item = &'a [Address]>) -> Self {
        Self(rows.map(|addresses| (name(model, addresses), marks(model, addresses))).collect())
    }

    /// The columns with names and marks behind them.
    pub fn columns(&self, columns: Columns) -> Columns {
        labels(columns, "name", self.0.iter().map(|(name, _)| Some(name)))
            .flag("illustrative", self.0.iter().map(|(_, marks)| marks.illustrative))
            .flag("unverified", self.0.iter().map(|(_, marks)| marks.unverified))
    }
}

fn name(model: &Model, addresses: &[Address]) -> Label {
    let names: Vec<Label> = addresses.iter().map(|address| number_name(model, address)).collect();
    let joined = |language| names.iter().map(|name| name.text(language)).collect::<Vec<_>>().join(" + ");
    Label::both(joined(Language::English), joined(Language::Bokmal))
}

fn marks(model: &Model, addresses: &[Address]) -> Marks {
    let numbers = addresses.iter().filter_map(|address| model.assumption(model.slot(address)?));
    numbers.fold(Marks::default(), |marks, number| marks.or(number.marks))
}
