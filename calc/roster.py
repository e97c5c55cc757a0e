"""A roster: rows of people in, rows of answers out, with a summary; bad rows are reported and the others still computed."""

from __future__ import annotations

from datetime import date

from .assessment import marks
from .case import Case, plain_name
from .errors import CaseError
from .explain.payers import parts_of, shares
from .readings import assess
from .roster_days import Stretches
from .roster_summary import Summary
from .roster_table import header_key, is_beyond, no_person, reason, too_wide
from .roster_values import FORMULA, formula, read_day, read_fact, read_person, read_policy, read_tier, split_groups, split_names, tidy
from .roster_words import COLUMN_LABELS, HEADERS, RESULT_LABELS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .assessment import Alternative, Assessment, Step
    from .policy import Policy, PolicySet

CASE_FIELDS = ("person", "groups", "tier", "pay_date", "addons")
GRADE = "disability_grade"  # the fact that the name of a group may tell
KEPT = "name"  # recognised and kept, but no part of a case


def column_fields(policies: PolicySet) -> list[dict]:
    """Every field a column may hold: {id, zh, en, names}, for recognising columns and for choosing one by hand."""
    # A place may ask for facts of its own (its districts, its residence statuses) beside the shared ones.
    facts = policies.facts
    found = []
    for field in (*COLUMN_LABELS, *facts):
        label = COLUMN_LABELS.get(field) or facts[field]["label"]
        found.append({"id": field, "zh": label["zh"], "en": label["en"], "names": list(dict.fromkeys((field, label["zh"], label["en"], *HEADERS.get(field, ()))))})
    return found


def header_names(policies: PolicySet) -> dict[str, str]:
    """The names that columns go by, as `header_key` writes them, and the field of each."""
    return {header_key(name): field["id"] for field in reversed(column_fields(policies)) for name in field["names"]}


class Columns:
    """Which column holds which field: `fields` (field → header), `ignored` headers, and `old` results of an earlier run, which are replaced."""

    def __init__(self, headers: list[str], policies: PolicySet, chosen: dict[str, str | None] | None = None) -> None:
        offered = column_fields(policies)
        names = header_names(policies)
        fields = {field["id"] for field in offered}
        # Only the whole set of result columns is taken for an earlier run's; a column of one's own may well be called 说明.
        results = {label for lang in ("zh", "en") if (labels := {label for _, label in result_columns(policies, lang)}) <= set(headers) for label in labels}
        self.headers, self.fields, self.ignored, self.old = list(headers), {}, [], []
        for header, field in (chosen or {}).items():
            if header not in headers:
                raise CaseError("columns", f"名单里没有“{header}”这一列。", f"The roster has no column “{header}”.", list(headers), "unknown_column")
            if field and field not in fields:
                raise CaseError("columns", f"没有“{field}”这一项。", f"There is no field “{field}”.", sorted(fields), "unknown_field", field)
        for header in headers:
            field = (chosen or {})[header] if header in (chosen or {}) else names.get(header_key(header))
            if header in results and header not in (chosen or {}):
                self.old.append(header)
            elif field is None or field == "":
                self.ignored.append(header)
            elif field in self.fields:
                raise CaseError("columns", f"“{self.fields[field]}”和“{header}”两列都是同一项，不知道该用哪一列。请删去或改名其中一列。",
                                f"The columns “{self.fields[field]}” and “{header}” hold the same field; remove or rename one of them.", code="column_twice")
            else:
                self.fields[field] = header
        places = {header: place for place, header in enumerate(self.headers)}
        self.places = {field: places[header] for field, header in self.fields.items()}
        self.beyond = [place for header, place in places.items() if is_beyond(header)]
        if not self.fields.keys() - {KEPT}:
            raise CaseError("columns", "没有认出任何一列。第一行应当是列名，例如：姓名、身份、缴费日期。", "No column was recognised. The first row must hold the names of the columns, such as Name, Groups, Payment date.",
                            [(field["zh"], field["en"]) for field in column_fields(policies)], "no_columns")

    def to_json(self) -> dict:
        """The recognised columns as plain data."""
        return {"fields": self.fields, "ignored": self.ignored, "replaced": self.old}


class Roster:
    """Rows of one roster, computed one at a time (so that progress and cancel are the caller's), and their summary.

    defaults: fields of a row whose cell is empty or whose column is missing (policy, place, year, person, tier, pay_date …).
    columns: header → field, for columns to be taken otherwise than recognised; None leaves one out.
    """

    def __init__(self, policies: PolicySet, headers: list[str], defaults: dict | None = None, columns: dict[str, str | None] | None = None) -> None:
        self.policies, self.columns = policies, Columns(headers, policies, columns)
        self.defaults = {name: str(value) for name, value in (defaults or {}).items() if value not in (None, "")}
        known = {field["id"] for field in column_fields(policies)}
        for name in self.defaults:
            if name not in known:
                raise CaseError(name, f"没有“{name}”这一项。", f"There is no field “{name}”.", sorted(known), "unknown_field", name)
        place = {name: self.defaults[name] for name in ("policy", "place", "year") if name in self.defaults}
        self.standing = read_policy(place, policies, None).id if "policy" in place or "place" in place else None
        if "pay_date" in self.defaults:
            read_day("pay_date", tidy(self.defaults["pay_date"]))
        self.summary = Summary()
        self._policies: dict[tuple, Policy] = {}
        self._known: dict[tuple, list] = {}
        self._stretches, self._same = Stretches(), {}  # type: tuple[Stretches, dict[tuple[int, int], bool]]

    def listed(self, number: int, cells: list, line: int | None = None, error: CaseError | None = None, column: int | None = None) -> dict:
        """The answer for the cells of a row as they stand in the file: a row that is no person is left out with its reason, one with cells beyond the columns is bad.

        error, column: why the file's reader could not divide the row into its cells, and at which letter.
        """
        texts = ["" if cell is None else str(cell) for cell in cells]
        code = no_person(texts, self.columns.headers, self.columns.places)
        if code is not None:
            found = {"row": number, **({} if line is None else {"line": line}), "ok": False, "skipped": reason(code)}
            self.summary.skip(found)
            return found
        width = len(self.columns.headers)
        beyond = [text for text in (*(texts[place] for place in self.columns.beyond if place < len(texts)), *texts[width:]) if text.strip()]
        if error is None and beyond:
            error = too_wide(width - len(self.columns.beyond) + len(beyond), width - len(self.columns.beyond), beyond)
        if error is not None:
            return self.bad_row(number, line, column, error)
        return self.row(number, dict(zip(self.columns.headers, cells, strict=False)), line)

    def row(self, number: int, cells: dict, line: int | None = None) -> dict:
        """The answer for one row: {"row", "ok": true, "policy", "case", "figures", …}, or {"row", "ok": false, "errors": […]}."""
        found: dict = {"row": number} if line is None else {"row": number, "line": line}
        try:
            policy, case, notes = self.read(cells)
        except RowErrors as bad:
            found |= {"ok": False, "errors": [self._described(error) for error in bad.errors]}
            self.summary.bad(found)
            return found
        found |= {"ok": True, **self._answer(policy, case), "case": case.to_json(), "notes": notes}
        self.summary.add(found)
        return found

    def bad_row(self, number: int, line: int | None, column: int | None, error: CaseError) -> dict:
        """A row that could not even be read, reported like the others."""
        place = {name: value for name, value in (("line", line), ("column", column)) if value is not None}
        found = {"row": number, **place, "ok": False, "errors": [self._described(error)]}
        self.summary.bad(found)
        return found

    def _described(self, error: CaseError) -> dict:
        field = {"categories": "groups"}.get(error.field, error.field)
        return {**error.to_json(), "field": field, "header": self.columns.fields.get(field)}

    def read(self, cells: dict) -> tuple[Policy, Case, list[dict]]:
        """Policy and case of a row, with notes for checking; raises RowErrors with every cell at fault."""
        errors: list[CaseError] = []
        notes: list[dict] = []
        told = {field: text for field, header in self.columns.fields.items() if (text := tidy(cells.get(header)))}
        told = {**{name: text for name, text in self.defaults.items() if name not in ("policy", "place", "year")}, **told}
        formulas = [field for field, text in told.items() if text.startswith(FORMULA) and field != KEPT]
        errors += [formula(field, told.pop(field)) for field in formulas]
        try:
            policy = self.policy(told)
        except CaseError as error:
            raise RowErrors(errors or [error]) from None
        case: dict = {}
        for field, text in told.items():
            try:
                if field == "person":
                    case["person"] = read_person(text, self.policies.vocabulary)
                elif field == "groups":
                    case["categories"] = split_groups(text, policy, notes)
                elif field == "tier":
                    case["tier"] = read_tier(text, policy)
                elif field == "addons":
                    case["addons"] = split_names(text)
                elif field == "pay_date":
                    case["pay_date"] = read_day(field, text, notes)
                elif field in policy.facts:
                    case[field] = read_fact(field, text, policy, notes)
                elif field not in COLUMN_LABELS:
                    case[field] = text  # a fact of other places: the case refuses it
            except CaseError as error:
                errors.append(error)
        errors += self._graded(case, notes, policy)
        if errors:
            raise RowErrors(errors)
        try:
            parsed = Case.parse(case, policy)
        except CaseError as error:
            raise RowErrors([error]) from None
        if "person" not in case:
            notes.append({"kind": "person"})
        if "categories" not in case:
            notes.append({"kind": "groups"})
        return policy, parsed, notes

    @staticmethod
    def _graded(case: dict, notes: list[dict], policy: Policy) -> list[CaseError]:
        """Takes the disability grade that the name of a group tells; it must be one, and that of the grade's own column."""
        grades = {note["grade"] for note in notes if note["kind"] == "graded"} | ({case[GRADE]} if GRADE in case else set())
        if not grades or GRADE not in policy.facts or not any(note["kind"] == "graded" for note in notes):
            return []
        if len(grades) > 1:
            told = sorted(grades)
            return [CaseError("groups", f"残疾等级写了{'、'.join(f'{grade}级' for grade in told)}，不知道该用哪一个。请改成一致。", f"Several disability grades are told ({', '.join(map(str, told))}); make them agree.", code="inconsistent")]
        case[GRADE] = grades.pop()
        return []

    def policy(self, told: dict[str, str]) -> Policy:
        """The policy a row is about (looked up once for each way of naming it)."""
        key = (told.get("policy"), told.get("place"), told.get("year"))
        found = self._policies.get(key)
        if found is None:
            place = {name: text for name, text in zip(("policy", "place", "year"), key, strict=True) if text}
            if self.standing is None and place and "year" not in place and "policy" not in place and "year" in self.defaults:
                place["year"] = self.defaults["year"]
            found = self._policies[key] = read_policy(place, self.policies, self.standing)
        return found

    def _answer(self, policy: Policy, case: Case) -> dict:
        """What holds of a row; where both ends of its stretch of days have the same answer, so has every day between."""
        stretch = self._stretches.of(policy, case)
        if stretch is None:
            return self._on_its_day(policy, case)
        first, last = (self._on_its_day(policy, case.with_fact("pay_date", day)) for day in stretch)
        key = (id(first), id(last))  # answers are kept, so none takes the place of another
        if key not in self._same:
            self._same[key] = first == last
        return first if self._same[key] else self._on_its_day(policy, case)

    def _on_its_day(self, policy: Policy, case: Case) -> dict:
        """What holds of every row with these facts; facts that the rules did not look at make no difference."""
        key = (policy.id, case.person, case.groups, case.tier, case.pay_date, case.add_ons)
        answers = self._known.setdefault(key, [])
        for names, known in answers:
            found = known.get(tuple(case.facts.get(name) for name in names))
            if found is not None:
                return found
        watched = Watched(case.facts)
        found = answer(policy, assess(policy, Case(case.person, case.pay_date, case.groups, case.tier, case.add_ons, watched, case.group_names), brief=True))
        names = tuple(sorted(watched.seen))
        known = next((known for others, known in answers if others == names), None)
        if known is None:
            known = {}
            answers.append((names, known))
        known[tuple(case.facts.get(name) for name in names)] = found
        return found


class RowErrors(ValueError):
    """Everything wrong with one row."""

    def __init__(self, errors: list[CaseError]) -> None:
        super().__init__("; ".join(str(error) for error in errors))
        self.errors = errors


class Watched(dict):
    """Facts that remember which of them were asked for, in every copy made of them."""

    __slots__ = ("seen",)

    def __init__(self, facts: dict, seen: set | None = None) -> None:
        super().__init__(facts)
        self.seen: set[str] = set() if seen is None else seen

    def get(self, name: str, default: object = None) -> object:
        """The fact, remembered as asked for."""
        self.seen.add(name)
        return super().get(name, default)

    def __getitem__(self, name: str) -> object:
        self.seen.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.seen.add(name)  # type: ignore[arg-type]
        return super().__contains__(name)

    def copy(self) -> Watched:
        """A copy that remembers in the same place."""
        return Watched(self, self.seen)


def answer(policy: Policy, result: Assessment) -> dict:
    """What a row shows of an assessment: figures with their states, who pays what, what is missing, what else could be, and the clauses."""
    steps = result.tree.walk()
    figures = {name: figure(step) for name, step in result.figure_steps.items() if not name.startswith("incentive")}  # which is no figure of a roster
    others = [alternative for alternative in result.alternatives if alternative.figures.keys() - {"incentive", "incentive_amount"}]
    shown = [step for step in steps if step.kind in ("period", "price", "assistance", "add_on", "coverage", "waiting")]
    return {
        "policy": policy.id, "figures": figures, "groups": None if result.case.groups is None else sorted(result.case.groups),  # type: ignore[attr-defined]
        "needs": sorted({fact for step in steps if step.state == "not_told" and not step.kind.startswith("incentive") for fact in step.facts}),
        "assumed": sorted({fact for alternative in others for fact in alternative.facts}),
        "silent": list(dict.fromkeys(question for step in shown if step.state == "not_stated" and not step.data.get("empty") for question in step.questions)),
        "alternatives": [otherwise(alternative) for alternative in others if len(alternative.readings) == 1],
        "fact_alternatives": [otherwise(alternative) for alternative in others if alternative.facts],
        "warnings": [step.data["text"] for step in steps if step.kind == "warning"],
        "left_out": [step.data["id"] for step in steps if step.kind == "add_on" and (step.data.get("refused") or step.data.get("not_eligible"))],
        "clauses": list(dict.fromkeys(clause for step in shown for clause in step.clauses)),
        "payers": payers(result),
    }


def figure(step: Step) -> dict:
    """A figure as plain data: what is certain of an unknown amount, and what the value does not show, beside it."""
    value = step.value.isoformat() if isinstance(step.value, date) else step.value
    return {"value": value, "state": step.state, **({"at_least": step.at_least} if value is None and step.at_least else {}), **marks(step)}


def otherwise(alternative: Alternative) -> dict:
    """Another answer as plain data: the figures that differ, each as those of the row itself."""
    found, steps = alternative.to_json(), alternative.result.figure_steps
    return {**found, "figures": {name: {**told, **marks(steps[name])} for name, told in found["figures"].items()}}


def payers(result: Assessment) -> list[dict]:
    """Who pays which part of each price: {premium, who: [funds], fen}; none for a premium whose price or assistance is not known."""
    found = []
    for step in result.tree.children:
        if step.kind == "premium":
            parts = parts_of(step)
            price = parts["price"].value
            if price is not None and step.value is not None:
                found += [{"premium": step.data["id"], "who": [fund or "not-stated" for fund in funds], "fen": fen} for funds, fen in shares(parts["assistance"], price - step.value)]  # type: ignore[operator]
                found.append({"premium": step.data["id"], "who": ["individual"], "fen": step.value})
        elif step.kind == "add_ons" and step.value:
            found.append({"premium": "add_ons", "who": ["individual"], "fen": step.value})
    return found


def result_columns(policies: PolicySet, lang: str) -> list[tuple[str, str]]:
    """The columns a result adds to a roster, in order: key and label."""
    found = []
    for key, labels in RESULT_LABELS.items():
        if key != "premium_pays":
            found.append((key, labels[lang]))
            continue
        names = {premium["id"]: premium["name"][lang] for entry in policies.data["policies"].values() for premium in entry["premiums"] if premium["id"] != "basic"}
        found += [(f"{identifier}_pays", labels[lang].format(name=name)) for identifier, name in names.items()]
    return found
