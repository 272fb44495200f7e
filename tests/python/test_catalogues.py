"""Catalogues of a user's own: beside a model in Python and on the command line, and their manual."""

import doctest
import json
import pickle
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import socialimpact as si
from models import FIXTURES, beginner
from socialimpact.cli import BAD_INPUT, main
from workbooks import small, write

OWN = FIXTURES / "catalogues" / "own.toml"
MANUAL = Path(__file__).parents[2] / "docs" / "catalogues.md"


def document() -> dict[str, Any]:
    """Give the beginner's model with a price of the user's own catalogue."""
    model = beginner()
    model["outcomes"][0]["values"] = [
        {"id": "place", "proxy": "our-day-centre", "kind": "fiscal", "to": "municipality"}
    ]
    return model


def typed(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def test_a_model_is_read_with_a_catalogue_in_every_way() -> None:
    own = si.read_catalogue(OWN)
    model = si.Model.from_dict(document(), catalogue=own)
    assert model.catalogue == own
    for again in (
        si.Model.from_toml(model.to_toml(), catalogue=own),
        si.Model.from_json(model.to_json(), catalogue=own),
        si.Model.from_bytes(model.to_toml().encode(), catalogue=own),
        si.Model.from_bytes(model.to_json().encode(), form="json", catalogue=own),
    ):
        assert again == model
        assert again.appraise().measure("npv").value == model.appraise().measure("npv").value
    with pytest.raises(si.ImpactError, match="`our-day-centre` is not in the catalogue"):
        si.Model.from_dict(document())


def test_results_name_edition_and_hash_and_survive_pickling() -> None:
    own = si.read_catalogue(OWN)
    appraisal = si.Model.from_dict(document(), catalogue=own).appraise()
    assert appraisal.provenance["own_catalogue_edition"] == "2024"
    assert appraisal.provenance["own_catalogue_hash"] == own.hash
    again = pickle.loads(pickle.dumps(appraisal))  # noqa: S301 - our own bytes
    assert again.provenance == appraisal.provenance
    assert again.measure("npv").value == appraisal.measure("npv").value
    assert pickle.loads(pickle.dumps(own)) == own  # noqa: S301 - our own bytes


def test_a_simulation_and_an_override_keep_the_catalogue() -> None:
    model = si.Model.from_dict(document(), catalogue=si.read_catalogue(OWN))
    dearer = model.with_({"catalogue.our-day-centre": {"uniform": [80_000, 90_000]}})
    assert dearer.catalogue == model.catalogue
    mean = dearer.simulate(draws=2000, seed=7).measure("npv").mean
    assert mean == pytest.approx(float(dearer.appraise().measure("npv").value or 0), rel=0.01)


def test_a_catalogue_can_be_searched_and_counted() -> None:
    own = si.read_catalogue(OWN)
    assert (len(own), "our-day-centre" in own, "nothing" in own) == (2, True, False)
    assert own.search("dagsenter")["id"] == ["our-day-centre"]
    assert own.licence == "invented for the tests of this library"
    assert "<table" in own._repr_html_()
    assert si.Catalogue.from_dict(own.to_dict()) == own
    assert hash(si.Catalogue.from_json(own.to_json())) == hash(own)


def test_the_command_line_imports_and_appraises(tmp_path: Path) -> None:
    workbook, out = write(tmp_path / "own.xlsx", small()), tmp_path / "gmca.toml"
    result = typed("catalogue", "import", "gmca", workbook, "-o", out)
    assert result.exit_code == 0, result.stderr
    said = " ".join(result.stdout.split())
    assert "7 unit costs" in said
    assert "2 of them are paid by several" in said
    assert "CC BY 4.0" in said
    assert len(si.read_catalogue(out)) == 7
    model = tmp_path / "model.toml"
    model.write_text(si.Model.from_dict(document(), catalogue=si.read_catalogue(OWN)).to_toml(), encoding="utf-8")
    result = typed("appraise", model, "--catalogue", OWN, "--json")
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["provenance"]["own_catalogue_edition"] == "2024"
    text = typed("appraise", model, "--catalogue", OWN, "--lang", "nb").stdout
    assert "Egne enhetskostnaders utgave" in text
    assert typed("appraise", model).exit_code == BAD_INPUT


def test_a_table_is_imported_on_the_command_line(tmp_path: Path) -> None:
    table, out = tmp_path / "våre.csv", tmp_path / "våre.toml"
    table.write_text(
        "id;navn;beløp;valuta;prisår;enhet;land;betaler;kilde\nnatt;Natt;1234,50;NOK;2024;person-day;NO;kommune;regnskap\n",
        encoding="utf-8",
    )
    result = typed(
        "catalogue", "import", "csv", table, "-o", out, "--decimal", "comma", "--lang", "nb", "--edition", "v1"
    )
    assert (result.exit_code, si.read_catalogue(out).edition) == (0, "v1"), result.stderr
    assert "1 enhetskostnader" in " ".join(result.stdout.split())
    counts = json.loads(typed("catalogue", "import", "csv", table, "-o", out, "--decimal", "comma", "--json").stdout)
    assert (counts["entries"], counts["unsaid_payers"], counts["hash"]) == (1, 0, si.read_catalogue(out).hash)


def test_nothing_is_written_where_anything_is_wrong(tmp_path: Path) -> None:
    table, out = tmp_path / "ours.csv", tmp_path / "ours.toml"
    table.write_text("id,navn\n", encoding="utf-8")
    out.write_text("as it was", encoding="utf-8")
    result = typed("catalogue", "import", "csv", table, "-o", out)
    assert result.exit_code == BAD_INPUT
    assert "line 1: no column `amount`" in result.stderr
    assert out.read_text(encoding="utf-8") == "as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ours.csv", "ours.toml"]
    assert typed("catalogue", "import", "gmca", tmp_path / "none.xlsx", "-o", out).exit_code == BAD_INPUT


def test_the_examples_of_the_manual_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workbook = write(tmp_path / "gmca-unit-cost-database-v1.4.xlsx", small())
    (tmp_path / "own.toml").write_bytes(OWN.read_bytes())
    monkeypatch.chdir(tmp_path)
    found = doctest.testfile(
        str(MANUAL), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE, encoding="utf-8"
    )
    assert (found.failed, workbook.exists()) == (0, True)
    assert found.attempted > 10
