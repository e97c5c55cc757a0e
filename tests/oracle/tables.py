"""The keys every table reader answers, and the few date helpers that the notices need."""

from datetime import date, timedelta

KEYS = (
    "status", "standard", "subsidy", "pays",
    "ltci_standard", "ltci_subsidy", "ltci_pays", "addons_pays", "total_pays",
    "coverage_start", "coverage_end", "waiting_days", "waiting_months",
)
NOTHING = dict.fromkeys(KEYS)


def answer(status, **known):
    """Fill in what is determined; every other key stays None, which means: not determined."""
    figures = NOTHING.copy()
    figures["status"] = status
    figures.update(known)
    return figures


def days_later(iso, days):
    """The ISO date so many days after an ISO date."""
    return (date.fromisoformat(iso) + timedelta(days=days)).isoformat()


def first_of_next_month(iso):
    """The first day of the month after an ISO date."""
    year, month = int(iso[:4]), int(iso[5:7])
    return f"{year + 1}-01-01" if month == 12 else f"{year}-{month + 1:02d}-01"


def within_90_days(case, event_day):
    """G1: the day of birth is not counted, so birth + 90 is the last day inside."""
    return event_day <= days_later(case["birth_date"], 90)


def group_ids(case, names):
    """The groups of a case as this notice calls them; an id of the vocabulary stands for itself."""
    return [names.get(name, name) for name in case.get("categories") or ()]


def recognised_later(case):
    """G13: a status gained after payment; what becomes of the assistance is not computed."""
    return case.get("recognised_on") is not None and case["recognised_on"] > case["pay_date"]


def highest(amounts, price):
    """G4: the single most favourable amount, capped at the price; an unknown one leaves it open unless the price is reached."""
    best, unknown = 0, False
    for amount in amounts:
        if amount is None:
            unknown = True
        elif amount > best:
            best = amount
    if best >= price:
        return price
    return None if unknown else best


def unless_grouped(amounts):
    """The assistance on a day about which the notice is silent: none without a group, not stated for any group."""
    return None if amounts else 0


def unless_assisted(amounts):
    """The assistance where only the price is missing: none for those whom the notice does not assist."""
    return None if any(amount != 0 for amount in amounts) else 0


def minus(price, assistance):
    """What is left to pay, when both are known."""
    return None if price is None or assistance is None else price - assistance


def wrong_year(case, year):
    """G14: each insured year has its own fee; another year's is in another notice."""
    return case.get("for_year") not in (None, year)
