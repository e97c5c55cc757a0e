"""The registers: open questions, the glossary, and what the data cover."""

from __future__ import annotations

from collections.abc import Iterator

from calc import Policy

from .backlinks import NAMES, SECTIONS, uses
from .site import Page, Site, day
from .terms import TERMS

SEVERITY = {"high": ("影响大", "high"), "medium": ("影响中等", "medium"), "low": ("影响小", "low")}


def pages(site: Site, lang: str) -> Iterator[Page]:
    """The register of open questions, the glossary and the coverage of the data."""
    yield questions_page(site, lang)
    yield glossary_page(site, lang)
    yield coverage_page(site, lang)


def questions_page(site: Site, lang: str) -> Page:
    """Where the notices are unclear, silent or contradict themselves: readings, the default taken, and why."""
    concerned: dict[str, list] = {}
    for policy in site.all_policies:
        for name in policy.data.get("questions", []):
            concerned.setdefault(name, []).append(policy)
    groups: dict[str, dict] = {}
    for name, question in site.policies.questions.items():
        policies = concerned.get(name, [])
        rules = {site.rules_id(policy): policy for policy in policies}
        key, title = ("general", "几份通知都有的" if lang == "zh" else "In several notices") if len(rules) != 1 else (base := next(iter(rules)), place_title(site, base, lang))
        entry = {"question": question, "severity": SEVERITY[question["severity"]][0 if lang == "zh" else 1], "policies": policies}
        groups.setdefault(key, {"id": f"questions-{key}", "title": title, "entries": []})["entries"].append(entry)
    return site.render("questions.md", lang, "questions/index.md", groups=list(groups.values()), total=len(site.policies.questions))


def place_title(site: Site, base: str, lang: str) -> str:
    """The place and year of a set of rules in words; for areas that share rules, their region's."""
    policy = site.policies.policy(base)
    return f"{site.place_name(policy, lang, True)} {policy.year}"


def glossary_page(site: Site, lang: str) -> Page:
    """Every group and term in both languages, with the names that each notice uses."""
    groups = []
    for group in site.policies.vocabulary.groups.values():
        used = []
        for policy in site.all_policies:
            names = policy.data.get("group_names", {}).get(group["id"])
            if names and "follows" not in policy.data:
                used.append((policy, names))
        groups.append({"group": group, "used": used, "other": other_name(group)})
    return site.render("glossary.md", lang, "glossary/index.md", groups=groups, terms=TERMS)


def other_name(group: dict) -> str:
    """A group's first further name that has nothing in common with its name, for those who know it by that alone."""
    name = group["name"]["zh"]
    shared = {name[at:at + 2] for at in range(len(name) - 1)}
    return next((other for other in group.get("names", []) if not any(other[at:at + 2] in shared for at in range(len(other) - 1))), "")


def coverage_page(site: Site, lang: str) -> Page:
    """What the data cover, counted from the data: clauses, rules with evidence, open questions, silences."""
    resting = uses(site.all_policies)
    rows = []
    for notice in site.policies.notices.values():
        clauses = notice["clauses"].values()
        policies = [policy for policy in site.all_policies if notice["id"] in policy.data["notices"]]
        own = next((policy for policy in policies if "follows" not in policy.data), None)
        rows.append({
            "notice": notice, "path": f"notices/{notice['id']}/", "clauses": len(clauses), "compute": sum(clause["role"] == "compute" for clause in clauses),
            "used": sum(f"{notice['id']}/{clause['id']}" in resting for clause in clauses), "policies": len(policies),
            "values": count(own.data, "clauses") if own else 0, "questions": len(own.data.get("questions", [])) if own else 0,
            "not_stated": len(own.data.get("not_stated", [])) if own else 0, "checked": checked(notice, lang),
        })
    return site.render("coverage.md", lang, "coverage/index.md", rows=rows, parts=parts(site, lang))


def checked(notice: dict, lang: str) -> str:
    """The day on which the clauses were last compared with the notice word for word; one that was not says so."""
    return day(notice["checked"], lang) if "checked" in notice else ("没有记录" if lang == "zh" else "not recorded")


def parts(site: Site, lang: str) -> list[dict]:
    """For each set of rules, how many values of each part carry their clauses, and when the notices behind them were last checked."""
    found = []
    for policy in site.all_policies:
        if "follows" in policy.data:
            continue
        notices = [site.policies.notices[name] for name in policy.data["notices"]]
        days = [notice.get("checked") for notice in notices]
        entries = [(NAMES[part][0 if lang == "zh" else 1], SECTIONS[part], count(policy.data[part], "clauses") - (assisted(policy) if part == "premiums" else 0)) for part in NAMES if part in policy.data]
        entries.insert(1, (NAMES["assistance"][0 if lang == "zh" else 1], SECTIONS["assistance"], assisted(policy)))
        found.append({"policy": policy, "entries": [entry for entry in entries if entry[2]], "checked": checked({"checked": min(days)} if all(days) else {}, lang)})  # type: ignore[type-var]
    return found


def assisted(policy: Policy) -> int:
    """How many values about assistance carry their clauses."""
    return sum(count(premium.get("assistance", {}), "clauses") for premium in policy.data["premiums"])


def count(value: object, key: str) -> int:
    """How many entries below a value carry a key."""
    if isinstance(value, dict):
        return (key in value) + sum(count(inner, key) for inner in value.values())
    return sum(count(inner, key) for inner in value) if isinstance(value, list) else 0


def nav(site: Site, lang: str) -> list:
    """The notices and the registers in the navigation, together."""
    names = [(("通知原文", "Notices"), "notices/index.md"), (("没有写清的地方", "Open questions"), "questions/index.md"), (("名词解释", "Glossary"), "glossary/index.md"), (("数据范围", "Coverage"), "coverage/index.md")]
    return [["来源" if lang == "zh" else "Sources", [[title[lang != "zh"], path] for title, path in names]]]
