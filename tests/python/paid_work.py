"""A contract in a model, small enough to be worked by hand: all of it is illustrative."""

import socialimpact as si

WORK = """
impact = 1
name = "Into work (illustrative)"
country = "NO"
currency = "NOK"
price_year = 2024
start = 2025
inflation = 0
holders = [
    { id = "town", kind = "public", level = "municipality" }, { id = "state", kind = "public", level = "state" },
    { id = "fund", kind = "investor" }, { id = "provider", kind = "enterprise" },
]
[[outcomes]]
id = "into-work"
holder = "town"
quantity = 12
unit = "person"
duration = 2
intakes = [2025, 2026]
deadweight = 0.25
displacement = 0.1
[[outcomes.values]]
id = "social-assistance"
kind = "fiscal"
to = "town"
value = 90_000
unit = "person-year"
[[outcomes.values]]
id = "income-tax"
kind = "fiscal"
to = "state"
value = 60_000
unit = "person-year"
[contract]
payee = "provider"
payers = [ { holder = "town", share = 0.4 }, { holder = "state", share = 0.6 } ]
metrics = [ { id = "started", kind = "claims", outcome = "into-work" } ]
payments = [ { id = "started", of = "started", schedule = { per_unit = 100_000 } } ]
[contract.finance]
costs = [ { id = "service", to = "provider", paid = [ { date = 2025-01-01, amount = 4_000_000 } ] } ]
delivery = [ { id = "staff", by = "provider", paid = [ { date = 2025-01-01, amount = 3_900_000 } ] } ]
tranches = [ { id = "loan", holder = "fund", commitment = 4_000_000 } ]
waterfall = [ { principal = ["loan"] }, { surplus = [ { tranche = "loan", share = 1 } ] } ]
[truth]
source = "illustrative"
illustrative = true
metrics = [ { id = "started", counterfactual = 0.2, effect = 0.3, effect_in = "absolute", scatter = "exactly" } ]
cohorts = [ { id = "2025", date = 2025-12-31, people = 100 } ]
"""
"""Twenty of a hundred people start work anyway and thirty more by the programme: fifty are paid for.

A person in work for two years, of whom one in ten takes it from somebody else, saves the town 2 · 0.9 · 90,000 =
162,000 and the state 2 · 0.9 · 60,000 = 108,000. A fund lends four million for 364 days.
"""

PRICE = "contract.payments.started.schedule.per_unit"
EFFECT = "truth.metrics.started.effect"


def certain() -> si.Model:
    """Give the model whose truth is certain and seen exactly."""
    return si.Model.from_toml(WORK)


def uncertain() -> si.Model:
    """Give the model of an effect of 0.2, a tenth more or less, that is counted."""
    normal = 'effect = { normal = { mean = 0.2, sd = 0.1 } }, effect_in = "absolute"'
    text = WORK.replace('effect = 0.3, effect_in = "absolute", scatter = "exactly"', normal)
    assert text != WORK
    return si.Model.from_toml(text)
