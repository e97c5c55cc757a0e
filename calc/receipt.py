"""A receipt: a case, its answer and the versions it rests on, such that anyone can recompute it and compare."""

from __future__ import annotations

import json

from .case import Case
from .errors import CaseError
from .readings import assess

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .policy import PolicySet

SCHEMA_VERSION = 1
KEYS = ("schema", "calc_version", "data_hash", "policy", "case", "readings", "figures", "tree", "hash")


def canonical(data: object) -> str:
    """Plain data as the one text that its hash is taken of: sorted names, no white space, Chinese as it is."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(data: object) -> str:
    """The SHA-256 of plain data in its canonical form."""
    from hashlib import sha256  # late: an answer needs no hash

    return sha256(canonical(data).encode("utf-8")).hexdigest()


def receipt(policies: PolicySet, policy: str, told: dict, readings: dict[str, str] | None = None) -> dict:
    """The receipt of a case: what was told, the figures, the whole tree, versions and hash of data and engine, and its own hash."""
    from . import __version__

    rules = policies.policy(policy)
    answer = assess(rules, Case.parse(told, rules), check_readings(policies, readings)).to_json()
    found = {"schema": SCHEMA_VERSION, "calc_version": __version__, "data_hash": policies.data.get("data_hash"), "policy": policy,
             "case": answer["case"], "readings": answer["readings"], "figures": answer["figures"], "tree": answer["tree"]}
    return {**found, "hash": digest(found)}


def check_readings(policies: PolicySet, readings: object) -> dict[str, str]:
    """Readings as told, refused when the register has no such question or reading."""
    if readings is None:
        return {}
    if not isinstance(readings, dict):
        raise CaseError("readings", "理解方式要写成“编号: 选项”的对象。", "Readings must be an object of question and reading.")
    for question, chosen in readings.items():
        if question not in policies.questions:
            raise CaseError("readings", f"没有“{question}”这个未定问题。", f"There is no open question “{question}”.", code="unknown_question")
        offered = [reading["id"] for reading in policies.questions[question]["readings"]]
        if chosen not in offered:
            raise CaseError("readings", f"“{question}”没有“{chosen}”这种理解。", f"Question {question} has no reading “{chosen}”.", offered, "unknown_reading")
    return dict(readings)


def verify(policies: PolicySet, given: object) -> dict:
    """Recomputes a receipt and lists every difference; `valid` when there is none.

    intact: the receipt's own hash fits its content. same_data, same_version: it was made with these data and this engine;
    None where it does not say. differences: [{"where", "receipt", "recomputed"}].
    """
    if not isinstance(given, dict) or any(name not in given for name in KEYS if name != "data_hash"):
        raise CaseError("receipt", "这不是一份完整的计算凭证，可能选错了文件。", "This is not a complete receipt; perhaps it is another file.", list(KEYS), "not_a_receipt")
    if not isinstance(given["policy"], str):
        raise CaseError("policy", "凭证里的地方和年度看不懂，可能被改动过。", "The receipt's place and year cannot be understood; it may have been changed.", code="not_a_receipt")
    if given["schema"] != SCHEMA_VERSION:
        raise CaseError("schema", f"凭证的格式版本是“{given['schema']}”，这里只认得{SCHEMA_VERSION}。", f"The receipt has format version “{given['schema']}”; only {SCHEMA_VERSION} is known here.", [SCHEMA_VERSION], "unknown_schema")
    again = receipt(policies, given["policy"], given["case"], given["readings"])
    told, made = given.get("data_hash"), again["data_hash"]
    differences = [difference for part in ("policy", "case", "readings", "figures", "tree") for difference in compare(given[part], again[part], part)]
    intact = digest({name: value for name, value in given.items() if name != "hash"}) == given["hash"]
    return {
        "valid": intact and not differences, "intact": intact, "same_data": None if told is None or made is None else told == made,
        "same_version": given["calc_version"] == again["calc_version"], "differences": differences, "recomputed": again,
    }


def compare(left: object, right: object, where: str) -> list[dict]:
    """Every place at which two pieces of plain data differ."""
    if isinstance(left, dict) and isinstance(right, dict):
        names = list(dict.fromkeys([*left, *right]))
        return [found for name in names for found in compare(left.get(name), right.get(name), f"{where}.{name}")]
    if isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        return [found for number, pair in enumerate(zip(left, right, strict=True)) for found in compare(*pair, f"{where}[{number}]")]
    # 1 and true are equal in Python, but not the same answer.
    return [] if left == right and type(left) is type(right) else [{"where": where, "receipt": left, "recomputed": right}]
