"""The calendars by the letter of RFC 5545, and only with what concerns residents."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

from scripts.export.calendars import calendar, escape, fold
from scripts.render.site import Site
from tests.export.conftest import SITE_URL

PROPERTY = re.compile(r"^([A-Z-]+)((?:;[A-Z-]+=[^:;]+)*):(.*)$")


def lines(data: bytes) -> list[str]:
    """The content lines of a calendar, unfolded; each raw line is checked on the way."""
    text = data.decode("utf-8")
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "") and "\r" not in text.replace("\r\n", "")
    for raw in data.split(b"\r\n"):
        assert len(raw) <= 75, raw
        raw.decode("utf-8")  # no character is cut
    return text[:-2].replace("\r\n ", "").split("\r\n")


def components(found: list[str]) -> list[dict]:
    """The events, each a map of property to value, with its alarm."""
    stack, events = [], []
    for line in found:
        match = PROPERTY.match(line)
        assert match, line
        name, _, value = match.groups()
        if name == "BEGIN":
            stack.append((value, {}))
        elif name == "END":
            closed, properties = stack.pop()
            assert closed == value
            if closed == "VEVENT":
                events.append(properties)
            elif closed == "VALARM":
                assert set(properties) == {"ACTION", "TRIGGER", "DESCRIPTION"} and re.fullmatch(r"-P\d+D", properties["TRIGGER"])
        else:
            assert name not in stack[-1][1], line
            stack[-1][1][name] = value
    assert not stack
    return events


def plain(value: str) -> str:
    """A text value without its escapes; every special character must have one."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value), value
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], value)


def test_every_calendar_is_well_formed(folder: Path, site: Site) -> None:
    for policy in site.all_policies:
        for lang in ("zh", "en"):
            found = lines((folder / "ics" / f"{policy.id}.{lang}.ics").read_bytes())
            assert found[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"] and found[2].startswith("PRODID:") and found[-1] == "END:VCALENDAR"
            events = components(found)
            assert len(events) == len(policy.data["deadlines"])
            for event, entry in zip(events, policy.data["deadlines"], strict=True):
                day = date.fromisoformat(entry["date"])
                assert event["DTSTART"] == f"{day:%Y%m%d}" and event["DTEND"] == f"{day + timedelta(1):%Y%m%d}"
                assert re.fullmatch(r"\d{8}T000000Z", event["DTSTAMP"])
                assert entry["for"][lang] in plain(event["SUMMARY"])
                assert entry["text"][lang] in plain(event["DESCRIPTION"])
                for reference in entry["clauses"]:
                    clause = site.policies.clause(reference)
                    assert (clause["quote"] if lang == "zh" else clause["en"]) in plain(event["DESCRIPTION"])


def test_events_keep_their_identity_in_both_languages(folder: Path, site: Site) -> None:
    seen: set[str] = set()
    for policy in site.all_policies:
        zh, en = ([event["UID"] for event in components(lines((folder / "ics" / f"{policy.id}.{lang}.ics").read_bytes()))] for lang in ("zh", "en"))
        assert zh == en and len(set(zh)) == len(zh) and not seen & set(zh)
        seen |= set(zh)


def test_targets_of_offices_are_not_residents_deadlines(folder: Path, site: Site) -> None:
    for policy in site.all_policies:
        text = "".join(lines((folder / "ics" / f"{policy.id}.zh.ics").read_bytes()))
        for target in policy.data.get("agency_targets", []):
            assert escape(target["text"]["zh"]) not in text


def test_stamp_is_the_notices_date(site: Site) -> None:
    for policy in site.all_policies:
        issued = max((value for name in policy.data["notices"] if (value := site.policies.notices[name]["issued"])[:1].isdigit()), default=site.date)
        assert {event["DTSTAMP"][:8] for event in components(lines(calendar(site, policy, "zh").encode()))} == {issued.replace("-", "")}


def test_address_is_written_where_there_is_one(site: Site) -> None:
    policy = site.all_policies[-1]
    without = components(lines(calendar(site, policy, "en").encode()))[0]
    assert "URL" not in without and "Page:" not in without["DESCRIPTION"]
    event = components(lines(calendar(site, policy, "en", SITE_URL).encode()))[0]
    assert event["URL"] == f"{SITE_URL}en/{policy.place}/{policy.year}/" and event["URL"] in event["DESCRIPTION"]


def test_the_product_is_named_in_the_calendars_language(folder: Path, site: Site) -> None:
    for lang in ("zh", "en"):
        for file in (folder / "ics").glob(f"*.{lang}.ics"):
            assert f"PRODID:-//Canbao//deadlines 1//{lang.upper()}" in lines(file.read_bytes())


def test_long_lines_fold_between_characters() -> None:
    for text in ("字" * 100, "a" * 75, "a" * 76, "a" * 74 + "字", "🀄" * 40):
        folded = fold(text)
        assert folded.replace("\r\n ", "") == text
        assert all(len(part.encode()) <= 75 for part in folded.split("\r\n"))
    assert fold("a" * 75) == "a" * 75


def test_special_characters_are_escaped() -> None:
    assert escape("a,b;c\\d\ne") == "a\\,b\\;c\\\\d\\ne"
