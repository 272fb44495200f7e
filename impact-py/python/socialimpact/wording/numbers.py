"""Numbers as people read them: grouped, rounded for show, with the decimal sign of the language.

One rule: rounding happens here and nowhere before; what is exact stands beside it.
"""

from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from socialimpact.types import Language
from socialimpact.wording.texts import Texts

_LOCALE = {"en": "en", "nb": "nb_NO"}
_PRECISION = 100
"""Digits while rounding: more than any decimal of the library has."""
WHOLE_FROM = 1000
"""Numbers from this on are shown without decimals."""
_COUNTS_WHOLE_FROM = 20
_FIGURE = 6
"""Decimals of a measured figure at most."""
_FACTOR = 4
"""Decimals of a factor that a reader recomputes with."""
_HARD = "\u00a0"
"""A space that no line is broken at."""
_REDONE = 8
"""Significant digits of what a reader multiplies again to have a sum to the krone."""
_ABOUT = 3
"""Significant digits of an amount in a summary."""
_SCALES = ((9, "billions"), (6, "millions"))
"""Powers of ten that have a word."""


def error_digits(error: Decimal) -> int:
    """Count the decimals that two significant digits of a standard error need."""
    return max(0, 1 - error.adjusted()) if error else 0


class Numbers:
    """Formats numbers in one language and currency."""

    def __init__(self, language: Language, currency: str, digits: int) -> None:
        self.texts = Texts(language)
        self._is_krone = currency == "NOK"
        self.currency = self.texts("number.krone") if self._is_krone else currency
        self.digits = digits
        self._locale = _LOCALE[language]

    def fixed(self, value: Decimal, digits: int) -> str:
        """Give a number with so many decimals."""
        from babel.numbers import format_decimal

        with localcontext() as context:
            context.prec = _PRECISION
            rounded = value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_EVEN)
            rounded = rounded.copy_abs() if rounded == 0 else rounded
            pattern = "#,##0" + ("." + "0" * digits if digits else "")
            text = format_decimal(rounded, format=pattern, locale=self._locale, decimal_quantization=False)
        return text.replace("-", "\u2212")

    def whole(self, count: int) -> str:
        """Give a count of draws, scenarios or the like."""
        return self.fixed(Decimal(count), 0)

    def plain(self, value: Decimal) -> str:
        """Give a number with the decimals it needs: two at most, two significant digits below one."""
        size = abs(value)
        if size >= WHOLE_FROM:
            return self.fixed(value, 0)
        digits = 2 if size >= 1 else max(2, 1 - value.adjusted()) if value else 0
        return self.fixed(value, self._needed(value, digits))

    def beside_error(self, text: str, error: Decimal) -> str:
        """Give a text with its standard error: two significant digits of it, so that it is never shown as none."""
        return f"{text}{_HARD}±{_HARD}{self.fixed(error, error_digits(error))}"

    def figure(self, value: Decimal) -> str:
        """Give a measured figure so that it never seems to reach what it does not: six decimals at most."""
        return self.fixed(value, self._needed(value, _FIGURE))

    def written(self, value: Decimal) -> str:
        """Give a number with all the decimals it has."""
        exponent = value.normalize().as_tuple().exponent
        return self.fixed(value, max(0, -exponent) if isinstance(exponent, int) else 0)

    def factor(self, value: Decimal) -> str:
        """Give what a reader multiplies by, such as a price index: four decimals, four significant digits below one."""
        digits = max(_FACTOR, _FACTOR - 1 - value.adjusted()) if value else 0
        return self.fixed(value, self._needed(value, digits))

    def redone(self, value: Decimal) -> str:
        """Give what a reader multiplies again: eight significant digits, two decimals at least where it has them."""
        digits = max(2, _REDONE - 1 - value.adjusted()) if value else 0
        return self.fixed(value, self._needed(value, digits))

    def count(self, value: Decimal) -> str:
        """Give how many: whole from twenty, one decimal below, two significant digits below one."""
        return self.fixed(value, self._needed(value, self._counted_to(value)))

    def as_counted(self, value: Decimal) -> Decimal:
        """Give how many as a reader has it, who sees no more digits than are shown."""
        with localcontext() as context:
            context.prec = _PRECISION
            return value.quantize(Decimal(1).scaleb(-self._counted_to(value)), rounding=ROUND_HALF_EVEN)

    @staticmethod
    def _counted_to(value: Decimal) -> int:
        size = abs(value)
        if size >= _COUNTS_WHOLE_FROM:
            return 0
        return 1 if size >= 1 else max(2, 1 - value.adjusted()) if value else 0

    def money(self, value: Decimal) -> str:
        """Give an amount without its currency, with the digits the conventions show."""
        return self.fixed(value, self.digits)

    def is_seen(self, value: Decimal) -> bool:
        """Tell whether an amount is more than zero where it is shown."""
        return round(value, self.digits) != 0

    def amount(self, value: Decimal) -> str:
        """Give an amount with its currency."""
        return self.texts("number.money", number=self.money(value), currency=self.currency)

    def about(self, value: Decimal) -> str:
        """Give an amount of money for reading: three significant digits, millions and billions in words."""
        with localcontext() as context:
            context.prec = _PRECISION
            digits = _ABOUT - 1 - value.adjusted() if value else 0
            rounded = value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_EVEN)
            scale, key = next(
                ((scale, key) for scale, key in _SCALES if abs(rounded) >= Decimal(1).scaleb(scale)), (0, "money")
            )
            scaled = rounded.scaleb(-scale)
        if key != "money" and abs(scaled) == 1:
            key += "_one"
        currency = self.texts("number.krone_in_full") if self._is_krone else self.currency
        return self.texts(f"number.{key}", number=self.plain(scaled), currency=currency)

    def ratio(self, value: Decimal) -> str:
        """Give a ratio with two decimals."""
        return self.fixed(value, 2)

    def share(self, value: Decimal) -> str:
        """Give a fraction as a percentage."""
        with localcontext() as context:
            context.prec = _PRECISION
            hundredfold = value * 100
        return self._percent(self.plain(hundredfold))

    def share_to(self, value: Decimal, digits: int) -> str:
        """Give a fraction as a percentage with so many decimals."""
        with localcontext() as context:
            context.prec = _PRECISION
            return self._percent(self.fixed(value * 100, digits))

    def _percent(self, number: str) -> str:
        return number + ("%" if self.texts.language == "en" else f"{_HARD}%")

    def chance(self, part: float, draws: int) -> str:
        """Give a share of draws, never rounded to none or to all of them where it is not."""
        hits = round(part * draws)
        if hits in {0, draws}:
            return self.texts("chance.none" if hits == 0 else "chance.all", draws=self.whole(draws))
        return self.part(part)

    def even_note(self, points: str) -> list[str]:
        """Say what ± is of draws that are spread more evenly than independent ones; nothing of independent ones."""
        return [] if points == "random" else [self.texts("simulation.even")]

    def drawn_chance(self, part: float, error: float | None, draws: int) -> str:
        """Give a share of draws with its standard error, in percentage points; none and all of them as such."""
        if not error:
            return self.chance(part, draws)
        points = Decimal(repr(100 * error))
        return self.beside_error(self.share_to(Decimal(repr(part)), error_digits(points)), points)

    def part(self, part: float) -> str:
        """Give a share in tenths of a percent; one that would round to none or to all is said to be under or over."""
        tenths = round(part, 3)
        if 0 < part < 1 and tenths in {0, 1}:
            least = self.share(Decimal("0.001" if tenths == 0 else "0.999"))
            return self.texts("chance.under" if tenths == 0 else "chance.over", share=least)
        return self.share(Decimal(repr(tenths)))

    @staticmethod
    def _needed(value: Decimal, most: int) -> int:
        """Count the decimals that are left when zeros at the end are dropped."""
        with localcontext() as context:
            context.prec = _PRECISION
            rounded = value.quantize(Decimal(1).scaleb(-most), rounding=ROUND_HALF_EVEN).normalize()
        exponent = rounded.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0
