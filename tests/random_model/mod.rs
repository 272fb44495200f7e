//! Random models, as documents: what the laws are tried on.
#![allow(dead_code, reason = "each test file uses its own part of this one")]

use proptest::prelude::*;
use std::fmt;

/// The parts of a random model; its text is a document.
#[derive(Debug, Clone)]
pub struct ModelText {
    /// Every amount is multiplied by this.
    pub scale: u32,
    /// Cost a year.
    pub cost: u32,
    /// Years the cost runs.
    pub years: u32,
    /// Whether the cost is in money of the year.
    pub nominal: bool,
    /// A grant from the state to people.
    pub grant: Option<u32>,
    /// People who change, each intake.
    pub quantity: u32,
    /// In hundredths.
    pub deadweight: u32,
    /// In hundredths, and whether somebody bears it.
    pub displacement: (u32, bool),
    /// In hundredths.
    pub drop_off: u32,
    /// In hundredths: share of others.
    pub others: u32,
    /// In tenths of years.
    pub duration: u32,
    /// Years before the first effect.
    pub lag: u32,
    /// Price per person-month, moved from people to the municipality.
    pub price: u32,
    /// Social value per person-year; negative for a harm.
    pub wellbeing: i32,
    /// Price per incident.
    pub incident: u32,
    /// In hundredths.
    pub avoidable: u32,
    /// In hundredths.
    pub cashable: u32,
    /// The effect of a third outcome.
    pub effect: EffectText,
    /// The conventions.
    pub convention: &'static str,
    /// What adjusts the published figures.
    pub adjusted: Adjusted,
    /// What the state pays back of the cost and of the benefit.
    pub refund: Option<Refund>,
}

/// A reimbursement.
#[derive(Debug, Clone)]
pub struct Refund {
    /// In hundredths.
    pub share: u32,
    /// Days a year.
    pub days: Option<u32>,
    /// In tenths of years from the start.
    pub years: Option<u32>,
    /// Whether it is in force for some years only.
    pub dated: bool,
}

/// Random reimbursements.
pub fn refund() -> impl Strategy<Value = Refund> {
    (0u32..=100, prop::option::of(0u32..366), prop::option::of(0u32..60), any::<bool>())
        .prop_map(|(share, days, years, dated)| Refund { share, days, years, dated })
}

impl fmt::Display for Refund {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = self.days.map_or_else(String::new, |days| format!(", days_a_year = {days}"));
        let years = self.years.map_or_else(String::new, |tenths| format!(", years_from_start = {tenths}e-1"));
        let dates = if self.dated { ", first_day = 2019-03-01, last_day = 2024-10-31" } else { "" };
        write!(
            f,
            r#"reimbursements = [ {{ id = "refund", of = ["costs.work", "outcomes.change.values.benefit"], from = "state", share = {}{days}{years}{dates}, source = "random" }} ]"#,
            Hundredths(self.share)
        )
    }
}

/// Additionality, optimism bias, growth and amounts of another year.
#[derive(Debug, Clone)]
pub struct Adjusted {
    /// In hundredths.
    pub leakage: Option<u32>,
    /// In hundredths.
    pub substitution: Option<u32>,
    /// In tenths.
    pub multiplier: Option<u32>,
    /// Upper bound and mitigation, in hundredths.
    pub bias: Option<(u32, u32)>,
    /// The last year already spent.
    pub actuals_to: Option<u32>,
    /// Growth of the prices in 2017 and 2024, in thousandths.
    pub growth: Option<(i32, i32)>,
    /// Whether the cost is written year by year.
    pub yearly: bool,
    /// A cost in prices of 2015, by a price series of the document's own.
    pub repriced: Option<u32>,
}

/// A random effect.
#[derive(Debug, Clone)]
pub struct EffectText {
    /// The key of its contrast.
    pub contrast: &'static str,
    /// People in each intake.
    pub population: u32,
    /// In hundredths, at most a half, so that no ratio leaves a share above one.
    pub baseline: u32,
    /// In hundredths: a ratio above zero and at most two, or with its sign a difference within the baseline.
    pub size: u32,
    /// Whether the difference is a loss.
    pub loss: bool,
    /// In hundredths.
    pub hazard: Vec<u32>,
    /// Time since the point before, in tenths of years, and difference in hundredths less one hundred.
    pub path: Vec<(u32, u32)>,
    /// Whether less is wanted.
    pub decrease: bool,
}

fn effect_text() -> impl Strategy<Value = EffectText> {
    let contrast = prop::sample::select(vec!["risk_difference", "risk_ratio", "odds_ratio", "relative_change"]);
    let size = (1u32..500, 0u32..=50, 1u32..=200, any::<bool>());
    let course = (prop::collection::vec(0u32..=100, 1..6), prop::collection::vec((1u32..30, 0u32..=200), 2..6));
    (contrast, size, course, any::<bool>()).prop_map(|(contrast, size, course, decrease)| EffectText {
        contrast,
        population: size.0,
        baseline: size.1,
        size: size.2,
        loss: size.3,
        hazard: course.0,
        path: course.1,
        decrease,
    })
}

impl EffectText {
    /// The contrast as the document writes it.
    fn contrast(&self) -> String {
        let sign = if self.loss { "-" } else { "" };
        let size = match self.contrast {
            "risk_difference" => format!("{sign}{}", Hundredths(self.size * self.baseline / 200)),
            "relative_change" => format!("{sign}{}", Hundredths(self.size / 3)),
            _ => Hundredths(self.size).to_string(),
        };
        format!("{} = {size}", self.contrast)
    }

    /// The points of the path as the document writes them.
    fn points(&self) -> String {
        let mut at = 0;
        let points = self.path.iter().map(|(after, level)| {
            at += after;
            let sign = if *level < 100 { "-" } else { "" };
            let level = Hundredths(level.abs_diff(100));
            format!("{{ at = {}.{}, difference = {sign}{level} }}", at / 10, at % 10)
        });
        points.collect::<Vec<_>>().join(", ")
    }
}

impl EffectText {
    /// Two outcomes, one with a contrast and a hazard, one with a path, at a price per person-year.
    fn outcomes(&self, price: i64) -> String {
        let direction = if self.decrease { "decrease" } else { "increase" };
        let hazard = self.hazard.iter().map(|share| Hundredths(*share).to_string()).collect::<Vec<_>>().join(", ");
        let (population, baseline) = (self.population, Hundredths(self.baseline));
        let (contrast, points) = (self.contrast(), self.points());
        format!(
            r#"
[[outcomes]]
id = "effect"
holder = "people"
direction = "{direction}"
intakes = "yearly"
displacement = {{ share = 0.1, borne_by = "neighbours" }}
quantity = {{ effect = {{ population = {population}, baseline = {baseline}, {contrast}, hazard = [{hazard}] }} }}
values = [ {{ id = "work", value = {price}, unit = "person-year", from = "people", to = "state", kind = "fiscal", source = "random" }} ]

[[outcomes]]
id = "path"
holder = "people"
direction = "{direction}"
quantity = {{ effect = {{ population = {population}, path = [{points}] }} }}
values = [ {{ id = "work", value = {price}, unit = "person-year", from = "people", to = "state", kind = "fiscal", source = "random" }} ]
"#
        )
    }
}

impl ModelText {
    /// The same under conventions that count a transfer at both its ends.
    pub fn where_transfers_cancel(self) -> Self {
        match self.convention {
            "sroi-practice" => Self { convention: "norway-r109-2021", ..self },
            _ => self,
        }
    }
}

fn adjusted() -> impl Strategy<Value = Adjusted> {
    let share = || prop::option::of(0u32..=100);
    let bias = (prop::option::of((0u32..200, 0u32..=100)), prop::option::of(2016u32..2026));
    let growth = prop::option::of((-50i32..80, -50i32..80));
    let costs = (any::<bool>(), prop::option::of(1u32..500_000));
    (share(), share(), prop::option::of(1u32..30), bias, growth, costs).prop_map(
        |(leakage, substitution, multiplier, (bias, actuals_to), growth, (yearly, repriced))| Adjusted {
            leakage,
            substitution,
            multiplier,
            bias,
            actuals_to,
            growth,
            yearly,
            repriced,
        },
    )
}

/// Random models.
pub fn model_text() -> impl Strategy<Value = ModelText> {
    let flows = (1u32..3_000_000, 1u32..8, any::<bool>(), prop::option::of(1u32..500_000));
    let units = (1u32..500, 0u32..=100, (0u32..=100, any::<bool>()), 0u32..=100, 0u32..=100, 1u32..90, 0u32..4);
    let values = (0u32..400_000, -100_000i32..200_000, 0u32..90_000, 0u32..=100, 0u32..=100);
    let convention = prop::sample::select(vec!["sroi-practice", "norway-r109-2021", "uk-green-book-2022"]);
    (flows, units, values, effect_text(), convention, (adjusted(), prop::option::of(refund()))).prop_map(
        |(flows, units, values, effect, convention, (adjusted, refund))| ModelText {
            scale: 1,
            cost: flows.0,
            years: flows.1,
            nominal: flows.2,
            grant: flows.3,
            quantity: units.0,
            deadweight: units.1,
            displacement: units.2,
            drop_off: units.3,
            others: units.4,
            duration: units.5,
            lag: units.6,
            price: values.0,
            wellbeing: values.1,
            incident: values.2,
            avoidable: values.3,
            cashable: values.4,
            effect,
            convention,
            adjusted,
            refund,
        },
    )
}

impl ModelText {
    /// What the cost comes to, in one of the ways to write it.
    fn cost_amount(&self) -> String {
        let cost = i64::from(self.cost) * i64::from(self.scale);
        if !self.adjusted.yearly {
            return cost.to_string();
        }
        // Each year a different amount; every third year none.
        let amounts = (0..i64::from(self.years)).map(|year| (cost * (year % 3)).to_string());
        format!("[{}]", amounts.collect::<Vec<_>>().join(", "))
    }

    /// Keys of the cost and of the head, and whole tables.
    fn adjustments(&self) -> (String, String, String) {
        let adjusted = &self.adjusted;
        let bias = adjusted.bias.map_or_else(String::new, |(bound, mitigation)| {
            let (upper_bound, mitigation) = (Hundredths(bound), Hundredths(mitigation));
            format!(", optimism_bias = {{ upper_bound = {upper_bound}, mitigation = {mitigation} }}")
        });
        let spent = adjusted.actuals_to.map_or_else(String::new, |year| format!("actuals_to = {year}"));
        let growth = adjusted.growth.map_or_else(String::new, |(early, late)| {
            format!("[growth.path]\npoints = {{ 2017 = {early}e-3, 2024 = {late}e-3 }}\n")
        });
        let series = "[indices.own]\nlevels = { 2015 = 93.7, 2020 = 101.3 }\n";
        (bias, spent, format!("{growth}{series}"))
    }

    /// Keys of the outcome.
    fn additionality(&self) -> String {
        let Adjusted { leakage, substitution, multiplier, .. } = &self.adjusted;
        let share = |key: &str, share: &Option<u32>| {
            share.map_or_else(String::new, |share| format!("{key} = {}\n", Hundredths(share)))
        };
        let multiplier = multiplier.map_or_else(String::new, |tenths| format!("multiplier = {tenths}e-1\n"));
        format!("{}{}{multiplier}", share("leakage", leakage), share("substitution", substitution))
    }
}

/// A number of hundredths as the document writes it.
struct Hundredths(u32);

impl fmt::Display for Hundredths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

impl fmt::Display for ModelText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = i64::from(self.scale);
        let (bias, spent, tables) = self.adjustments();
        let repriced = self.adjusted.repriced.map_or_else(String::new, |amount| {
            let amount = i64::from(amount) * scale;
            format!(r#", {{ id = "repriced", payer = "state", amount = {amount}, year = 2020, price_year = 2015, index = "own", source = "random" }}"#)
        });
        writeln!(
            f,
            r#"
impact = 1
name = "a random model"
country = "NO"
currency = "NOK"
price_year = 2020
start = 2018
horizon = 12
inflation = 0.02
{spent}
conventions = "{convention}"
holders = [
    {{ id = "people", kind = "people" }},
    {{ id = "neighbours", kind = "people" }},
    {{ id = "municipality", kind = "public", level = "municipality" }},
    {{ id = "state", kind = "public", level = "state" }},
]
costs = [ {{ id = "work", payer = "municipality", per_year = {cost}, years = [2018, {last}], price_basis = "{basis}", source = "random"{bias} }}{repriced} ]
"#,
            convention = self.convention,
            cost = self.cost_amount(),
            last = 2017 + self.years,
            basis = if self.nominal { "nominal" } else { "real" },
        )?;
        if let Some(grant) = self.grant {
            writeln!(
                f,
                r#"transfers = [ {{ id = "grant", from = "state", to = "people", amount = {}, year = 2019, price_basis = "nominal", source = "random" }} ]"#,
                i64::from(grant) * scale
            )?;
        }
        if let Some(refund) = &self.refund {
            writeln!(f, "{refund}")?;
        }
        writeln!(f, "{tables}")?;
        let grows = if self.adjusted.growth.is_some() { r#", growth = "path""# } else { "" };
        let (displaced, borne) = self.displacement;
        let borne_by = if borne { r#", borne_by = "neighbours""# } else { "" };
        writeln!(
            f,
            r#"
[[outcomes]]
id = "change"
holder = "people"
unit = "person"
intakes = "yearly"
quantity = {quantity}
deadweight = {deadweight}
displacement = {{ share = {displaced}{borne_by} }}
{additionality}drop_off = {drop_off}
attribution = {{ others = {others} }}
duration = {duration}.{tenths}
lag = {lag}
values = [
    {{ id = "benefit", value = {price}, unit = "person-month", from = "people", to = "municipality", kind = "fiscal", avoidable = {avoidable}, cashable = {cashable}, source = "random"{grows} }},
    {{ id = "wellbeing", value = {wellbeing}, unit = "person-year", kind = "social", source = "random"{grows} }},
]

[[outcomes]]
id = "avoided"
holder = "neighbours"
unit = "incident"
nature = "event"
direction = "decrease"
quantity = {quantity}
deadweight = 0.5
values = [ {{ id = "handling", value = {incident}, unit = "incident", to = "state", kind = "fiscal", avoidable = {avoidable}, source = "random" }} ]
"#,
            additionality = self.additionality(),
            quantity = self.quantity,
            deadweight = Hundredths(self.deadweight),
            displaced = Hundredths(displaced),
            drop_off = Hundredths(self.drop_off),
            others = Hundredths(self.others),
            duration = self.duration / 10,
            tenths = self.duration % 10,
            lag = self.lag,
            price = i64::from(self.price) * scale,
            wellbeing = i64::from(self.wellbeing) * scale,
            incident = i64::from(self.incident) * scale,
            avoidable = Hundredths(self.avoidable),
            cashable = Hundredths(self.cashable),
        )?;
        f.write_str(&self.effect.outcomes(300_000 * scale))
    }
}
