//! Models read from documents: every field in its type, what is left out listed, numbers shared, overrides that equal edits.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot read its document has failed"
)]

use impact_core::Model;
use impact_core::document::Node;
use impact_core::model::{
    Accepts, Assumption, Basis, Conversion, Direction, HolderKind, Measure, Measured, Nature, Origin, OwnShare,
    Perspective, Point, PriceBasis, PublicLevel, Quantity, Slot, ValueKind,
};
use impact_core::reference::{ExchangeBasis, Grade, Source};
use impact_core::units::{Label, Year};
use rust_decimal::Decimal;

const SHAPE: &str = include_str!("../fixtures/models/shape.toml");
const BEGINNER: &str = include_str!("../fixtures/models/beginner.toml");

fn shape() -> Model {
    Model::from_toml(SHAPE).unwrap()
}

fn beginner() -> Model {
    Model::from_toml(BEGINNER).unwrap()
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn years(numbers: &[i64]) -> Vec<Year> {
    numbers.iter().map(|number| Year::new(*number).unwrap()).collect()
}

fn at<'m>(model: &'m Model, address: &str) -> &'m Assumption {
    model.assumption(model.number_at(address).unwrap()).unwrap()
}

fn of(model: &Model, slot: Slot) -> String {
    model.assumption(slot).unwrap().address.to_string()
}

#[test]
fn the_head_lands_in_its_types() {
    let model = shape();
    assert_eq!(
        model.name(),
        &Label::both("Work inclusion with social entrepreneurs", "Arbeidsinkludering med sosiale entreprenører")
    );
    assert!(model.description().unwrap().en.starts_with("Every key"));
    assert_eq!((model.country(), model.currency().code(), model.horizon()), ("NO", "NOK", 15));
    let clock = [model.price_year().0, model.start(), model.present_value_year(), model.discount_origin()];
    assert_eq!(clock.as_slice(), years(&[2022, 2018, 2019, 2018]));
    assert_eq!(of(&model, model.inflation().unwrap()), "inflation");
}

#[test]
fn a_document_changes_switches_of_its_conventions_and_no_more() {
    let model = shape();
    let convention = model.convention();
    assert_eq!((convention.id.as_str(), convention.displayed_digits), ("norway-r109-2021", 2));
    assert_eq!(convention.prices.exchange, ExchangeBasis::PurchasingPower);
    assert_eq!(convention.discount.outcomes, impact_core::discount::Timing::End);
    assert_eq!(convention.discount.costs, impact_core::discount::Timing::Start);
    assert_eq!(convention.discount.schedule.bands().len(), 3);
    let changed: Vec<&str> = model.overridden_switches().iter().map(|address| address.as_str()).collect();
    assert_eq!(
        changed,
        ["conventions.discount.timing.outcomes", "conventions.prices.exchange", "conventions.rounding.digits"]
    );
    let own = model.with("conventions.financing", Node::from_toml("cost = 0.1").unwrap().value).unwrap();
    assert!(convention.mark("financing.cost").is_some() && own.convention().mark("financing.cost").is_none());
}

#[test]
fn holders_land_in_their_types() {
    let model = shape();
    let kinds: Vec<(&str, HolderKind, Option<PublicLevel>)> =
        model.holders().iter().map(|holder| (holder.id.as_str(), holder.kind, holder.level)).collect();
    assert_eq!(
        kinds,
        [
            ("participants", HolderKind::People, None),
            ("municipality", HolderKind::Public, Some(PublicLevel::Municipality)),
            ("county", HolderKind::Public, Some(PublicLevel::County)),
            ("state", HolderKind::Public, Some(PublicLevel::State)),
            ("hospital", HolderKind::Public, Some(PublicLevel::HealthTrust)),
            ("insurer", HolderKind::Public, Some(PublicLevel::Insurance)),
            ("enterprise", HolderKind::Enterprise, None),
            ("fund", HolderKind::Investor, None),
            ("others", HolderKind::Unassigned, None),
        ]
    );
    assert_eq!(model.holders()[0].size, Some(200.into()));
    assert_eq!(model.holders()[1].name, Label::both("The municipality", "Kommunen"));
    assert_eq!(model.holders()[2].name, Label::plain("county"));
}

#[test]
fn costs_and_transfers_land_in_their_types() {
    let model = shape();
    let [cooperation, start_up, _] = model.costs() else { panic!("three costs") };
    assert_eq!((cooperation.id.as_str(), cooperation.address.as_str()), ("cooperation", "costs.cooperation"));
    assert_eq!((cooperation.payer.position(), cooperation.flow.basis), (1, PriceBasis::Nominal));
    assert_eq!([cooperation.flow.first, cooperation.flow.last].as_slice(), years(&[2018, 2021]));
    assert_eq!(cooperation.source, Some(Source::titled("budget")));
    assert_eq!(cooperation.note.as_deref(), Some("paid in advance"));
    assert_eq!(of(&model, cooperation.flow.amount.slots()[0]), "costs.cooperation.per_year");
    assert_eq!((start_up.flow.first, start_up.flow.basis), (start_up.flow.last, PriceBasis::Real));
    let amount = at(&model, "costs.cooperation.per_year");
    assert_eq!((amount.unit.as_str(), amount.accepts), ("NOK a year (nominal)", Accepts::NotNegative));
    assert_eq!((amount.source.as_ref(), amount.marks.illustrative), (Some(&Source::titled("budget")), true));
    let [grant, fee] = model.transfers() else { panic!("two transfers") };
    assert_eq!((grant.from.position(), grant.to.position(), grant.name.en.as_str()), (3, 6, "Start-up grant"));
    assert_eq!((grant.note.as_deref(), grant.source.is_some()), (Some("once"), true));
    assert_eq!((fee.from.position(), fee.to.position()), (6, 7));
}

#[test]
fn outcomes_land_in_their_types() {
    let model = shape();
    let [work, sentences] = model.outcomes() else { panic!("two outcomes") };
    assert_eq!((work.direction, work.nature, work.measured), (Direction::Increase, Nature::State, Measured::Gross));
    assert_eq!((work.holder.position(), work.lag, work.unit.to_string().as_str()), (0, 1, "person"));
    assert_eq!(work.change, Some(Label::plain("leaves social assistance for ordinary work")));
    assert_eq!(work.intakes, years(&[2018, 2019, 2020, 2021]));
    assert_eq!(work.quantity, Quantity::Number(model.number_at("outcomes.into-work.quantity").unwrap()));
    assert_eq!(of(&model, work.duration.unwrap()), "outcomes.into-work.duration");
    assert_eq!(work.own_share, OwnShare::Others(model.number_at("outcomes.into-work.attribution.others").unwrap()));
    assert_eq!(of(&model, work.displacement.share), "outcomes.into-work.displacement.share");
    assert_eq!(work.displacement.borne_by.map(|holder| holder.position()), Some(8));
    let destinations: Vec<&str> = work.destinations.iter().map(|destination| destination.id.as_str()).collect();
    assert_eq!(destinations, ["work", "aap"]);
    assert_eq!((work.evidence.grade, work.evidence.design.as_deref()), (Some(Grade::C), Some("before-after")));
    assert_eq!(
        (work.source.as_ref(), work.note.as_deref()),
        (Some(&Source::titled("annual report")), Some("one cohort a year"))
    );
    assert_eq!(
        (sentences.direction, sentences.nature, sentences.measured),
        (Direction::Decrease, Nature::Event, Measured::Net)
    );
    assert_eq!((sentences.duration, sentences.deadweight), (None, None));
    assert_eq!(sentences.intakes, years(&[2019, 2021]));
    let Quantity::Chain(links) = &sentences.quantity else { panic!("a chain") };
    let links: Vec<String> = links.iter().map(|link| of(&model, *link)).collect();
    let chain = "outcomes.fewer-sentences.quantity.chain";
    assert_eq!(links, [format!("{chain}.population"), format!("{chain}.engaged"), format!("{chain}.success")]);
}

#[test]
fn values_land_in_their_types() {
    let model = shape();
    let [assistance, allowance] = model.outcomes()[0].values.as_slice() else { panic!("two values") };
    assert_eq!((assistance.kind, assistance.basis), (ValueKind::Fiscal, Some(Basis::Income)));
    assert_eq!((assistance.to.position(), assistance.from.map(|holder| holder.position())), (1, Some(0)));
    assert_eq!(assistance.price.proxy.as_deref(), Some("der-no-sosialhjelp-year-2022"));
    assert_eq!(of(&model, assistance.price.amount), "catalogue.der-no-sosialhjelp-year-2022");
    let Conversion::MonthsPerRecipient(months) = assistance.conversion else { panic!("months") };
    assert_eq!(of(&model, months), "assumptions.months-per-recipient");
    assert_eq!((assistance.price.index_series.clone(), assistance.price.exchange_series.clone()), (None, None));
    assert_eq!((allowance.destination, allowance.from), (Some(1), None));
    assert_eq!((allowance.price.currency.code(), allowance.price.unit.to_string().as_str()), ("EUR", "person-month"));
    let Conversion::Fixed(factor) = &allowance.conversion else { panic!("a known factor") };
    assert_eq!(factor.exact().value(), Ok(12.into()));
    assert_eq!(allowance.price.index_series.as_deref(), Some("cpi-fi"));
    assert_eq!(allowance.price.exchange_series.as_deref(), Some("ppp-fi, ppp-no"));
    let prison = &model.outcomes()[1].values[0];
    assert!(matches!(prison.conversion, Conversion::PerUnit(_)));
    assert_eq!(prison.price.index_series.as_deref(), Some("cpi-no"));
}

#[test]
fn a_price_is_carried_by_its_own_index_and_then_exchanged() {
    let market = SHAPE.replace("prices = { exchange = \"purchasing-power\" }", "");
    let model = Model::from_toml(&market).unwrap();
    let price = &model.outcomes()[0].values[1].price;
    assert_eq!(price.exchange_series.as_deref(), Some("exchange-eur-nok"));
    // The average of 2022 in the embedded series, kroner per euro.
    assert_eq!(price.exchange.exact().value(), Ok(decimal("10.1026")));
    let series = impact_core::reference::Indices::embedded().get("cpi-fi").unwrap();
    assert_eq!(price.index.exact(), series.ratio(years(&[2021])[0], years(&[2022])[0]).unwrap());
}

#[test]
fn questions_land_in_their_types() {
    let model = shape();
    let [how_many, cost] = model.questions() else { panic!("two questions") };
    assert_eq!((how_many.id.as_str(), how_many.break_even.as_str()), ("how-many", "outcomes.into-work.quantity"));
    assert_eq!((how_many.question.measure, how_many.target), (Measure::Npv, 100_000.into()));
    assert_eq!(how_many.question.perspective, Perspective::Holder("municipality".to_owned()));
    assert_eq!(
        (cost.question.measure, cost.question.perspective.clone()),
        (Measure::CostPerOutcome, Perspective::Society)
    );
    assert_eq!((cost.question.outcome.as_deref(), cost.target), (Some("into-work"), 0.into()));
}

#[test]
fn a_number_keeps_what_its_author_says_of_it() {
    let model = shape();
    let months = at(&model, "assumptions.months-per-recipient");
    assert_eq!((months.point, months.point_is, months.accepts), (decimal("5.5"), Point::Given, Accepts::Positive));
    assert_eq!(months.name, Some(Label::both("Months per recipient", "Måneder per mottaker")));
    assert_eq!((months.unit.as_str(), months.grade), ("months a year per recipient", Some(Grade::C)));
    assert_eq!(months.source.as_ref().unwrap().section.as_deref(), Some("table 2"));
    assert!(months.marks.illustrative && months.marks.unverified);
    assert_eq!(months.note.as_deref(), Some("a mean over all ages"));
    let share = at(&model, "assumptions.cautious-share");
    assert_eq!((share.point, share.point_is, share.accepts), (decimal("0.3"), Point::Best, Accepts::Share));
    let quantity = at(&model, "outcomes.into-work.quantity");
    assert_eq!((quantity.point.round_dp(4), quantity.point_is), (decimal("12.3333"), Point::Mean));
    assert_eq!(
        (quantity.grade, quantity.source.as_ref()),
        (Some(Grade::B), Some(&Source::titled("follow-up of participants")))
    );
    assert_eq!(quantity.distribution.as_ref().map(|distribution| distribution.name()), Some("pert"));
    assert_eq!(at(&model, "outcomes.into-work.drop_off").source, Some(Source::titled("annual report")));
}

#[test]
fn a_source_is_inherited_from_the_nearest_table() {
    let text = SHAPE.replace("quantity = { pert = [6, 12, 20], source = \"follow-up of participants\", grade = \"B\", note = \"interviews\" }", "quantity = 12");
    let model = Model::from_toml(&text).unwrap();
    let quantity = at(&model, "outcomes.into-work.quantity");
    assert_eq!(
        (quantity.grade, quantity.source.as_ref()),
        (Some(Grade::C), Some(&Source::titled("evaluation of 2020")))
    );
}

#[test]
fn a_shared_number_is_one_slot_however_often_it_is_used() {
    let model = shape();
    let uses = [
        "assumptions.cautious-share",
        "outcomes.into-work.deadweight",
        "outcomes.into-work.values.allowance.avoidable",
    ];
    let slots: Vec<Slot> = uses.iter().map(|address| model.number_at(address).unwrap()).collect();
    assert!(slots.iter().all(|slot| *slot == slots[0]));
    assert_eq!(model.outcomes()[0].deadweight, Some(slots[0]));
    let used: Vec<&str> = at(&model, uses[0]).used_at.iter().map(|address| address.as_str()).collect();
    assert_eq!(used, &uses[1..]);
    let addresses: std::collections::HashSet<_> = model.assumptions().iter().map(|one| &one.address).collect();
    assert_eq!(addresses.len(), model.assumptions().len());
}

#[test]
fn a_catalogue_figure_is_one_slot_and_may_be_the_documents_own() {
    let model = shape();
    let own = at(&model, "catalogue.no-prison-high-place");
    assert_eq!(own.origin, Origin::CatalogueOverridden("no-prison-high-place".to_owned()));
    assert!(own.distribution.is_some() && own.marks.illustrative);
    let figure = at(&model, "catalogue.der-no-sosialhjelp-year-2022");
    assert_eq!(figure.origin, Origin::Catalogue("der-no-sosialhjelp-year-2022".to_owned()));
    assert_eq!((figure.point, figure.unit.as_str()), (56_500.into(), "NOK per recipient-year (2022 prices)"));
    assert!(figure.distribution.is_none() && figure.source.is_some() && figure.grade.is_some());
    let value = "outcomes.into-work.values.social-assistance";
    for address in [format!("{value}.proxy"), format!("{value}.value")] {
        assert_eq!(at(&model, &address).address.as_str(), "catalogue.der-no-sosialhjelp-year-2022");
    }
}

#[test]
fn what_a_beginner_leaves_out_is_listed() {
    let listed: Vec<String> =
        beginner().defaults().iter().map(|default| format!("{} = {}", default.address, default.taken)).collect();
    assert_eq!(
        listed,
        [
            "present_value_year = 2024",
            "conventions = norway-r109-2021",
            "discount_origin = 2024",
            "costs.team.price_basis = real",
            "outcomes.less-lonely.direction = increase",
            "outcomes.less-lonely.nature = state",
            "outcomes.less-lonely.unit = person",
            "outcomes.less-lonely.measured = gross",
            "outcomes.less-lonely.intakes = one",
            "outcomes.less-lonely.lag = 0",
            "outcomes.less-lonely.duration = 1",
            "outcomes.less-lonely.deadweight = 0",
            "outcomes.less-lonely.attribution = all its own",
            "outcomes.less-lonely.displacement = 0",
            "outcomes.less-lonely.values.company.currency = NOK",
            "outcomes.less-lonely.values.company.price_year = 2024",
            "outcomes.less-lonely.values.company.to = neighbours",
            "outcomes.less-lonely.values.company.avoidable = 1",
            "outcomes.less-lonely.values.company.cashable = 0",
            "horizon = 1",
        ]
    );
}

#[test]
fn saying_a_default_changes_nothing_but_the_list() {
    let (left_out, said) = (beginner(), beginner().with("outcomes.less-lonely.deadweight", 0).unwrap());
    assert_eq!(said.defaults().len(), left_out.defaults().len() - 1);
    assert_eq!(at(&said, "outcomes.less-lonely.deadweight").origin, Origin::Document);
    assert_eq!(at(&left_out, "outcomes.less-lonely.deadweight").origin, Origin::Default);
    assert_ne!(said.hash(), left_out.hash());
}

#[test]
fn the_usual_conventions_of_a_country_are_taken() {
    for (country, currency, id) in
        [("NO", "NOK", "norway-r109-2021"), ("GB-SCT", "GBP", "uk-green-book-2022"), ("US", "USD", "sroi-practice")]
    {
        let text = BEGINNER.replace("\"NO\"", &format!("{country:?}")).replace("\"NOK\"", &format!("{currency:?}"));
        assert_eq!(Model::from_toml(&text).unwrap().convention().id, id);
    }
}

#[test]
fn without_a_horizon_the_last_amount_or_effect_ends_the_appraisal() {
    assert_eq!(beginner().horizon(), 1);
    assert_eq!(beginner().with("outcomes.less-lonely.duration", decimal("2.5")).unwrap().horizon(), 3);
    assert_eq!(beginner().with("outcomes.less-lonely.lag", 4).unwrap().horizon(), 5);
    assert_eq!(beginner().with("costs.team.year", 2030).unwrap().horizon(), 7);
}

#[test]
fn toml_and_json_give_equal_models_and_hashes() {
    for model in [shape(), beginner()] {
        let json = Model::from_json(&model.to_json()).unwrap();
        let toml = Model::from_toml(&model.to_toml()).unwrap();
        for other in [&json, &toml, &Model::from_bytes(model.to_json().as_bytes()).unwrap()] {
            assert_eq!(other, &model);
            assert_eq!(other.hash().as_str(), model.hash().as_str());
            assert_eq!((other.assumptions(), other.defaults()), (model.assumptions(), model.defaults()));
            assert_eq!((other.outcomes(), other.costs()), (model.outcomes(), model.costs()));
        }
    }
}

#[test]
fn overriding_equals_editing_the_text() {
    let model = shape();
    let edits: [(&str, &str, &str, Decimal); 4] = [
        ("costs.cooperation.per_year", "per_year = 1_000_000", "per_year = 900_000", 900_000.into()),
        (
            "outcomes.into-work.deadweight",
            "deadweight = { use = \"cautious-share\" }",
            "deadweight = 0.5",
            decimal("0.5"),
        ),
        ("outcomes.into-work.displacement", "share = 0.10", "share = 0.25", decimal("0.25")),
        ("inflation", "{ value = 0.02, source", "{ value = 0.03, source", decimal("0.03")),
    ];
    for (address, from, to, value) in edits {
        assert!(SHAPE.contains(from), "{from}");
        assert_eq!(
            model.with(address, value).unwrap(),
            Model::from_toml(&SHAPE.replacen(from, to, 1)).unwrap(),
            "{address}"
        );
    }
    let all = model.with_all([("costs.cooperation.per_year", 1), ("horizon", 20)]).unwrap();
    assert_eq!(all, model.with("costs.cooperation.per_year", 1).unwrap().with("horizon", 20).unwrap());
}

#[test]
fn a_plain_number_keeps_the_table_it_is_put_into() {
    let model = shape().with("outcomes.into-work.quantity", 15).unwrap();
    let quantity = at(&model, "outcomes.into-work.quantity");
    assert_eq!((quantity.point, quantity.distribution.is_none()), (15.into(), true));
    assert_eq!((quantity.grade, quantity.note.as_deref()), (Some(Grade::B), Some("interviews")));
    let shared = shape().with("assumptions.cautious-share", decimal("0.4")).unwrap();
    assert_eq!(at(&shared, "outcomes.into-work.deadweight").point, decimal("0.4"));
}

#[test]
fn a_use_is_overridden_at_its_place_only() {
    let model = shape().with("outcomes.into-work.deadweight", decimal("0.5")).unwrap();
    assert_eq!(at(&model, "outcomes.into-work.deadweight").point, decimal("0.5"));
    assert_eq!(at(&model, "outcomes.into-work.values.allowance.avoidable").point, decimal("0.3"));
    assert_eq!(at(&model, "assumptions.cautious-share").used_at.len(), 1);
}

#[test]
fn a_catalogue_figure_is_overridden_in_the_document() {
    let model = shape().with("catalogue.der-no-sosialhjelp-year-2022", 60_000).unwrap();
    assert_eq!(at(&model, "outcomes.into-work.values.social-assistance.value").point, 60_000.into());
    assert!(model.to_toml().contains("der-no-sosialhjelp-year-2022 = 60000"));
    let unknown = shape().with("catalogue.der-no-sosialhjelp-2022", 1).unwrap_err().to_string();
    assert!(unknown.contains("near to it are `der-no-sosialhjelp-year-2022`"), "{unknown}");
}

#[test]
fn words_lists_and_tables_can_be_overridden_too() {
    let model = shape();
    let one = model.with("outcomes.into-work.intakes", vec![2019]).unwrap();
    assert_eq!(one.outcomes()[0].intakes, years(&[2019]));
    assert_eq!(model.with("outcomes.into-work.measured", "net").unwrap_err().total(), 1);
    let pert = Node::from_toml("pert = [1, 2, 3]").unwrap().value;
    assert_eq!(
        at(&model.with("outcomes.into-work.duration", pert).unwrap(), "outcomes.into-work.duration").point,
        2.into()
    );
    let own = beginner().with("outcomes.less-lonely.attribution.own", decimal("0.8")).unwrap();
    assert!(matches!(own.outcomes()[0].own_share, OwnShare::Own(_)));
}

#[test]
fn an_unknown_address_names_the_nearest() {
    let model = shape();
    for (address, near) in [
        ("outcomes.into-work.quantiti", "outcomes.into-work.quantity"),
        ("outcomes.into-wrok.quantity", "outcomes.into-work.quantity"),
        ("assumptions.month-per-recipient", "assumptions.months-per-recipient"),
        ("outcomes.into-work.destinations.wrok", "outcomes.into-work.destinations.work"),
        ("outcomes.fewer-sentences.quantity.chain.engagd", "outcomes.fewer-sentences.quantity.chain.engaged"),
        ("outcomes.into-work.lag.years", "outcomes.into-work.lag"),
        ("horizonn", "horizon"),
    ] {
        let said = model.with(address, 1).unwrap_err().to_string();
        assert_eq!(said, format!("document: `{address}` is no address of this model: did you mean `{near}`?"));
    }
    assert_eq!(
        model.number_at("outcomes.into-work.drop_of").unwrap_err().to_string(),
        "document: `outcomes.into-work.drop_of` is no number of this model: did you mean `outcomes.into-work.drop_off`?"
    );
    assert!(model.number_at("outcomes.into-work.holder").is_err());
    assert!(model.with("Not an address", 1).unwrap_err().to_string().contains("is not an address"));
}

#[test]
fn an_override_that_makes_no_sense_says_so() {
    assert_eq!(
        shape().with("outcomes.into-work.attribution.others", 2).unwrap_err().to_string(),
        "outcomes.into-work.attribution.others: share of others `2` is not between 0 and 1"
    );
    let taken = shape().with("holders.state.id", "county").unwrap_err().to_string();
    assert!(taken.contains("id `county` is used twice in `holders`"), "{taken}");
}

#[test]
fn a_large_model_is_read_at_once() {
    let start = std::time::Instant::now();
    let outcomes: String = (0..2000)
        .map(|n| {
            format!(
                "[[outcomes]]\nid = \"o{n}\"\nholder = \"neighbours\"\nquantity = {n}\ndeadweight = {{ use = \"d\" }}\n"
            )
        })
        .collect();
    let text = format!("{BEGINNER}{outcomes}[assumptions]\nd = 0.1\n");
    let model = Model::from_toml(&text).unwrap();
    assert_eq!((model.outcomes().len(), at(&model, "assumptions.d").used_at.len()), (2001, 2000));
    // Two thousand outcomes take a quarter of a second in an unoptimised build; were it quadratic, minutes.
    assert!(start.elapsed() < std::time::Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn every_model_of_the_fixtures_is_read() {
    let mut read = 0;
    for folder in ["fixtures/models", "fixtures/cases/sroi"] {
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let Some(name) = path.to_str().filter(|name| name.ends_with(".toml")) else { continue };
            let document = Node::from_toml(&std::fs::read_to_string(&path).unwrap()).unwrap();
            let model = match document.as_table().unwrap().get("model") {
                Some(part) => Node::new(impact_core::address::Address::root(), part.value.clone()),
                None => document,
            };
            if let Err(error) = Model::from_node(model) {
                panic!("{name}:\n{error}");
            }
            read += 1;
        }
    }
    assert!(read >= 6, "{read}");
}
