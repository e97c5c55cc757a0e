"""A case: the facts told about one person, checked against the vocabulary and the policy; what is absent is not told."""

from __future__ import annotations

from datetime import date

from . import dates
from .errors import CaseError

TYPE_CHECKING = False  # importing typing at run time would cost every reader's browser
if TYPE_CHECKING:
    from .policy import Policy

_PUNCTUATION = str.maketrans({"（": "(", "）": ")", "―": "-", "–": "-", "—": "-", "－": "-", "‑": "-", "“": "", "”": "", '"': "", "，": ",", "／": "/", "　": ""})


def plain_name(name: str) -> str:
    """A name without white space and with the usual variants of brackets and dashes folded, for look-up only."""
    return "".join(name.split()).translate(_PUNCTUATION).lower()


class Case:
    """The facts of one person: kind of person, groups, date of payment and whatever else was told.

    Attributes are typed; `facts` maps the name of each further fact told to its value (bool, int, str or date).
    Built by `Case.parse`, which raises CaseError for anything that cannot be understood.
    """

    __slots__ = ("add_ons", "facts", "group_names", "groups", "pay_date", "person", "tier")

    def __init__(self, person: str, pay_date: date, groups: frozenset | None = None, tier: int | None = None,
                 add_ons: tuple = (), facts: dict | None = None, group_names: tuple = ()) -> None:
        self.person, self.pay_date, self.groups, self.tier = person, pay_date, groups, tier
        self.add_ons, self.group_names = add_ons, group_names
        self.facts = {} if facts is None else facts  # an empty mapping of the caller's stays the caller's: a roster watches what is read from it

    def day(self, name: str) -> date | None:
        """The date of a named event; events of the payment fall back on the date of payment (reading G10)."""
        if name == "payment":
            return self.pay_date
        told = self.facts.get(ANCHORS.get(name, name))
        if told is None and name in ("application", "registration", "arrival"):
            return self.pay_date
        return told

    def with_fact(self, name: str, value: object) -> Case:
        """The same case with one fact told otherwise (None: no longer told)."""
        copy = Case(self.person, self.pay_date, self.groups, self.tier, self.add_ons, self.facts.copy(), self.group_names)
        if name in ("person", "pay_date", "tier", "groups", "add_ons"):
            setattr(copy, name, value)
        elif value is None:
            copy.facts.pop(name, None)
        else:
            copy.facts[name] = value
        return copy

    def age(self, on: date | None = None) -> int | None:
        """Completed years on a day (that of payment unless named), from the birth date where it was told, else as told."""
        birth = self.facts.get("birth_date")
        return dates.age_on(birth, on or self.pay_date) if birth is not None else self.facts.get("age")

    @classmethod
    def parse(cls, told: dict, policy: Policy) -> Case:
        """A case from plain data (see case.schema.json); raises CaseError naming the field at fault."""
        if not isinstance(told, dict):
            raise CaseError("case", "个案要写成“名称: 值”的对象。", "A case must be an object of names and values.")
        vocabulary = policy.vocabulary
        told = {key: value for key, value in told.items() if value is not None}
        known = ["person", "pay_date", "categories", "tier", "addons", *policy.facts]
        for key in told:
            if key not in known:
                raise CaseError(key, f"没有“{key}”这一项，可能写错了名称。", f"There is no fact called “{key}”; it may be misspelt.", known, "unknown_fact", key)
        person = told.get("person", "resident")
        if not isinstance(person, str) or person not in vocabulary.persons:
            raise CaseError("person", f"没有“{person}”这类人员。", f"There is no kind of person “{person}”.", [(kind["name"]["zh"], kind["name"]["en"]) for kind in vocabulary.persons.values()], "unknown_person")
        if "pay_date" not in told:
            raise CaseError("pay_date", "请填写缴费日期（年-月-日）。", "Give the date of payment (YYYY-MM-DD).", code="missing")
        pay_date = read_date("pay_date", told["pay_date"])
        facts = {name: read_fact(name, told[name], policy.facts[name]) for name in told if name in policy.facts}
        for name in vocabulary.persons[person].get("requires", []):
            if name not in facts:
                label = policy.facts[name]["label"]
                kind = vocabulary.persons[person]["name"]
                raise CaseError(name, f"{kind['zh']}必须填写{label['zh']}，否则算不出来。", f"{kind['en']}: the {label['en']} is needed; without it nothing can be worked out.", code="missing")
        birth = facts.get("birth_date")
        if birth is not None and birth > pay_date:
            raise CaseError("birth_date", f"出生日期（{birth}）晚于缴费日期（{pay_date}），请检查这两个日期。", f"The date of birth ({birth}) is later than the date of payment ({pay_date}); check both dates.", code="inconsistent")
        if birth is not None and "age" in facts and facts["age"] != dates.age_on(birth, pay_date):
            raise CaseError("age", f"年龄（{facts['age']}）与出生日期（{birth}）不符，只填其中一项即可。", f"The age ({facts['age']}) does not agree with the date of birth ({birth}); give only one of them.", code="inconsistent")
        names = told.get("categories")
        if isinstance(names, str):
            names = [names]
        if names is not None and not isinstance(names, (list, tuple)):
            raise CaseError("categories", "资助身份要写成名称的列表。", "The groups must be a list of names.")
        groups = None if names is None else frozenset(policy.group_id(name) for name in names)
        return cls(person, pay_date, groups, read_tier(told.get("tier"), policy), read_add_ons(told.get("addons"), policy), facts, tuple(names or ()))

    def to_json(self) -> dict:
        """The facts told, as plain data that `parse` reads back."""
        told: dict = {"person": self.person, "pay_date": self.pay_date.isoformat()}
        if self.groups is not None:
            told["categories"] = list(self.group_names) or sorted(self.groups)
        if self.tier is not None:
            told["tier"] = self.tier
        if self.add_ons:
            told["addons"] = list(self.add_ons)
        for name in sorted(self.facts):
            value = self.facts[name]
            told[name] = value.isoformat() if isinstance(value, date) else value
        return told


ANCHORS = {"application": "apply_date", "registration": "registration_date", "arrival": "money_arrives", "birth": "birth_date", "recognition": "recognised_on"}


def read_date(field: str, value: object) -> date:
    """A date fact; raises CaseError when it is not a day of the calendar written YYYY-MM-DD."""
    try:
        day = dates.parse(value) if isinstance(value, str) else None
    except ValueError:
        day = None
    if day is None:
        raise CaseError(field, f"“{value}”不是有效日期。请写成 年-月-日，例如 2024-11-05，并检查这一天是否存在。", f"“{value}” is not a date. Write year-month-day such as 2024-11-05 and check that the day exists.", code="not_a_date")
    if not 1900 <= day.year <= 2200:
        raise CaseError(field, f"“{value}”的年份不对，请检查。", f"The year of “{value}” is out of range; please check.", code="not_a_date")
    return day


def read_fact(name: str, value: object, entry: dict) -> object:
    """A further fact, read by its declared type; raises CaseError when the value does not fit."""
    kind = entry["type"]
    if kind == "date":
        return read_date(name, value)
    if kind == "boolean" and isinstance(value, bool):
        return value
    if kind == "integer" and isinstance(value, int) and not isinstance(value, bool) and entry.get("min", 0) <= value <= entry.get("max", 150):
        return value
    if kind == "choice":
        values = [choice["id"] for choice in entry["values"]]
        if value in values:
            return value
        raise CaseError(name, f"{entry['label']['zh']}不能填“{value}”。", f"{entry['label']['en']} cannot be “{value}”.", values)
    allowed = [True, False] if kind == "boolean" else [f"{entry.get('min', 0)}–{entry.get('max', 150)}"] if kind == "integer" else []
    raise CaseError(name, f"{entry['label']['zh']}不能填“{value}”。", f"{entry['label']['en']} cannot be “{value}”.", allowed)


def read_tier(value: object, policy: Policy) -> int | None:
    """The tier chosen; raises CaseError where the place does not have it."""
    if value is None or (value in policy.tiers and not isinstance(value, (bool, float))):
        return value  # type: ignore[return-value]
    if not policy.tiers:
        if value == 1:
            return None  # a place with one price has no tiers; "1" says the same
        raise CaseError("tier", f"本地不分档，没有“{value}”档。请把档次留空。", f"This place has no tiers, so there is no tier “{value}”. Leave it empty.", code="unknown_tier")
    raise CaseError("tier", f"本地没有“{value}”档。", f"This place has no tier “{value}”.", list(policy.tiers), "unknown_tier")


def read_add_ons(value: object, policy: Policy) -> tuple:
    """The voluntary insurances chosen, by identifier; raises CaseError for one the place does not offer."""
    names = [] if value is None else [value] if isinstance(value, str) else value
    if not isinstance(names, (list, tuple)):
        raise CaseError("addons", "自愿保险要写成名称的列表。", "The voluntary insurances must be a list of names.")
    found = []
    for name in names:
        key = policy.add_on_names.get(plain_name(name)) if isinstance(name, str) else None
        if key is None:
            offered = [(entry["name"]["zh"], entry["name"]["en"]) for entry in policy.data.get("add_ons", [])]
            raise CaseError("addons", f"本地没有“{name}”这种自愿保险。", f"This place offers no voluntary insurance “{name}”.", offered, "unknown_add_on")
        found.append(key)
    return tuple(dict.fromkeys(found))
