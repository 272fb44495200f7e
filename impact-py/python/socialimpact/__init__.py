"""Social impact measurement: interventions, outcomes, public savings and impact contracts in one exact model."""

from socialimpact._core import Table, __version__, address_parts
from socialimpact.errors import ImpactError, Problem

__all__ = ["ImpactError", "Problem", "Table", "__version__", "address_parts"]
