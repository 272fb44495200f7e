//! Reading the truth: what is the case of each metric, and whom the programme reaches.

use super::TermsReader;
use super::figures::{Figures, Kind};
use super::parts::one_way;
use super::words::{EFFECTS_IN, PLAIN_SCATTERS};
use crate::document::{Fields, Node, Value, nearest};
use crate::error::Problems;
use crate::model::reader::common::{Around, Entry, label, list, text};
use crate::model::reader::numbers::Meant;
use crate::model::terms::{Compared, EffectIn, MetricKind, Scatter, TermsFault, TrueCohort, TrueMetric, Truth};
use crate::model::{Accepts, Slot};
use crate::units::Label;
use rust_decimal::Decimal;

/// The numbers that a person may have of a metric without the programme.
fn what_one_has(metric: &Kind) -> Accepts {
    let least = metric.kind.of_one(metric.range).least;
    match metric.kind {
        _ if least.is_none_or(|least| least < Decimal::ZERO) => Accepts::Any,
        MetricKind::Share | MetricKind::Claims => Accepts::Share,
        _ => Accepts::NotNegative,
    }
}

impl TermsReader<'_> {
    /// The truth here.
    pub(super) fn truth(&mut self, node: &Node, figures: &Figures, problems: &mut Problems) -> Option<Truth> {
        let before = problems.total();
        let mut fields = Fields::of(node, problems)?;
        let around = Around::read(&mut fields);
        let note = label(&mut fields, "note");
        let node = fields.required("metrics");
        let mut metrics: Vec<TrueMetric> = Vec::new();
        for node in node.and_then(|node| node.read_list(fields.problems())).unwrap_or_default() {
            let Some(metric) = self.true_metric(node, figures, &around, fields.problems()) else { continue };
            if metrics.iter().any(|earlier| earlier.metric == metric.metric) {
                let id = figures.kind(metric.metric).map(|kind| kind.id.clone()).unwrap_or_default();
                node.refuse::<()>(TermsFault::TruthTwice { metric: id }, fields.problems());
            }
            metrics.push(metric);
        }
        let node = fields.required("cohorts");
        let mut ids = Vec::new();
        let cohorts =
            list(node, fields.problems(), |node, problems| self.true_cohort(node, &mut ids, &around, problems));
        if node.is_some() && cohorts.is_empty() && fields.problems().total() == before {
            fields.refuse("cohorts", TermsFault::Empty { expected: "a cohort of people that the programme reaches" });
        }
        fields.finish();
        (problems.total() == before).then_some(Truth { note, metrics, cohorts })
    }

    fn true_metric(
        &mut self,
        node: &Node,
        figures: &Figures,
        around: &Around,
        problems: &mut Problems,
    ) -> Option<TrueMetric> {
        let mut fields = Fields::of(node, problems)?;
        let around = around.nearer(super::super::common::source(&mut fields, "source"), None);
        let metric = figures.metric_under(&mut fields, "id");
        let kind = metric.and_then(|metric| figures.kind(metric));
        let accepts = kind.map_or(Accepts::NotNegative, what_one_has);
        let meant = Meant::new("counterfactual", accepts, "per person", &around);
        let counterfactual = self.numbers.required(&mut fields, "counterfactual", &meant);
        let effect_in = self.effect_in(&mut fields);
        let meant = Meant::new("effect", Accepts::Any, "change", &around);
        let effect = self.numbers.required(&mut fields, "effect", &meant);
        let meant = Meant::new("selection", Accepts::NotNegative, "multiple", &around);
        let selection = self.numbers.optional(&mut fields, "selection", &meant);
        let meant = Meant::new("drift", Accepts::Growth, "share per year", &around);
        let drift = self.numbers.optional(&mut fields, "drift", &meant);
        let attrition = self.numbers.optional(&mut fields, "attrition", &Meant::share("attrition", &around));
        let scatter = kind.and_then(|kind| self.scatter(&mut fields, kind.kind, &around));
        let note = text(&mut fields, "note");
        let address = fields.place().address.clone();
        fields.finish();
        let metric = TrueMetric {
            metric: metric?,
            address,
            counterfactual: counterfactual?,
            effect: effect?,
            effect_in: effect_in?,
            selection,
            drift,
            attrition,
            scatter: scatter?,
            note,
        };
        self.refuse_impossible(node, &metric, figures, problems);
        Some(metric)
    }

    fn refuse_impossible(&self, node: &Node, metric: &TrueMetric, figures: &Figures, problems: &mut Problems) {
        let Some(kind) = figures.kind(metric.metric) else { return };
        if let Err(fault) =
            metric.check_possible((kind.kind.of_one(kind.range), kind.direction), |slot| self.numbers.point(slot))
        {
            let written = node.as_table().and_then(|table| table.get(fault.key()));
            written.unwrap_or(node).refuse::<()>(fault, problems);
        }
    }

    fn effect_in(&mut self, fields: &mut Fields<'_, '_>) -> Option<EffectIn> {
        let because = Label::both(
            "an effect is told as a share of what would happen anyway",
            "en effekt oppgis som andel av det som ville skjedd uansett",
        );
        self.numbers.word_or(fields, "effect_in", EFFECTS_IN, (EffectIn::Relative, because))
    }

    /// `scatter`: a word, or a table with what the word needs.
    fn scatter(&mut self, fields: &mut Fields<'_, '_>, kind: MetricKind, around: &Around) -> Option<Scatter> {
        let (usual, accepted) = usual(kind);
        let Some(node) = fields.node("scatter") else {
            let Some((word, scatter, because)) = usual else {
                fields.required("scatter");
                return None;
            };
            self.numbers.defaulted(&fields.place_of("scatter").address, word, because);
            return Some(scatter);
        };
        let (word, scatter) = self.written_scatter(node, around, fields.problems())?;
        if !accepted.contains(&word) {
            let accepted = accepted.iter().map(|word| (*word).to_owned()).collect();
            return node.refuse(TermsFault::NotScattered { accepted }, fields.problems());
        }
        Some(scatter)
    }

    /// The scatter as written, with its word.
    fn written_scatter(
        &mut self,
        node: &Node,
        around: &Around,
        problems: &mut Problems,
    ) -> Option<(&'static str, Scatter)> {
        if !matches!(node.value, Value::Table(_)) {
            let scatter = node.read_one_of(PLAIN_SCATTERS, problems)?;
            return PLAIN_SCATTERS.iter().find(|(_, known)| *known == scatter).copied();
        }
        let mut inner = Fields::of(node, problems)?;
        let found = match one_way(&mut inner, "a scatter", &["dispersion", "sd"]) {
            Some("dispersion") => {
                let meant = Meant::new("dispersion", Accepts::Positive, "dispersion", around);
                let slot = self.numbers.required(&mut inner, "dispersion", &meant);
                slot.map(|slot| ("dispersion", Scatter::Dispersed(slot)))
            }
            Some(_) => {
                let meant = Meant::new("standard deviation", Accepts::NotNegative, "per person", around);
                self.numbers.required(&mut inner, "sd", &meant).map(|slot| ("sd", Scatter::Normal(slot)))
            }
            None => None,
        };
        inner.finish();
        found
    }

    fn true_cohort(
        &mut self,
        node: &Node,
        ids: &mut Vec<String>,
        around: &Around,
        problems: &mut Problems,
    ) -> Option<TrueCohort> {
        let mut fields = Fields::of(node, problems)?;
        let entry = Entry::read(&mut fields);
        let around = around.nearer(super::super::common::source(&mut fields, "source"), None);
        let date = fields.required_date("date");
        let meant = Meant::new("people", Accepts::People, "person", &around);
        let people = self.numbers.required(&mut fields, "people", &meant);
        let compared = self.compared_with(&mut fields, ids, &around);
        fields.finish();
        let Entry { id, address, name } = entry?;
        if ids.contains(&id) {
            return node.refuse(TermsFault::CohortTwice { cohort: id }, problems);
        }
        ids.push(id.clone());
        Some(TrueCohort { id, address, name, date: date?, people: people?, compared: compared? })
    }

    /// `compared`: so many people of their own, or those of a cohort above.
    fn compared_with(
        &mut self,
        fields: &mut Fields<'_, '_>,
        ids: &[String],
        around: &Around,
    ) -> Option<Option<Compared>> {
        let Some(node) = fields.node("compared") else { return Some(None) };
        let Value::Text(id) = &node.value else {
            let meant = Meant::new("people compared", Accepts::SomePeople, "person", around);
            let slot: Option<Slot> = self.numbers.number(node, &meant, fields.problems());
            return slot.map(|slot| Some(Compared::With(slot)));
        };
        match ids.iter().position(|known| known == id) {
            Some(position) => Some(Some(Compared::Shared(position))),
            None => {
                let nearest = nearest(id, ids.iter().map(String::as_str)).map(str::to_owned);
                node.refuse(TermsFault::Unknown { what: "cohort", id: id.clone(), nearest }, fields.problems())
            }
        }
    }
}

/// A scatter with its word and the reason why it is taken where none is written.
type Usual = Option<(&'static str, Scatter, Label)>;

/// What is taken where nothing is written, and the words that are accepted.
fn usual(kind: MetricKind) -> (Usual, &'static [&'static str]) {
    let people = || Label::both("each person has it or not", "hver person har det eller ikke");
    let events = || Label::both("events come by themselves", "hendelser kommer hver for seg");
    match kind {
        MetricKind::Share | MetricKind::Claims => {
            (Some(("binomial", Scatter::Binomial, people())), &["binomial", "exactly"])
        }
        MetricKind::Rate => (Some(("poisson", Scatter::Poisson, events())), &["poisson", "dispersion", "exactly"]),
        MetricKind::Count => {
            (Some(("poisson", Scatter::Poisson, events())), &["poisson", "dispersion", "sd", "exactly"])
        }
        MetricKind::Money | MetricKind::Reported => (None, &["sd", "exactly"]),
    }
}
