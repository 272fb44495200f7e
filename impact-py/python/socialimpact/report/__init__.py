"""Reports: an appraisal as one file for the case file."""

from socialimpact.report.page import page
from socialimpact.writing import write_whole

__all__ = ["page", "write_whole"]
