"""Everything that is named exists: clauses, questions and their readings, periods, groups, facts, funds, bodies, channels, places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy

from ..inherit import first_notice, found_at, whole
from ..problem import Problem
from ..resolve import listed as clauses_of
from ..sources import SourceSet
from ..walk import conditions, item_path, listed, nearest, walk
from ..yaml_source import Document

name = "references"
load = True
description = {
    "zh": "引用的东西都存在：条款、未定问题及其理解、时段、资助对象、事实、资金、部门、渠道、地方、档次。",
    "en": "Whatever is named exists: clauses, questions and their readings, periods, groups, facts, funds, bodies, channels, places, tiers.",
}
EVENTS = {"payment": "", "application": "apply_date", "registration": "registration_date", "arrival": "money_arrives", "birth": "birth_date", "recognition": "recognised_on"}
# Keys of an amount under which an operand may stand.
OPERANDS = ("of", "same_as", "sum", "pro_rata", "less", "at_most", "but_at_least")
KINDS = {
    "place": ("地方", "place"), "notice": ("通知", "notice"), "clause": ("条款", "clause"), "question": ("未定问题", "open question"), "reading": ("理解", "reading"), "period": ("时段", "period"),
    "group": ("资助对象", "group"), "person": ("人员类型", "kind of person"), "fact": ("事实", "fact"), "fund": ("资金", "fund"), "body": ("部门", "body"), "channel": ("渠道", "channel"),
    "tier": ("档次", "tier"), "add_on": ("自愿保险", "voluntary insurance"), "policy": ("政策", "policy"), "event": ("事件", "event"), "value": ("值", "value"), "price": ("个人缴费的编号", "rule of contribution"),
}


def check(sources: SourceSet) -> Iterable[Problem]:
    """Every name that leads nowhere."""
    if any(document.data is not None and not isinstance(document.data, dict) for document in sources.documents.values()):
        return
    known = Known(sources)
    for document in sources.of("notices"):
        yield from absent(document, ("places",), document.data.get("places", []), known.places, "place")  # type: ignore[union-attr]
    for index, entry in enumerate(known.list("places")):
        document = sources.vocabulary("places")
        if document is not None and "parent" in entry:
            yield from absent(document, ("places", index, "parent"), entry["parent"], known.places, "place")
    for index, entry in enumerate(known.list("persons")):
        document = sources.vocabulary("persons")
        if document is not None:
            yield from absent(document, ("persons", index, "requires"), entry.get("requires", []), list(known.facts), "fact")
    for index, entry in enumerate(known.list("facts")):
        document = sources.vocabulary("facts")
        if document is not None:
            yield from absent(document, ("facts", index, "persons"), entry.get("persons", []), known.persons, "person")
    for document, index, entry in sources.questions().values():
        yield from question(document, ("questions", index), entry, known)
    for document in sources.of("policies"):
        yield from policy(document, whole(sources, document.data), known)  # type: ignore[arg-type]


class Known:
    """The names that exist, by kind."""

    def __init__(self, sources: SourceSet) -> None:
        self.sources = sources
        self.places, self.groups, self.persons = (list(sources.entries(part)) for part in ("places", "groups", "persons"))
        self.funds, self.bodies, self.channels = (list(sources.entries(part)) for part in ("funds", "bodies", "channels"))
        self.facts = sources.entries("facts")
        self.notices = {identifier: list(clauses) for identifier, (_, clauses) in sources.notices().items()}
        self.clauses = [f"{notice}/{clause}" for notice, clauses in self.notices.items() for clause in clauses]
        self.clause_set = set(self.clauses)
        self.questions = {identifier: [reading.get("id") for reading in entry.get("readings", []) if isinstance(reading, dict)] for identifier, (_, _, entry) in sources.questions().items()}
        self.policies = sources.policies()

    @property
    def every_fact(self) -> list[str]:
        """The facts that any place asks for."""
        own = [entry.get("id") for document in self.sources.of("policies") if isinstance(document.data, dict) for entry in document.data.get("facts", []) if isinstance(entry, dict)]
        return [*self.facts, *own]

    def beside(self, own: list) -> Known:
        """The same names with the facts that one place alone has."""
        found = copy(self)
        found.facts = {**self.facts, **{entry["id"]: entry for entry in own if isinstance(entry, dict) and "id" in entry}}
        return found

    def list(self, part: str) -> list[dict]:
        """The entries of a part of the vocabulary in their order."""
        return list(self.sources.entries(part).values())


def absent(document: Document, path: tuple, told: object, known: Iterable, kind: str) -> Iterator[Problem]:
    """A problem for each name told that is not known."""
    names = list(known)
    for index, value in enumerate(listed(told)):
        if value not in names:
            zh, en = KINDS[kind]
            words = [str(name) for name in names]
            yield document.problem(name, item_path(path, told, index), f"没有“{value}”这个{zh}，可能拼错了，或还没有写进资料。{nearest(str(value), words, 'zh')}",
                                   f"There is no {en} “{value}”; it may be misspelt, or not yet recorded. {nearest(str(value), words, 'en')}")


def question(document: Document, path: tuple, entry: dict, known: Known) -> Iterator[Problem]:
    """The evidence of an open question, whom it concerns and its default reading."""
    yield from absent(document, (*path, "evidence"), [clause for clause in entry.get("evidence", [])], known.clause_set, "clause")
    yield from absent(document, (*path, "persons"), entry.get("persons", []), known.persons, "person")
    yield from absent(document, (*path, "until_told"), entry.get("until_told", []), ("tier", "categories", *known.every_fact), "fact")
    yield from absent(document, (*path, "default"), entry.get("default"), known.questions.get(entry["id"], []), "reading")


def policy(document: Document, everything: dict, known: Known) -> Iterator[Problem]:
    """Everything a policy names; `everything` is its file with what it follows."""
    data: dict = document.data  # type: ignore[assignment]
    yield from absent(document, ("place",), data.get("place"), known.places, "place")
    if "follows" in data:
        yield from follows(document, data["follows"], known)
    yield from absent(document, ("notices",), data.get("notices", []), known.notices, "notice")
    notice = first_notice(known.sources, data)
    if notice is None:
        return
    yield from clauses(document, data, notice, known)
    yield from absent(document, ("group_names",), [], known.groups, "group")
    for group in data.get("group_names", {}):
        yield from absent(document, ("group_names", group), group, known.groups, "group")
    periods, add_ons, tiers = ([entry.get("id") for entry in everything.get(part, [])] for part in ("periods", "add_ons", "tiers"))
    for index, entry in enumerate(data.get("facts", [])):
        yield from absent(document, ("facts", index, "persons"), entry.get("persons", []), known.persons, "person")
    known = known.beside(everything.get("facts", []))
    lists = {"questions": (known.questions, "question"), "groups": (known.groups, "group"), "identified_by": (known.bodies, "body"), "bodies": (known.bodies, "body"),
             "channels": (known.channels, "channel"), "fund": (known.funds, "fund"), "after": (periods, "period"), "before": (periods, "period")}
    for path, value in walk(data):
        if not isinstance(value, dict) or "when" in path:
            continue
        for key, (names, kind) in lists.items():
            # Bodies with clauses of their own are a mapping, whose parts come by themselves.
            if key in value and not (key == "groups" and path == ()) and not (key == "identified_by" and isinstance(value[key], dict)):
                yield from absent(document, (*path, key), value[key], names, kind)
        if "under" in value:
            yield from under(document, (*path, "under"), value["under"], known)
        if "by_reading" in value:
            yield from by_reading(document, path, value, known)
        for key in ("covered_by", "needs_one_of"):
            if key in value:
                for inner, offered in walk(value[key], (*path, key)):
                    if isinstance(offered, list):
                        yield from absent(document, inner, offered, add_ons, "add_on")
        for key in ("anchor", "by"):
            if key in value:
                yield from event(document, (*path, key), value[key], known, key == "anchor")
        for key in ("fact", "times"):  # a fact that counts
            if isinstance(value.get(key), str):
                counts = [fact for fact, entry in known.facts.items() if entry.get("type") == "integer"]
                yield from absent(document, (*path, key), value[key], counts, "fact")
        for key in OPERANDS:
            for index, operand in enumerate(listed(value.get(key, []))):
                if isinstance(operand, str) and operand.startswith("price:"):
                    yield from absent(document, item_path((*path, key), value[key], index), operand[6:], prices(data, everything, path), "price")
                if isinstance(operand, str) and operand.startswith("tier:"):
                    yield from absent(document, item_path((*path, key), value[key], index), int(operand[5:]), tiers, "tier")
                if isinstance(operand, str) and operand.startswith("fact:"):
                    yield from absent(document, item_path((*path, key), value[key], index), operand[5:], [fact for fact, entry in known.facts.items() if entry.get("type") == "integer"], "fact")
    yield from operands(document, data, tiers)
    for path, condition in conditions(data):
        yield from in_condition(document, path, condition, known, {"period": periods, "tier": tiers, "add_ons": add_ons})
    yield from circles(document, data.get("periods", []), everything.get("periods", []))


def operands(document: Document, data: dict, tiers: list) -> Iterator[Problem]:
    """Operands that lead back to the rule they stand in, and what is left to pay where nothing was given before."""
    for number, premium in enumerate(data.get("premiums", [])):
        here = ("premiums", number)
        for index, rule in enumerate(premium.get("contribution", [])):
            own = {"contribution", f"price:{rule.get('id')}", *(f"tier:{tier}" for tier in listed(rule.get("when", {}).get("tier", tiers)))}
            for path, operand in walk({key: rule[key] for key in OPERANDS if key in rule}, (*here, "contribution", index)):
                if isinstance(operand, str) and operand in own:
                    yield document.problem(name, path, f"“{operand}”就是这一条自己，算不出来。请写 price:编号，指另一条写明金额的。", f"“{operand}” is this very rule, so nothing can be worked out. Name another rule that has an amount, as price:ID.")
        rows = premium.get("assistance", {}).get("rows", [])
        for path, operand in walk(premium, here):
            if operand == "remaining" and not (path[2:4] == ("assistance", "rows") and rows[path[4]].get("supplement")):
                yield document.problem(name, path, "remaining（其他资助以后剩下要交的）只能用在写了 supplement: true 的资助里。请补上，或改用 price。",
                                       "remaining, what is left after the other assistance, can stand only in a row with supplement: true. Add that, or write price.")


def prices(data: dict, everything: dict, path: tuple) -> list[str]:
    """The identifiers of the contributions of the premium in which a path lies."""
    if path[0] != "premiums":
        return []
    of = data["premiums"][path[1]].get("id")
    return [rule["id"] for premium in everything["premiums"] if premium.get("id") == of for rule in premium.get("contribution", []) if "id" in rule]


def clauses(document: Document, data: dict, notice: str, known: Known) -> Iterator[Problem]:
    """The clause references of a policy, through its aliases."""
    alias = data.get("clause_alias", {})
    for key, real in alias.items():
        yield from absent_clauses(document, ("clause_alias", key), real, notice, {}, known)
        if not any(isinstance(value, list) and path[-1:] == ("clauses",) and key in value for path, value in walk(data)):
            yield document.problem(name, ("clause_alias", key), f"别名“{key}”没有用到，可能拼错了。请在规则里使用它，或删除它。", f"The alias “{key}” is not used; it may be misspelt. Use it in a rule or delete it.", key=True)
    for path, value in walk(data):
        if path[-1:] == ("clauses",) and isinstance(value, list) and path[0] not in ("clause_alias", "follows"):
            yield from absent_clauses(document, path, value, notice, alias, known)


def absent_clauses(document: Document, path: tuple, told: object, notice: str, alias: dict, known: Known) -> Iterator[Problem]:
    """A problem for each clause reference that leads nowhere."""
    for index, clause in enumerate(listed(told)):
        full = clause if "/" in str(clause) else f"{notice}/{clause}"
        if clause not in alias and full not in known.clause_set:
            of, _, short = full.partition("/")
            there = known.notices.get(of)
            zh = nearest(short, there, "zh") if there is not None else f"没有“{of}”这份通知。"
            en = nearest(short, there, "en") if there is not None else f"There is no notice “{of}”."
            yield document.problem(name, item_path(path, told, index), f"通知“{of}”里没有条款“{short}”，可能拼错了，或这一条还没有写进通知文件。{zh}",
                                   f"The notice “{of}” has no clause “{short}”; it may be misspelt, or the clause is not in the notice's file yet. {en}")


def follows(document: Document, told: dict, known: Known) -> Iterator[Problem]:
    """What an area says about the policy it follows."""
    yield from absent(document, ("follows", "policy"), told["policy"], known.policies, "policy")
    base = known.policies.get(told["policy"])
    if base is None or not isinstance(base.data, dict):
        return
    if "follows" in base.data:
        yield document.problem(name, ("follows", "policy"), f"“{told['policy']}”自己也沿用别的政策。请直接写它所沿用的那一项。", f"“{told['policy']}” itself follows another policy. Name that one directly.")
        return
    replaced, alias = told.get("clauses", {}), base.data.get("clause_alias", {})
    notice = base.data["notices"][0]
    for key, real in replaced.items():
        if key not in alias:
            yield document.problem(name, ("follows", "clauses", key), f"“{told['policy']}”没有条款别名“{key}”。{nearest(key, list(alias), 'zh')}", f"“{told['policy']}” has no clause alias “{key}”. {nearest(key, list(alias), 'en')}", key=True)
        yield from absent_clauses(document, ("follows", "clauses", key), clauses_of([real]), notice, {}, known)
    for index, path in enumerate(told.get("without", [])):
        if not found_at(base.data, path.split("/")):
            yield document.problem(name, ("follows", "without", index), f"“{told['policy']}”里没有“{path}”，可能拼错了。请写成 部分/编号，如 periods/late。",
                                   f"“{told['policy']}” has no “{path}”; it may be misspelt. Write section/id such as periods/late.")
    for key in alias:
        if key not in replaced:
            yield document.problem(name, ("follows",), f"没有写别名“{key}”在本地指哪一条。请在 clauses 里补上“{key}: 条款号”。", f"The alias “{key}” has no clause for this area. Add “{key}: clause” under clauses.")


def under(document: Document, path: tuple, told: str, known: Known) -> Iterator[Problem]:
    """The question and the reading of an `under`."""
    asked, _, reading = told.partition(".")
    if asked not in known.questions:
        yield from absent(document, path, asked, known.questions, "question")
    elif reading not in known.questions[asked]:
        yield from absent(document, path, reading, known.questions[asked], "reading")


def by_reading(document: Document, path: tuple, value: dict, known: Known) -> Iterator[Problem]:
    """The question of a `by_reading`, and a value for each of its readings and no other."""
    asked = value["by_reading"]
    if asked not in known.questions:
        yield from absent(document, (*path, "by_reading"), asked, known.questions, "question")
        return
    letters = [key for key in value if len(key) == 1]
    readings = known.questions[asked]
    for letter in letters:
        if letter not in readings:
            yield document.problem(name, (*path, letter), f"问题“{asked}”没有“{letter}”这种理解，只有：{'、'.join(readings)}。请删除，或在问题里补写。",
                                   f"Question “{asked}” has no reading “{letter}”, only {', '.join(readings)}. Delete it, or add the reading to the question.", key=True)
    missing = [reading for reading in readings if reading not in letters]
    if missing:
        yield document.problem(name, (*path, "by_reading"), f"问题“{asked}”还有理解“{'、'.join(missing)}”，这里没有写它的值。请补上。",
                               f"Question “{asked}” also has the reading {', '.join(missing)}, for which no value stands here. Add it.")


def event(document: Document, path: tuple, told: object, known: Known, day: bool) -> Iterator[Problem]:
    """An event or a date fact from which something is counted."""
    dated = [fact for fact, entry in known.facts.items() if entry.get("type") == "date"]
    names = [*EVENTS, *dated, *(["start", "year_start", "year_end"] if day else [])]
    for inner, value in walk(told, path):
        if isinstance(value, str) and inner[-1] != "by_reading":
            yield from absent(document, inner, value, names, "event")


def in_condition(document: Document, path: tuple, condition: dict, known: Known, own: dict[str, list]) -> Iterator[Problem]:
    """What a condition names; `own` has the names that only the policy has."""
    parts = {"person": (known.persons, "person"), "groups": (known.groups, "group"), "not_groups": (known.groups, "group"),
             "period": (own["period"], "period"), "tier": (own["tier"], "tier"), "add_ons": (own["add_ons"], "add_on")}
    for part, (names, kind) in parts.items():
        if part in condition:
            yield from absent(document, (*path, part), condition[part], names, kind)
    if "order" in condition:
        for index, told in enumerate(condition["order"]):
            if isinstance(told, str):
                yield from event(document, (*path, "order", index), told, known, False)
    for part, key in (("paid", "by"), ("within", "of"), ("within", "by")):
        if key in condition.get(part, {}):
            yield from event(document, (*path, part, key), condition[part][key], known, False)
    for fact, wanted in condition.get("facts", {}).items():
        if fact not in known.facts:
            yield from absent(document, (*path, "facts", fact), fact, known.facts, "fact")
            continue
        kind = known.facts[fact].get("type")
        ranged = isinstance(wanted, dict)
        fits = {"boolean": not ranged and all(isinstance(value, bool) for value in listed(wanted)),
                "integer": set(wanted) <= {"min", "max", "above", "below"} if ranged else all(isinstance(value, int) and not isinstance(value, bool) for value in listed(wanted)),
                "date": ranged and set(wanted) <= {"from", "to", "after", "before"}, "choice": not ranged}[str(kind)]
        if not fits:
            yield document.problem(name, (*path, "facts", fact), f"“{fact}”的类型是 {kind}，这里的写法不合。整数用数字或 min/max/above/below，日期用 from/to/after/before，是否用 true/false。",
                                   f"“{fact}” is of type {kind}, which this does not fit. Whole numbers take a number or min/max/above/below, dates from/to/after/before, yes or no true/false.")
        elif kind == "choice":
            yield from absent(document, (*path, "facts", fact), wanted, [value["id"] for value in known.facts[fact].get("values", [])], "value")


def circles(document: Document, own: list[dict], periods: list[dict]) -> Iterator[Problem]:
    """Periods whose edges wait for each other; `periods` are those of the file and those it follows."""
    neighbours = {period.get("id"): [period[key] for key in ("after", "before") if key in period] for period in periods}
    for index, period in enumerate(own):
        for key in ("after", "before"):
            seen, queue = set(), [period[key]] if key in period else []
            while queue:
                current = queue.pop()
                if current == period.get("id"):
                    yield document.problem(name, ("periods", index, key), f"时段“{period.get('id')}”和“{period[key]}”互相以对方为界，定不出日期。请给其中一个写明日期。",
                                           f"The periods “{period.get('id')}” and “{period[key]}” take their edges from each other. Give one of them a date.")
                    break
                if current not in seen:
                    seen.add(current)
                    queue += neighbours.get(current, [])
