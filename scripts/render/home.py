"""The home page: what this is, an entry for each place, what it costs at a glance, and how to check it all."""

from __future__ import annotations

from collections.abc import Iterator

from calc import Policy

from .cases import first_tier, followers, tiers, told, tier_name, window_day
from .compare import Comparison, glance
from .figures import Figures
from .registers import count
from .site import Page, Site, day


def pages(site: Site, lang: str) -> Iterator[Page]:
    """The index of the language."""
    path = "index.md"
    figures = Figures(site, lang, path)
    yield site.render("home.md", lang, path, regions=regions(site, lang, figures), glance=glance(Comparison(site, lang, path)), counts=counts(site), date=day(site.date, lang), checked=day(site.checked, lang) if site.checked else "")


def regions(site: Site, lang: str, figures: Figures) -> list[dict]:
    """The places to choose from: those on their own, and the areas of a region together."""
    found: dict[str, dict] = {}
    for policy in site.all_policies:
        place = site.policies.vocabulary.places[policy.place]
        parent = place.get("parent")
        region = parent if parent and any(other.place == parent for other in site.all_policies) else policy.place if followers(site, policy) else ""
        title = site.policies.vocabulary.places[region]["name"][lang] if region else ("其他地方" if lang == "zh" else "Other places")
        entry = found.setdefault(region, {"id": f"region-{region or 'others'}", "title": title, "compact": bool(region), "places": []})
        entry["places"].append(place_entry(site, policy, lang, figures))
    return list(found.values())


def place_entry(site: Site, policy: Policy, lang: str, figures: Figures) -> dict:
    """A place to choose: its name, what contains it, the year and the price."""
    place = site.policies.vocabulary.places[policy.place]
    moment = window_day(site, policy)
    prices = [(tier_name(policy, tier, lang), figures.span(policy, told(moment, tier=tier, gap_years=0), "total_pays", others=False)) for tier in tiers(policy)]
    return {"policy": policy, "name": site.place_name(policy, lang), "within": place.get("parent_name", {}).get(lang, ""), "path": site.place_path(policy), "prices": prices,
            "overview": bool(followers(site, policy)), "last": figures.said(policy, told(moment, tier=first_tier(policy), gap_years=0), "period_last", others=False)}


def counts(site: Site) -> dict[str, int]:
    """How much the data cover, counted from the data."""
    own = [policy for policy in site.all_policies if "follows" not in policy.data]
    return {
        "notices": len(site.policies.notices), "clauses": sum(len(notice["clauses"]) for notice in site.policies.notices.values()),
        "places": len({policy.place for policy in site.all_policies}), "policies": len(site.all_policies), "values": sum(count(policy.data, "clauses") for policy in own),
        "groups": len(site.policies.vocabulary.groups), "questions": len(site.policies.questions),
    }


def nav(site: Site, lang: str) -> list:
    """The home page in the navigation."""
    return [["首页" if lang == "zh" else "Home", "index.md"]]
