"""Results in words: texts, numbers, units, sentences and tables in the languages of the reports.

One rule: words only; every figure comes from the library as it is and is rounded only where it is shown.
"""

from socialimpact.wording.answers import Answer, answers
from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.texts import LANGUAGES, Texts, shown
from socialimpact.wording.words import Words

__all__ = ["LANGUAGES", "Answer", "Cell", "Column", "Grid", "Texts", "Words", "answers", "shown"]
