"""Every kind of page that commands write, and an appraisal whose names try to be programs."""

from pathlib import Path
from tempfile import TemporaryDirectory

from click.testing import CliRunner

import socialimpact as si
from conftest import MODELS
from paid_work import EFFECT, PRICE, WORK
from socialimpact.cli import main

NAMES = (
    '#import "@preview/x:1.0.0": *',
    "#{panic()} $x^2$ *bold* _thin_ `raw` @reference // remark",
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "right\u202eto\u200fleft",
    "\\u{41} \\ \" ' {{ 7 * 7 }} {who}",
)
"""Names that would be programs in typst, in a browser, in a spreadsheet, or turn the direction of what follows."""
CONTRACTS = Path("fixtures/contracts")
APOLLO = (CONTRACTS / "care-leavers-apollo.toml", CONTRACTS / "care-leavers-apollo.observations.toml")
FOR_NOTHING = CONTRACTS / "larvik-for-nothing.toml"
_TARGETS = "contract.payments.target.schedule.steps.0.at=[0.1, 0.2]"
_CAPS = "contract.at_most=[3e6, 4.4e6]"
_BASELINES = ("--baseline", "base-no-2015", "--baseline", "base-no-5y")
_SEARCHED = ("--payer", "state", "--investor", "fund", "--rate", "0.08", "--low", "0", "--high", "600000")
_WORK = "work.toml"
COMMANDS: dict[str, tuple[str | Path, ...]] = {
    "appraisal": ("report", MODELS / "sandefjord.toml"),
    "workshop": ("report", MODELS / "bike-workshop.toml"),
    "simulation": ("simulate", MODELS / "sandefjord.toml", "--draws", "500", "--measure", "npv", "--measure", "mvpf"),
    "comparison": ("compare", MODELS / "sandefjord.toml", "--conventions", "sroi-practice"),
    "statement": ("settle", *APOLLO),
    "risk": ("risk", MODELS / "larvik-contract.toml", "--draws", "500", "--settled", "50"),
    "ranking": ("ranking", FOR_NOTHING, "--axis", _TARGETS, "--axis", _CAPS, "--by", "p95", "--draws", "400"),
    "baselines": ("baselines", FOR_NOTHING, "fewer-relapses", *_BASELINES, "--draws", "400"),
    "search": ("search", _WORK, PRICE, *_SEARCHED, "--draws", "10", "--beside", f"{EFFECT}=[0.1, 0.3]"),
}


def write_kind(kind: str, language: str, *written: str | Path) -> None:
    """Let the command write a kind of page."""
    with TemporaryDirectory() as folder:
        work = Path(folder) / _WORK
        work.write_text(WORK, encoding="utf-8")
        words = [work if word == _WORK else word for word in COMMANDS[kind]]
        result = CliRunner().invoke(main, [*map(str, (*words, "--lang", language, *written))])
    assert result.exit_code == 0, result.stderr


def named_as_programs() -> si.Appraisal:
    """Appraise the Sandefjord model with names that try to be programs, and one of 10 000 letters."""
    document = si.read(MODELS / "sandefjord.toml").to_dict()
    document["name"], document["description"] = NAMES[0], " ".join(NAMES)
    items = [*document["holders"], *document["costs"], *document["outcomes"], *document["outcomes"][0]["values"]]
    for at, item in enumerate(items):
        item["name"] = NAMES[at % len(NAMES)]
    document["holders"][0]["name"] = "x" * 10_000
    document["costs"][0]["source"] = {"title": NAMES[1], "url": 'https://example.org/"><#import'}
    return si.Model.from_dict(document).appraise()
