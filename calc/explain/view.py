"""What every part of an explanation needs: the words of one language, names, citations, and how a figure reads."""

from __future__ import annotations

from ..assessment import missing
from ..clause_labels import clause_label
from ..money import NOT_STATED, NOT_TOLD
from ..texts import Words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..assessment import Assessment, Step
    from ..policy import Policy, PolicySet

_BASIC = ("status", "standard", "subsidy", "pays")


class View:
    """One assessment seen in one language."""

    def __init__(self, policies: PolicySet, assessment: Assessment, lang: str) -> None:
        self.policies, self.assessment, self.words = policies, assessment, Words(lang)
        self.policy: Policy = policies.policy(assessment.policy_id)
        self.case, self.tree = assessment.case, assessment.tree
        self.steps = assessment.figure_steps
        self.premiums = {premium.id: premium for premium in self.policy.premiums}
        self.funds = {fund["id"]: fund["name"] for fund in policies.vocabulary.data.get("funds", [])}
        self.period_step: Step = self.tree.children[0]
        self.period = next((rule for rule in self.policy.periods if rule.id == self.period_step.data.get("period")), None) if self.period_step.data else None

    # names

    def premium_name(self, identifier: str) -> str:
        """A premium's name at the head of a sentence."""
        return self.words.of(self.premiums[identifier].data["name"])

    def add_on_name(self, identifier: str) -> str:
        """A voluntary insurance's name."""
        return self.words.of(self.policy.add_ons[identifier]["name"])

    def group_name(self, identifier: str) -> str:
        """A group's name: in Chinese as the notice writes it, in English from the vocabulary."""
        own = self.policy.data.get("group_names", {}).get(identifier)
        if own and self.words.lang == "zh":
            return own[0]
        return self.words.of(self.policies.vocabulary.groups[identifier]["name"])

    def group_names(self, identifiers: list) -> str:
        """Several groups' names as a list."""
        return self.words.both([self.group_name(name) for name in identifiers])

    def row_name(self, data: dict) -> str:
        """Whom an assistance row is for: the groups told, or the name of what is given to everyone."""
        return self.words.of(data["name"]) if "name" in data else self.group_names(data["groups"])

    def fund_name(self, identifier: str | None) -> str:
        """A fund's name; a fund that the data leave out is not stated."""
        return self.words.of(self.funds.get(identifier or "not-stated") or self.funds["not-stated"])

    def period_name(self, identifier: str | None) -> str:
        """A payment period's name."""
        rule = next((rule for rule in self.policy.periods if rule.id == identifier), None)
        return self.words.of(rule.data["name"]) if rule else ""

    def fact_label(self, fact: str) -> str:
        """What a fact is called."""
        entry = self.policy.facts.get(fact)
        if entry is not None:
            return self.words.of(entry["label"])
        return self.words.part("fact." + fact) if self.words.has("fact." + fact) else self.words.part("event.payment")

    def fact_labels(self, facts: object) -> str:
        """Several facts' names as a list, each once."""
        return self.words.both([self.fact_label(fact) for fact in dict.fromkeys(facts)])  # type: ignore[call-overload]

    def fact_value(self, fact: str, value: object) -> str:
        """A fact's value in words."""
        if fact == "tier":
            return self.tier_name(value)
        entry = self.policy.facts.get(fact, {})
        if isinstance(value, bool):
            return self.words.part("value.yes" if value else "value.no")
        if entry.get("type") == "choice":
            chosen = next((choice for choice in entry["values"] if choice["id"] == value), None)
            return self.words.of(chosen.get("label") or chosen["name"]) if chosen else str(value)
        return self.words.day(value) if entry.get("type") == "date" else str(value)  # type: ignore[arg-type]

    def fact_is(self, fact: str, value: object) -> str:
        """“The age is 60”, for any fact."""
        if isinstance(value, bool):
            return self.words.part("fact.yes" if value else "fact.no", label=self.fact_label(fact))
        if self.words.has(own := f"fact.is.{fact}.{value}"):
            return self.words.part(own)
        return self.words.part("fact.is", label=self.fact_label(fact), value=self.fact_value(fact, value))

    def tier_name(self, tier: object) -> str:
        """A tier's name."""
        return next((self.words.of(entry["name"]) for entry in self.policy.data.get("tiers", []) if entry["id"] == tier), str(tier))

    def channel(self, identifier: str) -> dict:
        """A place or an app at which one pays or registers."""
        entry = next(entry for entry in self.policies.vocabulary.data["channels"] if entry["id"] == identifier)
        return {"id": identifier, "label": self.words.of(entry["name"]), "kind": entry["kind"]}

    # references

    def citation(self, reference: str) -> dict:
        """A clause with its quote."""
        clause = self.policies.clause(reference)
        label = clause_label(clause["label"], self.words.lang)
        found = {"ref": reference, "notice": reference.partition("/")[0], "label": label, "quote": clause["quote"], "en": clause.get("en", ""),
                 "plain": clause.get("plain", {}).get(self.words.lang)}
        if label != clause["label"]:
            found["written"] = clause["label"]  # the notice's own numbering, by which the words are found there
        return {**found, "row": clause["row"]} if "row" in clause else found

    def citations(self, references: object) -> list[dict]:
        """Several clauses, each once."""
        return [self.citation(reference) for reference in dict.fromkeys(references)]  # type: ignore[call-overload]

    def question(self, identifier: str) -> dict:
        """An open question with what the reader is to be told."""
        entry = self.policies.questions[identifier]
        return {"id": identifier, "topic": self.words.of(entry["topic"]), "tell": self.words.of(entry.get("here", entry["tell"]))}

    def questions(self, identifiers: object) -> list[dict]:
        """Several open questions, each once; those that concern other kinds of person alone, or what has been told by now, are left out."""
        return [self.question(identifier) for identifier in dict.fromkeys(identifiers) if self._open(self.policies.questions[identifier])]  # type: ignore[call-overload]

    def _open(self, entry: dict) -> bool:
        """Whether an open question is one for this person."""
        told = {"tier": self.case.tier, "categories": self.case.groups, **self.case.facts}
        settled = "until_told" in entry and all(told.get(fact) is not None for fact in entry["until_told"])
        return self.case.person in entry.get("persons", [self.case.person]) and not settled

    def facts(self, facts: object) -> list[dict]:
        """Several facts with their names, each once."""
        return [{"id": fact, "label": self.fact_label(fact)} for fact in dict.fromkeys(facts)]  # type: ignore[call-overload]

    # figures

    def label(self, name: str) -> str:
        """What a figure is called; with the premium's name where there are several premiums."""
        prefix, _, last = name.rpartition("_")
        if prefix in self.premiums:
            return self.words("figure.of", premium=self.premium_name(prefix), label=self.words.part("figure." + last))
        if name in _BASIC[1:] and len(self.premiums) > 1:
            return self.words("figure.of", premium=self.premium_name("basic"), label=self.words.part("figure." + name))
        return self.words("figure." + name)

    def figure(self, name: str) -> dict:
        """A figure of this assessment with its label, text and how it is known."""
        step = self.steps[name]
        return {"label": self.label(name), **self.read(step)}

    def read(self, step: Step) -> dict:
        """The figure of a step: value, unit, text and how it is known."""
        value = step.value.isoformat() if hasattr(step.value, "isoformat") else step.value
        return {"text": self.text(step), "value": value, "unit": step.unit, "state": step.state, "state_text": self.words.part("state." + step.state)}

    def text(self, step: Step) -> str:
        """The figure of a step in words; what is unknown is said as what it is, never as a number."""
        words, value = self.words, step.value
        if value is None:
            return self.unknown(step)
        if step.unit == "fen":
            return words.money(value)  # type: ignore[arg-type]
        if step.unit == "date":
            text = words.day(value)  # type: ignore[arg-type]
            return words.part("value.estimate", value=text) if step.data.get("estimate") and step.kind != "coverage_end" else text
        if step.unit in ("days", "months", "years"):
            return words.count(value, step.unit) if value else words.part("value.none")  # type: ignore[arg-type]
        if step.unit == "flag":
            return words.part("value.yes" if value else "value.no")
        return words.part(f"short.{value}")

    def unknown(self, step: Step) -> str:
        """Why a figure has no value."""
        words = self.words
        if step.data.get("empty"):
            return words.part("value.empty")
        if step.state == NOT_TOLD:
            facts = self.missing(step)
            return words.part("value.not_told", facts=self.fact_labels(facts)) if facts else words.part("value.not_told.plain")
        if step.state != NOT_STATED and step.unit in ("days", "months"):
            return words.part("value.not_counted_" + step.unit)
        return words.part("value.at_least", floor=words.money(step.at_least)) if step.at_least else words.part("value.not_stated")

    def missing(self, step: Step) -> list[str]:
        """The facts for want of which a step has no figure (see assessment.missing)."""
        return missing(step)
