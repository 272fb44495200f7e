//! Unit values: without a source, of another year, average for marginal, and per recipient where a person is meant.

use super::finding::Found;
use super::rule::{Rule, Severity, Text};
use super::seen::{defaults, entry, is_public, left_out, listed, point, text_mentions, unsourced, values};
use super::{Family, Subject};
use crate::evaluation::Appraisal;
use crate::model::{Basis, Conversion, Model, OutcomeValue, ValueKind};
use crate::reference::{Catalogue, Domain, Entry, Reform};
use crate::units::{Language, Year};
use rust_decimal::Decimal;

pub(super) const FAMILY: Family = Family {
    title: Text { en: "Unit values", nb: "Enhetsverdier" },
    subject: Subject::Document,
    rules: &[
        Rule {
            id: "value-without-source",
            severity: Severity::Warning,
            looks_for: Text {
                en: "a unit value of the document without a `source`",
                nb: "en enhetsverdi i dokumentet uten `source`",
            },
            why: Text {
                en: "unit values decide the result, and nobody can check one that comes from nowhere",
                nb: "enhetsverdiene avgjør resultatet, og ingen kan etterprøve en som ikke kommer noe sted fra",
            },
            source: "proxy reviewers of public SROI tools (Uellix): a financial proxy has source, price year and geography",
            example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
values = [ { id = "wages", value = 300_000, price_year = 2024, unit = "person-year", kind = "economic" } ]
"#,
            find: without_source,
        },
        Rule {
            id: "price-year-left-out",
            severity: Severity::Note,
            looks_for: Text {
                en: "a unit value of the document without `price_year`",
                nb: "en enhetsverdi i dokumentet uten `price_year`",
            },
            why: Text {
                en: "it is then taken to be in the model's prices, which a figure from a source seldom is",
                nb: "den regnes da i modellens priser, og det er et tall fra en kilde sjelden i",
            },
            source: "proxy reviewers of public SROI tools (Uellix): a financial proxy has source, price year and geography",
            example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
values = [ { id = "wages", value = 300_000, unit = "person-year", kind = "economic", source = "pay slips" } ]
"#,
            find: |appraisal| {
                let model = appraisal.model();
                let defaults = defaults(model);
                let priced = values(model).filter_map(|(_, value)| Some((value.priced_at()?, value)));
                priced
                    .filter(|(table, _)| defaults.contains(&table.child("price_year")))
                    .map(|(table, value)| {
                        let year = value.price.price_year;
                        Found::at(
                            table,
                            format!(
                                "the price year is left out, and {year} is taken: give the `price_year` of the source"
                            ),
                            format!("prisåret er utelatt, og {year} er brukt: oppgi kildens `price_year`"),
                        )
                    })
                    .collect()
            },
        },
        Rule {
            id: "price-year-of-another",
            severity: Severity::Warning,
            looks_for: Text {
                en: "a value of wellbeing, health or life that the catalogue has in the prices of another year",
                nb: "en verdi av livskvalitet, helse eller liv som katalogen har i et annet års priser",
            },
            why: Text {
                en: "one figure quoted at two price years is wrong in one of them, and indexed from the wrong one",
                nb: "ett tall sitert i to prisår er feil i det ene, og blir indeksert fra feil år",
            },
            source: "two public sources quote GBP 13,000 a WELLBY, one at 2019 and one at 2025 prices; the catalogue's source, HM Treasury Wellbeing Guidance 2021 by way of the R package greenbook, has it at 2019 prices",
            example: r#"[[outcomes]]
id = "less-lonely"
holder = "participants"
quantity = 10
values = [ { id = "wellbeing", value = 13_000, currency = "GBP", country = "GB", price_year = 2024, unit = "person-year", kind = "social", basis = "wellby", source = "a blog" } ]
"#,
            find: |appraisal| {
                values(appraisal.model()).filter_map(|(_, value)| {
                    let entry = of_another_year(appraisal.model(), value)?;
                    let (year, theirs, id) = (value.price.price_year, entry.price_year, &entry.id);
                    Some(Found::at(
                        &value.address,
                        format!("the catalogue has this figure at {theirs} prices, not {year}: use `proxy = \"{id}\"`, or check the source"),
                        format!("katalogen har dette tallet i {theirs}-priser, ikke {year}: bruk `proxy = \"{id}\"`, eller sjekk kilden"),
                    ))
                }).collect()
            },
        },
        Rule {
            id: "across-reform",
            severity: Severity::Warning,
            looks_for: Text {
                en: "a unit cost of the catalogue from one side of a reform used in years on the other",
                nb: "en enhetskostnad fra katalogen fra den ene siden av en reform brukt i år på den andre",
            },
            why: Text {
                en: "a price index carries prices and not rules: who pays, and how much, is another matter after a reform",
                nb: "en prisindeks flytter priser og ikke regler: hvem som betaler, og hvor mye, er noe annet etter en reform",
            },
            source: "`data/reforms.toml`, each reform with its source: the Norwegian child welfare reform of 2022 and the Danish refunds for shelters of 1 October 2023",
            example: r#"[[outcomes]]
id = "out-of-institutions"
holder = "participants"
quantity = 2
values = [ { id = "own-contribution", proxy = "no-egenandel-inst-2017", to = "municipality", from = "state", kind = "fiscal" } ]
"#,
            find: across_reforms,
        },
        Rule {
            id: "price-of-another-country",
            severity: Severity::Note,
            looks_for: Text {
                en: "a unit cost of the catalogue that is of another country than the model, and no `note` at the value",
                nb: "en enhetskostnad fra katalogen som gjelder et annet land enn modellen, uten `note` ved verdien",
            },
            why: Text {
                en: "exchange carries a price, not what the service is, who runs it or who pays for it",
                nb: "en valutakurs flytter en pris, ikke hva tjenesten er, hvem som driver den eller hvem som betaler",
            },
            source: "proxy reviewers of public SROI tools (Uellix): a financial proxy has source, price year and geography",
            example: r#"[[outcomes]]
id = "fewer-visits"
holder = "participants"
unit = "event"
nature = "event"
direction = "decrease"
quantity = 10
values = [ { id = "emergency", proxy = "gb-ed-nonadmitted-2013", to = "state", kind = "fiscal", avoidable = 0.3 } ]
"#,
            find: of_another_country,
        },
        Rule {
            id: "statistical-life-indexed",
            severity: Severity::Warning,
            looks_for: Text {
                en: "the value of a statistical life carried between years by a price index",
                nb: "verdien av et statistisk liv flyttet mellom år med en prisindeks",
            },
            why: Text {
                en: "it grows with income per head: the figure of each year is published, and an index on top is a second growth",
                nb: "den vokser med inntekten per innbygger: tallet for hvert år er publisert, og en indeks oppå er vekst en gang til",
            },
            source: "DFØ on the value of a statistical life: uprated by GDP per head in current kroner",
            example: r#"[[outcomes]]
id = "lives"
holder = "participants"
unit = "life"
nature = "event"
quantity = 1
values = [ { id = "life", value = 30_000_000, price_year = 2012, unit = "life", kind = "social", basis = "vsl", source = "DFØ" } ]
"#,
            find: |appraisal| {
                let moved = |value: &OutcomeValue| value.price.index_series.is_some() || value.price.assumed_years != 0;
                let lives =
                    values(appraisal.model()).filter(|(_, value)| value.basis == Some(Basis::Vsl) && moved(value));
                lives.map(|(_, value)| {
                    let (from, to) = (value.price.price_year, appraisal.model().price_year());
                    Found::at(
                        &value.address,
                        format!("the value of a statistical life is carried from {from} to {to} by a price index: take the figure of {to}"),
                        format!("verdien av et statistisk liv er flyttet fra {from} til {to} med en prisindeks: bruk tallet for {to}"),
                    )
                }).collect()
            },
        },
        Rule {
            id: "average-for-marginal",
            severity: Severity::Warning,
            looks_for: Text {
                en: "the cost of a public service taken whole: fiscal, no benefit or tax, and `avoidable` left out, or 1 without a source",
                nb: "kostnaden ved en offentlig tjeneste regnet helt ut: budsjettvirkning, ikke ytelse eller skatt, og `avoidable` utelatt, eller 1 uten kilde",
            },
            why: Text {
                en: "a unit cost is an average with buildings and staff in it; one user fewer saves only what really changes",
                nb: "en enhetskostnad er et gjennomsnitt med bygg og ansatte i; én bruker færre sparer bare det som faktisk endres",
            },
            source: "this library, after the Greater Manchester unit cost database, whose fiscal costs are averages",
            example: r#"[[outcomes]]
id = "fewer-sentences"
holder = "participants"
unit = "sentence"
nature = "event"
direction = "decrease"
quantity = 10
values = [ { id = "prison", value = 300_000, unit = "sentence", to = "state", kind = "fiscal", basis = "resource", source = "unit cost" } ]
"#,
            find: average_for_marginal,
        },
        Rule {
            id: "recipient-year-as-person-year",
            severity: Severity::Warning,
            looks_for: Text {
                en: "a price per recipient that stands for a full person-year: twelve months a recipient, or a price per person whose name, source or note says recipient",
                nb: "en pris per mottaker som står for et helt personår: tolv måneder per mottaker, eller en pris per person der navn, kilde eller merknad sier mottaker",
            },
            why: Text {
                en: "a recipient is counted with a single month on the benefit: on social assistance the mean in Norway is 5 to 6 months a year",
                nb: "en mottaker telles med bare én måned på ytelsen: for sosialhjelp er gjennomsnittet i Norge 5–6 måneder i året",
            },
            source: "Statistics Norway, Økonomisk sosialhjelp, table 1: mean months on assistance within the year, 5.1 to 5.5 in 2005 to 2019",
            example: r#"[[outcomes]]
id = "off-assistance"
holder = "participants"
quantity = 10
values = [ { id = "assistance", proxy = "der-no-sosialhjelp-year-2022", conversion = { months_per_recipient = 12 }, to = "municipality", from = "participants", kind = "fiscal" } ]
"#,
            find: recipient_as_person,
        },
    ],
};

fn without_source(appraisal: &Appraisal) -> Vec<Found> {
    let model = appraisal.model();
    let own = values(model).filter(|(_, value)| {
        value.price.proxy.is_none() && model.assumption(value.price.amount).is_some_and(unsourced)
    });
    let found = own.filter_map(|(_, value)| value.priced_at()).map(|table| {
        Found::at(
            table,
            "the unit value has no source: give its `source`",
            "enhetsverdien har ingen kilde: oppgi `source`",
        )
    });
    found.collect()
}

/// The catalogue's figure of the same size, where it is in the prices of other years only.
fn of_another_year(model: &Model, value: &OutcomeValue) -> Option<&'static Entry> {
    let measured = matches!(value.basis, Some(Basis::Wellby | Basis::Qaly | Basis::Vsl));
    let amount = point(model, value.price.amount);
    if !measured || value.price.proxy.is_some() {
        return None;
    }
    let of_wellbeing = |entry: &&Entry| matches!(entry.domain, Domain::Wellbeing | Domain::Appraisal | Domain::Health);
    let same = |entry: &&Entry| entry.value == amount && entry.currency == value.price.currency;
    let mut entries = Catalogue::embedded().entries().iter().filter(of_wellbeing).filter(same).peekable();
    let first = *entries.peek()?;
    entries.all(|entry| entry.price_year != value.price.price_year).then_some(first)
}

fn across_reforms(appraisal: &Appraisal) -> Vec<Found> {
    let model = appraisal.model();
    let accrued = model.outcomes().iter().zip(appraisal.outcome_units());
    let found = accrued.flat_map(|(outcome, units)| {
        let years = units.by_year.iter().filter(|(_, units)| !units.is_zero()).map(|(year, _)| *year);
        outcome.values.iter().filter_map(move |value| {
            let entry = entry(model, value)?;
            let other_side = |reform: &Reform, year: &Year| reform.is_after(*year) != reform.is_after(entry.price_year.0);
            let mut crossed = Reform::of(&entry.id).filter_map(|reform| {
                let years: Vec<Year> = years.clone().filter(|year| other_side(reform, year)).collect();
                (!years.is_empty()).then_some((reform, listed(&years)))
            });
            let (Reform { title, in_force, changed, .. }, years) = crossed.next()?;
            let [titled, since, change] = [title, in_force, changed].map(|label| label.text(Language::Bokmal).to_owned());
            let of = entry.price_year;
            Some(Found::at(
                &value.address,
                format!("this price of {of} is used in {years}, on the other side of {} ({}): {}; take a figure from that side", title.en, in_force.en, changed.en),
                format!("denne prisen fra {of} brukes i {years}, på den andre siden av {titled} ({since}): {change}; bruk et tall fra den siden"),
            ))
        })
    });
    found.collect()
}

fn of_another_country(appraisal: &Appraisal) -> Vec<Found> {
    let model = appraisal.model();
    let found = values(model).filter_map(|(_, value)| {
        let theirs = entry(model, value)?.country.whole();
        let ours = model.country();
        (value.note.is_none() && theirs != ours.split('-').next().unwrap_or(ours)).then(|| {
            Found::at(
                &value.address,
                format!("this is a price of `{theirs}` in a model of `{ours}`: say in `note` why it holds here, or find one of `{ours}`"),
                format!("dette er en pris fra `{theirs}` i en modell for `{ours}`: si i `note` hvorfor den gjelder her, eller finn en fra `{ours}`"),
            )
        })
    });
    found.collect()
}

fn average_for_marginal(appraisal: &Appraisal) -> Vec<Found> {
    let model = appraisal.model();
    let whole = |value: &OutcomeValue| {
        let number = model.assumption(value.avoidable);
        point(model, value.avoidable) == Decimal::ONE
            && (left_out(model, value.avoidable) || number.is_some_and(unsourced))
    };
    let service = |value: &OutcomeValue| {
        let benefit = entry(model, value).is_some_and(|entry| entry.domain == Domain::IncomeSupport);
        value.from.is_none() && !benefit && value.portion.is_none() && !matches!(value.basis, Some(Basis::Income))
    };
    let found = values(model)
        .filter(|(_, value)| value.kind == ValueKind::Fiscal && is_public(model, value.to) && service(value) && whole(value))
        .map(|(_, value)| {
            Found::at(
                &value.address,
                "the whole average cost is taken as saved: say with `avoidable` how much one user fewer really saves, with its source",
                "hele gjennomsnittskostnaden regnes som spart: si med `avoidable` hvor mye én bruker færre faktisk sparer, med kilde",
            )
        });
    found.collect()
}

/// Words of a price per recipient.
const RECIPIENT: &[&str] = &[
    "per recipient",
    "a recipient",
    "each recipient",
    "recipient-year",
    "per mottaker",
    "pr. mottaker",
    "pr mottaker",
    "hver mottaker",
    "mottakerår",
];

fn recipient_as_person(appraisal: &Appraisal) -> Vec<Found> {
    let model = appraisal.model();
    let twelve = Decimal::from(12);
    let found = values(model).filter_map(|(_, value)| {
        let (en, nb) = match &value.conversion {
            Conversion::MonthsPerRecipient(slot) if point(model, *slot) >= twelve => (
                "a recipient-year is taken to be a full year: give the months a recipient really is on the benefit, with the source",
                "et mottakerår er regnet som et helt år: oppgi hvor mange måneder en mottaker faktisk er på ytelsen, med kilde",
            ),
            _ if value.price.unit.thing() == "person" && says_recipient(model, value) => (
                "the words say that this is per recipient, and the unit says person: write `unit = \"recipient-year\"` with \
                 `months_per_recipient`",
                "teksten sier at dette er per mottaker, og enheten sier person: skriv `unit = \"recipient-year\"` med \
                 `months_per_recipient`",
            ),
            _ => return None,
        };
        Some(Found::at(&value.address, en, nb))
    });
    found.collect()
}

fn says_recipient(model: &Model, value: &OutcomeValue) -> bool {
    let number = model.assumption(value.price.amount);
    let source = number.and_then(|number| number.source.as_ref());
    let texts = [
        Some(value.name.en.as_str()),
        value.name.nb.as_deref(),
        value.note.as_deref(),
        number.and_then(|number| number.note.as_deref()),
        source.map(|source| source.title.as_str()),
        source.and_then(|source| source.section.as_deref()),
    ];
    value.price.proxy.is_none() && texts.into_iter().flatten().any(|text| text_mentions(text, RECIPIENT))
}
