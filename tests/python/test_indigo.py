"""Projects of INDIGO: carried without loss, with exact terms beside."""

import copy
import json
import pickle
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import socialimpact as si
from socialimpact.cli import main

RIVER_TOWN = Path("fixtures/indigo/river-town.json")
PAID = Path("fixtures/models/paid-by-results.toml")
CONTRACTS = sorted(path for path in Path("fixtures/contracts").glob("*.toml") if ".observations" not in path.name)


def river_town() -> si.IndigoProject:
    return si.read_indigo(RIVER_TOWN)


def terms(**more: Any) -> si.Contract:
    text = PAID.read_text(encoding="utf-8")
    for old, new in more.values():
        assert old in text
        text = text.replace(old, new, 1)
    return si.Contract.from_toml(text)


def exact(text: str) -> Any:
    return json.loads(text, parse_float=str, parse_int=str, object_pairs_hook=list)


def test_a_project_read_and_written_is_the_same_document_to_the_letter() -> None:
    assert river_town().to_json() == RIVER_TOWN.read_text(encoding="utf-8")


def test_its_ids_words_and_prices_are_told_as_they_stand() -> None:
    project = river_town()
    assert (project.id, project.name) == ("INDIGO-POJ-9001", "River Town: into work")
    assert project.metrics.to_dict()["people"] == [Decimal(60), None]
    assert project.pricings.to_dict()["per_unit"] == [Decimal(40_000), None]
    assert project.pricings.to_dict()["at_most"] == [None, "about a million"]
    assert [tuple(row.values()) for row in project.organisations.to_pylist()] == [
        ("INDIGO-ORG-9001", "outcome payer", "Government/Public Sector/Public Bank"),
        ("INDIGO-ORG-9002", "investor", None),
        ("INDIGO-ORG-9003", "provider", "For-profit"),
    ]
    assert project.contract is None
    assert project.data["overall_project_finance"]["total_investment_commitment"]["amount"]["exact"][
        "value"
    ] == Decimal("2500000.50")


def without_ours(value: Any) -> Any:
    """Give a document of lists of pairs without what stands under our key."""
    if isinstance(value, list):
        return [without_ours(each) for each in value if not (isinstance(each, tuple) and each[0] == "socialimpact")]
    return (value[0], without_ours(value[1])) if isinstance(value, tuple) else value


def test_exact_terms_stand_beside_and_nothing_else_is_moved() -> None:
    named = ('id = "started"', 'id = "started"\nindicators = [{ scheme = "indigo", id = "outcomemetric1" }]')
    text = PAID.read_text(encoding="utf-8")
    start = text.index("[[contract.metrics]]")
    contract = si.Contract.from_toml(text[:start] + text[start:].replace(*named, 1))
    project = river_town().with_contract(contract)
    assert project.contract == contract
    before, after = river_town().data, project.data
    assert after["outcome_metrics"][0]["socialimpact"]["metric"] == "started"
    assert after["outcome_metrics"][0]["socialimpact"]["indicators"] == [{"scheme": "indigo", "id": "outcomemetric1"}]
    assert after["outcome_pricings"][0]["price_description"] == before["outcome_pricings"][0]["price_description"]
    assert after["outcome_pricings"][0]["socialimpact"] == {"payments": ["started"]}
    assert [metric["id"] for metric in after["outcome_metrics"]][:2] == ["outcomemetric1", "outcomemetric2"]
    assert len(after["outcome_metrics"]) == 2 + len(contract.metrics) - 1
    for key in before:
        kept = after[key][: len(before[key])] if isinstance(before[key], list) else after[key]
        stripped = (
            [{k: v for k, v in row.items() if k != "socialimpact"} for row in kept] if key[:8] == "outcome_" else kept
        )
        assert stripped == before[key], key
    assert '"value": 2500000.50' in project.to_json()
    assert "-0.0" in project.to_json()
    again = si.IndigoProject.from_json(project.to_json())
    assert again == project
    assert exact(again.with_contract(contract).to_json()) == exact(project.to_json())


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.stem)
def test_every_contract_goes_out_and_comes_back(path: Path) -> None:
    contract = si.read_contract(path)
    project = si.IndigoProject.of(contract, id="INDIGO-POJ-0001")
    again = si.IndigoProject.from_json(project.to_json())
    assert again == project
    assert (again.id, again.contract) == ("INDIGO-POJ-0001", contract)
    assert again.metrics.to_dict()["id"] == list(contract.metrics)
    assert len(again.data["outcome_payment_commitments"]) == len(contract.payers)


def test_prices_and_limits_go_where_the_standard_has_a_place() -> None:
    project = si.IndigoProject.of(si.read_contract("fixtures/contracts/denver.toml"), id="INDIGO-POJ-0001")
    housing = project.pricings.to_pylist()[0]
    assert (housing["metric"], housing["currency"], housing["per_unit"]) == ("housing-days", "USD", Decimal("15.12"))
    assert "socialimpact" in project.data


def test_holders_with_ids_of_indigo_keep_them() -> None:
    text = Path("fixtures/contracts/denver.toml").read_text(encoding="utf-8").replace('"city"', '"indigo-org-9001"')
    project = si.IndigoProject.of(si.Contract.from_toml(text), id="INDIGO-POJ-0001")
    assert project.organisations.to_dict()["organisation"][0] == "INDIGO-ORG-9001"


def test_terms_that_were_changed_by_hand_are_refused() -> None:
    contract = si.read_contract("fixtures/contracts/denver.toml")
    text = si.IndigoProject.of(contract, id="INDIGO-POJ-0001").to_json()
    changed = si.IndigoProject.from_json(text.replace("15.12", "15.13"))
    with pytest.raises(si.ImpactError, match=r"^project\.data\.socialimpact\.hash: .* is not the hash of the terms"):
        _ = changed.contract
    broken = si.IndigoProject.from_json('{"id": "INDIGO-POJ-0001", "data": {"socialimpact": 7}}')
    with pytest.raises(si.ImpactError, match=r"expected a table with the terms of a contract$"):
        _ = broken.contract


def test_what_is_of_another_kind_is_said_all_at_once() -> None:
    text = """{"project": {"id": 7, "data": {"name": "x", "investments": {}, "outcome_metrics": [1, {"id": 2}],
        "outcome_pricings": [{"price_per_unit": {"amount": {"value": "40 000"}}, "currency": {"value": null}}]}}}"""
    with pytest.raises(si.ImpactError) as caught:
        si.IndigoProject.from_json(text)
    assert str(caught.value).splitlines() == [
        "project.id: expected a text, found a number",
        "project.data.name: expected a table, found a text",
        "project.data.outcome_metrics.0: expected a table, found a number",
        "project.data.outcome_metrics.1.id: expected a text, found a number",
        "project.data.outcome_pricings.0.price_per_unit.amount.value: expected a number, found a text",
        "project.data.investments: expected a list, found a table",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "project: a project is a table, found a list"),
        ('{"a": 1, "a": 2}', "project: the key `a` is written twice"),
        ('{"a": NaN}', "project: `NaN` is no number of JSON"),
        ('{"a": 1', "project: line 1, column 8: this is no JSON: expecting ',' delimiter"),
        ('{"project": 7}', "project: expected a table, found a number"),
        ('{"project": {"data": []}}', "project.data: expected a table, found a list"),
        ("[" * 100_000, "project: lists and tables lie too deep in each other"),
        ('{"a": 1e99999999999999999999}', "project: the number `1e99999999999999999999` is beyond what is read"),
    ],
)
def test_what_is_no_project_is_refused(text: str, said: str) -> None:
    with pytest.raises(si.ImpactError) as caught:
        si.IndigoProject.from_json(text)
    assert str(caught.value) == said


def test_an_id_of_something_else_is_refused() -> None:
    with pytest.raises(si.ImpactError, match=r"^`INDIGO-ORG-0001` is no id of a project"):
        si.IndigoProject.of(si.read_contract("fixtures/contracts/denver.toml"), id="INDIGO-ORG-0001")


def test_a_project_travels_and_never_changes() -> None:
    project = river_town()
    assert pickle.loads(pickle.dumps(project)) == project  # noqa: S301 - our own bytes
    assert copy.deepcopy(project) == project
    assert hash(copy.copy(project)) == hash(project)
    project.data["name"] = {"value": "another"}
    assert project.name == "River Town: into work"
    assert project != river_town().with_contract(si.read_contract("fixtures/contracts/denver.toml"))


def test_terms_go_in_and_out_on_the_command_line(tmp_path: Path) -> None:
    town, denver = "fixtures/indigo/river-town.json", "fixtures/contracts/denver.toml"
    put = CliRunner().invoke(main, ["indigo", town, "--put", denver], catch_exceptions=False)
    file = tmp_path / "project.json"
    file.write_text(put.stdout, encoding="utf-8")
    assert si.read_indigo(file).contract == si.read_contract(denver)
    out = CliRunner().invoke(main, ["indigo", str(file)], catch_exceptions=False)
    assert si.Contract.from_toml(out.stdout) == si.read_contract(denver)
    without = CliRunner().invoke(main, ["indigo", town], catch_exceptions=False)
    assert (without.exit_code, "--put TERMS" in without.stderr) == (2, True)
