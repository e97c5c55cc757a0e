"""What every page needs: the policies, the two languages, addresses, citations and figures as HTML."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
from markupsafe import Markup, escape

from calc import Assessment, Case, Policy, PolicySet, assess
from calc.clause_labels import clause_label
from calc.money import yuan_text

from .calculator_link import VERSION, encode

ROOT = Path(__file__).resolve().parents[2]
LANGS = ("zh", "en")
TEMPLATES = Path(__file__).parent / "templates"


# The pages written by hand in the navigation, after which family of pages they stand: sections of titles with their pages.
BY_HAND = {
    "calculator": [(("计算器", "Calculator"), [(("算一算", "One person or family"), "calculator.md"), (("一份名单", "A whole roster"), "calculator/roster.md"), (("放进您的网站", "In your own site"), "calculator/embedding.md")])],
    "reference": [(("数据", "Data"), [(("怎么用数据", "Using the data"), "data.md"), (("程序包 calc", "The calc package"), "data/calc/index.md")]),
                  (("关于", "About"), [(("关于本站", "About this site"), "about.md"), (("架设本站", "Hosting this site"), "deploy.md")])],
}


class Page(NamedTuple):
    """A page to write: its path below the language's root (…/index.md) and its whole text, front matter included."""

    path: str
    text: str


class Site:
    """The data of the whole site, with what the templates call to print places, figures and citations."""

    def __init__(self, policies: PolicySet, compiled: dict) -> None:
        self.policies, self.compiled = policies, compiled
        self._assessed: dict[tuple[str, str], Assessment] = {}
        self._once: dict[tuple, object] = {}
        self.env = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, comment_start_string="{%#", comment_end_string="#%}",  # "{#" begins a heading's id in Markdown
            trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined)

    @classmethod
    def load(cls, path: Path | None = None) -> Site:
        """The site of the compiled policies (build/policies.json unless CANBAO_POLICIES names another file), compiled first when missing."""
        source = path or Path(os.environ.get("CANBAO_POLICIES", ROOT / "build" / "policies.json"))
        if not source.exists():
            from scripts.compile import main as compile_policies  # only a fresh tree needs it

            compile_policies(["--out", str(source)])
        compiled = json.loads(source.read_text("utf-8"))
        return cls(PolicySet(compiled), compiled)

    @cached_property
    def date(self) -> str:
        """The latest day named as the data's: the newest date of issue of any notice."""
        return max(notice["issued"] for notice in self.policies.notices.values() if notice["issued"][:1].isdigit())

    @cached_property
    def checked(self) -> str:
        """The day since which every notice has been compared with its full text word for word; empty where one has not."""
        days = [notice.get("checked", "") for notice in self.policies.notices.values()]
        return min(days, default="") if all(days) else ""

    @cached_property
    def all_policies(self) -> list[Policy]:
        """Every policy in the order of the places in the vocabulary, older years first."""
        order = list(self.policies.vocabulary.places)
        found = [self.policies.policy(name) for name in self.policies.ids()]
        return sorted(found, key=lambda policy: (order.index(policy.place), policy.year))

    def fixed_nav(self, lang: str, after: str) -> list:
        """The navigation of the pages written by hand that follows a family of pages."""
        return [[title[LANGS.index(lang)], [[name[LANGS.index(lang)], path] for name, path in entries]] for title, entries in BY_HAND.get(after, ())]

    # -- cases ---------------------------------------------------------------------------------------------

    def assess(self, policy: Policy, **told: object) -> Assessment:
        """The engine's answer for a case given as facts (person, pay_date, categories …); the same case is worked out once."""
        key = (policy.id, case_text(told))
        if key not in self._assessed:
            self._assessed[key] = assess(policy, Case.parse(told, policy))
        return self._assessed[key]

    # -- addresses -----------------------------------------------------------------------------------------

    @staticmethod
    def place_path(policy: Policy) -> str:
        """The path of a place's page below the language's root."""
        return f"{policy.place}/{policy.year}/"

    @staticmethod
    def clause_anchor(clause: str) -> str:
        """The anchor of a clause on its notice's page."""
        return "c-" + re.sub(r"[^0-9A-Za-z]+", "-", clause).strip("-")

    def clause_path(self, reference: str) -> str:
        """The path with anchor of a clause (notice/clause) below the language's root."""
        notice, _, clause = reference.partition("/")
        return f"notices/{notice}/#{self.clause_anchor(clause)}"

    def once(self, key: tuple, make: Callable[[], Any]) -> Any:
        """What `make` gives, worked out once for a key: pages of both languages and areas that share rules ask for the same."""
        if key not in self._once:
            self._once[key] = make()
        return self._once[key]

    @staticmethod
    def rules_id(policy: Policy) -> str:
        """The identifier of the rules a policy lives under: its own, or those of the policy it follows as a whole."""
        return policy.data.get("follows", {}).get("policy", policy.id)

    @staticmethod
    def calculator_link(policy: Policy, case: dict) -> str:
        """The path of the calculator with a place and facts filled in; the case stays behind the # and is never sent."""
        return f"calculator/#{encode(policy, case)}" if case else f"calculator/#v{VERSION}.{policy.id}"

    # -- words ---------------------------------------------------------------------------------------------

    def place_name(self, policy: Policy, lang: str, short: bool = False) -> str:
        """A place's name; the short one where there is one."""
        entry = self.policies.vocabulary.places[policy.place]
        return entry.get("short", entry["name"])[lang] if short else entry["name"][lang]

    def group_name(self, policy: Policy, group: str, lang: str, divided: bool = False) -> str:
        """A group's name: in Chinese as the notice writes it, in English the vocabulary's.

        divided: for a part of the group, by the shortest name, as the longer one may say which part is assisted (60周岁以上老年人).
        """
        names = policy.data.get("group_names", {}).get(group)
        return (min(names, key=len) if divided else names[0]) if names and lang == "zh" else self.policies.vocabulary.groups[group]["name"][lang]

    # -- HTML ----------------------------------------------------------------------------------------------

    def relative(self, path: str, target: str) -> str:
        """A link from the page at `path` (a/b/index.md or a/b/) to a target below the language's root."""
        depth = path.strip("/").removesuffix("index.md").strip("/")
        return "../" * (len(depth.split("/")) if depth else 0) + target

    def cite(self, references: list[str] | tuple, lang: str, path: str) -> Markup:
        """The source links of a figure: one small link a clause, with the sentence as its title."""
        links, seen, before = [], {}, None
        several = self.notices_named(path)
        for reference in dict.fromkeys(references):
            clause, notice = self.policies.clause(reference), reference.partition("/")[0]
            title = clause["quote"] if lang == "zh" else clause["en"]
            written = clause.get("label", clause["id"])
            label = clause_label(written, lang)
            title = title if label == written else f"{written}: {title}"  # the notice's own numbering stays at hand
            # Several sentences of one numbered clause: the number once, then "·2", "·3" for the further sentences.
            turn = seen[notice, label] = seen.get((notice, label), 0) + 1
            whose = f"{several[notice][lang]} " if notice in several else ""
            named = "" if turn == 1 else f' aria-label="{escape(whose)}{escape(label)} {turn}"'
            # Where two notices may have a clause of the same number, the first of a row of one notice's clauses says whose they are.
            shown, before = (label if turn == 1 else f"·{turn}", notice) if notice == before or not whose else (f"{whose}{label if turn == 1 else f'·{turn}'}", notice)
            links.append(f'<a class="src" href="{escape(self.relative(path, self.clause_path(reference)))}" title="{escape(title)}"{named}>{escape(shown)}</a>')
        return Markup(" ").join(Markup(link) for link in links)

    def notices_named(self, path: str) -> dict[str, dict[str, str]]:
        """On the page of a policy that rests on several notices, what each is called in short: its place, with the year or title where that is not enough."""
        return self.once(("notices_named", "/".join(path.split("/")[:2])), lambda: self._notices_named(path))

    def _notices_named(self, path: str) -> dict[str, dict[str, str]]:
        policy = next((policy for policy in self.all_policies if path.startswith(self.place_path(policy))), None)
        names = policy.data["notices"] if policy else []
        if len(names) < 2:
            return {}
        found: dict[str, dict[str, str]] = {}
        for name in names:
            notice = self.policies.notices[name]
            entry = self.policies.vocabulary.places[notice["places"][0]]
            found[name] = entry.get("short", entry["name"])
        unclear = len({entry["zh"] for entry in found.values()}) < len(names)
        return {name: self.policies.notices[name]["title"] if unclear else entry for name, entry in found.items()}

    @staticmethod
    def quote(clause: dict) -> Markup:
        """The exact words of a clause; the cells of a table row stand apart to the eye, while the text stays that of the notice."""
        return Markup("").join(Markup('<span class="cell">{}</span>').format(cell) for cell in clause["row"]) if "row" in clause else escape(clause["quote"])

    def data_link(self, lang: str, path: str, table: str) -> Markup:
        """A link from the page at `path` to a table of the data, in the page's language."""
        target = self.relative(path, f"{'' if lang == 'zh' else '../'}data/v1/{lang}/{table}.csv")
        return Markup('<a class="no-print" href="{}">{}</a>').format(target, "数据文件（CSV）" if lang == "zh" else "Data file (CSV)")

    def render(self, template: str, lang: str, path: str, **values: object) -> Page:
        """A page from a template; `title` and the path go into the front matter, which MkDocs reads."""
        text = self.env.get_template(template).render(site=self, lang=lang, path=path, zh=lang == "zh", **values)
        return Page(path, text)


def case_text(case: dict) -> str:
    """A case as compact JSON, the same text for the same facts; cells carry it so that each can be recomputed."""
    return json.dumps(case, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def yuan(fen: int | None, lang: str) -> str:
    """An amount for readers: 400元, 400 yuan; the caller says what an unknown one means."""
    if fen is None:
        return "通知没有写" if lang == "zh" else "not stated"
    return f"{yuan_text(fen)}元" if lang == "zh" else f"{yuan_text(fen)} yuan"


def day(value: date | str | None, lang: str) -> str:
    """A date for readers: 2025年1月1日, 1 January 2025."""
    if value is None:
        return "通知没有写" if lang == "zh" else "not stated"
    value = date.fromisoformat(value) if isinstance(value, str) else value
    if lang == "zh":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
