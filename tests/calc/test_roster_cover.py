"""What a roster says of cover and of waiting: a missing fact is no silence, an estimate is no date, and no day left is no gap in the notice."""

from __future__ import annotations

import pytest

from calc.roster import Roster
from calc.roster_text import Printer
from tests.calc.compiled import policies
from tests.calc.test_roster import roster, row

LAST_DAY = {"缴费日期": "2024-12-15", "身份": "稳定脱贫人口"}


def cells(found: dict, lang: str = "zh") -> dict[str, str]:
    """The result cells of a row by their key."""
    printer = Printer(policies(), lang)
    return dict(zip([key for key, _ in printer.columns], printer.cells(found), strict=True))


def late(**more: str) -> dict:
    """The row of somebody who pays when cover would begin after it ends."""
    return Roster(policies(), list(LAST_DAY), {"policy": "urumqi-2024"}).row(1, {**LAST_DAY, **more})


@pytest.mark.parametrize(("lang", "missing", "three"), [("zh", "还缺情况", "等待期3个月"), ("en", "more facts needed", "Waiting period: 3 months")])
def test_a_wait_that_hangs_on_a_fact_is_not_called_unstated(lang: str, missing: str, three: str) -> None:
    told = cells(roster().row(1, row(断保年数="")), lang)
    assert told["waiting"] == missing
    assert cells(roster().row(1, row(断保年数="0")), lang)["waiting"] == Printer(policies(), lang).say("no_wait")
    # Under the reading of months alone the months stay as they are: what is unchanged is said too.
    assert three in cells(roster().row(1, row(缴费日期="2025-08-09", 断保年数="")), lang)["explanation"]


@pytest.mark.parametrize("day", ["2024-11-05", "2025-01-15", "2025-04-05", "2025-08-09"])
@pytest.mark.parametrize("gap", ["", "0", "3"])
def test_no_other_reading_leaves_the_wait_unstated_that_has_one(day: str, gap: str) -> None:
    found = roster().row(1, row(缴费日期=day, 断保年数=gap))
    printer = Printer(policies(), "zh")
    for other in (*found["alternatives"], *found["fact_alternatives"]):
        waits = {**{name: found["figures"][name]["value"] for name in ("waiting_days", "waiting_months")}, **{name: figure["value"] for name, figure in other["figures"].items() if name.startswith("waiting")}}
        if any(value is not None for value in waits.values()):
            assert "等待期通知没有写" not in printer.changes(found, other), other


@pytest.mark.parametrize(("lang", "empty"), [("zh", "没有能报销的日子"), ("en", "no covered day")])
def test_no_covered_day_left_is_said(lang: str, empty: str) -> None:
    found = late()
    assert [found["figures"][name] for name in ("coverage_start", "coverage_end")] == [{"value": None, "state": "not_stated", "empty": True}] * 2
    told = cells(found, lang)
    assert told["coverage_start"] == told["coverage_end"] == empty and told["start_known"] == ""
    assert "U6" not in found["silent"], "the notice is not silent about a day that is worked out"
    # Under another reading too, where it is said once and without the names of two dates.
    other = cells(roster().row(1, row(缴费日期="2025-08-09", 断保年数="")), lang)["explanation"]
    assert other.count(empty) == 1 and dict(Printer(policies(), lang).columns)["coverage_end"] not in other


def test_no_day_left_is_said_where_the_end_was_unknown_before() -> None:
    found = roster().row(1, row(断保年数="0"))
    assert Printer(policies(), "zh").changes(found, {"figures": {"coverage_start": {"value": None, "state": "not_stated", "empty": True}}}) == "没有能报销的日子"


@pytest.mark.parametrize(("lang", "about", "stated", "other"), [
    ("zh", "大约，按等待期推算", "通知写明", "待遇开始大约2025-"), ("en", "about: an estimate from the waiting period", "stated in the notice", "Covered from: about 2025-"),
])
def test_an_estimated_first_day_is_marked_and_stays_a_date(lang: str, about: str, stated: str, other: str) -> None:
    told = cells(roster().row(1, row(缴费日期="2025-08-09", 断保年数="0")), lang)
    assert told["coverage_start"] == "2025-11-08" and told["start_known"].startswith(about)
    assert other in told["explanation"]
    assert cells(roster().row(1, row(断保年数="0")), lang)["start_known"] == stated


def test_an_english_sentence_begins_as_one() -> None:
    told = cells(roster().row(1, row(断保年数="", 身份="")), "en")["explanation"]
    assert "none. Missed years not told" in told
