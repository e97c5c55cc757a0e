"""Cells of a roster as facts: a cell is read by its column's type, in Chinese or English, and never guessed at."""

from __future__ import annotations

from datetime import date

from . import dates
from .case import plain_name
from .case import read_tier as check_tier
from .errors import CaseError
from .roster_words import COUNT_UNITS, GRADE_BESIDE, GRADE_WORDS, GRADED_GROUP, NO, NO_GAP, NO_GROUP, NOTHING_SAID, NUMERALS, OLD_NAME_SAID, OLD_NAMES, PERSONS, TEXTS, YES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .policy import Policy, PolicySet, Vocabulary

_WIDE = {ord("０") + digit: str(digit) for digit in range(10)} | {ord("．"): ".", ord("　"): " ", ord("\xa0"): " ", ord("\ufeff"): None, ord("\u200b"): None}
_DATE_MARKS = str.maketrans({"年": "-", "月": "-", "日": " ", "号": " ", "/": "-", ".": "-", "／": "-", "－": "-", "–": "-", "—": "-", "T": " ", ",": " "})
_MONTHS = {name: number for number, names in enumerate(("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sep sept",
                                                        "october oct", "november nov", "december dec"), 1) for name in names.split()}
_SEPARATORS = "、,，;；|/+&\n"
FORMULA = ("=", "＝")
_BRACKETS = {"(": 1, "（": 1, ")": -1, "）": -1}
# A spreadsheet counts days from here, having taken 1900 for a leap year; only five digits are read so (1927-05-18 to 2173-10-13).
_SERIAL_ZERO = date(1899, 12, 30)

_NONE, _YES, _NO, _SILENT, _NO_GAP = (frozenset(plain_name(word) for word in words) for words in (NO_GROUP, YES, NO, NOTHING_SAID, NO_GAP))


def tidy(cell: object) -> str:
    """The text of a cell without outer white space, with full-width digits as digits; a cell that says nothing is empty."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell == int(cell):
        cell = int(cell)
    text = str(cell).translate(_WIDE).strip()
    if text.startswith("'"):
        text = text[1:].strip()  # what protects a cell from being taken for a formula
    return "" if plain_name(text) in _SILENT else text


def formula(field: str, text: str) -> CaseError:
    """The error of a cell that holds a formula and not what comes out of it."""
    return CaseError(field, f"这一格是公式（{text}），文件里没有存算好的值。请在表格软件里打开、保存一次，或把公式换成值。",
                     f"This cell is a formula ({text}) without its value. Open and save the file in a spreadsheet program, or replace the formula by its value.", code="formula")


def read_day(field: str, text: str, notes: list | None = None) -> str:
    """An ISO date from the usual ways of writing one; a spreadsheet's day number is read too and noted for checking."""
    numbers = _numbers(text)
    day = None
    if numbers is not None:
        try:
            day = date(*numbers)
        except (ValueError, OverflowError):
            day = None
    elif len(text) == 5 and text.isascii() and text.isdigit():
        day = dates.plus_days(_SERIAL_ZERO, int(text))
        if notes is not None:
            notes.append({"kind": "serial", "field": field, "value": text, "day": day.isoformat()})
    if day is None or not 1900 <= day.year <= 2200:
        raise CaseError(field, f"“{text}”不是有效日期。请写成 年-月-日，例如 2024-11-05，并检查这一天是否存在。",
                        f"“{text}” is not a date. Write year-month-day such as 2024-11-05 and check that the day exists.", code="not_a_date")
    return day.isoformat()


def _numbers(text: str) -> tuple[int, int, int] | None:
    """Year, month and day as written; None where the order could not be told or something else stands there."""
    words = text.translate(_DATE_MARKS).replace("- ", "-").split()
    if len(words) in (3, 4) and not words[0].count("-"):  # 5 November 2024, Nov 5 2024
        month = next((_MONTHS[word.lower()] for word in words[:2] if word.lower() in _MONTHS), None)
        day = next((word for word in words[:2] if word.isdigit()), None)
        return (int(words[2]), month, int(day)) if month and day and _digits(words[2], 4) and len(day) <= 2 else None
    if not words or (len(words) > 1 and not _is_time(words[1:])):
        return None
    if _digits(words[0], 8):
        return int(words[0][:4]), int(words[0][4:6]), int(words[0][6:])
    parts = words[0].strip("-").split("-")
    if len(parts) != 3 or not _digits(parts[0], 4) or not all(part.isascii() and part.isdigit() and len(part) <= 2 for part in parts[1:]):
        return None
    return int(parts[0]), int(parts[1]), int(parts[2])


def _digits(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()


def _is_time(words: list[str]) -> bool:
    return len(words) == 1 and all(part.replace("-", "").isdigit() for part in words[0].rstrip("Zz").split(":"))


def read_count(text: str, no_gap: bool = False) -> int | None:
    """A whole number, with or without its unit (3, 3年, 三级, 3 years, 35周岁); None where it is not one."""
    word = text.lower().replace(" ", "")
    if no_gap and word in _NO_GAP:
        return 0
    for unit in COUNT_UNITS:
        unit = unit.replace(" ", "")
        word = word.removesuffix(unit) if word != unit else word
        if unit == "grade":
            word = word.removeprefix(unit)
    if word.endswith(".0"):
        word = word[:-2]
    if word.isascii() and word.isdigit() and len(word) <= 6:
        return int(word)
    return NUMERALS.get(word)


def read_flag(text: str) -> bool | None:
    """Yes or no; None for anything else (digits are not read: 1 and 2 mean different things in different lists)."""
    word = plain_name(text)
    return True if word in _YES else False if word in _NO else None


def wrong(field: str, labels: dict, text: str, allowed: list) -> CaseError:
    """The error of a cell that is not one of what its column takes."""
    return CaseError(field, f"{labels['zh']}不能填“{text}”。", f"{labels['en']} cannot be “{text}”.", allowed)


def read_person(text: str, vocabulary: Vocabulary) -> str:
    """The kind of person a cell names; a group named there is sent to its own column."""
    word = plain_name(text)
    for identifier, entry in vocabulary.persons.items():
        if word in {plain_name(name) for name in (identifier, *entry["name"].values(), *PERSONS.get(identifier, ()))}:
            return identifier
    kinds = [(entry["name"]["zh"], entry["name"]["en"]) for entry in vocabulary.persons.values()]
    if word in vocabulary.names:
        raise CaseError("person", f"“{text}”是资助身份，请填在“身份”一列，或把这一列对应到“身份”。", f"“{text}” is an assisted group; put it in the column “Groups”, or map this column to it.", kinds, "unknown_person")
    raise CaseError("person", f"没有“{text}”这类人员。", f"There is no kind of person “{text}”.", kinds, "unknown_person")


def split_groups(text: str, policy: Policy, notes: list | None = None) -> list[str]:
    """The group names of a cell; several are separated by 、 ; , | / or a new line, and a name that holds such a mark stays whole.

    A disability told by its grade (二级残疾) is that of the group without a grade; the grade is noted.
    """
    if plain_name(text) in _NONE:
        return []
    pieces = _pieces(text)
    found, at = [], 0
    while at < len(pieces):
        # The longest run of pieces that is a known name wins, so that a name with a comma in it is found whole.
        for end in range(len(pieces), at, -1):
            name = text[pieces[at][0]:pieces[end - 1][1]].strip()
            if _is_group(name, policy):
                found.append(name)
                at = end
                break
        else:
            name = text[slice(*pieces[at])].strip()
            grade = disability_grade(name)
            if grade is None or not _is_group(GRADED_GROUP, policy):
                raise _not_a_group(name, policy)
            found.append(GRADED_GROUP)
            at += 1
            if notes is not None:
                notes.append({"kind": "graded", "value": name, "grade": grade})
    return list(dict.fromkeys(found))


def disability_grade(name: str) -> int | None:
    """The grade that the name of a group of disabled people tells (二级残疾, 残疾2级, 三级肢体残疾人); None for any other name.

    >>> disability_grade("二级残疾"), disability_grade("残疾人（3级）"), disability_grade("二级残疾军人"), disability_grade("1-2级残疾")
    (2, 3, None, None)
    """
    word = plain_name(name)
    if not any(all(part in word for part in parts) for parts in GRADE_WORDS):
        return None
    for beside in GRADE_BESIDE:
        word = word.replace(beside, "")
    number = int(word) if _digits(word, 1) else NUMERALS.get(word)
    return number if number is not None and 1 <= number <= 4 else None


def split_names(text: str) -> list[str]:
    """The names of a cell that holds several; one that says there are none gives an empty list."""
    return [] if plain_name(text) in _NONE else [text[start:end].strip() for start, end in _pieces(text)]


def _pieces(text: str) -> list[tuple[int, int]]:
    found, depth, start = [], 0, 0
    for at, letter in enumerate(text + "\n"):
        depth = max(0, depth + _BRACKETS.get(letter, 0))
        if at == len(text) or (letter in _SEPARATORS and depth == 0):
            if text[start:at].strip():
                found.append((start, at))
            start = at + 1
    return found


def _is_group(name: str, policy: Policy) -> bool:
    key = plain_name(name)
    return key in policy.group_names or key in policy.vocabulary.names


def _not_a_group(name: str, policy: Policy) -> CaseError:
    word = plain_name(name)
    for identifier, entry in policy.vocabulary.persons.items():
        if word in {plain_name(known) for known in (identifier, *entry["name"].values(), *PERSONS.get(identifier, ()))}:
            return CaseError("groups", f"“{name}”是人员类别，请填在“人员类别”一列。", f"“{name}” is a kind of person; put it in the column “Kind of person”.", code="unknown_group")
    if word in OLD_NAMES:
        return CaseError("groups", OLD_NAME_SAID["zh"].format(name=name), OLD_NAME_SAID["en"].format(name=name), code="unknown_group")
    try:
        policy.group_id(name)
    except CaseError as error:
        error.field = "groups"
        return error
    return CaseError("groups", f"“{name}”和别的身份写在一起，分不开。请用“、”隔开。", f"“{name}” cannot be told apart from the others; separate them with a semicolon.", code="unknown_group")


def read_tier(text: str, policy: Policy) -> object:
    """The tier a cell names, by number or by the name of the place's tiers; raises CaseError where the place lacks it."""
    for tier in policy.data.get("tiers", []):
        if plain_name(text) in {plain_name(str(name)) for name in (tier["id"], *tier["name"].values())}:
            return tier["id"]
    number = read_count(text.lower().removeprefix("tier").removeprefix("第").strip())
    return check_tier(text if number is None else number, policy)


def read_fact(name: str, text: str, policy: Policy, notes: list) -> object:
    """A further fact, by its declared type."""
    entry = policy.facts[name]
    kind, labels = entry["type"], entry["label"]
    if kind == "date":
        return read_day(name, text, notes)
    if kind == "boolean":
        flag = read_flag(text)
        if flag is None:
            raise wrong(name, labels, text, [(TEXTS[word]["zh"], TEXTS[word]["en"]) for word in ("yes", "no")])
        return flag
    if kind == "integer":
        number = read_count(text, no_gap=name == "gap_years")
        if number is None or not entry.get("min", 0) <= number <= entry.get("max", 150):
            raise wrong(name, labels, text, [f"{entry.get('min', 0)}–{entry.get('max', 150)}"])
        return number
    for value in entry["values"]:
        if plain_name(text) in {plain_name(str(word)) for word in (value["id"], *value.get("label", value.get("name", {})).values())}:
            return value["id"]
    named = [value.get("label", value.get("name", {})) for value in entry["values"]]
    raise wrong(name, labels, text, [(label.get("zh", value["id"]), label.get("en", value["id"])) for value, label in zip(entry["values"], named, strict=True)])


def read_policy(told: dict[str, str], policies: PolicySet, default: str | None) -> Policy:
    """The policy a row is about: by its identifier, else by place and year; a year is never chosen where there are several."""
    if told.get("policy"):
        return policies.policy(told["policy"])
    standing = policies.policy(default) if default else None
    if not told.get("place") and not told.get("year"):
        if standing is None:
            raise CaseError("place", "没有填地区，不知道按哪里的政策算。", "No place is told, so it is not known whose rules apply.", code="missing")
        return standing
    year: object = None
    if told.get("year"):
        year = read_count(told["year"])
        if year is None:
            raise CaseError("year", f"“{told['year']}”不是年度。请写成四位数字，例如 2025。", f"“{told['year']}” is not a year. Write four digits such as 2025.")
    place = told.get("place") or (standing.place if standing else None)
    if place is None:
        raise CaseError("place", "没有填地区，不知道按哪里的政策算。", "No place is told, so it is not known whose rules apply.", code="missing")
    return find_policy(policies, place, year if year is not None else standing.year if standing else None)


def find_policy(policies: PolicySet, place: str, year: object = None) -> Policy:
    """The policy of a place and year; raises CaseError where no year is given and there are data for several."""
    found = policies.find(place, year)  # type: ignore[arg-type]
    if year is None:
        years = sorted(policies.data["policies"][name]["year"] for name in policies.ids() if policies.data["policies"][name]["place"] == found.place)
        if len(years) > 1:
            raise CaseError("year", f"“{place}”有几个年度的数据，请写明年度。", f"There are data for several years of {place}; say which year.", years, "missing")
    return found

