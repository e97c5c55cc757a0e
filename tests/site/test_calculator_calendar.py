"""Dates saved for a calendar: everybody's own, the same again for the same person, in the language of the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from calc import Case, PolicySet, assess
from calc.explain import explain
from tests.site.calculating import CASES, FAMILY, Desk, answered, desk, desks, fragment, policies  # noqa: F401 - fixtures

SAVE = {"zh": "把日期放进日历", "en": "Put the dates in a calendar"}
RELATIVES = {"zh": ("奶奶", "儿子"), "en": ("Grandmother", "Son")}


def saved(desk: Desk, file: Path) -> list[str]:
    """The lines of the file that the button saves, unfolded."""
    with desk.page.expect_download() as download:
        desk.page.get_by_role("button", name=SAVE[desk.lang]).click()
    download.value.save_as(file)
    return file.read_bytes().replace(b"\r\n ", b"").decode().split("\r\n")


def values(lines: list[str], name: str) -> list[str]:
    """The values of a property."""
    return [line.partition(":")[2] for line in lines if re.match(rf"{name}[;:]", line)]


def by_uid(lines: list[str]) -> dict[str, tuple[str, str]]:
    """Each event's day and title."""
    return dict(zip(values(lines, "UID"), zip(values(lines, "DTSTART"), values(lines, "SUMMARY"), strict=True), strict=True))


def test_everybody_in_a_family_has_dates_of_their_own(desk: Desk, policies: PolicySet, tmp_path: Path) -> None:
    """One file holds all; no event stands in for another person's, and each names whose it is."""
    page = desk.show(FAMILY)
    expect(page.locator(".cc-family-result tbody tr")).to_have_count(2)
    lines = saved(desk, tmp_path / "family.ics")
    events = by_uid(lines)
    assert len(events) == lines.count("BEGIN:VEVENT") == len(set(events))
    assert values(lines, "PRODID") == [f"-//Canbao//calculator 1//{desk.lang.upper()}"]
    rules = policies.policy("yunyang-2025")
    told = ({"categories": ["subsistence-allowance"]}, {"person": "university_student", "categories": []})
    for relation, shown, facts in zip(("grandmother", "son"), RELATIVES[desk.lang], told, strict=True):
        answer = explain(policies, assess(rules, Case.parse({"pay_date": "2024-11-05", "tier": 1, **facts}, rules)), desk.lang)
        own = {uid: event for uid, event in events.items() if f"-{relation}-1-" in uid}
        wanted = {answer["pay_by"]["date"], *(answer["figures"][name]["value"] for name in ("coverage_start", "coverage_end") if answer["figures"][name]["value"])}
        assert {day for day, _ in own.values()} >= {day.replace("-", "") for day in wanted}
        assert all(title.startswith(shown) for _, title in own.values())
    # Whoever is shown, the file is the same.
    page.locator(".cc-family .cc-chip").nth(1).click()
    answered(page)
    expect(page.locator(".cc-family-result tbody tr")).to_have_count(2)
    assert set(by_uid(saved(desk, tmp_path / "again.ics"))) == set(events)
    assert not desk.problems


def test_two_last_days_are_told_apart(desk: Desk, tmp_path: Path) -> None:
    """Where the notice leaves the last day open, the earlier is the safe one."""
    desk.show("v1.tunliu-2025&d=20241105&g=0")
    found = sorted(value for value in by_uid(saved(desk, tmp_path / "two.ics")).values() if {"zh": "缴费截止", "en": "last day to pay"}[desk.lang] in value[1])
    assert [day for day, _ in found] == ["20241225", "20250225"]
    assert [title.rpartition({"zh": "（", "en": "("}[desk.lang])[2] for _, title in found] == {"zh": ["稳妥的一天）", "也可能是这一天，先问）"], "en": ["the safe day)", "perhaps: ask first)"]}[desk.lang]


@pytest.mark.parametrize("name", CASES)
def test_the_same_person_has_the_same_events(desks: dict[str, Desk], policies: PolicySet, name: str, tmp_path: Path) -> None:
    """In both languages, so that saving again never doubles a date; nobody is named where there is one person."""
    found = {}
    for lang, desk in desks.items():
        desk.show(fragment(policies, name))
        found[lang] = by_uid(saved(desk, tmp_path / f"{lang}.ics"))
        assert all("·" not in title for _, title in found[lang].values())
    assert {uid: day for uid, (day, _) in found["zh"].items()} == {uid: day for uid, (day, _) in found["en"].items()} != {}
