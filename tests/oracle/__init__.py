"""A second implementation of the five notices, for tests only: naive tables typed from the words of the notices.

It imports nothing from the engine and reads none of its data, so that a wrong figure has to be made twice,
independently, before the comparison misses it.
"""

from tests.oracle import horqin_left_rear_2025, tunliu_2025, urumqi_2024, xinjiang_2025, yunyang_2025

READERS = {
    "urumqi-2024": urumqi_2024,
    "yunyang-2025": yunyang_2025,
    "tunliu-2025": tunliu_2025,
    "horqin-left-rear-2025": horqin_left_rear_2025,
}


def reader(policy_id):
    """The table reader of a policy of the worked cases."""
    return xinjiang_2025 if policy_id == "xinjiang-2025" else READERS[policy_id]


def figures(policy_id, region_or_none, case):
    """The thirteen figures of a case under the default readings: yuan, ISO dates, counts; None is: not determined."""
    if policy_id == "xinjiang-2025":
        return xinjiang_2025.figures(region_or_none, case)
    return READERS[policy_id].figures(case)
