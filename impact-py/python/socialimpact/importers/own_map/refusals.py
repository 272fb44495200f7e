"""What is refused of a practitioner's value map: each problem with its cell, in English and in Norwegian."""

from dataclasses import dataclass, field

from socialimpact.errors import ImpactError, Problem
from socialimpact.importers.faults import MOST, Faults
from socialimpact.wording.texts import LANGUAGES, Texts


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a cell is not read as a number: which text says so, and what is filled into it."""

    key: str
    values: dict[str, str] = field(default_factory=dict)


class Refusals(Faults):
    """Problems found so far, each told in both languages."""

    def refuse(self, place: str, key: str, /, why: Unread | None = None, **values: str) -> None:
        """Note a problem at a place: which text tells it, and what is filled into it."""
        self.total += 1
        if len(self.kept) < MOST:
            self.kept.append(_problem(place, key, why, values))


def refused(place: str, key: str, /, **values: str) -> ImpactError:
    """Give the error of a single problem."""
    problem = _problem(place, key, None, values)
    return ImpactError(str(problem), [problem])


def _problem(place: str, key: str, why: Unread | None, values: dict[str, str]) -> Problem:
    english, norwegian = (_told(Texts(language), key, why, values) for language in LANGUAGES)
    return Problem(place, "", None, None, english, norwegian)


def _told(texts: Texts, key: str, why: Unread | None, values: dict[str, str]) -> str:
    """Give what is wrong in one language, names of columns in its words."""
    filled = {name: role_in(texts, value) if name == "role" else value for name, value in values.items()}
    if why is not None:
        filled["why"] = texts(f"own_map_unread.{why.key}", **why.values)
    return texts(f"own_map_refused.{key}", **filled)


def role_in(texts: Texts, role: str) -> str:
    """Give what a column holds in words."""
    return texts(f"own_map_role.{role}")
