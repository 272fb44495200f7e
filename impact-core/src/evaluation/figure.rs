//! Figures: a measure's answer with its unit, or the reason why there is none.
//!
//! One rule: a question without an answer is answered with a reason, never with a number.

use crate::cash_flow::NoRate;
use crate::model::{Marks, Perspective, Question, QuestionError};
use crate::number::Fault;
use crate::units::written::Numeral;
use crate::units::{Currency, Label, Language, PriceYear, Unit, Year};
use rust_decimal::Decimal;
use std::fmt;

/// The answer to a [`Question`].
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Figure {
    /// What was asked.
    pub question: Question,
    /// What the value is counted in.
    pub unit: FigureUnit,
    /// Whether anything that moves it is illustrative or unverified.
    pub marks: Marks,
    /// The exact value, or why there is none.
    #[serde(flatten, serialize_with = "value_or_reason")]
    pub value: Result<Decimal, Absence>,
}

fn value_or_reason<S: serde::Serializer>(value: &Result<Decimal, Absence>, serializer: S) -> Result<S::Ok, S::Error> {
    use serde::ser::SerializeMap;
    let mut map = serializer.serialize_map(Some(2))?;
    match value {
        Ok(value) => {
            map.serialize_entry("value", value)?;
            map.serialize_entry("absent", &None::<String>)?;
        }
        Err(absence) => {
            map.serialize_entry("value", &None::<String>)?;
            map.serialize_entry("absent", &absence.to_string())?;
        }
    }
    map.end()
}

/// What a figure is counted in.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "kind", content = "of", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FigureUnit {
    /// Money of a price year, valued in the present-value year.
    Money {
        /// The currency.
        currency: Currency,
        /// The price level.
        price_year: PriceYear,
        /// The year of the present value.
        present_value_year: Year,
    },
    /// Money per unit of an outcome.
    MoneyPer {
        /// The currency.
        currency: Currency,
        /// The price level.
        price_year: PriceYear,
        /// The year of the present value; none where nothing is discounted.
        present_value_year: Option<Year>,
        /// The unit of the outcome.
        unit: Unit,
    },
    /// A ratio, and what stands below its line.
    Ratio(Below),
    /// Money of a price year, the same in every year.
    MoneyPerYear {
        /// The currency.
        currency: Currency,
        /// The price level.
        price_year: PriceYear,
    },
    /// A rate per year, as a fraction: 0.04 is 4 %.
    Rate,
    /// Years.
    Years,
}

/// What stands below the line of a ratio.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Below {
    /// All resources put in, by whomever.
    EverybodysInputs,
    /// What the perspective itself puts in.
    OwnInputs,
    /// What public budgets pay less what they save.
    NetPublicCost,
    /// What public budgets pay out for the programme, nothing set off.
    ProgrammeCost,
}

impl fmt::Display for FigureUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FigureUnit::Money { currency, price_year, present_value_year } => {
                write!(f, "{currency} ({price_year} prices, present value {present_value_year})")
            }
            FigureUnit::MoneyPer { currency, price_year, present_value_year: Some(year), unit } => {
                write!(f, "{currency} per {unit} ({price_year} prices, present value {year})")
            }
            FigureUnit::MoneyPer { currency, price_year, present_value_year: None, unit } => {
                write!(f, "{currency} per {unit} ({price_year} prices)")
            }
            FigureUnit::Ratio(Below::EverybodysInputs) => f.write_str("ratio over everybody's inputs"),
            FigureUnit::Ratio(Below::OwnInputs) => f.write_str("ratio over own inputs"),
            FigureUnit::Ratio(Below::NetPublicCost) => f.write_str("ratio over net public cost"),
            FigureUnit::Ratio(Below::ProgrammeCost) => f.write_str("ratio over what public budgets pay out"),
            FigureUnit::MoneyPerYear { currency, price_year } => write!(f, "{currency} a year ({price_year} prices)"),
            FigureUnit::Rate => f.write_str("rate a year"),
            FigureUnit::Years => f.write_str("years"),
        }
    }
}

/// Why a figure has no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Absence {
    /// A ratio over inputs that are zero or below.
    #[error("there is no ratio over inputs of {}: no resources are paid for here (a transfer paid is no input)", Numeral(*inputs))]
    NoInputs {
        /// The present value of the inputs.
        inputs: Decimal,
    },
    /// The cumulative net gain ends below zero.
    #[error("it is not paid back by {last}: the cumulative net gain then stands at {}", money(*standing))]
    NotPaidBack {
        /// The last year appraised.
        last: Year,
        /// The cumulative net gain at its end.
        standing: Decimal,
    },
    /// The cumulative discounted net gain ends below zero.
    #[error(
        "it is not paid back by {last}: the cumulative discounted net gain then stands at {}", money(*standing)
    )]
    NotPaidBackDiscounted {
        /// The last year appraised.
        last: Year,
        /// The cumulative discounted net gain at its end.
        standing: Decimal,
    },
    /// Several rates, none of which is the rate.
    #[error("there is not one internal rate of return: {}", reason.en)]
    SeveralRates {
        /// All of them, in words.
        reason: Label,
    },
    /// A rate at which money is borrowed, not one that it earns.
    #[error(
        "there is no internal rate of return: what is gained comes before what is paid, so that {} % would be the price of that money, not a return on it",
        percent(*rate)
    )]
    RateOfALoan {
        /// The rate at which the net present value is zero, as a fraction.
        rate: Decimal,
    },
    /// No rate.
    #[error("there is no internal rate of return: {reason}")]
    NoRate {
        /// Why there is none.
        reason: NoRate,
    },
    /// Nothing is paid, and the cumulative net gain never goes below zero.
    #[error("there is nothing to pay back: nothing is paid, and the cumulative net gain never goes below zero")]
    NothingToPayBack,
    /// The outcome has no causal units.
    #[error("there is nothing to divide by: `{outcome}` has no units within the years appraised")]
    NoUnits {
        /// The outcome.
        outcome: String,
    },
    /// A model without outcomes.
    #[error("there is nothing to divide by: the model has no outcomes")]
    NoOutcomes,
    /// Several outcomes, and none named.
    #[error("cost per outcome needs one outcome: name one of {known}")]
    OutcomeNotNamed {
        /// The outcomes of the model.
        known: String,
    },
    /// A year whose price level is not known.
    #[error("the price level of {year} is not known: give `inflation` for the years after the last observed one")]
    NoPriceLevel {
        /// The year.
        year: Year,
    },
    /// A year outside those appraised.
    #[error("{year} is not appraised: the years are {first} to {last}")]
    YearNotAppraised {
        /// The year.
        year: Year,
        /// The first year appraised.
        first: Year,
        /// The last year appraised.
        last: Year,
    },
    /// A budget or a cashable saving of somebody who has no public budget.
    #[error("there is no {what} for `{perspective}`: it is asked of public budgets, all (`public`) or of one holder")]
    NoBudget {
        /// What was asked for.
        what: &'static str,
        /// The perspective.
        perspective: String,
    },
    /// A willingness to pay of public budgets, which are the other side.
    #[error(
        "there is no willingness to pay of `{perspective}`: public budgets are the cost; ask for society, or a holder that is none"
    )]
    NoWillingness {
        /// The perspective.
        perspective: String,
    },
    /// A marginal value of public funds that is infinite.
    #[error("it is infinite: it pays for itself (willingness to pay {}, net public cost {})", money(*willingness), money(*cost))]
    PaysForItself {
        /// Present value of what people would pay, zero or above.
        willingness: Decimal,
        /// Net cost to public budgets, zero or below.
        cost: Decimal,
    },
    /// A marginal value of public funds that is minus infinite.
    #[error("it is minus infinite: it harms (willingness to pay {}) and costs public budgets nothing, net", money(*willingness))]
    HarmForNothing {
        /// Present value of what people would pay, below zero.
        willingness: Decimal,
    },
    /// Money saved by harm: no value of a programme, but of taking it away.
    #[error(
        "it harms people to save money: {} of harm for each unit saved, and less is better (willingness to pay {}, net public cost {})",
        Numeral(value.round_dp(4)), money(*willingness), money(*cost)
    )]
    HarmPerUnitSaved {
        /// Harm per unit saved.
        value: Decimal,
        /// Present value of what people would pay, below zero.
        willingness: Decimal,
        /// Net cost to public budgets, below zero.
        cost: Decimal,
    },
    /// Nothing gained and nothing paid.
    #[error("it is not defined: nobody gains or loses, and public budgets pay nothing, net")]
    NothingForNothing,
    /// A budget krone that is earned, not spent.
    #[error("there is no budget krone to divide by: public budgets gain (their net cost is {})", money(*cost))]
    NoBudgetKrone {
        /// The net cost, zero or below.
        cost: Decimal,
    },
    /// Weights that the document does not give.
    #[error(
        "there are no weights: give `weighting` with the elasticity and the median income, and `groups` with their incomes"
    )]
    NoWeights,
    /// A model that cannot be laid out for the formula.
    #[error("{reason}")]
    NotLaidOut {
        /// Why.
        reason: String,
    },
    /// The arithmetic has no result.
    #[error(transparent)]
    Arithmetic(#[from] Fault),
}

/// Why there is no table of an appraisal.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NoTable {
    /// A holder the model does not have.
    #[error(transparent)]
    Question(#[from] QuestionError),
    /// A sum larger than 28 digits.
    #[error(transparent)]
    Absent(#[from] Absence),
}

impl From<Fault> for NoTable {
    fn from(fault: Fault) -> Self {
        Self::Absent(fault.into())
    }
}

impl Absence {
    pub(super) fn no_budget(what: &'static str, perspective: &Perspective) -> Self {
        Self::NoBudget { what, perspective: perspective.to_string() }
    }

    /// Whether the measure is never asked of this perspective, whatever the numbers: a budget of somebody who has none.
    pub fn is_never_asked(&self) -> bool {
        matches!(self, Self::NoBudget { .. } | Self::NoWillingness { .. })
    }

    /// The reason as a sentence in the languages of the reports.
    pub fn label(&self) -> Label {
        let nb = match self {
            Absence::NoInputs { inputs } => {
                let inputs = Numeral(*inputs);
                format!(
                    "det finnes ingen brøk over en innsats på {inputs:#}: her betales det ikke for ressurser (en overføring er \
                     ingen innsats)"
                )
            }
            Absence::NotPaidBack { last, standing } => {
                let standing = money(*standing);
                format!("det er ikke tjent inn innen {last}: da står samlet nettogevinst på {standing:#}")
            }
            Absence::NotPaidBackDiscounted { last, standing } => {
                let standing = money(*standing);
                format!("det er ikke tjent inn innen {last}: da står samlet diskontert nettogevinst på {standing:#}")
            }
            Absence::SeveralRates { reason } => {
                format!("det finnes ikke én internrente: {}", reason.text(Language::Bokmal))
            }
            Absence::RateOfALoan { rate } => format!(
                "det finnes ingen internrente: det som vinnes, kommer før det som betales, så {:#} % ville vært prisen på de pengene, ikke en avkastning",
                percent(*rate)
            ),
            Absence::NoRate { reason } => {
                format!("det finnes ingen internrente: {}", reason.label().text(Language::Bokmal))
            }
            Absence::NothingToPayBack => {
                "det er ingenting å tjene inn: ingenting betales, og samlet nettogevinst er aldri under null".to_owned()
            }
            Absence::NoUnits { outcome } => {
                format!("det er ingenting å dele på: `{outcome}` har ingen enheter i årene som vurderes")
            }
            Absence::NoOutcomes => "det er ingenting å dele på: modellen har ingen virkninger".to_owned(),
            Absence::OutcomeNotNamed { known } => {
                format!("kostnad per virkning gjelder én virkning: velg blant {known}")
            }
            Absence::NoPriceLevel { year } => {
                format!("prisnivået i {year} er ikke kjent: oppgi `inflation` for årene etter det siste observerte")
            }
            Absence::YearNotAppraised { year, first, last } => {
                format!("{year} er ikke vurdert: årene som vurderes, er {first} til {last}")
            }
            Absence::NoBudget { what, perspective } => {
                let what = match *what {
                    "budget" => "ikke noe budsjett",
                    "net cost" => "ingen nettokostnad",
                    _ => "ingen realiserbar besparelse",
                };
                format!(
                    "det finnes {what} for `{perspective}`: det spørres om offentlige budsjetter, alle (`public`) eller én \
                     budsjettansvarlig"
                )
            }
            Absence::NoWillingness { perspective } => format!(
                "det finnes ingen betalingsvilje for `{perspective}`: offentlige budsjetter er kostnadssiden; spør for \
                 samfunnet eller en som ikke er det"
            ),
            Absence::PaysForItself { willingness, cost } => {
                let (wtp, cost) = (money(*willingness), money(*cost));
                format!(
                    "den er uendelig: tiltaket betaler seg selv (betalingsvilje {wtp:#}, netto offentlig kostnad {cost:#})"
                )
            }
            Absence::HarmForNothing { willingness } => {
                let wtp = money(*willingness);
                format!(
                    "den er minus uendelig: tiltaket skader (betalingsvilje {wtp:#}) og koster ikke offentlige budsjetter noe, \
                     netto"
                )
            }
            Absence::HarmPerUnitSaved { value, willingness, cost } => {
                let (value, wtp, cost) = (Numeral(value.round_dp(4)), money(*willingness), money(*cost));
                format!(
                    "tiltaket skader noen for å spare penger: {value:#} i skade for hver krone spart, og mindre er bedre \
                     (betalingsvilje {wtp:#}, netto offentlig kostnad {cost:#})"
                )
            }
            Absence::NothingForNothing => {
                "den er ikke definert: ingen vinner eller taper, og det offentlige betaler ingenting, netto".to_owned()
            }
            Absence::NoBudgetKrone { cost } => {
                let cost = money(*cost);
                format!(
                    "det er ingen budsjettkrone å dele på: offentlige budsjetter tjener (nettokostnaden er {cost:#})"
                )
            }
            Absence::NoWeights => {
                "det finnes ingen vekter: oppgi `weighting` med elastisitet og medianinntekt, og `groups` med inntekter"
                    .to_owned()
            }
            Absence::NotLaidOut { reason } => reason.clone(),
            Absence::Arithmetic(Fault::Overflow) => "resultatet er større enn 28 sifre rommer".to_owned(),
            Absence::Arithmetic(_) => "noe deles på null".to_owned(),
        };
        Label::both(self.to_string(), nb)
    }
}
/// A fraction in percent, to two decimals.
fn percent(rate: Decimal) -> Numeral {
    Numeral(rate.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(rate).round_dp(2))
}

/// An amount in a sentence: whole from a thousand on, else to two decimals.
fn money(amount: Decimal) -> Numeral {
    Numeral(amount.round_dp(if amount.abs() < Decimal::ONE_THOUSAND { 2 } else { 0 }))
}
