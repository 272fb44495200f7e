"""A contract in a model, small enough to be worked by hand: all of it is illustrative."""

from pathlib import Path

import socialimpact as si

WORK = Path("fixtures/models/paid-work.toml").read_text(encoding="utf-8")

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
