"""Worked cases: read files of them, assess each, and compare what came out with what its author read in the notice."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from pathlib import Path

from calc import Assessment, Case, CaseError, PolicySet, Step, assess
from calc.cli.cases import regional

MONEY_PARTS = ("standard", "subsidy", "pays", "paid_back")
OTHER_FIGURES = ("status", "total_pays", "addons_pays", "coverage_start", "coverage_end", "waiting_days", "waiting_months", "incentive", "incentive_amount")
REQUIRED = {"id": str, "policy": str, "input": dict, "expect": dict}
# What a case may have besides; other keys are its author's own, but not those that look like one of these misspelt.
OPTIONAL = {"region": str, "certainty": str, "alternatives": list, "cites": dict, "warnings": list, "funds": list, "quote": str, "more_quotes": list, "note": str}


class CaseFileError(ValueError):
    """A file of cases that cannot be read: where, the likely cause, and what is expected, in Chinese and in English."""

    def __init__(self, path: Path, line: int, column: int, zh: str, en: str) -> None:
        super().__init__(f"{path}:{line}:{column}: {en}")
        self.path, self.line, self.column, self.zh, self.en = path, line, column, zh, en

    def text(self, lang: str) -> str:
        """The message in one language, with file, line and column."""
        return f"{self.path}:{self.line}:{self.column}: {self.zh if lang == 'zh' else self.en}"


@dataclass
class Worked:
    """One case as written in its file, with the line on which it begins."""

    path: Path
    line: int
    data: dict

    @property
    def id(self) -> str:
        """The identifier its author gave it."""
        return self.data["id"]


@dataclass
class Difference:
    """One figure that came out otherwise than expected, with the step it came from; `figure` is the field where nothing came out at all."""

    figure: str
    expected: object
    got: object
    state: str = ""
    step: Step | None = None
    error: CaseError | None = None


@dataclass
class Outcome:
    """What running one case gave: its differences, and how many of its alternatives the answer shows."""

    worked: Worked
    differences: list[Difference] = field(default_factory=list)
    alternatives: int = 0
    missing: list[dict] = field(default_factory=list)
    assessment: Assessment | None = None


def read_cases(path: Path) -> list[Worked]:
    """The cases of a file; raises CaseFileError with line and column when it is not one."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CaseFileError(path, 1, 1, f"打不开这个文件：{error.strerror}。请检查路径。", f"The file cannot be opened: {error.strerror}. Check the path.") from None
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        raise CaseFileError(path, before.count(b"\n") + 1, error.start - before.rfind(b"\n"), "文件不是 UTF-8 编码，请另存为 UTF-8。", "The file is not UTF-8; save it as UTF-8.") from None
    try:
        rows = json.loads(text)
    except json.JSONDecodeError as error:
        raise CaseFileError(path, error.lineno, error.colno, f"不是合格的 JSON（{error.msg}）：多半是少了或多了逗号、引号或括号。", f"Not valid JSON ({error.msg}): most likely a comma, quote or bracket is missing or too many.") from None
    if not isinstance(rows, list):
        raise CaseFileError(path, 1, 1, "文件应当是个案的列表，以 [ 开头。", "The file must be a list of cases, beginning with [.")
    found, seen = [], {}
    for data, (offset, end) in zip(rows, offsets(text), strict=True):
        line, column = position(text, offset)
        try:
            json.loads(text[offset:end], object_pairs_hook=_unique)
        except _Twice as twice:
            at = position(text, text.rfind(f'"{twice.key}"', offset, end))
            raise CaseFileError(path, *at, f"“{twice.key}”在同一个对象里写了两次，只留一个。", f"“{twice.key}” stands twice in one object; keep one.") from None
        if not isinstance(data, dict):
            raise CaseFileError(path, line, column, "个案要写成 {…} 对象。", "A case must be an object {…}.")
        for key, kind in REQUIRED.items():
            if not isinstance(data.get(key), kind):
                raise CaseFileError(path, line, column, f"个案缺少“{key}”，或写法不对。必须有：{'、'.join(REQUIRED)}。", f"A case lacks “{key}”, or it has the wrong form. Needed: {', '.join(REQUIRED)}.")
        for key, value in data.items():
            if key in OPTIONAL and not isinstance(value, OPTIONAL[key]):
                form = {list: ("列表 […]", "a list […]"), dict: ("对象 {…}", "an object {…}"), str: ("文字", "text")}[OPTIONAL[key]]
                raise CaseFileError(path, line, column, f"{data['id']}：{key} 要写成{form[0]}。", f"{data['id']}: {key} must be {form[1]}.")
            near = get_close_matches(key, [*REQUIRED, *OPTIONAL], 1, 0.8) if key not in REQUIRED and key not in OPTIONAL else []
            if near:
                raise CaseFileError(path, line, column, f"{data['id']}：没有“{key}”这一项，可能想写“{near[0]}”。", f"{data['id']}: there is no key “{key}”; perhaps “{near[0]}” is meant.")
        alternatives = data.get("alternatives", [])
        if not isinstance(alternatives, list) or not all(isinstance(entry, dict) and isinstance(entry.get("expect"), dict) for entry in alternatives):
            raise CaseFileError(path, line, column, f"{data['id']}：alternatives 要写成列表，每项有 expect。", f"{data['id']}: alternatives must be a list whose items have an expect.")
        if data["id"] in seen:
            raise CaseFileError(path, line, column, f"编号“{data['id']}”已在第{seen[data['id']]}行用过。", f"The id “{data['id']}” was already used on line {seen[data['id']]}.")
        seen[data["id"]] = line
        found.append(Worked(path, line, data))
    return found


class _Twice(ValueError):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _unique(pairs: list[tuple[str, object]]) -> dict:
    found: dict = {}
    for key, value in pairs:
        if key in found:
            raise _Twice(key)
        found[key] = value
    return found


def offsets(text: str) -> list[tuple[int, int]]:
    """Where each item of a JSON list begins and ends; the text is known to be valid JSON."""
    decoder, found, at = json.JSONDecoder(), [], text.index("[") + 1
    while True:
        while text[at] in " \t\r\n,":
            at += 1
        if text[at] == "]":
            return found
        end = decoder.raw_decode(text, at)[1]
        found.append((at, end))
        at = end


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column (both from 1) of a place in a text."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def figure_names(policies: PolicySet) -> set[str]:
    """Every figure that a case may expect something of."""
    premiums = {premium["id"] for entry in policies.data["policies"].values() for premium in entry["premiums"]} - {"basic"}
    return {*OTHER_FIGURES, *MONEY_PARTS, *(f"{premium}_{part}" for premium in premiums for part in MONEY_PARTS)}


def is_money(figure: str) -> bool:
    """Whether a figure is an amount, held in fen and written in yuan in the files."""
    return figure == "incentive_amount" or any(figure == part or figure.endswith(f"_{part}") for part in MONEY_PARTS)


def same(figure: str, expected: object, value: object) -> bool:
    """Whether a figure (fen, date, count, flag or code) is what a file expects (yuan, ISO date …); null means: no value."""
    if expected is None or value is None:
        return expected is value
    if is_money(figure):
        if isinstance(expected, bool) or not isinstance(expected, (int, float, str)):
            return False
        try:
            return Decimal(str(expected)) * 100 == value
        except InvalidOperation:
            return False
    if isinstance(value, date):
        return value.isoformat() == expected
    return type(expected) is type(value) and expected == value


def shown(figure: str, value: object) -> object:
    """A figure as the files write it."""
    if value is None:
        return None
    if is_money(figure):
        return float(Decimal(value) / 100) if value % 100 else value // 100  # type: ignore[operator, arg-type]
    return value.isoformat() if isinstance(value, date) else value


def run(policies: PolicySet, worked: Worked, known: set[str] | None = None) -> Outcome:
    """Assesses one case and compares; whatever cannot be assessed is a difference of that case."""
    outcome, data = Outcome(worked), worked.data
    known = figure_names(policies) if known is None else known
    wanted = [entry for entry in data.get("alternatives", []) if entry["expect"]]
    outcome.alternatives = len(wanted)
    try:
        policy = regional(policies, policies.policy(data["policy"]), data.get("region"))
        outcome.assessment = result = assess(policy, Case.parse(data["input"], policy))
    except CaseError as error:
        outcome.differences = [Difference(error.field, data["expect"], None, error=error)]
        outcome.missing = wanted
        return outcome
    except Exception as error:  # noqa: BLE001 - a fault of the engine is that case's difference, and the others still run
        outcome.differences = [Difference("engine", data["expect"], f"{type(error).__name__}: {error}")]
        outcome.missing = wanted
        return outcome
    figures = result.figures
    for figure, expected in data["expect"].items():
        if figure not in known:
            outcome.differences.append(Difference(figure, expected, "no such figure 没有这个数", ""))
            continue
        value, state = figures.get(figure, (None, "not_stated"))
        if not same(figure, expected, value):
            outcome.differences.append(Difference(figure, expected, shown(figure, value), state, result.figure_steps.get(figure)))
    outcome.differences += beside(data, result)
    base = {name: value for name, (value, _) in figures.items()}
    answers = [base] + [{**base, **{name: value for name, (value, _) in alternative.figures.items()}} for alternative in result.alternatives]
    outcome.missing = [entry for entry in wanted if not any(fits(entry["expect"], answer, known) for answer in answers)]
    return outcome


def beside(data: dict, result: Assessment) -> list[Difference]:
    """What a case expects besides figures: the clauses each figure rests on, the warnings given, the funds that assist."""
    found, steps = [], result.figure_steps
    for figure, wanted in data.get("cites", {}).items():
        step = steps.get(figure)
        got = sorted(step.clauses) if step is not None else None
        if got != sorted(wanted):
            found.append(Difference(f"cites {figure}", wanted, got, step=step))
    for name, got in (("warnings", warnings(result)), ("funds", funds(result))):
        if name in data and data[name] != got:
            found.append(Difference(name, data[name], got))
    return found


def warnings(result: Assessment) -> list[str]:
    """The warnings of an answer, by their identifiers."""
    return [str(step.value) for step in result.tree.children if step.kind == "warning"]


def funds(result: Assessment) -> list[str]:
    """The funds that assist with any premium, in the order of the premiums, each once."""
    return list(dict.fromkeys(fund for step in result.tree.walk() if step.kind == "assistance" for fund in step.data.get("funds", [])))


def fits(expect: dict, figures: dict, known: set[str]) -> bool:
    """Whether an answer gives all that is expected."""
    return all(figure in known and same(figure, expected, figures.get(figure)) for figure, expected in expect.items())
