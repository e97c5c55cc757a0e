"""Days of payment that make no difference to one another: rows of a roster on such days share their answer."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

from . import dates
from .timeline import breakpoints

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .case import Case
    from .policy import Policy


class Stretches:
    """For each policy the stretches of days between those on which a figure could change (see timeline.breakpoints)."""

    def __init__(self) -> None:
        self._starts: dict[str, list[date]] = {}

    def of(self, policy: Policy, case: Case) -> tuple[date, date] | None:
        """The stretch in which a case was paid; None where the case's own dates could matter, or far from the insured year."""
        if any(isinstance(value, date) for value in case.facts.values()) or abs(case.pay_date.year - policy.year) > 1:
            return None
        starts = self._starts.get(policy.id)
        if starts is None:
            first, last = date(policy.year - 1, 1, 1), date(policy.year + 2, 1, 1)
            starts = self._starts[policy.id] = sorted(breakpoints(policy, case, first, last))
        place = bisect_right(starts, case.pay_date)
        return starts[place - 1], dates.plus_days(starts[place], -1)
