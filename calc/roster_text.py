"""What a roster's answers look like in a spreadsheet, in one language: cells safe to open, a summary, and a template to fill in."""

from __future__ import annotations

from .clause_labels import clause_label
from .money import yuan_text
from .roster import column_fields, result_columns
from .roster_words import COLUMN_LABELS, GRADED_GROUP, TEXTS
from .texts import Words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .policy import Policy, PolicySet

LONGEST = 60  # letters of a cell that a sentence quotes
WAITS = ("waiting_days", "waiting_months")
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: one that begins like one gets an apostrophe.

    >>> safe_cell("=1+1"), safe_cell("王"), safe_cell(" @x")
    ("'=1+1", '王', "' @x")
    """
    return "'" + text if text.startswith(_FORMULA) or text.lstrip(" \u3000\xa0\ufeff\u200b").startswith(_FORMULA) else text


def shortened(text: str, most: int = LONGEST) -> str:
    """A sentence whose quoted words are cut where they are too long to be read; the cell itself is kept as it is.

    >>> shortened("“低低低低低低”不对", 4)
    '“低低低低…”不对'
    """
    opened = text.split("“")
    for at, part in enumerate(opened[1:], 1):
        word, closed, rest = part.partition("”")
        if closed and len(word) > most:
            opened[at] = f"{word[:most]}…”{rest}"
    return "“".join(opened)


class Printer:
    """Writes the rows of one roster in one language."""

    def __init__(self, policies: PolicySet, lang: str) -> None:
        self.policies, self.lang, self.words = policies, lang, Words(lang)
        self.columns = result_columns(policies, lang)
        self.labels = {field["id"]: field[lang] for field in column_fields(policies)}
        self._cells: dict[int, tuple[dict, dict[str, str]]] = {}

    def say(self, text: str, **values: object) -> str:
        """A sentence of the roster in this language."""
        return TEXTS[text][self.lang].format(**values)

    def join(self, items: list[str]) -> str:
        """A list of names."""
        return ("、" if self.lang == "zh" else ", ").join(items)

    def cells(self, row: dict) -> list[str]:
        """The result cells of a row, in the order of `columns`, safe for a spreadsheet."""
        if "skipped" in row:
            texts = {"explanation": self.say("skipped", reason=row["skipped"][self.lang])}
        elif not row["ok"]:
            texts = {"errors": ("；" if self.lang == "zh" else "; ").join(self.error(error) for error in row["errors"])}
        else:
            held = self._cells.get(id(row["figures"]))  # rows with the same facts share their figures
            if held is None:
                held = self._cells[id(row["figures"])] = (row["figures"], self._texts(row))
            texts = {**held[1], "explanation": self.run([*[self.note(note) for note in row["notes"]], held[1]["explanation"]])}
        return [safe_cell(texts.get(key, "")) for key, _ in self.columns]

    def run(self, sentences: list[str]) -> str:
        """Several sentences as one text; each begins as a sentence does, also where its first word is the name of a fact."""
        return ("" if self.lang == "zh" else " ").join(sentence[:1].upper() + sentence[1:] for sentence in sentences if sentence)

    def error(self, error: dict) -> str:
        """One error of a row: the column, then what is wrong, the likely cause and what is allowed."""
        where, text = error.get("header") or self.labels.get(error["field"], ""), shortened(error[self.lang])
        return text if text.startswith(where) else f"{where}{'：' if self.lang == 'zh' else ': '}{text}"

    def note(self, note: dict) -> str:
        """Something of the row to be checked or known."""
        if note["kind"] == "graded":
            return self.say("graded", value=note["value"], grade=note["grade"])
        if note["kind"] == "serial":
            return self.say("serial", label=self.labels[note["field"]], value=note["value"], day=note["day"])
        return self.say(f"not_told_{note['kind']}")

    def figure(self, name: str, figure: dict) -> str:
        """One figure as a cell; what is not known is said so, never shown as nothing."""
        value = figure["value"]
        if value is None:
            floor = figure.get("at_least")
            if figure.get("empty"):
                return self.words.part("value.empty")
            if figure["state"] == "not_told":
                return self.say("not_told")
            return self.say("at_least", yuan=yuan_text(floor)) if floor else self.words.part("value.not_stated")
        if name == "status":
            return self.words.part(f"short.{value}")
        return yuan_text(value) if isinstance(value, int) and not isinstance(value, bool) else str(value)

    def waiting(self, figures: dict) -> str:
        """The waiting period in the unit the notice counts in; both where it gives both. Where it gives neither, a fact that is missing comes first."""
        days, months = (figures.get(name, {"value": None, "state": "not_stated"}) for name in WAITS)
        if days["value"] is None and months["value"] is None:
            return self.figure("waiting", months if months["state"] == "not_told" else days)
        if not days["value"] and not months["value"]:
            return self.say("no_wait")
        parts = [self.say(unit, n=figure["value"]) for unit, figure in (("months", months), ("days", days)) if figure["value"]]
        return " / ".join(parts)

    def start_known(self, figure: dict) -> str:
        """How the first covered day is known. The day itself stays a bare date, so that a spreadsheet can sort by it; that it is an estimate stands here."""
        if figure.get("empty"):
            return ""  # the cell of the day says it
        state = self.words.part("state." + figure["state"])
        if not figure.get("estimate"):
            return state
        estimate = self.say("estimate")
        return estimate if figure["state"] == "assumed" else self.say("estimate_and", estimate=estimate, state=state)

    def _texts(self, row: dict) -> dict[str, str]:
        figures = row["figures"]
        texts = {name: self.figure(name, figure) for name, figure in figures.items()}
        texts["waiting"] = self.waiting(figures)
        texts["start_known"] = self.start_known(figures["coverage_start"])
        texts["certainty"] = self.words.part("state." + figures["total_pays"]["state"])
        texts["explanation"] = self.explanation(row)
        texts["warnings"] = self.run([warning[self.lang] for warning in row["warnings"]])
        texts["clauses"] = ("；" if self.lang == "zh" else "; ").join(dict.fromkeys(self.clause(reference) for reference in row["clauses"]))
        return texts

    def clause(self, reference: str) -> str:
        """A clause as people cite it: the notice's number or title, and the clause's own label."""
        notice, clause = self.policies.notices[reference.partition("/")[0]], self.policies.clause(reference)
        name = notice.get("number") if self.lang == "zh" else None
        return f"{name or notice['title'][self.lang]} {clause_label(clause.get('label', clause['id']), self.lang)}"

    def explanation(self, row: dict) -> str:
        """What is missing, what else the notice could mean with its figures, and what it does not say."""
        sentences = [self.words("headline.left_out", names=self.join([self.add_on(row["policy"], name) for name in row["left_out"]]))] if row["left_out"] else []
        needed = [self.labels.get(fact, fact) for fact in row["needs"] if fact not in row["assumed"]]
        if needed:
            sentences.append(self.say("needs", labels=self.join(needed)))
        sentences += [self.say("assumed_fact", label=self.labels.get(fact, fact), values=self.assumed(row, fact)) for fact in row["assumed"]]
        questions: dict[str, list[str]] = {}
        for alternative in row["alternatives"]:
            if alternative["readings"]:
                questions.setdefault(next(iter(alternative["readings"])), []).append(self.changes(row, alternative))
        for question, changes in questions.items():
            sentences.append(self.say("reading", topic=self.topic(question), changes=("；或" if self.lang == "zh" else "; or ").join(dict.fromkeys(changes))))
        sentences += [self.say("silent", topic=self.topic(question)) for question in row["silent"] if question not in questions]
        return self.run(sentences)

    def assumed(self, row: dict, fact: str) -> str:
        """What the first other value of a fact that was not told would change."""
        texts = []
        for other in row["fact_alternatives"]:
            if fact in other["facts"] and len(texts) < 2:
                value = other["facts"][fact]
                texts.append(self.say("if_fact", value=self.say("yes" if value else "no") if isinstance(value, bool) else str(value), changes=self.changes(row, other)))
        return ("；" if self.lang == "zh" else "; ").join(texts)

    def changes(self, row: dict, other: dict) -> str:
        """The figures of another answer that differ, the sum and what it is made of said once; of the waiting period both units, where one differs."""
        figures = other["figures"]
        waits = {name: figures.get(name, row["figures"][name]) for name in WAITS if name in row["figures"]}
        shown = [name for name in ("total_pays", "coverage_start", "coverage_end", "status", "waiting") if name in figures or (name == "waiting" and any(wait in figures for wait in WAITS))]
        if figures.get("coverage_start", {}).get("empty"):
            shown = [name for name in shown if name != "coverage_end"]  # that no day is left is said once
        shown = shown or [name for name in figures if name in dict(self.columns)]
        labels = dict(self.columns)
        parts = []
        for name in shown:
            text = self.waiting(waits) if name == "waiting" else self.figure(name, figures[name])
            if name.endswith("pays") and figures[name]["value"] is not None:
                text = self.say("yuan", yuan=text)
            if name == "coverage_start" and figures[name].get("estimate"):
                text = self.say("about", day=text)
            if name == "coverage_start" and figures[name].get("empty"):
                parts.append(text)
                continue
            parts.append(self.say("change", label=labels.get(name, name).removesuffix("（元）").removesuffix(" (yuan)"), value=text))
        return self.join(parts)

    def add_on(self, policy: str, identifier: str) -> str:
        """The name of a voluntary insurance of a place."""
        return self.policies.policy(policy).add_ons[identifier]["name"][self.lang]

    def topic(self, question: str) -> str:
        """What an open question is about."""
        return self.policies.questions[question]["topic"][self.lang]

    def group(self, groups: list[str] | None, grade: int | None = None) -> str:
        """The name of the groups of a line of the summary, of disabled people with the grade that was told."""
        if groups is None:
            return self.say("group_not_told_row")
        return self.join([self.say("graded_group", grade=grade) if grade and group == GRADED_GROUP else self.policies.vocabulary.groups[group]["name"][self.lang] for group in groups]) or self.say("no_group_row")

    def payer(self, who: list[str]) -> str:
        """The name of a payer; several between whom the notice does not divide stand together."""
        funds = {entry["id"]: entry["name"][self.lang] for entry in self.policies.data["vocabulary"].get("funds", [])}
        names = self.join([funds.get(fund or "not-stated", str(fund)) for fund in who])
        return names if len(who) == 1 else self.say("several_funds", funds=names)


def template(policies: PolicySet, policy: Policy | None, lang: str) -> list[list[str]]:
    """A roster to fill in: the names of the columns and one invented row; only columns that the place's rules look at.

    Without a policy all columns of a roster over several places are there.
    """
    fields = ["name"] + ([] if policy else ["place", "year"]) + ["person", "groups"] + (["tier"] if policy is None or policy.tiers else []) + ["pay_date", "birth_date", "gap_years"]
    labels = {**{field["id"]: field[lang] for field in column_fields(policies)}, **{field: names[lang] for field, names in COLUMN_LABELS.items()}}
    named = next((policies.vocabulary.places[policies.data["policies"][name]["place"]]["name"][lang], policies.data["policies"][name]["year"]) for name in policies.ids())
    year = policy.year if policy else named[1]
    first = next(iter(policies.vocabulary.persons.values()))["name"][lang]
    values = {"name": "张三" if lang == "zh" else "Example", "place": named[0], "year": str(year), "person": first, "groups": "无" if lang == "zh" else "none",
              "tier": str(policy.tiers[0]) if policy and policy.tiers else "", "pay_date": f"{year - 1}-11-05", "birth_date": "1960-03-08", "gap_years": "0"}
    return [[labels[field] for field in fields], [values[field] for field in fields]]
