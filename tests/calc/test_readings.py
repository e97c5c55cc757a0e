"""What an open question is about: its readings are offered where they apply, and nowhere else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from calc import Case, assess

from .compiled import policies


def readings(policy_id: str, **told: object) -> set[str]:
    """The open questions whose other readings change something about the case."""
    policy = policies().policy(policy_id)
    return {question for alternative in assess(policy, Case.parse(told, policy)).alternatives for question in dict(alternative.readings)}


def test_question_about_the_window_is_not_asked_after_it() -> None:
    """Whether the lapsed wait when they pay in time says nothing of those who pay late."""
    assert "H4" in readings("horqin-left-rear-2025", pay_date="2024-12-05", gap_years=2)
    assert "H4" not in readings("horqin-left-rear-2025", pay_date="2025-03-05", gap_years=2)


@pytest.mark.parametrize("policy_id", policies().ids())
def test_no_reading_covers_late_payers_from_before_they_paid(policy_id: str) -> None:
    """After every window, no reading has cover begin before the payment, save for a newborn."""
    policy = policies().policy(policy_id)
    tier = {"tier": policy.tiers[0]} if policy.tiers else {}
    gaps = [{"gap_years": years} for years in (0, 1, 4)] if "gap_years" in policy.facts else [{}]
    day = date(policy.year - 1, 8, 1)
    while day.year <= policy.year:
        for gap in gaps:
            found = assess(policy, Case.parse({"pay_date": day.isoformat(), **gap, **tier}, policy))
            for alternative in found.alternatives:
                figures = {**found.figures, **alternative.figures}
                start, status = figures["coverage_start"][0], figures["status"][0]
                assert start is None or status != "late" or start >= day, (day, gap, alternative.readings)
        day += timedelta(days=6)
