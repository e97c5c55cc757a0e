"""The words that lead to each part of the site: those of the topics, and every name in the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from calc import Policy
from calc.policy import place_names

from scripts.render import pairs
from scripts.render.site import Site
from scripts.render.terms import TERMS

from .topics import TOPICS

# How much a word counts where its topic is answered; on the page of each place, which answers it for that place alone; and where it
# leads only together with something else.
MAIN, OF_PLACE, BESIDE = 1.0, 0.8, 0.6
# Years before the newest count for less, unless they are named.
OLDER = 0.8
LAST_YEAR = {"zh": ("去年", "上年", "上一年", "往年", "以前"), "en": ("last year", "previous year", "before")}
THIS_YEAR = {"zh": ("今年", "最新"), "en": ("this year", "newest")}


# Kinds of words that the search treats in their own way: names of places, what is said of every page (insurance, this year), and words
# that are looked for in the texts, each for all.
PLACE, SUBJECT, TEXT = "place", "subject", "text"


class Words(NamedTuple):
    """Words that mean the same, and the addresses (below the language's root) they lead to, with how much they count there."""

    words: tuple[str, ...]
    at: dict[str, float]
    kind: str = ""


def all_words(site: Site, lang: str, addresses: Iterable[str]) -> list[Words]:
    """Every set of words, with the addresses that there are: other data may lack a part, and its words then lead to the rest."""
    known = set(addresses)
    found = own_features(site, known, [*topics(site, lang, known), *terms(lang), *places(site, lang), *groups(site)])
    return [entry._replace(at={address: weight for address, weight in entry.at.items() if address in known}) for entry in found]


def topics(site: Site, lang: str, known: set[str]) -> Iterator[Words]:
    """The topics; "*#anchor" stands for that part of the pages of places, as far as they have it."""
    pages = [site.place_path(policy) for policy in site.all_policies]
    for topic in TOPICS:
        at: dict[str, float] = {}
        for weight, listed in ((BESIDE, topic.also), (MAIN, topic.places)):
            for address in listed:
                spread = [page + address[1:] for page in pages if page + address[1:] in known] if address[:1] == "*" else [address]
                at |= dict.fromkeys(spread, weight)
        yield Words(getattr(topic, lang), at, topic.kind if topic.places else TEXT)


def terms(lang: str) -> Iterator[Words]:
    """The glossary's terms with the other words for them, and their names in the other language."""
    for term in TERMS:
        yield Words((*term.name.values(), *term.also[lang]), {f"glossary/#term-{term.id}": MAIN})


def places(site: Site, lang: str) -> Iterator[Words]:
    """Every place's names, spellings, code and what it belongs to; the newest year counts for more; "last year" where there are two."""
    couples = {pairs.path_of(couple): {site.policies.policy(name).place for name in couple.names} for couple in pairs.couples(site)}
    for place, policies in by_place(site).items():
        entry = site.policies.vocabulary.places[place]
        above = entry.get("parent_name", {})
        newest = max(policy.year for policy in policies)
        at = {site.place_path(policy): MAIN if policy.year == newest else OLDER for policy in policies}
        yield Words(tuple(dict.fromkeys(place_names(entry)[1:])), at | {page: BESIDE for page in couples if place in couples[page]}, PLACE)
        for policy in policies:  # as it is said in one breath: a name with the year
            yield Words(tuple(f"{name} {policy.year}" for name in (*entry["name"].values(), *entry["short"].values())), {site.place_path(policy): MAIN}, PLACE)
        if above:
            yield Words((*above.values(), *(name for text in above.values() for name in single_names(text))), at, PLACE)
        if len(policies) > 1:  # said without a place, a year means none of them more than the others
            yield Words(LAST_YEAR[lang], {site.place_path(policy): BESIDE for policy in policies if policy.year < newest}, SUBJECT)
            yield Words(THIS_YEAR[lang], {site.place_path(policy): BESIDE for policy in policies if policy.year == newest}, SUBJECT)


def own_features(site: Site, known: set[str], found: list[Words]) -> list[Words]:
    """The sets with what only some places have: tiers, a further premium, voluntary insurance. A name that is among the words of a
    topic leads there by all of them."""
    sets = list(found)
    for policy in site.all_policies:
        features = [(entry, "#price") for entry in [*policy.data.get("tiers", []), *policy.data["premiums"][1:]]] + [(entry, "#add-ons") for entry in policy.data.get("add_ons", [])]
        for entry, anchor in features:
            address, names = site.place_path(policy) + anchor, set(entry["name"].values())
            if address not in known:
                continue
            place = next((place for place, words in enumerate(sets) if names & set(words.words)), None)
            if place is None:
                sets.append(Words(tuple(entry["name"].values()), {address: MAIN}))
            else:
                sets[place].at.setdefault(address, MAIN)
    return sets


def single_names(text: str) -> list[str]:
    """The names in a name such as 某省某市 or “X City, Y Province”, without what kind of place each is."""
    return re.findall(r"(\w+?)(?:自治区|自治州|地区|[省市州盟县区旗])", text) or [re.sub(r" (Autonomous Region|Municipality|Province|Prefecture|City|County)$", "", part) for part in text.split(", ")]


def by_place(site: Site) -> dict[str, list[Policy]]:
    """The policies of each place."""
    found: dict[str, list[Policy]] = {}
    for policy in site.all_policies:
        found.setdefault(policy.place, []).append(policy)
    return found


def groups(site: Site) -> Iterator[Words]:
    """Every group's names and everyday words: its entry in the glossary, and who pays less in each place that names it."""
    for name, group in site.policies.vocabulary.groups.items():
        at = {f"glossary/#group-{name}": MAIN, "compare/groups/#pays": BESIDE}
        for policy in site.all_policies:
            if name in policy.data.get("group_names", {}):
                at[f"{site.place_path(policy)}#assistance"] = OF_PLACE
        own = {text for policy in site.all_policies for text in policy.data.get("group_names", {}).get(name, [])}
        yield Words(tuple(dict.fromkeys([*group["name"].values(), *group.get("names", []), *sorted(own), *group.get("search", [])])), at)
