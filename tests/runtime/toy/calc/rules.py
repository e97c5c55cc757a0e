"""A toy rule: a price by age, with a date that the library has to read."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Price:
    """What is paid, in fen."""

    fen: int
    until: date


def price(policies: dict, age: int, on: str) -> Price:
    """Children pay the lower price."""
    fen = policies["child"] if age < 18 else policies["adult"]
    return Price(fen, date.fromisoformat(on))


def month_name(on: str) -> str:
    """Imported late on purpose: the probe has to see this."""
    import calendar

    return calendar.month_name[date.fromisoformat(on).month]
