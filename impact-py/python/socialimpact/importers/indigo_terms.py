"""Exact terms beside a project of INDIGO: put there, read from there, and a project made of them.

One rule: everything of ours stands under one key; of the standard's own fields none is changed.
"""

from typing import Any

from socialimpact._core import Contract
from socialimpact.errors import ImpactError
from socialimpact.importers import json_text
from socialimpact.importers.faults import short

OURS = "socialimpact"
"""The key of everything that is not the standard's."""

_ORGANISATION = "indigo-org-"


def read(data: dict[str, Any]) -> Contract | None:
    """Give the terms that stand beside, held to the hash that stands with them."""
    ours = data.get(OURS)
    if ours is None:
        return None
    terms = ours.get("terms") if isinstance(ours, dict) else None
    if not isinstance(terms, dict):
        raise ImpactError(f"project.data.{OURS}.terms: expected a table with the terms of a contract")
    contract = Contract.from_json(json_text.write(terms))
    stated = ours.get("hash")
    if stated != contract.hash:
        raise ImpactError(
            f"project.data.{OURS}.hash: `{short(stated, 80)}` is not the hash of the terms beside it, `{contract.hash}`"
        )
    return contract


def put(data: dict[str, Any], contract: Contract) -> None:
    """Put terms beside, and beside each metric and price of theirs which one of the terms it is."""
    document = json_text.read(contract.to_json(), "terms")
    data[OURS] = {"hash": contract.hash, "terms": document}
    terms = document["contract"]
    names: dict[str, str] = {}
    for metric in terms["metrics"]:
        name = _name(metric, data)
        names[metric["id"]] = name
        row = _found(data.setdefault("outcome_metrics", []), lambda row, name=name: row.get("id") == name)
        if row is None:
            row = {"id": name, "definition": {"value": _plain(metric.get("definition", metric.get("name", name)))}}
            data["outcome_metrics"].append(row)
        row[OURS] = {"metric": metric["id"], **{key: metric[key] for key in ("indicators",) if key in metric}}
    prices: dict[str, list[dict[str, Any]]] = {}
    for payment in terms["payments"]:
        metric = _metric_of(payment.get("of"), terms)
        if metric is not None:
            prices.setdefault(names[metric], []).append(payment)
    for name, payments in prices.items():
        row = _found(data.setdefault("outcome_pricings", []), lambda row, name=name: _of(row) == name)
        if row is None:
            row = _price(name, payments, document["currency"])
            data["outcome_pricings"].append(row)
        row[OURS] = {"payments": [payment["id"] for payment in payments]}


def data_of(contract: Contract) -> dict[str, Any]:
    """Give what the standard has a place for: the name, who pays at most how much, and who invests."""
    document = json_text.read(contract.to_json(), "terms")
    terms = document["contract"]
    currency = {"value": document["currency"]}
    holders = {holder["id"]: holder for holder in document["holders"]}
    payers = []
    for payer in terms["payers"]:
        row = _organisation(payer["holder"], holders)
        if (most := _number(payer.get("at_most"))) is not None:
            row["maximum_potential_outcome_payment"] = {"amount": {"value": most}, "currency": currency}
        payers.append(row)
    investments = []
    for tranche in terms.get("finance", {}).get("tranches", []):
        row = {"id": tranche["id"], **_organisation(tranche["holder"], holders)}
        if (commitment := _number(tranche.get("commitment"))) is not None:
            row["investment_commitment"] = {"amount": {"exact": {"value": commitment}}, "currency": currency}
        investments.append(row)
    data = {"name": {"value": _plain(document["name"])}, "outcome_payment_commitments": payers}
    return {**data, **({"investments": investments} if investments else {})}


def _organisation(holder: str, holders: dict[str, Any]) -> dict[str, Any]:
    """Give who a holder is: by its id where that is one of INDIGO, else by its name."""
    if holder.startswith(_ORGANISATION):
        return {"organisation_id": {"value": holder.upper()}}
    return {"notes": _plain(holders[holder].get("name", holder)), OURS: {"holder": holder}}


def _name(metric: dict[str, Any], data: dict[str, Any]) -> str:
    """Give the project's id of a metric: by its indicator, else its own."""
    known = {row.get("id") for row in data.get("outcome_metrics", [])}
    named = [each["id"] for each in metric.get("indicators", []) if each["scheme"] == "indigo"]
    return str(next((name for name in named if name in known), named[0] if named else metric["id"]))


def _metric_of(figure: Any, terms: dict[str, Any]) -> str | None:
    """Give the metric that a payment is of, by its estimate where there is one."""
    if any(metric["id"] == figure for metric in terms["metrics"]):
        return str(figure)
    for estimate in terms.get("estimates", []):
        if estimate["id"] == figure:
            inner = [estimate.get("metric", estimate.get("pool"))]
            inner += [each.get("of", each.get("estimate")) for each in estimate.get("mix", [])]
            return next((found for each in inner if each and (found := _metric_of(each, terms))), None)
    return None


def _price(name: str, payments: list[dict[str, Any]], currency: str) -> dict[str, Any]:
    row: dict[str, Any] = {"outcome_metric_id": {"value": name}, "currency": {"value": currency}}
    schedules = [payment.get("schedule", {}) for payment in payments]
    per_unit = [_number(schedule.get("per_unit")) for schedule in schedules]
    if len(per_unit) == 1 and per_unit[0] is not None:
        row["price_per_unit"] = {"amount": {"value": per_unit[0]}}
    row["price_description"] = {"value": "; ".join(_plain(each.get("name", each["id"])) for each in payments)}
    return row


def _number(written: Any) -> Any:
    """Give a number of a document, bare or with its source; None where it is none by itself."""
    if isinstance(written, dict):
        written = written.get("value")
    return written if isinstance(written, json_text.Digits) else None


def _plain(label: Any) -> str:
    """Give a label in English, which the standard is written in."""
    return str(label.get("en") or label.get("nb")) if isinstance(label, dict) else str(label)


def _of(row: dict[str, Any]) -> Any:
    named = row.get("outcome_metric_id")
    return named.get("value") if isinstance(named, dict) else None


def _found(rows: list[dict[str, Any]], wanted: Any) -> dict[str, Any] | None:
    return next((row for row in rows if wanted(row)), None)
