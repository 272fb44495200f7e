"""The picture of a comparison: what makes the difference of one model to the base."""

from decimal import Decimal

from matplotlib.axes import Axes

from socialimpact._core import Comparison
from socialimpact.plots import told
from socialimpact.plots.columns import refused
from socialimpact.plots.rows import bars
from socialimpact.types import Language
from socialimpact.wording.comparing import Compared
from socialimpact.wording.texts import LONGEST_NAME, shown


def difference_of(
    found: Comparison,
    measure: str,
    holder: str,
    outcome: str | None,
    *,
    model: int = 1,
    ax: Axes | None = None,
    lang: Language = "en",
) -> Axes:
    """Draw what makes a difference; causes worth nothing are left out."""
    if not 0 < model < len(found):
        raise refused("model", f"`{model}` is none of the models beside the base, 1 to {len(found) - 1}")
    compared = Compared(found, lang)
    rows = [row for row in found.causes(measure, holder=holder, outcome=outcome).to_pylist() if row["model"] == model]
    moved = [row for row in rows if row["by"] != 0]
    if not moved:
        raise refused("measure", compared.texts("comparison.no_causes"))
    asked = next(
        row
        for row in compared.measures
        if row["measure"] == measure and row["holder"] == holder and outcome in (None, row["outcome"])
    )
    figure = asked["figures"][0]["figure"]
    unit, level = told.figure_unit(lang, str(figure["unit"]["en"])) if figure else (None, "")
    name = compared.models[model]["label"]
    label = compared.texts(f"measure.{measure}")
    return bars(
        [shown(row["name_nb" if lang == "nb" else "name_en"] or row["name_en"], LONGEST_NAME) for row in moved],
        [Decimal(row["by"]) for row in moved],
        ax=ax,
        lang=lang,
        label=f"{label}, {level}" if level else label,
        unit=unit,
        title=told.marked_title(
            compared.texts,
            compared.texts("comparison.plot", name=shown(str(name.get(lang) or name["en"]), LONGEST_NAME)),
            _marks(found, model),
        ),
    )


def _marks(found: Comparison, model: int) -> list[str]:
    """Give the marks of the base and of the model beside it."""
    rows = [row for row in found.table.to_pylist() if row["model"] in (0, model)]
    return [mark for mark in ("illustrative", "unverified") if any(row[mark] for row in rows)]
