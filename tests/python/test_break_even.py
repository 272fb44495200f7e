"""Break-even: which value of an assumption brings a measure to its target?"""

from decimal import Decimal

import pytest

import socialimpact as si
from models import BEGINNER, sandefjord

QUANTITY = "outcomes.less-lonely.quantity"

CLOSE = Decimal("1e-4")
"""Kroner: a break-even value has 12 significant digits, and a unit is worth a hundred thousand."""


@pytest.fixture
def model() -> si.Model:
    return si.Model.from_dict(BEGINNER)


def test_the_answers_of_the_document_stand_in_its_order() -> None:
    model = sandefjord()
    answers = model.answers()
    assert [answer.id for answer in answers] == [question.id for question in model.questions]
    for answer, question in zip(answers, model.questions, strict=True):
        assert answer == model.answer(question.id)
        assert (answer.address, answer.measure, answer.holder) == (
            question.break_even,
            question.measure,
            question.holder,
        )


def test_a_model_at_its_break_even_meets_the_target() -> None:
    model = sandefjord()
    answer = model.answer("municipality-alone")
    assert answer.status == "unique"
    at = model.with_({answer.address: answer.values[0]}).appraise()
    npv = at.measure("npv", holder="municipality").value
    assert npv is not None
    assert abs(npv) < CLOSE


def test_an_answer_says_everything(model: si.Model) -> None:
    answer = model.break_even(QUANTITY, target=100)
    assert answer.id is None
    assert answer.target == 100
    assert answer.current == 25
    assert answer.unit == "person"
    assert answer.values == (Decimal("24.005"),)
    assert answer.status == "unique"
    assert answer.jumps == (False,)
    assert not answer.everywhere
    assert answer.searched[0] < answer.values[0] < answer.searched[1]
    low, high = answer.at_ends
    assert low is not None
    assert high is not None
    assert low < 100 < high
    assert answer.outcome_units["accrued"] == [answer.values[0]]
    assert len(answer.priced_units) == 0
    assert answer.to_dict()["values"] == [str(answer.values[0])]
    assert not answer.illustrative
    assert answer.unverified, "the circular behind the default conventions was not read"


def test_the_units_of_prices_are_said_beside_person_years() -> None:
    answer = sandefjord().answer("municipality-alone")
    assert answer.priced_units["unit"] == ["recipient-year"]
    assert "recipient-years" in answer.text()
    assert "mottakerår" in answer.text("nb")
    assert answer.text("nb") == answer.sentence.in_language("nb")
    assert str(answer) == answer.text() == answer.sentence


def test_no_value_in_the_range_is_an_answer(model: si.Model) -> None:
    answer = model.break_even(QUANTITY, holder="municipality", low=1, high=50)
    assert (answer.status, answer.values) == ("none", ())
    assert answer.searched == (Decimal(1), Decimal(50))
    assert answer.at_ends == (Decimal(-400_000), Decimal(-400_000))
    assert "is not 0 for any quantity" in str(answer)


def test_what_does_not_matter_is_an_answer(model: si.Model) -> None:
    answer = model.break_even(QUANTITY, holder="municipality", target=-400_000, low=1, high=50)
    assert answer.status == "everywhere"
    assert answer.everywhere


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"measure": "nvp"}, "`nvp` is not a measure"),
        ({"holder": "county"}, "`county` is no holder"),
        ({"low": 1}, "give both `low` and `high`, or neither"),
        ({"low": 5, "high": 1}, "cannot be varied from 5 to 1"),
        ({"target": "much"}, "`str` is no number"),
        ({"target": float("nan")}, "`nan` is not a number"),
        ({"measure": "cost_per_outcome", "outcome": "x"}, "`x` is no outcome"),
    ],
)
def test_a_question_that_cannot_be_asked_is_named(model: si.Model, options: dict[str, object], message: str) -> None:
    with pytest.raises(si.ImpactError) as caught:
        model.break_even(QUANTITY, **options)  # type: ignore[arg-type]
    assert message in str(caught.value)


def test_an_unknown_address_is_told_the_nearest(model: si.Model) -> None:
    with pytest.raises(si.ImpactError, match=r"did you mean `outcomes\.less-lonely\.quantity`"):
        model.break_even("outcomes.less-lonely.quantty")
    with pytest.raises(si.ImpactError, match="is not an address"):
        model.break_even("outcomes..quantity")


def test_an_unknown_question_is_told_the_known_ones(model: si.Model) -> None:
    with pytest.raises(si.ImpactError, match="it asks none"):
        model.answer("nobody")
    with pytest.raises(si.ImpactError, match="choose among municipality-alone"):
        sandefjord().answer("nobody")
