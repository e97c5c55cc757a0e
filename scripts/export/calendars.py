"""Residents' deadlines as iCalendar files (RFC 5545), one for each place, year and language."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from calc import Policy
from calc.clause_labels import clause_label
from scripts.render.site import Site, day

# The names of this site's own things, so that an event keeps its identity from build to build.
NAMESPACE = uuid.UUID("6d0f3c5e-1b7a-5f0e-9c53-0a7c6f1f2d11")
TAGS = {"zh": "zh-Hans", "en": "en"}
WEEK = "-P7D"
WIDTH = 75  # octets in a line, its end not counted


def calendar(site: Site, policy: Policy, lang: str, site_url: str | None = None) -> str:
    """The deadlines of one place and year; offices' targets are not among them."""
    name = f"{site.place_name(policy, lang)}{policy.year}年度居民医保" if lang == "zh" else f"{site.place_name(policy, lang)}: resident medical insurance {policy.year}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Canbao//deadlines 1//{'ZH' if lang == 'zh' else 'EN'}", "CALSCALE:GREGORIAN",
             f"NAME:{escape(name)}", f"X-WR-CALNAME:{escape(name)}"]
    for entry in policy.data.get("deadlines", []):
        lines += event(site, policy, entry, lang, site_url)
    lines.append("END:VCALENDAR")
    return "".join(fold(line) + "\r\n" for line in lines)


def event(site: Site, policy: Policy, entry: dict, lang: str, site_url: str | None) -> list[str]:
    """One deadline as a whole day, with a reminder a week before."""
    moment, zh = date.fromisoformat(entry["date"]), lang == "zh"
    tag = f";LANGUAGE={TAGS[lang]}"
    place = site.place_name(policy, lang, short=True)
    summary = f"{place}{policy.year}居民医保：{entry['for'][lang]}，最后一天" if zh else f"{place} medical insurance {policy.year}, last day: {entry['for'][lang]}"
    page = f"{site_url}{'' if zh else 'en/'}{site.place_path(policy)}" if site_url else ""  # a path alone leads nowhere from a calendar
    told = [entry["text"][lang], *([entry["note"][lang]] if entry.get("note") else []), *quotes(site, entry, lang), *([("网页：" if zh else "Page: ") + page] if page else [])]
    made = ["BEGIN:VEVENT", f"UID:{uuid.uuid5(NAMESPACE, identity(policy, entry))}", f"DTSTAMP:{stamp(site, policy)}", f"DTSTART;VALUE=DATE:{moment:%Y%m%d}",
            f"DTEND;VALUE=DATE:{moment + timedelta(1):%Y%m%d}", f"SUMMARY{tag}:{escape(summary)}", f"DESCRIPTION{tag}:{escape(chr(10).join(told))}"]
    if page:
        made.append(f"URL:{page}")
    reminder = (f"还有7天：{day(moment, lang)}" if zh else f"7 days left: {day(moment, lang)}")
    return [*made, "CLASS:PUBLIC", "TRANSP:TRANSPARENT", "BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:{WEEK}", f"DESCRIPTION{tag}:{escape(reminder)}", "END:VALARM", "END:VEVENT"]


def identity(policy: Policy, entry: dict) -> str:
    """What makes a deadline the same one in another build: its policy, whom it is for, and which clauses it rests on."""
    return "/".join([policy.id, entry["for"]["zh"], *entry["clauses"]])


def quotes(site: Site, entry: dict, lang: str) -> list[str]:
    """The words a deadline rests on, with their place in the notice."""
    found = []
    for reference in entry["clauses"]:
        clause = site.policies.clause(reference)
        label = clause_label(clause.get("label", clause["id"]), lang)
        found.append(f"“{clause['quote']}”（{label}）" if lang == "zh" else f"“{clause['en']}” ({label})")
    return found


def stamp(site: Site, policy: Policy) -> str:
    """The date of the newest notice of the policy; where none has one, that of the latest notice of all."""
    issued = [site.policies.notices[name]["issued"] for name in policy.data["notices"]]
    newest = max((value for value in issued if value[:1].isdigit()), default=site.date)
    return newest.replace("-", "") + "T000000Z"


def escape(text: str) -> str:
    """A text value: backslash, semicolon, comma and line end are escaped."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def fold(line: str) -> str:
    """A line of at most 75 octets, continued after CRLF and a space, never inside a character."""
    parts, part, width = [], "", 0
    for character in line:
        size = len(character.encode())
        if width + size > WIDTH:
            parts.append(part)
            part, width = "", 1  # the space that continues a line counts
        part, width = part + character, width + size
    return "\r\n ".join([*parts, part])
