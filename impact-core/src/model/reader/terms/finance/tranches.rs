//! Reading tranches: who commits how much, when it is drawn, what it earns, when it is repaid.

use super::super::TermsReader;
use super::super::parts::one_way;
use super::super::payments::Known;
use super::super::words::OUTSIDE;
use super::parts::{named, rising};
use super::words::{BETWEEN, Between, DAY_COUNTS, DEFERRALS, PAID_FROM};
use crate::cash_flow::DayCount;
use crate::document::{Fields, Node};
use crate::error::Problems;
use crate::model::reader::common::{Around, Entry, source, text};
use crate::model::reader::numbers::Meant;
use crate::model::terms::{
    Corner, Coupon, FinanceFault, Instalment, Measured, Outside, PaidFrom, RateBy, Repaid, Schedule, TermsFault,
    Tranche,
};
use crate::model::{Accepts, Slot};
use crate::units::Label;
use rust_decimal::Decimal;

/// What a measured rate or share is called.
struct Words {
    /// The key of the list, and of the number in it.
    list: &'static str,
    one: &'static str,
    accepts: Accepts,
    unit: &'static str,
}

const RATE: Words = Words { list: "rates", one: "rate", accepts: Accepts::Share, unit: "per year" };
const SHARE: Words = Words { list: "shares", one: "share", accepts: Accepts::Share, unit: "share" };

impl TermsReader<'_> {
    /// The tranche here.
    pub(super) fn tranche(
        &mut self,
        node: &Node,
        known: &Known<'_>,
        day_count: DayCount,
        around: &Around,
        problems: &mut Problems,
    ) -> Option<Tranche> {
        let (mut fields, entry, around) = named(node, around, problems)?;
        let around = &around;
        let holder = self.holders.required(&mut fields, "holder");
        let meant = Meant::new("commitment", Accepts::NotNegative, self.money(""), around);
        let commitment = self.numbers.required(&mut fields, "commitment", &meant);
        let drawdowns = self.dated(&mut fields, "drawdowns", &["amount", "share"], around);
        if let (Some(commitment), Some(drawdowns)) = (commitment, &drawdowns) {
            self.within_commitment(&mut fields, commitment, drawdowns);
        }
        let repaid = self.repaid(&mut fields);
        let repayments = self.repayments(&mut fields, around);
        let principal = match fields.node("principal") {
            Some(node) => self.measured_alone(node, known, around, fields.problems()).map(Some),
            None => Some(None),
        };
        let coupon = match fields.node("coupon") {
            Some(node) => self.coupon(node, known, day_count, around, fields.problems()).map(Some),
            None => Some(None),
        };
        let note = text(&mut fields, "note");
        if repaid == Some(Repaid::Never) {
            for key in ["repayments", "principal", "coupon"] {
                if fields.has(key) {
                    fields.refuse(key, FinanceFault::Meaningless { key, because: "the tranche is never repaid" });
                }
            }
        }
        fields.finish();
        let Entry { id, address, name } = entry?;
        Some(Tranche {
            id,
            address,
            name,
            holder: holder?,
            commitment: commitment?,
            drawdowns: drawdowns?,
            repaid: repaid?,
            repayments: repayments?,
            principal: principal?,
            coupon: coupon?,
            note,
        })
    }

    /// `repaid = "never"`, or `recycled_to` a holder; else to the lender.
    fn repaid(&self, fields: &mut Fields<'_, '_>) -> Option<Repaid> {
        fields.known(&["repaid", "recycled_to"]);
        match (fields.has("repaid"), fields.has("recycled_to")) {
            (true, true) => {
                let forms = ["repaid", "recycled_to"].map(str::to_owned).to_vec();
                fields.refuse_here(TermsFault::Several { what: "whether it is repaid", forms });
                None
            }
            (true, false) => fields.one_of("repaid", &[("never", Repaid::Never), ("lender", Repaid::Lender)]),
            (false, true) => self.holders.required(fields, "recycled_to").map(Repaid::RecycledTo),
            (false, false) => Some(Repaid::Lender),
        }
    }

    fn within_commitment(&self, fields: &mut Fields<'_, '_>, commitment: Slot, drawdowns: &[super::Dated]) {
        let whole = self.numbers.point(commitment).unwrap_or_default();
        let drawn = drawdowns.iter().try_fold(Decimal::ZERO, |sum, drawdown| {
            let number = self.numbers.point(drawdown.amount)?;
            let amount = if drawdown.of_commitment { number.checked_mul(whole)? } else { number };
            sum.checked_add(amount)
        });
        if let Some(drawn) = drawn.filter(|drawn| *drawn > whole) {
            let fault = FinanceFault::DrawnBeyond { drawn: drawn.normalize(), commitment: whole.normalize() };
            fields.refuse("drawdowns", fault);
        }
    }

    /// `repayments = [{ date = 2019-06-30, share = 1 }]`: shares of what is drawn, that add up to one.
    fn repayments(&mut self, fields: &mut Fields<'_, '_>, around: &Around) -> Option<Vec<Instalment>> {
        let Some(node) = fields.node("repayments") else { return Some(Vec::new()) };
        let nodes = node.read_list(fields.problems())?;
        let mut one = |node: &Node| {
            let mut inner = Fields::of(node, fields.problems())?;
            let date = inner.required_date("date");
            let meant = Meant::share("share of what is drawn", around);
            let share = self.numbers.required(&mut inner, "share", &meant);
            inner.finish();
            Some(Instalment { date: date?, share: share? })
        };
        let read: Vec<Option<Instalment>> = nodes.iter().map(&mut one).collect();
        let instalments: Vec<Instalment> = read.into_iter().collect::<Option<_>>()?;
        rising(node, instalments.iter().map(|one| one.date), fields.problems())?;
        self.whole(node, "repayments", instalments.iter().map(|one| one.share), fields.problems())?;
        Some(instalments)
    }

    /// That shares add up to one.
    pub(super) fn whole(
        &self,
        node: &Node,
        what: &'static str,
        mut shares: impl Iterator<Item = Slot>,
        problems: &mut Problems,
    ) -> Option<()> {
        let sum = shares.try_fold(Decimal::ZERO, |sum, slot| sum.checked_add(self.numbers.point(slot)?));
        match sum {
            Some(sum) if sum != Decimal::ONE => {
                node.refuse(FinanceFault::Shares { what, sum: sum.normalize() }, problems)
            }
            _ => Some(()),
        }
    }

    /// `coupon = { rate = 0.05, deferral = "simple" }`, or `of` a payment with `rates`.
    fn coupon(
        &mut self,
        node: &Node,
        known: &Known<'_>,
        day_count: DayCount,
        around: &Around,
        problems: &mut Problems,
    ) -> Option<Coupon> {
        let mut fields = Fields::of(node, problems)?;
        let source = source(&mut fields, "source");
        let around = &around.nearer(source, None);
        let rate = self.rate(&mut fields, known, around);
        let day_count = if fields.has("day_count") { fields.one_of("day_count", DAY_COUNTS) } else { Some(day_count) };
        fields.known(&["day_count"]);
        let deferral = fields.required_one_of("deferral", DEFERRALS);
        let due = match fields.node("due") {
            Some(node) => super::parts::days(node, fields.problems()),
            None => Some(Vec::new()),
        };
        let because = Label::both("coupons are paid of what results bring in", "renter betales av det resultatene gir");
        let paid_from = self.numbers.word_or(&mut fields, "paid_from", PAID_FROM, (PaidFrom::Proceeds, because));
        fields.finish();
        Some(Coupon { rate: rate?, day_count: day_count?, deferral: deferral?, due: due?, paid_from: paid_from? })
    }

    /// `rate = 0.05`, or `of` a payment with `rates`.
    pub(super) fn rate(&mut self, fields: &mut Fields<'_, '_>, known: &Known<'_>, around: &Around) -> Option<RateBy> {
        const OF_FIGURE: [&str; 8] =
            ["of", "between", "below", "above", "boundary", "at_least", "at_least_until", "at_most"];
        match one_way(fields, "a rate", &["rate", "rates"]) {
            Some("rate") => {
                let meant = Meant::new("rate", Accepts::Share, "per year", around);
                fields.known(&OF_FIGURE);
                for key in OF_FIGURE.into_iter().filter(|key| fields.has(key)).collect::<Vec<_>>() {
                    fields.refuse(key, FinanceFault::Meaningless { key, because: "the rate is the same all along" });
                }
                self.numbers.required(fields, "rate", &meant).map(RateBy::Fixed)
            }
            Some(_) => self.measured(fields, &RATE, known, around).map(RateBy::Measured),
            None => {
                fields.known(&OF_FIGURE);
                None
            }
        }
    }

    /// `principal = { of = "goals", shares = [{ at = 0.5, share = 0.8 }, …], between = "line", … }`.
    fn measured_alone(
        &mut self,
        node: &Node,
        known: &Known<'_>,
        around: &Around,
        problems: &mut Problems,
    ) -> Option<Measured> {
        let mut fields = Fields::of(node, problems)?;
        let measured = self.measured(&mut fields, &SHARE, known, around);
        fields.finish();
        measured
    }

    fn measured(
        &mut self,
        fields: &mut Fields<'_, '_>,
        words: &Words,
        known: &Known<'_>,
        around: &Around,
    ) -> Option<Measured> {
        let payment = known.under(fields, "of");
        let between = fields.required_one_of("between", BETWEEN);
        let boundary = self.boundary(fields);
        let line = between == Some(Between::Line);
        let outside = |fields: &mut Fields<'_, '_>, key| match line {
            true => fields.required_one_of(key, OUTSIDE),
            false => fields.one_of(key, OUTSIDE).or(Some(Outside::Nothing)),
        };
        let (below, above) = (outside(fields, "below"), outside(fields, "above"));
        for key in ["below", "above"] {
            if between == Some(Between::Steps) && fields.has(key) {
                fields.refuse(key, FinanceFault::Meaningless { key, because: "steps pay nothing below the first" });
            }
        }
        let corners = self.values_at(fields, words, around);
        let meant = Meant::new(words.one, words.accepts, words.unit, around);
        let before = fields.problems().total();
        let at_least = self.numbers.optional(fields, "at_least", &meant);
        let at_most = self.numbers.optional(fields, "at_most", &meant);
        let at_least_until = fields.date("at_least_until");
        if at_least_until.is_some() && at_least.is_none() {
            let (key, because) = ("at_least_until", "there is no `at_least`");
            fields.refuse(key, FinanceFault::Meaningless { key, because });
        }
        let bounded = fields.problems().total() == before;
        let (corners, below, above, boundary) = (corners?, below?, above?, boundary?);
        let schedule = match between? {
            Between::Line => Schedule::Line { corners, below, above, boundary },
            Between::Steps => Schedule::Steps { steps: corners, boundary },
        };
        let payment = payment?;
        if let Some(of) = known.of(payment) {
            let span = fields.place_of(words.list).span;
            self.check_figures(&schedule, (known, of), span, fields.problems());
        }
        Some(Measured { payment, schedule, at_least, at_least_until, at_most }).filter(|_| bounded)
    }

    /// Figures that rise, each with a rate or a share.
    fn values_at(&mut self, fields: &mut Fields<'_, '_>, words: &Words, around: &Around) -> Option<Vec<Corner>> {
        let node = fields.required(words.list)?;
        let nodes = node.read_list(fields.problems())?;
        if nodes.is_empty() {
            return node.refuse(TermsFault::Empty { expected: "figures, each with its value" }, fields.problems());
        }
        let mut one = |node: &Node| {
            let mut inner = Fields::of(node, fields.problems())?;
            let at = self.numbers.required(&mut inner, "at", &Meant::new("figure", Accepts::Any, "", around));
            let meant = Meant::new(words.one, words.accepts, words.unit, around);
            let amount = self.numbers.required(&mut inner, words.one, &meant);
            inner.finish();
            Some(Corner { at: at?, amount: amount? })
        };
        let read: Vec<Option<Corner>> = nodes.iter().map(&mut one).collect();
        let corners: Vec<Corner> = read.into_iter().collect::<Option<_>>()?;
        self.rising(node, corners.iter().map(|corner| corner.at), fields.problems())?;
        Some(corners)
    }
}
