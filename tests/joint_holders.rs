//! Joint holders: several budgets in fixed shares, to the øre.

use impact_core::Model;
use impact_core::analysis::BreakEvenQuestion;
use impact_core::model::{Measure, Perspective, Question};
use rust_decimal::Decimal;

/// Two towns buy together; the state repays the northern one some of it. Figures illustrative.
const BUYERS: &str = r#"
impact = 1
name = "Bought together"
country = "NO"
currency = "NOK"
price_year = 2022
start = 2022
conventions = "norway-r109-2021"

[assumptions]
north = 0.6

[[holders]]
id = "buyers"
kind = "joint"
shares = { north = { use = "north" }, south = 0.4 }

[[holders]]
id = "north"
kind = "public"
level = "municipality"

[[holders]]
id = "south"
kind = "public"
level = "municipality"

[[holders]]
id = "people"
kind = "people"

[[holders]]
id = "provider"
kind = "enterprise"

[[costs]]
id = "team"
payer = "buyers"
amount = 1_000_000.01
year = 2022

[[transfers]]
id = "fee"
from = "buyers"
to = "north"
amount = 100
year = 2022

[[outcomes]]
id = "off-assistance"
holder = "people"
quantity = 10
measured = "net"

[[outcomes.values]]
id = "assistance"
value = 90_000.07
unit = "person-year"
kind = "fiscal"
to = "buyers"
from = "people"
"#;

fn read(text: &str) -> Model {
    Model::from_toml(text).unwrap()
}

fn npv(model: &Model, perspective: &str) -> Decimal {
    model.appraise().unwrap().measure(Measure::Npv, Perspective::named(perspective)).unwrap().value.unwrap()
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn what_a_joint_holder_pays_and_gains_is_posted_to_its_members() {
    let model = read(BUYERS);
    // north: 0.6 × (10 × 90,000.07 − 1,000,000.01) and 40 from south; south: 0.4 of both, less 40.
    assert_eq!(npv(&model, "north"), decimal("-59959.586"));
    assert_eq!(npv(&model, "south"), decimal("-40039.724"));
    let ledger = model.appraise().unwrap();
    let holders: Vec<_> = ledger.ledger().lines().iter().map(|line| line.shares.len()).collect();
    assert_eq!(
        holders,
        [1, 1, 1, 1, 1, 0, 0],
        "two for the cost, one for the fee, two for the value, two of financing"
    );
}

#[test]
fn a_joint_holder_sees_what_its_members_see_together() {
    let model = read(BUYERS);
    assert_eq!(npv(&model, "buyers"), npv(&model, "north") + npv(&model, "south"));
    assert_eq!(npv(&model, "buyers"), npv(&model, "public"), "the fee between members cancels");
}

#[test]
fn sharing_changes_nothing_for_society() {
    let alone =
        BUYERS.replace("\"buyers\"\namount = 1", "\"south\"\namount = 1").replace("to = \"buyers\"", "to = \"north\"");
    assert_eq!(npv(&read(BUYERS), "society"), npv(&read(&alone), "society"));
}

#[test]
fn the_wrong_pocket_table_has_members_and_no_joint_holder() {
    let pocket = read(BUYERS).appraise().unwrap().wrong_pocket().unwrap();
    let rows: Vec<(&str, Decimal)> = pocket.rows.iter().map(|row| (row.holder.as_str(), row.pays)).collect();
    assert_eq!(
        rows,
        [
            ("north", decimal("600000.006")),
            ("south", decimal("400040.004")),
            ("people", Decimal::ZERO),
            ("provider", Decimal::ZERO)
        ]
    );
}

#[test]
fn shares_are_explained_where_they_work() {
    let told = read(BUYERS).appraise().unwrap().explain("outcomes.off-assistance.values.assistance").unwrap();
    let titles: Vec<&str> = told.parts.iter().map(|part| part.title.en.as_str()).collect();
    assert!(titles.contains(&"share of north in buyers") && titles.contains(&"share of south in buyers"), "{titles:?}");
}

#[test]
fn a_share_of_a_joint_holder_does_not_vary_by_itself() {
    let model = read(BUYERS);
    let asked = Question::new(Measure::Npv).seen_by(Perspective::named("north"));
    for address in ["holders.buyers.shares.south", "assumptions.north"] {
        let question = BreakEvenQuestion::new(address.parse().unwrap(), asked.clone());
        assert_eq!(
            model.break_even(&question).unwrap_err().to_string(),
            format!(
                "`{address}` cannot be varied by itself: the shares of `holders.buyers.shares` add up to 1, so vary them together"
            )
        );
    }
}

#[test]
fn broken_shares_are_explained() {
    let told = |from: &str, to: &str| Model::from_toml(&BUYERS.replace(from, to)).unwrap_err().to_string();
    let shares = "shares = { north = { use = \"north\" }, south = 0.4 }";
    assert_eq!(
        told("south = 0.4", "south = 0.5"),
        "holders.buyers.shares (line 16, column 10): the shares of a joint holder add up to 1.1, not to 1"
    );
    assert_eq!(
        told(shares, ""),
        "holders.buyers (line 13, column 1): `shares` is missing: say who a joint holder is and in which shares, such as `shares = { north = 0.6, south = 0.4 }`"
    );
    assert_eq!(
        told("south = 0.4 }", "sout = 0.4 }"),
        "holders.buyers.shares.sout (line 16, column 46): no holder has the id `sout`: did you mean `south`?"
    );
    assert_eq!(
        told("south = 0.4 }", "south = { uniform = [0.3, 0.5] } }"),
        "holders.buyers.shares.south (line 16, column 47): a share of a joint holder is a plain number: the shares add up to 1 whatever happens"
    );
    assert_eq!(
        told("south = 0.4 }", "buyers = 0.4 }"),
        "holders.buyers.shares.buyers (line 16, column 48): `buyers` is a joint holder itself: name its members here"
    );
    assert_eq!(
        told("kind = \"people\"", "kind = \"people\"\nshares = { north = 1 }"),
        "holders.people.shares (line 31, column 10): `shares` has no meaning here: only a `joint` holder has them"
    );
}

#[test]
fn too_many_pairs_of_members_are_counted_and_not_laid_out() {
    let members = |side: &str| (0..1_500).map(|at| format!("{side}{at}")).collect::<Vec<_>>();
    let (left, right) = (members("l"), members("r"));
    let mut text =
        String::from("impact = 1\nname = 'x'\ncountry = 'NO'\ncurrency = 'NOK'\nprice_year = 2024\nstart = 2024\n");
    for (id, members) in [("left", &left), ("right", &right)] {
        // The first has it all.
        let shares = members.iter().enumerate().map(|(at, id)| format!("{id} = {}", u8::from(at == 0)));
        let shares = shares.collect::<Vec<_>>().join(", ");
        text += &format!("[[holders]]\nid = '{id}'\nkind = 'joint'\nshares = {{ {shares} }}\n");
    }
    text.extend(left.iter().chain(&right).map(|id| format!("[[holders]]\nid = '{id}'\nkind = 'people'\n")));
    text += "[[transfers]]\nid = 'gift'\nfrom = 'left'\nto = 'right'\namount = 100\nyear = 2024\n";
    let said = Model::from_toml(&text).unwrap().appraise().unwrap_err().to_string();
    assert!(said.contains("postings, more than the 2000000 that are kept"), "{said}");
}
