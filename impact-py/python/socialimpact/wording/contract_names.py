"""What the parts of a contract are called.

One rule: a payment without a name is called after what it pays for; an id is shown only where nobody wrote a name.
"""

import json
from collections import Counter
from typing import Any

from socialimpact._core import Contract
from socialimpact.types import Language
from socialimpact.wording.texts import LONGEST_NAME, shown

_BELOW = ("of", "metric", "pool")
"""What a payment or an estimate is of."""


class ContractNames:
    """The names of the payments and cohorts of a contract, in a language."""

    def __init__(self, contract: Contract, language: Language) -> None:
        self._language: Language = language
        terms: dict[str, Any] = json.loads(contract.to_json())["contract"]
        self._parts = {part["id"]: part for key in ("metrics", "estimates") for part in terms.get(key, ())}
        self._cohorts = {cohort["id"]: cohort for cohort in terms.get("cohorts", ())}
        unnamed = [payment for payment in terms.get("payments", ()) if not payment.get("name")]
        self._payments = {payment["id"]: name for payment in unnamed if (name := self._below(payment))}
        self._shared = Counter(self._payments.values())

    def payment(self, payment: str, name: str) -> str:
        """Give the name of a payment; where it has none that of what it pays for, with its id where others share it."""
        found = self._payments.get(payment)
        if found is None:
            return name
        return f"{found} ({shown(payment, LONGEST_NAME)})" if self._shared[found] > 1 else found

    def cohort(self, cohort: str) -> str:
        """Give the name of a cohort; its id where it has none."""
        return self._written(self._cohorts.get(cohort, {})) or shown(cohort, LONGEST_NAME)

    def _below(self, part: dict[str, Any]) -> str:
        """Give the name of what a part is of, as far down as it takes; empty where nothing on the way has one."""
        for key in _BELOW:
            below = self._parts.get(part.get(key) or "")
            if below is not None:
                return self._written(below) or self._below(below)
        return ""

    def _written(self, part: dict[str, Any]) -> str:
        name = part.get("name") or ""
        if isinstance(name, dict):
            name = name.get(self._language) or name.get("en") or ""
        return shown(str(name), LONGEST_NAME)
