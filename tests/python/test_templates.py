"""Templates in Python and on the command line, and the pages of the manual that begin with them."""

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import socialimpact as si
from socialimpact.cli import BAD_INPUT, main

ROOT = Path(__file__).parents[2]
IDS = si.templates()["id"]


def typed(*words: str) -> Result:
    return CliRunner().invoke(main, words, catch_exceptions=False, env={"COLUMNS": "100"})


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("id", IDS)
def test_a_template_reads_appraises_simulates_and_reports(id: str, tmp_path: Path) -> None:  # noqa: A002
    template = si.template(id)
    mine = tmp_path / "mine.toml"
    mine.write_text(template.text, encoding="utf-8")
    model = si.read(mine)
    assert model == template.model()
    assert model.appraise().measure("npv").value is not None
    drawn = model.simulate(draws=500, seed=7).measure("npv", holder="public")
    assert drawn.sd is not None
    assert drawn.sd > 0
    for language, name in (("en", str(template.name)), ("nb", template.name.in_language("nb"))):
        page = tmp_path / f"{language}.html"
        assert typed("report", str(mine), "--html", str(page), "--lang", language).exit_code == 0
        assert name in page.read_text(encoding="utf-8")


def test_templates_are_a_table_in_both_languages() -> None:
    table = si.templates()
    assert len(table) == 8
    for row in table.to_pylist():
        assert row["name_nb"]
        assert row["name_nb"] != row["name_en"]
        assert row["description_nb"]
        assert row["text"].startswith("# ")


def test_a_gap_says_where_it_stands_and_what_is_missing() -> None:
    for id in IDS:  # noqa: A001
        template = si.template(id)
        marked = [row["address"] for row in template.model().assumptions.to_pylist() if row["illustrative"]]
        assert [gap.address for gap in template.gaps()] == marked
        assert all(gap.missing and not gap.missing.startswith("gap") for gap in template.gaps())


def test_a_gap_that_is_filled_is_no_longer_one() -> None:
    template = si.template("homelessness")
    document = template.model().to_dict()
    document["outcomes"][0]["displacement"] = {"share": {"value": 0.05, "source": "housing office, 2025"}}
    marked = [row["address"] for row in si.Model.from_dict(document).assumptions.to_pylist() if row["illustrative"]]
    assert len(marked) == len(template.gaps()) - 1
    assert "outcomes.housed.displacement.share" not in marked


def test_an_unknown_template_is_told_with_the_nearest() -> None:
    with pytest.raises(si.ImpactError, match="`schol-completion` is no template: near to it are `school-completion`"):
        si.template("schol-completion")
    result = typed("template", "schol-completion")
    assert result.exit_code == BAD_INPUT
    assert "near to it are `school-completion`" in result.stderr


def test_the_command_lists_writes_and_tells_the_gaps() -> None:
    text = flat(typed("template").stdout)
    assert all(id in text for id in IDS)  # noqa: A001
    assert "socialimpact template ID > mine.toml" in text
    assert "Tilbakeføring etter fengsel" in flat(typed("template", "--lang", "nb").stdout)
    assert typed("template", "reentry").stdout == si.template("reentry").text
    gaps = flat(typed("template", "reentry", "--gaps").stdout)
    assert "costs.follow-up.per_year (1,500,000): what the follow-up costs; the provider's budget" in gaps
    assert [row["id"] for row in json.loads(typed("template", "--json").stdout)] == IDS
    assert json.loads(typed("template", "reentry", "--json").stdout)["text"] == si.template("reentry").text
    told = json.loads(typed("template", "reentry", "--gaps", "--json").stdout)
    assert [row["address"] for row in told] == [gap.address for gap in si.template("reentry").gaps()]
    refused = typed("template", "--gaps")
    assert refused.exit_code == BAD_INPUT
    assert "--gaps needs the ID of a template" in refused.stderr


def test_every_command_of_the_first_appraisal_says_what_the_page_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (ROOT / "docs" / "first-appraisal.md").read_text(encoding="utf-8")
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    monkeypatch.chdir(tmp_path)
    shown = re.findall(r"```sh\n(.*?)```(?:\n\n```text\n(.*?)```)?", page, re.DOTALL)
    assert len(shown) >= 6
    for commands, expected in shown:
        output = ""
        for line in commands.splitlines():
            words = shlex.split(line.partition(" > ")[0])
            assert words[0] == "socialimpact"
            result = typed(*words[1:])
            assert result.exit_code == 0, line
            output += flat(result.stdout.replace("•", ""))
        for part in filter(str.strip, expected.split("…")):
            wanted = flat(part.replace("•", ""))
            assert wanted in output, (commands, wanted)
            output = output.partition(wanted)[2]


@pytest.mark.parametrize("country", ["norway", "sweden", "scotland", "ireland"])
def test_each_of_four_countries_can_be_reported(country: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    model = ROOT / "fixtures" / "models" / "berse" / f"{country}.toml"
    assert typed("report", str(model), "--html", str(page), "--lang", "nb").exit_code == 0
    assert "Arbeidsinkludering på bygda" in page.read_text(encoding="utf-8")
