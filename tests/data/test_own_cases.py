"""The project's own worked cases: every figure, citation, fund and warning comes out, and their passages stand in the notices' clauses."""

from __future__ import annotations

import pytest
from scripts import check_cases
from scripts.case_runner import Worked, read_cases, run

from tests.calc.compiled import ROOT, policies

CASES = [worked for path in sorted((ROOT / "tests" / "cases_own").glob("*.json")) for worked in read_cases(path)]


@pytest.mark.parametrize("worked", [pytest.param(worked, id=worked.id) for worked in CASES])
def test_case(worked: Worked) -> None:
    """Nothing differs from what its author read."""
    outcome = run(policies(), worked)
    assert not outcome.differences and not outcome.missing, "\n".join(check_cases.report(policies(), outcome, "en", True))


def test_identifiers_are_unique() -> None:
    """No case hides another, and there are enough to kill what figures alone let through."""
    assert len({worked.id for worked in CASES}) == len(CASES) >= 290
    assert sum("cites" in worked.data for worked in CASES) >= 100 and sum("warnings" in worked.data for worked in CASES) >= 40
