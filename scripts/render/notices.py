"""One page for each notice: its identity, and its clauses in both languages with what rests on each of them."""

from __future__ import annotations

from collections.abc import Iterator

from .backlinks import uses
from .site import Page, Site, day

ROLES = {"compute": ("参与计算", "used in the calculation"), "display": ("供查阅", "for information"), "admin": ("部门工作", "for offices")}


def pages(site: Site, lang: str) -> Iterator[Page]:
    """The list of notices and a page for each."""
    resting = uses(site.all_policies)
    entries = []
    for notice in site.policies.notices.values():
        path = f"notices/{notice['id']}/"
        clauses = list(notice["clauses"].values())
        rows = [{"clause": clause, "anchor": site.clause_anchor(clause["id"]), "role": ROLES[clause["role"]][0 if lang == "zh" else 1],
                 "uses": resting.get(f"{notice['id']}/{clause['id']}", []),
                 "questions": [name for name, question in site.policies.questions.items() if f"{notice['id']}/{clause['id']}" in question.get("evidence", [])]}
                for clause in clauses]
        followers = [policy for policy in site.all_policies if notice["id"] in policy.data["notices"]]
        quoted = sum(len(clause["quote"]) for clause in clauses)
        entry = {"notice": notice, "page": path, "issued": issued(notice, lang), "clauses": len(clauses), "followers": followers, "share": round(100 * quoted / notice["text_length"])}
        entries.append(entry)
        yield site.render("notice.md", lang, path + "index.md", rows=rows, **entry)
    yield site.render("notices.md", lang, "notices/index.md", entries=entries)


def issued(notice: dict, lang: str) -> str:
    """The day of issue for readers; a notice that has none says so."""
    return day(notice["issued"] if notice["issued"] != "not_stated" else None, lang)
