"""Calendar arithmetic on whole days, as notices use it."""

from __future__ import annotations

from datetime import date, timedelta


def parse(text: str) -> date:
    """A date written YYYY-MM-DD; raises ValueError for any other form and for days that do not exist."""
    day = _PARSED.get(text)
    if day is None:
        day = _PARSED[text] = _parse(text)
    return day


_PARSED: dict[str, date] = {}  # the same few dates of the rules are read at every evaluation


def _parse(text: str) -> date:
    if len(text) != 10 or text[4] != "-" or text[7] != "-" or not (text[:4] + text[5:7] + text[8:]).isascii() or not (text[:4] + text[5:7] + text[8:]).isdigit():
        raise ValueError(text)
    return date(int(text[:4]), int(text[5:7]), int(text[8:]))


def plus_days(day: date, days: int) -> date:
    """The day a number of days later (earlier when negative)."""
    return day + timedelta(days)


def plus_months(day: date, months: int) -> date:
    """The same day of the month some months later; the month's last day where that day does not exist."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, days_in_month(year, month + 1)))


def days_in_month(year: int, month: int) -> int:
    """How many days a month has."""
    following = date(year + (month == 12), month % 12 + 1, 1)
    return (following - timedelta(1)).day


def age_on(birth: date, day: date) -> int:
    """Completed years of life (周岁) on a day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def snap(day: date, to: str) -> date:
    """A calendar day named relative to another: next_day, previous_day, month_start, next_month, month_end, year_start, year_end."""
    if to == "next_day":
        return plus_days(day, 1)
    if to == "previous_day":
        return plus_days(day, -1)
    if to == "month_start":
        return day.replace(day=1)
    if to == "next_month":
        return plus_months(day.replace(day=1), 1)
    if to == "month_end":
        return day.replace(day=days_in_month(day.year, day.month))
    if to == "year_start":
        return date(day.year, 1, 1)
    if to == "year_end":
        return date(day.year, 12, 31)
    raise ValueError(to)
