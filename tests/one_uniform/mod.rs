//! A model with one uncertain number, whose net present value is uniform.

/// 30 times a uniform between 0 and 10, less 100.
pub const ONE_UNIFORM: &str = r#"
impact = 1
name = "One uncertain number (illustrative)"
country = "NO"
currency = "NOK"
price_year = 2024
start = 2024
horizon = 1
conventions = "sroi-practice"
holders = [{ id = "town", kind = "public", level = "municipality" }, { id = "people", kind = "people" }]
costs = [{ id = "team", payer = "town", amount = 100, year = 2024, source = "illustrative" }]
[[outcomes]]
id = "work"
holder = "people"
nature = "event"
quantity = { uniform = [0, 10] }
values = [{ id = "v", value = 30, unit = "person", to = "people", kind = "social", source = "illustrative" }]
"#;
