"""Tables on terminals of any width: nothing is cut, because what is cut looks like another number or address."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from socialimpact.cli import main
from socialimpact.cli.layout import Layout, cell_text, folded
from socialimpact.cli.output import Page
from socialimpact.wording import Cell, Column, Grid

CONTRACTS, MODELS = Path("fixtures/contracts"), Path("fixtures/models")
LARVIK = CONTRACTS / "larvik-for-nothing.toml"
APOLLO = (CONTRACTS / "care-leavers-apollo.toml", CONTRACTS / "care-leavers-apollo.observations.toml")
PETERBOROUGH = (CONTRACTS / "peterborough.toml", CONTRACTS / "peterborough.observations.toml")
COMMANDS = {
    "risk": ("risk", LARVIK, "--draws", "500"),
    "settle": ("settle", *APOLLO),
    "settle with reasons": ("settle", *PETERBOROUGH),
    "cash-flows": ("cash-flows", CONTRACTS / "rikers.toml", "rikers.csv"),
    "appraise": ("appraise", MODELS / "sandefjord.toml"),
    "explain": ("explain", MODELS / "sandefjord.toml", "npv"),
    "who-pays": ("who-pays", MODELS / "sandefjord.toml"),
    "check": ("check", MODELS / "sandefjord.toml"),
}
WIDTHS = (40, 60, 80, 120)


@pytest.fixture
def shown_grids(monkeypatch: pytest.MonkeyPatch) -> list[Grid]:
    """The tables that a command writes, beside what it writes."""
    grids: list[Grid] = []
    write = Page.grid

    def kept(page: Page, grid: Grid) -> None:
        grids.append(grid)
        write(page, grid)

    monkeypatch.setattr(Page, "grid", kept)
    return grids


def whole_pieces(grid: Grid) -> Iterator[str]:
    """What may not be broken: a number or an address with all its parts, any other text between its words only."""
    for row in grid.rows:
        for column, cell in zip(grid.columns, row, strict=True):
            text = cell_text(cell)
            yield from [text] if column.number or cell.code else text.split(" ")


@pytest.fixture(autouse=True)
def nothing_reduced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The observation of Rikers, beside its terms: nothing was reduced."""
    (tmp_path / "fixtures").symlink_to(Path("fixtures").absolute())
    monkeypatch.chdir(tmp_path)
    Path("rikers.csv").write_text("metric,date,count\nreduction,2015-07-02,0\n", encoding="utf-8")


def told(words: tuple[str | Path, ...], width: int, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    result = CliRunner().invoke(main, [*map(str, words)], catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", ["en", "nb"])
@pytest.mark.parametrize("command", COMMANDS)
def test_no_table_cuts_a_number_a_word_or_an_address(
    command: str, lang: str, width: int, shown_grids: list[Grid], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = told((*COMMANDS[command], "--lang", lang), width, monkeypatch)
    for piece, times in Counter(piece for grid in shown_grids for piece in whole_pieces(grid)).items():
        found = re.findall(rf"(?<![^\s]){re.escape(piece)}:?(?!\S)", text)
        assert len(found) >= times, (piece, times, len(found))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_line_is_wider_than_the_terminal_only_where_it_is_one_word(
    command: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for line in told(COMMANDS[command], width, monkeypatch).splitlines():
        assert len(line) <= width or " " not in line.strip(" •"), line


def test_an_address_wider_than_the_terminal_stands_alone_in_its_line_and_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = told(COMMANDS["risk"], 30, monkeypatch).splitlines()
    assert "truth.metrics.relapse.counterfactual" in lines
    assert "  Value: 0.4" in lines


def test_a_table_of_figures_is_set_in_parts_and_one_with_words_row_by_row() -> None:
    figures = Grid(
        "", [Column("Year"), *(Column(f"Holder {at}", number=True) for at in range(9))], [[Cell("1,234,567")] * 10]
    )
    assert Layout(figures, 40).parts() == [[0, 1, 2], [0, 3, 4], [0, 5, 6], [0, 7, 8], [0, 9]]
    words = Grid("", [Column("Year"), *(Column("why") for _ in range(9))], [[Cell("because of a longer reason")] * 10])
    assert Layout(words, 40).parts() is None
    assert Layout(words, 400).parts() == [list(range(10))]


def test_rows_with_the_same_head_are_never_torn_apart() -> None:
    columns = [Column("Day"), Column("What it is"), Column("Amount", number=True)]
    rows = [[Cell("2025-01-01"), Cell("money drawn"), Cell("1,234,567.00")] for _ in range(2)]
    assert Layout(Grid("", columns, rows), 30).parts() is None
    assert Layout(Grid("", columns, rows[:1]), 30).parts() == [[0, 1], [0, 2]]


def test_where_all_fits_nothing_is_broken() -> None:
    grid = Grid("", [Column("Who"), Column("Is paid", number=True)], [[Cell("the city of Larvik"), Cell("1,234.00")]])
    assert Layout(grid, 80).widths([0, 1]) == [len("the city of Larvik"), len("1,234.00")]


def test_amounts_with_hard_spaces_are_never_broken() -> None:
    assert folded("om lag 1\u00a0460\u00a0413\u00a0kr i alt", 13) == "om lag\n1\u00a0460\u00a0413\u00a0kr\ni alt"
