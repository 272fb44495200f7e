"""From the bytes of a workbook to a model and everything that is told of it."""

from dataclasses import replace

from socialimpact._core import Model
from socialimpact.errors import ImpactError
from socialimpact.importers.faults import short
from socialimpact.importers.own_map.cells import Sheet, sheets, tell_cut
from socialimpact.importers.own_map.comparing import Compared, compared
from socialimpact.importers.own_map.document import Frame, Written
from socialimpact.importers.own_map.heads import FIRST_ROWS, Heads, find_heads, name_columns
from socialimpact.importers.own_map.lines import Reader, Told
from socialimpact.importers.own_map.refusals import Refusals, refused


def read_whole(
    content: bytes, name: str, sheet: str | None, frame: Frame
) -> tuple[Model, tuple[Told, ...], tuple[Told, ...], tuple[Compared, ...]]:
    """Read a map: its model, what was taken for granted, what was left, and its figures beside the library's.

    Raises
    ------
    ImpactError
        With everything that cannot be read, each problem with its cell.
    """
    faults = Refusals()
    chosen, heads = _sheet(sheets(content, name, sheet), name)
    tell_cut(chosen, faults)
    name_columns(chosen, heads, faults)
    faults.stop()
    found = Reader(chosen, heads, frame.currency, faults).read()
    written = Written(found, frame, name, faults)
    document = written.document()
    faults.stop()
    try:
        model = Model.from_dict(document)
    except ImpactError as error:
        raise _at_cells(error, written, name) from None
    used = document["conventions"]["discount"]["bands"][0]["rate"]
    told = compared(found, model, written.outcomes, used)
    return model, (*_asked(frame, chosen), *found.assumed), tuple(found.left), tuple(told)


def _at_cells(error: ImpactError, written: Written, name: str) -> ImpactError:
    """Give what the model does not take with the cells it stands in."""
    problems = [
        replace(each, place=written.place_of(each.address) or f"{name}: {each.place}") for each in error.problems
    ]
    return ImpactError("\n".join(map(str, problems)) or f"{name}: {error}", problems, error.total)


def _sheet(there: list[Sheet], name: str) -> tuple[Sheet, Heads]:
    """Give the one sheet that has the heads of a value map.

    Raises
    ------
    ImpactError
        None has, or several have.
    """
    found = [(sheet, heads) for sheet in there if (heads := find_heads(sheet)) is not None]
    if len(found) == 1:
        return found[0]
    if not found:
        looked = ", ".join(f"`{short(sheet.name)}`" for sheet in there)
        raise refused(name, "no_heads", rows=str(FIRST_ROWS), looked=looked)
    several = ", ".join(f"`{short(sheet.name)}`" for sheet, _ in found)
    raise refused(name, "several", several=several)


def _asked(frame: Frame, sheet: Sheet) -> list[Told]:
    """Tell what is taken of the whole sheet."""
    year = {"year": str(frame.start)}
    told = [
        Told(sheet.name, "timing", {"timing": frame.timing}),
        Told(sheet.name, "attribution", {"share": frame.attribution}),
        Told(sheet.name, "unit", {"unit": frame.unit}),
        Told(sheet.name, "inputs", year),
    ]
    return told if frame.price_year is not None else [*told, Told(sheet.name, "price_year", year)]
