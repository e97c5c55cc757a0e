"""A receipt: the people of a case, their answers and the versions these rest on, such that anyone can recompute it and compare."""

from __future__ import annotations

import json
import re

from .errors import CaseError
from .family import Member, family_total, members
from .readings import assess

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .policy import PolicySet

SCHEMA_VERSION = 2
KEYS = ("schema", "calc_version", "data_hash", "people", "total", "hash")
PERSON_KEYS = ("relation", "policy", "case", "readings", "figures", "tree")
ANSWERED = PERSON_KEYS[1:]
DEEPEST = 60  # brackets within brackets; a receipt has about twenty
# Version 1 held one person, whose parts stood beside the versions; such receipts can still be recomputed.
KEYS_1 = ("schema", "calc_version", "data_hash", *ANSWERED, "hash")


def canonical(data: object) -> str:
    """Plain data as the one text that its hash is taken of: sorted names, no white space, Chinese as it is."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(data: object) -> str:
    """The SHA-256 of plain data in its canonical form."""
    from hashlib import sha256  # late: an answer needs no hash

    return sha256(canonical(data).encode("utf-8")).hexdigest()


def receipt(policies: PolicySet, people: list[dict]) -> dict:
    """The receipt of a case: what was told, the figures and the whole tree of each person, what all pay, versions, hash of the data, and its own hash.

    people: one to twelve, each {"policy", "case"} and perhaps "readings" and "relation" (see `family.members`).
    """
    from . import __version__

    answered = [(member, assess(member.policy, member.case, member.readings)) for member in members(policies, people)]
    found = {"schema": SCHEMA_VERSION, "calc_version": __version__, "data_hash": policies.data.get("data_hash"),
             "people": [_person(member, result.to_json()) for member, result in answered], "total": family_total(policies, [result for _, result in answered])}
    return {**found, "hash": digest(found)}


def _person(member: Member, answer: dict) -> dict:
    who = {"relation": member.relation} if member.relation else {}
    return {**who, "policy": member.policy.id, **{name: answer[name] for name in ("case", "readings", "figures", "tree")}}


def verify(policies: PolicySet, given: object) -> dict:
    """Recomputes a receipt, given as its data or as its text, and lists every difference; `valid` when there is none.

    intact: the receipt's own hash fits its content. same_data, same_version: it was made with these data and this engine;
    None where it does not say. differences: [{"where", "receipt", "recomputed"}]. recomputed: the receipt as it would be now.
    """
    if isinstance(given, str):
        given = read(given)
    people = _people(given)
    again = receipt(policies, people)
    told, made = given.get("data_hash"), again["data_hash"]  # type: ignore[attr-defined]
    if given["schema"] == 1:  # type: ignore[index]
        differences = compare(people[0], again["people"][0])
    else:
        differences = [difference for part in ("people", "total") for difference in compare(given[part], again[part], part)]  # type: ignore[index]
    known = KEYS_1 if given["schema"] == 1 else KEYS  # type: ignore[index]
    differences += [{"where": name, "receipt": value, "recomputed": None} for name, value in given.items() if name not in known]  # type: ignore[attr-defined]
    intact = digest({name: value for name, value in given.items() if name != "hash"}) == given["hash"]  # type: ignore[attr-defined,index]
    return {
        "valid": intact and not differences, "intact": intact, "same_data": None if told is None or made is None else told == made,
        "same_version": given["calc_version"] == again["calc_version"], "differences": differences, "recomputed": again,  # type: ignore[index]
    }


def read(text: str) -> object:
    """The data of a receipt's text, read strictly: what two readers could understand differently is refused.

    Raises CaseError for what is no JSON, a name told twice, NaN and the like, numbers too long, and nesting no receipt has.
    """
    depth = most = 0
    for mark in re.finditer(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', text):
        depth += (mark[0] in "[{") - (mark[0] in "]}")
        most = max(most, depth)
    try:
        if most > DEEPEST:
            raise ValueError("nested too deeply")
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except ValueError as error:
        where = f"第{error.lineno}行第{error.colno}列，" if isinstance(error, json.JSONDecodeError) else ""
        raise CaseError("receipt", f"这个文件不是计算凭证，读不出来（{where}可能选错了文件，或者文件不完整、被改动过）。", f"This file is not a receipt; it cannot be read ({error}). It may be another file, incomplete or changed.", code="not_a_receipt") from None


def _once(pairs: list[tuple]) -> dict:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_number(name: str) -> object:
    raise ValueError(f"{name} is no number")


def _people(given: object) -> list[dict]:
    """The people of a receipt of any version; raises CaseError where it is no whole receipt."""
    if not isinstance(given, dict) or "schema" not in given:
        raise _no_receipt(KEYS)
    version = given["schema"]
    if isinstance(version, bool) or version not in (1, SCHEMA_VERSION):
        raise CaseError("schema", f"凭证的格式版本是“{version}”，这里只认得1和{SCHEMA_VERSION}。", f"The receipt has format version “{version}”; only 1 and {SCHEMA_VERSION} are known here.", [1, SCHEMA_VERSION], "unknown_schema")
    keys = KEYS_1 if version == 1 else KEYS
    if any(name not in given for name in keys if name != "data_hash"):
        raise _no_receipt(keys)
    people = [{name: given[name] for name in ANSWERED}] if version == 1 else given["people"]
    if not isinstance(people, list) or not all(isinstance(person, dict) and all(name in person for name in ANSWERED) for person in people):
        raise _no_receipt(keys)
    if not all(isinstance(person["policy"], str) for person in people):
        raise CaseError("policy", "凭证里的地方和年度看不懂，可能被改动过。", "The receipt's place and year cannot be understood; it may have been changed.", code="not_a_receipt")
    return people


def _no_receipt(keys: tuple[str, ...]) -> CaseError:
    return CaseError("receipt", "这不是一份完整的计算凭证，可能选错了文件。", "This is not a complete receipt; perhaps it is another file.", list(keys), "not_a_receipt")


def compare(left: object, right: object, where: str = "") -> list[dict]:
    """Every place at which two pieces of plain data differ."""
    if isinstance(left, dict) and isinstance(right, dict):
        names = list(dict.fromkeys([*left, *right]))
        return [found for name in names for found in compare(left.get(name), right.get(name), f"{where}.{name}" if where else name)]
    if isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        return [found for number, pair in enumerate(zip(left, right, strict=True)) for found in compare(*pair, f"{where}[{number}]")]
    # 1 and true are equal in Python, but not the same answer.
    return [] if left == right and type(left) is type(right) else [{"where": where, "receipt": left, "recomputed": right}]
