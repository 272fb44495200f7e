"""Results that have a page of their own, written as one HTML file or as a PDF file."""

from os import PathLike
from typing import TypeAlias

from socialimpact._core import (
    Appraisal,
    BaselineTable,
    Comparison,
    ContractRisk,
    Frontier,
    PriceFound,
    Ranking,
    Simulated,
    Statement,
)
from socialimpact.types import Language

Paged: TypeAlias = (
    Appraisal | BaselineTable | Comparison | ContractRisk | Frontier | PriceFound | Ranking | Simulated | Statement
)
"""What has a page; every other result is a part of one of these, or a table."""


def write_html(result: Paged, path: str | PathLike[str], /, *, lang: Language = "en") -> None:
    """Write a result as one HTML file: no script, no network, and every figure with its exact value.

    The page of a `ContractRisk` tells what is paid. Returns of investors and payment beside saving are results of their
    own (`return_risk`, `saving_risk`), which ``socialimpact risk --html`` and ``--pdf`` work out and tell on its page.

    Parameters
    ----------
    result : Appraisal, BaselineTable, Comparison, ContractRisk, Frontier, PriceFound, Ranking, Simulated or Statement
        What is told. Other results are parts of these, or tables, and have no page.
    path : str or os.PathLike
        Where to write it, ending in ``.html`` or ``.htm``.
    lang : {"en", "nb"}
        The language of all fixed texts, and of the names that are given in it.

    Raises
    ------
    OSError
        Where the file cannot be written.
    ImpactError
        Where the path is no .html file, the language is none, or the result has no page.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import socialimpact as si
    >>> risk = si.read_contract("fixtures/contracts/larvik-for-nothing.toml").risk(draws=1_000, seed=7)
    >>> target = pathlib.Path(tempfile.mkdtemp()) / "risk.html"
    >>> si.write_html(risk, target, lang="nb")
    >>> "Hva kontrakten betaler, og for hva" in target.read_text(encoding="utf-8")
    True
    """
    from socialimpact.report import written

    written.write_html(result, path, language=lang)


def write_pdf(result: Paged, path: str | PathLike[str], /, *, lang: Language = "en") -> None:
    """Write a result as a PDF file, tagged (PDF/UA-1), with the content of its page. It needs typst.

    The page of a `ContractRisk` tells what is paid. Returns of investors and payment beside saving are results of their
    own (`return_risk`, `saving_risk`), which ``socialimpact risk --html`` and ``--pdf`` work out and tell on its page.

    Parameters
    ----------
    result : Appraisal, BaselineTable, Comparison, ContractRisk, Frontier, PriceFound, Ranking, Simulated or Statement
        What is told. Other results are parts of these, or tables, and have no page.
    path : str or os.PathLike
        Where to write it, ending in ``.pdf``.
    lang : {"en", "nb"}
        The language of all fixed texts, and of the names that are given in it.

    Raises
    ------
    OSError
        Where the file cannot be written.
    ImpactError
        Where the path is no .pdf file, typst is not installed, the language is none, or the result has no page.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import socialimpact as si
    >>> found = si.read("fixtures/models/sandefjord.toml").compare(["sroi-practice"])
    >>> target = pathlib.Path(tempfile.mkdtemp()) / "side-by-side.pdf"
    >>> si.write_pdf(found, target)
    >>> target.read_bytes()[:5]
    b'%PDF-'
    """
    from socialimpact.report import written

    written.write_pdf(result, path, language=lang)
