"""The engine and the table reader agree on every figure of every case in the enumerable space."""

import pytest

from tests.oracle.compare import Comparison, place_years
from tests.oracle.space import PARTS, SPACES, ordinary

# Parts that would only repeat other parts where the notice has no such rule; the areas of one annex share one notice.
NOWHERE = {"ages": {name for name, space in SPACES.items() if not space.ages}, "facts": {"xinjiang-2025"}}


def parts():
    """Every place-year with every part of the space that its notice gives a meaning to."""
    found = []
    for policy_id, area in place_years():
        for part in PARTS:
            if policy_id not in NOWHERE.get(part, ()):
                found.append(pytest.param(policy_id, area, part, id=f"{Comparison(policy_id, area).policy.id}-{part}"))
    return found


@pytest.mark.parametrize(("policy_id", "area", "part"), parts())
def test_engine_agrees_with_the_table_reader(policy_id, area, part, record_property):
    """No figure differs, and a figure that the engine declines is one for which it asks."""
    comparison = Comparison(policy_id, area).check_all(ordinary(policy_id, part))
    record_property("comparisons", comparison.count)
    print(f"{policy_id} {area or ''} {part}: {comparison.count} comparisons, {comparison.declined} figures asked for")
    assert comparison.count
    assert not comparison.differences, comparison.report()


def test_all_eighteen_place_years_are_there():
    """Fourteen areas of the annex, and four notices of one place each."""
    assert len(place_years()) == 18
    assert len({Comparison(*place).policy.id for place in place_years()}) == 18
