"""Compiled policies: the rules of places and years as the engine reads them, with the vocabulary they share."""

from __future__ import annotations

from .case import plain_name
from .conditions import compile_condition, facts_named
from .errors import CaseError, PolicyError
from .money import fen_of


class Rule:
    """One entry of a decision list: a condition, what it decides, and the clauses it rests on.

    under: (question, reading) when the rule holds only under that reading of an open question.
    if_not_told: what to make of a condition that cannot be decided: "ask" (nothing is decided), "holds" or "fails" (a labelled assumption);
    or one of these for each fact that may be missing.
    """

    __slots__ = ("clauses", "data", "fen", "form", "id", "if_not_told", "inferred", "periods", "persons", "questions", "rest", "test", "under")

    def __init__(self, data: dict) -> None:
        self.data = data
        self.id: str | None = data.get("id")
        when = data.get("when", {})
        self.test = compile_condition(when)
        under = data.get("under")
        self.under: tuple[str, str] | None = tuple(under.split(".", 1)) if under else None  # type: ignore[assignment]
        self.if_not_told: str | dict[str, str] = data.get("if_not_told", "ask")
        self.clauses: list[str] = data.get("clauses", [])
        self.questions: list[str] = data.get("questions", [])
        self.inferred: bool = data.get("certainty") == "inferred"
        # Read off the data once: for whom and when the rule says it is, a plain amount, and the form of any other amount.
        self.persons, self.periods = _named(when.get("person")), _named(when.get("period"))
        rest = {part: value for part, value in when.items() if part not in ("person", "period")}
        self.rest = compile_condition(rest) if rest else None  # all of the condition that DecisionList.narrowed leaves open; None: nothing
        self.fen: int | None = fen_of(data["yuan"]) if isinstance(data.get("yuan"), (int, str)) and not data.keys() & BOUNDS else None
        self.form: str | None = next((name for name in FORMS if name in data), None)


class DecisionList(list):
    """Rules in their order; the first whose condition holds decides."""

    __slots__ = ("_narrowed",)

    def __init__(self, found: list[Rule]) -> None:
        super().__init__(found)
        self._narrowed: dict[tuple, list[Rule]] = {}

    def narrowed(self, person: str, period: str | None) -> list[Rule]:
        """The rules without those that say they are for another kind of person or another period, which can never hold."""
        found = self._narrowed.get((person, period))
        if found is None:
            found = [rule for rule in self if (rule.persons is None or person in rule.persons) and (rule.periods is None or period in rule.periods)]
            self._narrowed[person, period] = found
        return found


# What an amount may be besides a plain one, and what may bound or round it (see premiums.amount).
FORMS = ("exempt", "none", "full", "percent", "parts", "sum", "same_as", "monthly", "pro_rata", "at_least", "to_be_announced", "not_stated")
BOUNDS = frozenset(("times", "less", "round", "at_most", "but_at_least"))


def _named(value: object) -> frozenset | None:
    return None if value is None else frozenset(value if isinstance(value, list) else [value])


class Premium:
    """One premium of a policy (basic insurance, or a second compulsory one) with its price and assistance rules."""

    __slots__ = ("assistance_limits", "assistance_rows", "combining", "contribution", "data", "fiscal", "general", "groups", "id", "otherwise", "payable", "repaid", "rows_of", "supplements", "surcharges")

    def __init__(self, data: dict) -> None:
        self.data, self.id = data, data["id"]
        self.contribution = rules(data["contribution"])
        self.payable = rules(data.get("payable", []))
        self.surcharges = rules(data.get("surcharges", []))
        self.fiscal = rules(data.get("fiscal_subsidy", []))
        assistance = data.get("assistance", {})
        self.assistance_limits = rules(assistance.get("limits", []))
        rows = [AssistanceRow(row) for row in assistance.get("rows", [])]
        self.assistance_rows = [row for row in rows if not row.paid_back]
        self.repaid = [row for row in rows if row.paid_back]
        self.groups: frozenset[str] = frozenset().union(*(row.groups for row in rows))
        self.general = [row for row in self.assistance_rows if row.everyone and not row.supplement]
        self.supplements = [row for row in self.assistance_rows if row.supplement]
        self.rows_of = {group: tuple(place for place, row in enumerate(self.assistance_rows) if group in row.groups) for group in self.groups}
        self.otherwise = rules(assistance.get("otherwise", []))
        self.combining: dict = assistance.get("combining", {})


class AssistanceRow(Rule):
    """The assistance of one or several groups, or of everyone: who qualifies, and the amounts as a decision list (by tier, kind of person …).

    supplement: given on top of what the other rows come to, and not combined with them. paid_back: given back after the whole
    price was paid.
    """

    __slots__ = ("amounts", "everyone", "groups", "paid_back", "supplement")

    def __init__(self, data: dict) -> None:
        super().__init__(data)
        self.groups = frozenset(data.get("groups", ()))
        self.everyone: bool = data.get("everyone", False)
        self.supplement: bool = data.get("supplement", False)
        self.paid_back: bool = data.get("paid_back", False)
        self.amounts = rules(data["amounts"])


def rules(entries: list[dict]) -> DecisionList:
    """The rules of a decision list, in their order."""
    return DecisionList([Rule(entry) for entry in entries])


class Vocabulary:
    """The closed vocabulary shared by all policies: each part maps an identifier to its entry with zh and en."""

    def __init__(self, data: dict) -> None:
        self.data = data
        self.persons, self.groups, self.facts = index(data["persons"]), index(data["groups"]), index(data["facts"])
        self.places = index(data.get("places", []))
        self.names: dict[str, str] = {}
        for group in data["groups"]:
            for name in (group["id"], group["name"]["zh"], group["name"]["en"], *group.get("names", [])):
                self.names.setdefault(plain_name(name), group["id"])
        meant: dict[str, set[str]] = {}
        for group in data["groups"]:
            for name in english_names(group):
                meant.setdefault(plain_name(name), set()).add(group["id"])
        # A shortened name that several groups would share says none of them.
        for name, groups in meant.items():
            if len(groups) == 1:
                self.names.setdefault(name, *groups)


def english_names(group: dict) -> list[str]:
    """What people write for a group in English: its name, the short one, what stands before or alone in brackets; and of each the singular.

    >>> english_names({"name": {"en": "Subsistence allowance recipients (dibao)"}})
    ['Subsistence allowance recipients (dibao)', 'Subsistence allowance recipients', 'dibao', 'Subsistence allowance recipient']
    """
    name = group["name"]["en"]
    before, _, inside = name.partition("(")
    found = [name, group.get("short_en", ""), before.strip(), word if (word := inside.rstrip(")")).isalpha() else ""]
    return list(dict.fromkeys(form for form in [*found, *(form[:-1] for form in found if form.endswith("s"))] if form))


def index(entries: list[dict]) -> dict[str, dict]:
    """Entries by their identifier, in their order."""
    return {entry["id"]: entry for entry in entries}


class Policy:
    """The rules of one place for one insured year, ready to assess cases.

    data: the plain compiled policy (see policy.schema.json); place and year identify it.
    """

    def __init__(self, data: dict, vocabulary: Vocabulary, questions: dict[str, dict]) -> None:
        self.data, self.vocabulary, self.questions = data, vocabulary, questions
        # A place may need facts of its own (its districts, its residence statuses) beside the shared ones.
        self.facts: dict[str, dict] = {**vocabulary.facts, **index(data.get("facts", []))}
        self.id: str = data["id"]
        self.place: str = data["place"]
        self.year: int = data["year"]
        self.tiers: tuple = tuple(tier["id"] for tier in data.get("tiers", []))
        self.periods = rules(data["periods"])
        self.premiums = [Premium(entry) for entry in data["premiums"]]
        self.coverage = rules(data["coverage"])
        self.waiting = rules(data["waiting"])
        self.incentives = rules(data.get("incentives", []))
        kinds = dict.fromkeys(rule.data.get("kind") for rule in self.incentives)
        self.incentive_kinds = [DecisionList([rule for rule in self.incentives if rule.data.get("kind") == kind]) for kind in kinds]
        self.incentive_amounts: bool = any("amount" in rule.data for rule in self.incentives)
        self.warnings = rules(data.get("warnings", []))
        self.conditions: list[dict] | None = None  # see readings.conditions
        self.compared: dict[str, set] = {}  # the values to which conditions compare a fact
        self.edges: dict[Rule, tuple | None] = {}  # of the periods whose edges are the same for everyone (see periods.edges)
        self.incentive_facts = sorted({fact for rule in self.incentives for fact in facts_named(rule.data.get("when", {})) if fact in self.facts})
        self.add_ons = index(data.get("add_ons", []))
        self.defaults: dict[str, str] = {name: entry["default"] for name, entry in questions.items()}
        self.group_names: dict[str, str] = {plain_name(name): group for group, entry in data.get("group_names", {}).items() for name in entry}
        self.add_on_names = {plain_name(name): entry["id"] for entry in data.get("add_ons", []) for name in (entry["id"], entry["name"]["zh"], entry["name"]["en"], *entry.get("names", []))}

    def group_id(self, name: object) -> str:
        """The group a name stands for: first by the notice's own names, then by the vocabulary; raises CaseError when neither has it."""
        key = plain_name(name) if isinstance(name, str) else ""
        found = self.group_names.get(key) or self.vocabulary.names.get(key)
        if found is None:
            groups = self.vocabulary.groups
            offered = [(names[0], groups[group]["name"]["en"]) for group, names in self.data.get("group_names", {}).items()]
            offered += [(group["name"]["zh"], group["name"]["en"]) for group in groups.values()]
            raise CaseError("categories", f"没有“{name}”这类人员，可能写错了，或本站还没有收录这个名称。", f"There is no group “{name}”; it may be misspelt or not yet recorded here.", offered, "unknown_group", str(name))
        return found

    def concerns(self, fact: str, person: str) -> bool:
        """Whether a fact can be true of a kind of person at all; a newborn has missed no year."""
        return person in self.facts.get(fact, {}).get("persons", (person,))

    def reading_default(self, question: str) -> str:
        """The reading that the calculator takes when an open question is not settled otherwise."""
        if question not in self.defaults:
            raise PolicyError(f"{self.id}: unknown question {question}")
        return self.defaults[question]


class PolicySet:
    """All compiled policies with their vocabulary, notices and open questions; the one thing a program loads."""

    def __init__(self, data: dict) -> None:
        self.data = data
        self.vocabulary = Vocabulary(data["vocabulary"])
        self.notices: dict[str, dict] = data["notices"]
        self.questions: dict[str, dict] = data["questions"]
        # Every fact that some place asks for: the shared ones, and those of single places.
        self.facts: dict[str, dict] = {**self.vocabulary.facts, **{entry["id"]: entry for policy in data["policies"].values() for entry in policy.get("facts", [])}}
        self._policies: dict[str, Policy] = {}

    def ids(self) -> list[str]:
        """The identifiers of all policies (place-year), in the order of the data."""
        return list(self.data["policies"])

    def policy(self, identifier: str) -> Policy:
        """One policy by its identifier; raises CaseError when there is none, with those that exist."""
        if identifier not in self._policies:
            if identifier not in self.data["policies"]:
                raise CaseError("policy", f"没有“{identifier}”的政策数据。", f"There is no policy “{identifier}”.", self.ids(), "unknown_policy", str(identifier))
            self._policies[identifier] = Policy(self.data["policies"][identifier], self.vocabulary, self.questions)
        return self._policies[identifier]

    def other_years(self, policy: Policy) -> list[Policy]:
        """The policies of the same place for other years, in the order of the data."""
        names = [name for name, data in self.data["policies"].items() if data["place"] == policy.place and name != policy.id]
        return [self.policy(name) for name in names]

    def find(self, place: str, year: int | str | None = None) -> Policy:
        """The policy of a place (identifier, code or any of its names) and insured year (the latest when not given)."""
        wanted = plain_name(str(place))
        matches = [entry["id"] for entry in self.vocabulary.places.values() if wanted in {plain_name(str(name)) for name in place_names(entry)}]
        if not matches:
            known = [(entry["name"]["zh"], entry["name"]["en"]) for entry in self.vocabulary.places.values()]
            raise CaseError("place", f"没有“{place}”这个地方的数据。", f"There are no data for the place “{place}”.", known, "unknown_place", str(place))
        years = {self.data["policies"][name]["year"]: name for name in self.ids() if self.data["policies"][name]["place"] == matches[0]}
        chosen = max(years) if year is None and years else year
        try:
            return self.policy(years[int(chosen)])  # type: ignore[arg-type]
        except (KeyError, TypeError, ValueError):
            raise CaseError("year", f"“{place}”没有{year}年度的数据。", f"There are no data for {place} in {year}.", sorted(years), "unknown_year") from None

    def clause(self, reference: str) -> dict:
        """A clause by its full reference (notice/clause)."""
        notice, _, clause = reference.partition("/")
        return self.notices[notice]["clauses"][clause]


def place_names(entry: dict) -> list[str]:
    """Every name a place may be found by."""
    return [entry["id"], entry["code"], *entry["name"].values(), *entry.get("short", {}).values(), *entry.get("notice_names", []), *entry.get("search", [])]
