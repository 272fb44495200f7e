"""The importer of a user's own table: columns in two languages, numbers as declared, problems with line and column."""

from decimal import Decimal
from pathlib import Path

import pytest

import socialimpact as si

NORWEGIAN = (
    "id;navn;beløp;valuta;prisår;enhet;land;betaler;kilde;grad;merknad;illustrativ\n"
    "natt;Natt på herberge;1 234,50;NOK;2024;person-day;NO;kommune;regnskap 2024;B;;ja\n"
    'samtale;"Samtale; én time";890;NOK;2023;session;NO;kommune+helseforetak;avtale;;=HVIS(A1);nei\n'
)
ENGLISH = (
    "ID,Name EN,Name NB,Amount,Currency,Price year,Unit,Country,Payer,Source,URL,Low,High,Cashable\n"
    "night,Night in a shelter,Natt på herberge,1234.50,NOK,2024,person-day,NO,municipality,accounts,"
    "https://example.org/a,1000,1500,yes\n"
)


def table(folder: Path, text: str | bytes) -> Path:
    file = folder / "ours.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def wrong(file: Path, **asked: str) -> list[str]:
    with pytest.raises(si.ImpactError) as caught:
        si.Catalogue.from_csv(file, **asked)  # type: ignore[arg-type]
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_norwegian_table_with_decimal_comma_is_read(tmp_path: Path, mark: str) -> None:
    made = si.Catalogue.from_csv(table(tmp_path, mark + NORWEGIAN), decimal=",")
    night, talk = made.table.to_pylist()
    assert (night["value"], night["price_year"], night["unit"]) == (Decimal("1234.50"), 2024, "person-day")
    assert (night["payers"], night["grade"], night["illustrative"]) == ("municipality", "B", True)
    assert night["source_section"] == "ours.csv, line 2"
    assert (talk["name_en"], talk["payers"], talk["grade"]) == ("Samtale; én time", "municipality, health-trust", None)
    assert (made.edition, str(made.title)) == ("ours", "ours.csv")


def test_an_english_table_with_decimal_point_is_read(tmp_path: Path) -> None:
    made = si.Catalogue.from_csv(table(tmp_path, ENGLISH), edition="2025-1", title="Ours")
    (night,) = made.table.to_pylist()
    assert (night["name_en"], night["name_nb"]) == ("Night in a shelter", "Natt på herberge")
    assert (night["low"], night["high"], night["cashable"]) == (Decimal(1000), Decimal(1500), "yes")
    assert (night["source_url"], made.edition) == ("https://example.org/a", "2025-1")


def test_tabs_and_declared_delimiters_are_read(tmp_path: Path) -> None:
    tabs = NORWEGIAN.replace(";", "\t").replace('"Samtale\t én time"', "Samtale")
    assert len(si.Catalogue.from_csv(table(tmp_path, tabs), decimal=",", delimiter="tab")) == 2
    assert len(si.Catalogue.from_csv(table(tmp_path, tabs), decimal=",")) == 2


def test_a_text_that_begins_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    made = si.Catalogue.from_csv(table(tmp_path, NORWEGIAN.replace("Natt på herberge", "@SUM(1+1)")), decimal=",")
    names = {row["id"]: (row["name_en"], row["note"]) for row in made.table.to_pylist()}
    assert names == {"natt": ("@SUM(1+1)", None), "samtale": ("Samtale; én time", "=HVIS(A1)")}
    assert si.Catalogue.from_toml(made.to_toml()) == made


def test_a_number_is_read_as_declared_or_not_at_all(tmp_path: Path) -> None:
    assert wrong(table(tmp_path, NORWEGIAN)) == [
        'line 2, column `value`: `1 234,50` is not a number with a point: declare decimal=",", or write it so'
    ]
    (said,) = wrong(table(tmp_path, NORWEGIAN.replace("1 234,50", "1.234,50")), decimal=",")
    assert "`1.234,50` is not a number with a comma" in said
    for text in ("1 23", "nan", "1e400", "12 kr", "--5"):
        (said,) = wrong(table(tmp_path, NORWEGIAN.replace("1 234,50", text)), decimal=",")
        assert said.startswith(f"line 2, column `value`: `{text}` is not a number")


def test_a_point_between_semicolons_may_part_thousands_and_is_refused(tmp_path: Path) -> None:
    written = NORWEGIAN.replace("1 234,50", "1.850")
    with pytest.raises(si.ImpactError) as error:
        si.Catalogue.from_csv(table(tmp_path, written))
    assert str(error.value) == (
        "line 2, column `value`: `1.850` may be 1850 or a decimal number: write 1850, or 1.8500 for the decimal one"
    )
    for sure, value in [("1850", 1850), ("1.8500", Decimal("1.85")), ("0.850", Decimal("0.85"))]:
        made = si.Catalogue.from_csv(table(tmp_path, written.replace("1.850", sure)))
        assert made.table["value"][0] == value
    with pytest.raises(si.ImpactError, match=r"`\+1\.850` may be 1850 or a decimal number: write 1850, or \+1\.8500"):
        si.Catalogue.from_csv(table(tmp_path, NORWEGIAN.replace("1 234,50", "+1.850")))
    english = si.Catalogue.from_csv(table(tmp_path, ENGLISH.replace("1234.50", "1.850").replace(",1000,1500", ",1,2")))
    assert english.table["value"][0] == Decimal("1.850")


def test_a_point_between_tabs_may_part_thousands_too(tmp_path: Path) -> None:
    tabs = ENGLISH.replace(",", "\t").replace("1234.50", "1.850").replace("\t1000\t1500", "\t1\t185.000")
    for delimiter in ({}, {"delimiter": "tab"}):
        said = wrong(table(tmp_path, tabs), **delimiter)
        assert [line.split(" or ")[0] for line in said] == [
            "line 2, column `value`: `1.850` may be 1850",
            "line 2, column `high`: `185.000` may be 185000",
        ]


def test_all_problems_of_a_table_come_together_with_line_and_column(tmp_path: Path) -> None:
    text = (
        "id;navn;beløp;valuta;prisår;enhet;land;betaler;kilde\n"
        "a;A;;NOK;2024;person;NO;kommune;regnskap\n"
        "a;B;5;NOK;24;person;NO;kommunen og staten;regnskap\n"
        "c;C;5;NOK;2024;person;NO;stat;\n"
    )
    assert wrong(table(tmp_path, text), decimal=",") == [
        "line 2, column `value`: is empty: blank is not zero",
        "line 3, column `price_year`: `24` is not a year such as 2024",
        "line 3, column `payer`: `kommunen og staten` is no payer: accepted are `state`, `municipality`, `county`, "
        "`police`, `funder`, `person`, `society`, `other`, `health-trust`, or Norwegian",
        "line 3, column `id`: `a` is used twice: first on line 2",
        "line 4, column `source`: is empty: blank is not zero",
    ]


def test_what_only_the_catalogue_knows_is_said_with_the_line_too(tmp_path: Path) -> None:
    text = NORWEGIAN.replace("natt;", "no-prison-high-place;").replace("NOK;2023", "kroner;2023").replace(";B;", ";E;")
    said = wrong(table(tmp_path, text), decimal=",")
    assert any(
        line.startswith("line 2, column `id`: `no-prison-high-place` is an entry of the embedded") for line in said
    )
    assert any(line.startswith("line 2, column `grade`: unknown word `E`") for line in said)
    assert any(line.startswith("line 3, column `currency`: ") for line in said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: the table is empty: the first row names its columns"),
        ("id;navn\n", "line 1: no column `amount` (or 'value' or 'cost' or 'beløp' or 'verdi' or 'kostnad' or 'pris')"),
        ("id;navn;colour\n", "line 1: unknown column `colour`: known are `id`, `name`"),
        ("id;ID\n", "line 1: column `ID` stands twice"),
        (NORWEGIAN.encode("latin-1"), "line 1: is not UTF-8: save the table as `CSV UTF-8`"),
        (NORWEGIAN + 'x;"y\n', "line 4: cannot be read as CSV"),
        (NORWEGIAN + "x;y;1;NOK;2024;person;NO;stat;kilde;B;;;;\n", "line 4: 14 cells under 12 columns"),
    ],
)
def test_a_table_that_is_none_is_refused(tmp_path: Path, text: str | bytes, said: str) -> None:
    lines = wrong(table(tmp_path, text), decimal=",")
    assert any(line.startswith(said) for line in lines), lines


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    row = "x#;A;5;NOK;2024;person;NO;stat;regnskap"
    rows = "\n".join(row.replace("#", str(number)) for number in range(20_002))
    head = "id;navn;beløp;valuta;prisår;enhet;land;betaler;kilde\n"
    assert wrong(table(tmp_path, head + rows)) == ["line 20002: more than 20000 rows: the rest is not read"]


def test_choices_that_are_none_are_refused(tmp_path: Path) -> None:
    file = table(tmp_path, NORWEGIAN)
    for asked, said in (({"decimal": ";"}, "is not a decimal sign"), ({"delimiter": "|"}, "is not a delimiter")):
        with pytest.raises(si.ImpactError, match=said):
            si.Catalogue.from_csv(file, **asked)  # type: ignore[arg-type]
    with pytest.raises(OSError, match="missing"):
        si.Catalogue.from_csv(tmp_path / "missing.csv")
