"""Changes as an Atom feed computed from the data: notices, the policies made from them, and one year against another."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree as ET

from markupsafe import Markup

from scripts.render import pairs
from scripts.render.figures import text_of
from scripts.render.site import Site, day

from .calendars import NAMESPACE, TAGS

ATOM, XHTML = "http://www.w3.org/2005/Atom", "http://www.w3.org/1999/xhtml"
UP = "../../"  # from data/v1/ to the root


class Entry(NamedTuple):
    """One entry: its lasting name, title, day, page below the language's root, and its paragraphs and list."""

    name: str
    title: str
    day: str
    page: str
    paragraphs: list[str]
    items: list[str]


def feed(site: Site, lang: str, site_url: str | None = None) -> str:
    """The feed of a language, newest first."""
    zh = lang == "zh"
    home = (site_url or UP) + ("" if zh else "en/")
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": TAGS[lang]})
    add(root, "id", f"urn:uuid:{uuid.uuid5(NAMESPACE, f'changes/{lang}')}")
    add(root, "title", "参保明白纸：数据的变化" if zh else "Canbao: changes of the data")
    add(root, "updated", f"{site.date}T00:00:00Z")
    add(add(root, "author"), "name", "参保明白纸" if zh else "Canbao")
    if site_url:
        add(root, "link", rel="self", type="application/atom+xml", href=f"{site_url}data/v1/changes.{lang}.atom")
    add(root, "link", rel="alternate", type="text/html", hreflang=TAGS[lang], href=home)
    for entry in sorted(entries(site, lang), key=lambda entry: entry.day, reverse=True):
        element = add(root, "entry")
        add(element, "id", f"urn:uuid:{uuid.uuid5(NAMESPACE, f'{entry.name}/{lang}')}")
        add(element, "title", entry.title)
        add(element, "updated", f"{entry.day}T00:00:00Z")
        add(element, "link", rel="alternate", type="text/html", hreflang=TAGS[lang], href=home + entry.page)
        body = add(add(element, "content", type="xhtml"), "div", xmlns=XHTML)
        for paragraph in entry.paragraphs:
            add(body, "p", paragraph)
        if entry.items:
            listed = add(body, "ul")
            for item in entry.items:
                add(listed, "li", item)
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    """A child element."""
    element = ET.SubElement(parent, tag, attributes)
    element.text = text
    return element


def entries(site: Site, lang: str) -> Iterator[Entry]:
    """The entries: each notice, each place and year, and each place's year against the one before."""
    for notice in site.policies.notices.values():
        moment, words = issued(site, [notice["id"]], lang)
        number = f" {notice['number']}" if notice.get("number") else ""
        label = "通知：" if lang == "zh" else "Notice: "
        issuers = "、".join(notice["issuers"]) if lang == "zh" else ", ".join(notice["issuers_en"])
        yield Entry(f"notice/{notice['id']}", label + notice["title"][lang] + number, moment, f"notices/{notice['id']}/", [words, issuers], [])
    for policy in site.all_policies:
        moment, words = issued(site, policy.data["notices"], lang)
        name = site.place_name(policy, lang)
        title = f"{name}{policy.year}年度居民医保" if lang == "zh" else f"{name}: resident medical insurance {policy.year}"
        items = [f"{entry['date']} {entry['for'][lang]}{'：' if lang == 'zh' else ': '}{entry['text'][lang]}" for entry in policy.data.get("deadlines", [])]
        yield Entry(f"policy/{policy.id}", title, moment, site.place_path(policy), [words], items)
    for couple in pairs.couples(site):
        if couple.years:
            yield year_entry(site, couple, lang)


def year_entry(site: Site, couple: pairs.Couple, lang: str) -> Entry:
    """What a year changed against the one before, figure by figure; both sides known."""
    moment, words = issued(site, couple.two.data["notices"], lang)
    title = pairs.title(site, couple, lang)
    label = f"{title}，有哪些变化" if lang == "zh" else f"{title}: what changed"
    return Entry(f"years/{couple.one.id}/{couple.two.id}", label, moment, pairs.path_of(couple), [words], changes(site, couple, lang))


def changes(site: Site, couple: pairs.Couple, lang: str) -> list[str]:
    """Each figure that differs: what it was, what it is."""
    view, found = pairs.Pair(site, couple, lang, pairs.path_of(couple) + "index.md"), []
    for _, _, differences in view.sections():
        for row in differences:
            if row.one is None or row.two is None:
                continue
            sides = [view.figures.value(policy, case, row.name) for policy, case in ((couple.one, row.one), (couple.two, row.two))]
            words, differs = view.difference(row.name, sides)
            if not differs:
                continue
            shown = [text_of(side.name, side.value, side.state, lang, side.at_least) for side in sides]
            label = row.label.striptags() if isinstance(row.label, Markup) else str(row.label)
            change = f"（{plain(words)}）" if lang == "zh" else f" ({plain(words)})"
            found.append(f"{label}{'：' if lang == 'zh' else ': '}{shown[0]} → {shown[1]}{change if plain(words)[:1] in '+−' else ''}")
    return found


def plain(words: object) -> str:
    """A difference without its markup."""
    return words.striptags() if isinstance(words, Markup) else str(words)


def issued(site: Site, notices: list[str], lang: str) -> tuple[str, str]:
    """The day an entry stands under, and the date of issue in words; a notice without one stands under that of the latest notice and says so."""
    days = [value for name in notices if (value := site.policies.notices[name]["issued"])[:1].isdigit()]
    if days:
        return max(days), f"印发日期：{day(max(days), lang)}" if lang == "zh" else f"Issued on {day(max(days), lang)}"
    return site.date, f"印发日期通知没有写；排在最新一份通知的日期 {site.date} 之下。" if lang == "zh" else f"The notice does not state its date of issue; listed under the date of the latest notice, {site.date}."
