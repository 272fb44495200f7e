"""The checks from Python and from the command line: silencing, strictness, and what each rule says of itself."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import socialimpact as si
from conftest import MODELS
from socialimpact.cli import BAD_INPUT, main

BEGINNER = str(MODELS / "beginner.toml")
REASON = "asked all 25: nobody named any"


def typed(*words: str) -> Result:
    return CliRunner().invoke(main, words, catch_exceptions=False)


def beginner() -> dict[str, Any]:
    return si.read(BEGINNER).to_dict()


def silencing(*rules: str) -> si.Model:
    document = beginner()
    document["silenced"] = [{"rule": rule, "reason": REASON} for rule in rules]
    return si.Model.from_dict(document)


def warnings(model: si.Model) -> list[str]:
    return [row["rule"] for row in model.check().to_pylist() if row["severity"] == "warning" and not row["silenced"]]


def test_a_model_is_checked_in_either_language() -> None:
    model = si.read(BEGINNER)
    found = model.check()
    assert found.column_names == ("rule", "severity", "address", "message", "source", "silenced")
    english, norwegian = found["message"], model.check(lang="nb")["message"]
    assert english == model.appraise().findings()["message_en"]
    assert norwegian == model.appraise().findings()["message_nb"]
    assert set(found["silenced"]) == {None}


def test_silenced_findings_stay_last_with_their_reason() -> None:
    model = silencing("no-harm", "no-displacement")
    before, after = si.read(BEGINNER).check(), model.check()
    assert sorted(before["rule"]) == sorted(after["rule"])
    assert after["rule"][-2:] == ["no-harm", "no-displacement"]
    assert after["silenced"][-2:] == [REASON, REASON]
    assert set(after["silenced"][:-2]) == {None}
    assert "no-harm" not in warnings(model)


@pytest.mark.parametrize(
    ("silence", "said"),
    [
        ({"rule": "no-harms", "reason": "x"}, "no check has the id `no-harms`: did you mean `no-harm`?"),
        ({"rule": "illustrative", "reason": "x"}, "`illustrative` cannot be silenced"),
        ({"rule": "no-harm", "reason": ""}, "the reason is empty"),
        ({"rule": "no-harm"}, "`reason` is missing"),
    ],
)
def test_a_silence_is_refused_without_rule_or_reason(silence: dict[str, str], said: str) -> None:
    with pytest.raises(si.ImpactError, match="silenced") as refusal:
        si.Model.from_dict({**beginner(), "silenced": [silence]})
    assert said in str(refusal.value)


def test_every_rule_says_what_it_looks_for_and_who_says_so() -> None:
    rows = si.checks().to_pylist()
    assert len({row["rule"] for row in rows}) == len(rows) > 40
    for row in rows:
        assert all(row[key] for key in ("looks_for_en", "looks_for_nb", "why_en", "why_nb", "source", "example"))
    silent = {row["rule"] for row in rows if not row["can_be_silenced"]}
    assert silent == {"illustrative", "unverified", "unverified-convention", "silenced-in-vain"}


def test_a_strict_check_ends_well_once_every_warning_is_silenced(tmp_path: Path) -> None:
    path = tmp_path / "model.toml"
    model = si.read(BEGINNER)
    path.write_text(model.to_toml(), encoding="utf-8")
    assert typed("check", str(path), "--strict").exit_code == 1
    path.write_text(silencing(*dict.fromkeys(warnings(model))).to_toml(), encoding="utf-8")
    told = typed("check", str(path), "--strict")
    assert told.exit_code == 0, "notes do not count"
    count = len(warnings(model))
    assert f"{count} silenced in the document, with reasons" in told.stdout
    assert REASON not in told.stdout
    everything = typed("check", str(path), "--all")
    assert "".join(everything.stdout.split()).count("".join(f"(silenced: {REASON})".split())) == count
    written = json.loads(typed("check", str(path), "--json").stdout)
    assert (written["warnings"], written["silenced"]) == (0, count)
    assert written["findings"] == si.read(path).appraise().findings().to_pylist()


def test_a_rule_explains_itself_without_a_model() -> None:
    told = " ".join(typed("check", "--explain", "no-drop-off").stdout.split())
    assert told.startswith("no-drop-off (warning) Looks for an outcome of several years without `drop_off`.")
    assert "Source: 383 published SROI reports" in told
    assert "duration = 3" in told
    norwegian = typed("check", "--lang", "nb", "--explain", "illustrative").stdout
    assert "Den kan ikke slås av." in norwegian
    row = json.loads(typed("check", "--explain", "no-drop-off", "--json").stdout)
    assert row == next(row for row in si.checks().to_pylist() if row["rule"] == "no-drop-off")
    unknown = typed("check", "--explain", "no-such-rule")
    assert unknown.exit_code == BAD_INPUT
    assert "no check has the id `no-such-rule`" in unknown.stderr
    missing = typed("check")
    assert missing.exit_code == BAD_INPUT
    assert "MODEL" in missing.stderr


def test_a_published_case_that_contradicts_itself_is_found() -> None:
    document = beginner()
    claim = {"measure": "sroi_ratio", "value": 4.2, "source": "annual report"}
    found = si.Model.from_dict({**document, "reported": [claim]}).check()
    assert found["rule"].count("reported-figure-differs") == 1
    message = found["message"][found["rule"].index("reported-figure-differs")]
    assert message.startswith("sroi_ratio for society is reported as 4.2, and the document gives 1.25")


def test_the_report_shows_what_is_silenced_and_why(tmp_path: Path) -> None:
    path = tmp_path / "model.toml"
    path.write_text(silencing("no-harm").to_toml(), encoding="utf-8")
    page = tmp_path / "page.html"
    assert typed("report", str(path), "--html", str(page)).exit_code == 0
    assert f"(silenced: {REASON})" in page.read_text(encoding="utf-8")


def test_draws_are_checked_and_end_a_strict_simulation() -> None:
    sandefjord = str(MODELS / "sandefjord.toml")
    found = si.read(sandefjord).simulate(500, 7).findings()
    assert found.column_names == si.read(sandefjord).appraise().findings().column_names
    assert set(found["rule"]) == {"few-draws"}
    assert all(address.startswith("measures.") for address in found["address"])
    few = typed("simulate", sandefjord, "--draws", "500", "--seed", "7", "--strict")
    assert few.exit_code == 1
    assert "few-draws" in "".join(few.stdout.split())
    written = json.loads(typed("simulate", sandefjord, "--draws", "500", "--seed", "7", "--json").stdout)
    assert [row["rule"] for row in written["findings"]] == list(found["rule"])
    enough = typed("simulate", sandefjord, "--draws", "5000", "--seed", "7", "--strict", "--lang", "nb")
    assert enough.exit_code == 0
    assert "few-draws" not in enough.stdout
    document = si.read(sandefjord).to_dict()
    silence = {"rule": "few-draws", "reason": "a first look"}
    document["silenced"] = [*document.get("silenced", []), silence]
    silenced = si.Model.from_dict(document).simulate(500, 7).findings()
    assert set(silenced["silenced"]) == {"a first look"}


def test_every_check_has_a_page_that_its_explanation_names() -> None:
    root = MODELS.parent.parent
    for row in si.checks().to_pylist():
        assert (root / row["page"]).is_file(), row["rule"]
    told = typed("check", "--explain", "few-draws").stdout
    assert "In the manual: docs/checks/few-draws.md" in told
    assert "It is found in the draws of a simulation" in " ".join(told.split())


def test_how_many_answered_is_read_and_told() -> None:
    document = beginner()
    document["outcomes"][0]["evidence"] = {"source": "survey", "asked": 30, "answered": 20}
    model = si.Model.from_dict(document)
    assert (list(model.outcome_table["asked"]), list(model.outcome_table["answered"])) == ([30], [20])
    address = f"outcomes.{document['outcomes'][0]['id']}"
    assert "found among 20 who answered, of 30 asked" in str(model.appraise().explain(address))
    assert "stretched-from-answers" in model.check()["rule"]
