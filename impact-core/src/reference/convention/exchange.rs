//! Exchanging switches: one convention with single choices of another, so that what each choice is worth can be told.
//!
//! One rule: the switches are all that two conventions can differ in for a figure; with every one exchanged, the figures are
//! the other's.

use super::{ClassGrowth, Combination, Convention, Corrections, Discounting, Prices, Ratios, TaxFinancing};
use crate::discount::Timing;
use crate::reference::words::words;

words! {
    /// A choice that conventions differ in, in the order of their files; each exchanged as a whole.
    Switch {
        /// The rates by step.
        Schedule = "discount.schedule",
        /// Where the clock of the rates starts.
        Origin = "discount.origin",
        /// When in their years costs and outcomes fall.
        Timing = "discount.timing",
        /// Whether costs are discounted at all.
        CostsDiscounted = "discount.costs_discounted",
        /// How deadweight, displacement and attribution combine.
        Filters = "combination.filters",
        /// What drop-off does to the years.
        DropOff = "combination.drop_off",
        /// Which measures the own share applies to.
        Attribution = "combination.attribution",
        /// What a transfer is to society.
        Transfers = "combination.transfers",
        /// Which ratio is the headline.
        RatioKind = "ratios.kind",
        /// What stands below the line.
        Denominator = "ratios.denominator",
        /// What people are taken to be willing to pay for.
        WillingnessToPay = "ratios.willingness_to_pay",
        /// What a marginal value of public funds is where nothing is gained and nothing paid.
        NothingForNothing = "ratios.nothing_for_nothing",
        /// What raising public money costs society, and of which outlay.
        Financing = "financing",
        /// Real growth of unit values by class.
        Growth = "growth",
        /// What benefits lose and costs gain for weak evidence.
        Corrections = "corrections",
        /// The index that carries prices between years.
        PriceIndex = "prices.index",
        /// What carries resources between countries.
        Exchange = "prices.exchange",
        /// What society's account multiplies resources at factor prices by.
        MarketFactor = "prices.market_factor",
    }
}

impl Convention {
    /// The switches in which another convention differs from this, in their order.
    ///
    /// # Examples
    /// ```
    /// use impact_core::reference::{Convention, Switch};
    /// let before = Convention::embedded("uk-green-book-2022")?;
    /// assert!(before.differing(before).is_empty());
    /// let practice = Convention::embedded("sroi-practice")?;
    /// assert!(practice.differing(before).contains(&Switch::Transfers));
    /// # Ok::<(), impact_core::reference::ReferenceError>(())
    /// ```
    pub fn differing(&self, other: &Self) -> Vec<Switch> {
        let differs = |switch: &&Switch| !self.agrees(other, **switch);
        Switch::ALL.iter().filter(differs).copied().collect()
    }

    fn agrees(&self, other: &Self, switch: Switch) -> bool {
        let (combined, theirs) = (&self.combination, &other.combination);
        match switch {
            Switch::Schedule => self.discount.schedule == other.discount.schedule,
            Switch::Origin => self.discount.origin == other.discount.origin,
            Switch::Timing => self.timing() == other.timing(),
            Switch::CostsDiscounted => self.discount.costs_discounted == other.discount.costs_discounted,
            Switch::Filters => combined.filters == theirs.filters,
            Switch::DropOff => combined.drop_off == theirs.drop_off,
            Switch::Attribution => combined.attribution == theirs.attribution,
            Switch::Transfers => combined.transfers == theirs.transfers,
            Switch::RatioKind => self.ratios.kind == other.ratios.kind,
            Switch::Denominator => self.ratios.denominator == other.ratios.denominator,
            Switch::WillingnessToPay => self.ratios.willingness_to_pay == other.ratios.willingness_to_pay,
            Switch::NothingForNothing => self.ratios.nothing_for_nothing == other.ratios.nothing_for_nothing,
            Switch::Financing => self.financing == other.financing,
            Switch::Growth => self.growth == other.growth,
            Switch::Corrections => self.corrections == other.corrections,
            Switch::PriceIndex => self.prices.index == other.prices.index,
            Switch::Exchange => self.prices.exchange == other.prices.exchange,
            Switch::MarketFactor => self.prices.market_factor == other.prices.market_factor,
        }
    }

    /// This convention with some switches of another; its id, edition and marks stay.
    ///
    /// # Examples
    /// ```
    /// use impact_core::reference::{Convention, Switch};
    /// let (norway, practice) = (Convention::embedded("norway-r109-2021")?, Convention::embedded("sroi-practice")?);
    /// let mixed = norway.exchanging(practice, &[Switch::Schedule]);
    /// assert_eq!(mixed.discount.schedule, practice.discount.schedule);
    /// assert!(!mixed.differing(practice).contains(&Switch::Schedule));
    /// assert!(norway.exchanging(practice, Switch::ALL).differing(practice).is_empty());
    /// # Ok::<(), impact_core::reference::ReferenceError>(())
    /// ```
    pub fn exchanging(&self, other: &Self, switches: &[Switch]) -> Self {
        let mut mixed = self.clone();
        for switch in switches {
            mixed.take(other, *switch);
        }
        mixed
    }

    fn take(&mut self, other: &Self, switch: Switch) {
        // Every field that moves a figure is named here: a new one does not compile until it has a switch.
        let Convention { discount, combination, ratios, financing, growth, corrections, prices, .. } = other;
        let Discounting { schedule, origin, costs, outcomes, costs_discounted, chosen, alternatives } = discount;
        let Combination { filters, drop_off, attribution, transfers } = combination;
        let Ratios { kind, denominator, willingness_to_pay, nothing_for_nothing } = ratios;
        let Prices { index, exchange, market_factor } = prices;
        match switch {
            Switch::Schedule => {
                self.discount.schedule = schedule.clone();
                self.discount.chosen = chosen.clone();
                self.discount.alternatives = alternatives.clone();
            }
            Switch::Origin => self.discount.origin = *origin,
            Switch::Timing => (self.discount.costs, self.discount.outcomes) = (*costs, *outcomes),
            Switch::CostsDiscounted => self.discount.costs_discounted = *costs_discounted,
            Switch::Filters => self.combination.filters = *filters,
            Switch::DropOff => self.combination.drop_off = *drop_off,
            Switch::Attribution => self.combination.attribution = *attribution,
            Switch::Transfers => self.combination.transfers = *transfers,
            Switch::RatioKind => self.ratios.kind = *kind,
            Switch::Denominator => self.ratios.denominator = *denominator,
            Switch::WillingnessToPay => self.ratios.willingness_to_pay = *willingness_to_pay,
            Switch::NothingForNothing => self.ratios.nothing_for_nothing = *nothing_for_nothing,
            Switch::Financing => self.financing = *financing,
            Switch::Growth => self.growth.clone_from(growth),
            Switch::Corrections => self.corrections = corrections.clone(),
            Switch::PriceIndex => self.prices.index = *index,
            Switch::Exchange => self.prices.exchange = *exchange,
            Switch::MarketFactor => self.prices.market_factor = *market_factor,
        }
    }

    fn timing(&self) -> (Timing, Timing) {
        (self.discount.costs, self.discount.outcomes)
    }

    /// What a switch is set to, in the words of the files.
    ///
    /// # Examples
    /// ```
    /// use impact_core::reference::{Convention, Switch};
    /// let norway = Convention::embedded("norway-r109-2021")?;
    /// assert_eq!(norway.setting(Switch::Schedule), "0.04, 0.03 from step 41, 0.02 from step 76");
    /// assert_eq!(norway.setting(Switch::Financing), "0.2 of net-public-outlay");
    /// # Ok::<(), impact_core::reference::ReferenceError>(())
    /// ```
    pub fn setting(&self, switch: Switch) -> String {
        match switch {
            Switch::Schedule => self.rates(),
            Switch::Origin => self.discount.origin.to_string(),
            Switch::Timing => {
                let (costs, outcomes) = (timing_word(self.discount.costs), timing_word(self.discount.outcomes));
                format!("costs {costs}, outcomes {outcomes}")
            }
            Switch::CostsDiscounted => self.discount.costs_discounted.to_string(),
            Switch::Filters => self.combination.filters.to_string(),
            Switch::DropOff => self.combination.drop_off.to_string(),
            Switch::Attribution => self.combination.attribution.to_string(),
            Switch::Transfers => self.combination.transfers.to_string(),
            Switch::RatioKind => self.ratios.kind.to_string(),
            Switch::Denominator => self.ratios.denominator.to_string(),
            Switch::WillingnessToPay => self.ratios.willingness_to_pay.to_string(),
            Switch::NothingForNothing => self.ratios.nothing_for_nothing.to_string(),
            Switch::Financing => financing(self.financing),
            Switch::Growth => self.growth.iter().map(growth).collect::<Vec<_>>().join("; "),
            Switch::Corrections => corrections(&self.corrections),
            Switch::PriceIndex => self.prices.index.to_string(),
            Switch::Exchange => self.prices.exchange.to_string(),
            Switch::MarketFactor => self
                .prices
                .market_factor
                .map_or_else(|| "1".to_owned(), |factor| factor.value().normalize().to_string()),
        }
    }

    fn rates(&self) -> String {
        let band = |band: &crate::discount::Band| match band.from_step {
            1 => band.rate.value().normalize().to_string(),
            step => format!("{} from step {step}", band.rate.value().normalize()),
        };
        self.discount.schedule.bands().iter().map(band).collect::<Vec<_>>().join(", ")
    }
}

fn timing_word(timing: Timing) -> &'static str {
    match timing {
        Timing::Start => "start",
        Timing::Middle => "middle",
        Timing::End => "end",
    }
}

fn financing(financing: TaxFinancing) -> String {
    let cost = financing.value().normalize();
    if cost.is_zero() { "0".to_owned() } else { format!("{cost} of {}", financing.base) }
}

fn growth(growth: &ClassGrowth) -> String {
    let points = growth.points.iter().map(|(year, rate)| format!("{} to {year}", rate.normalize()));
    format!("{} {}", growth.class, points.collect::<Vec<_>>().join(", "))
}

fn corrections(corrections: &Corrections) -> String {
    let shares = corrections.benefits.iter().map(|(grade, share)| format!("{grade}: {}", share.normalize()));
    let shares = shares.collect::<Vec<_>>().join(", ");
    if shares.is_empty() { corrections.by.to_string() } else { format!("{} ({shares})", corrections.by) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_every_switch_exchanged_nothing_that_moves_a_figure_differs() {
        let all: Vec<&Convention> = Convention::ids().map(|id| Convention::embedded(id).unwrap()).collect();
        for (from, to) in all.iter().flat_map(|from| all.iter().map(move |to| (from, to))) {
            let mixed = from.exchanging(to, &from.differing(to));
            let other = Convention {
                id: from.id.clone(),
                title: from.title.clone(),
                edition: from.edition.clone(),
                in_force: from.in_force,
                source: from.source.clone(),
                note: from.note.clone(),
                displayed_digits: from.displayed_digits,
                unverified: from.unverified.clone(),
                ..(*to).clone()
            };
            let schedules = |convention: &Convention| Convention {
                discount: Discounting { chosen: None, alternatives: Vec::new(), ..convention.discount.clone() },
                ..convention.clone()
            };
            assert_eq!(schedules(&mixed), schedules(&other), "{} to {}", from.id, to.id);
        }
    }
}
