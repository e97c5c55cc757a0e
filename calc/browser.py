"""What the page calls: JSON in, JSON out; every request gets an answer, errors included.

`load` takes the compiled policies as text, `handle` one request {"method", "params"} and gives {"ok": true, "result"} or
{"ok": false, "error": {code, field, zh, en, allowed}}. `samples` names requests that use all of it.
"""

from __future__ import annotations

import json
from functools import lru_cache

from .assessment import ASSUMED, CONFLICTING
from .case import Case, read_date
from .clause_labels import clause_label
from .context import Context
from .dates import parse
from .elsewhere import named_groups
from .elsewhere import side_by_side as compared
from .engine import evaluate
from .errors import CaseError
from .explain import explain
from .explain.season import window
from .explain.view import View
from .family import MOST_PEOPLE, family_total, total_text
from .policy import PolicySet
from .readings import assess, check_readings, questions
from .receipt import canonical, receipt, verify
from .roster import KEPT, Roster, column_fields, header_names
from .roster_printed import blank, labels, printed_rows, printed_summary
from .roster_table import find_head, header_key, headers_of
from .roster_text import Printer
from .roster_words import BEYOND
from .texts import Words
from .timeline import timeline

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .assessment import Assessment
    from .policy import Policy

_loaded: dict = {}


def load(text: str) -> None:
    """Takes the compiled policies; to be called once, before `handle`."""
    _loaded.clear()
    _answer.cache_clear()
    _loaded["policies"] = PolicySet(json.loads(text))


def handle(request_json: str) -> str:
    """The answer to one request, as JSON text; nothing that a request holds makes it fail."""
    try:
        try:
            request = json.loads(request_json)
        except ValueError:
            request = None
        if not isinstance(request, dict) or not isinstance(request.get("params") or {}, dict):
            raise CaseError("request", "请求的格式不对。", "The request cannot be understood.", code="bad_request")
        method = _METHODS.get(request.get("method"))  # type: ignore[arg-type]
        if method is None:
            raise CaseError("method", f"没有“{request.get('method')}”这个功能。", f"There is no method “{request.get('method')}”.", list(_METHODS), "unknown_method")
        result = method(_loaded["policies"], request.get("params") or {})
        return json.dumps({"ok": True, "result": result}, ensure_ascii=False, separators=(",", ":"))
    except CaseError as error:
        answer = {"ok": False, "error": error.to_json()}
    except Exception as error:  # a fault of ours: said as such, with what is needed to report it
        answer = {"ok": False, "error": {"code": "internal", "field": "", "zh": "程序出错了，没有算出结果。请把这一情况告诉我们。", "en": "The program failed and gave no result. Please report this.",
                                         "allowed": [], "detail": f"{type(error).__name__}: {error}"}}
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))


def _policy(policies: PolicySet, params: dict) -> Policy:
    return policies.policy(str(params.get("policy")))


def _case(policy: Policy, params: dict) -> Case:
    return Case.parse(params.get("case"), policy)  # type: ignore[arg-type]


def _readings(policies: PolicySet, params: dict) -> dict[str, str]:
    return check_readings(policies, params.get("readings"))


def places(policies: PolicySet, params: dict) -> list[dict]:
    """Every place and year with what the form offers there: names, tiers, kinds of person, groups, voluntary insurances, the window."""
    vocabulary = policies.vocabulary
    found = []
    for identifier in policies.ids():
        policy = policies.policy(identifier)
        place = vocabulary.places.get(policy.place, {})
        named, own = named_groups(policy), policy.data.get("group_names", {})
        found.append({
            "policy": identifier, "place": policy.place, "year": policy.year, "names": place.get("name", {}), "short": place.get("short", place.get("name", {})),
            "code": place.get("code"), "level": place.get("level"), "parent": place.get("parent"), "parent_name": _parent_name(policies, place),
            "search": [*place.get("notice_names", []), *place.get("search", [])], "notices": policy.data["notices"],
            "tiers": [{"id": tier["id"], "name": tier["name"]} for tier in policy.data.get("tiers", [])],
            "persons": [{"id": person["id"], "name": person["name"], "plain": person.get("plain"), "requires": person.get("requires", [])} for person in vocabulary.persons.values()],
            "groups": [{"id": group["id"], "name": group["name"], "plain": group.get("plain"), "names": own.get(group["id"], [])} for group in vocabulary.groups.values() if group["id"] in named],
            "add_ons": [{"id": entry["id"], "name": entry["name"], "yuan": _default_price(policy, entry), "choice": entry.get("choice")} for entry in policy.data.get("add_ons", [])],
            "premiums": [{"id": premium.id, "name": premium.data["name"]} for premium in policy.premiums],
            "window": window(policy),
        })
    return found


def _parent_name(policies: PolicySet, place: dict) -> dict | None:
    parent = policies.vocabulary.places.get(place.get("parent", ""))
    return parent["name"] if parent else place.get("parent_name")


def _default_price(policy: Policy, entry: dict) -> object:
    if "prices" in entry:
        return None  # it depends on the person
    return Context(policy, Case("resident", parse(f"{policy.year}-01-01"))).read(entry["yuan"])


def asked(policies: PolicySet, params: dict) -> dict:
    """The facts, not told yet, that would change the answer, with the words of the question."""
    policy = _policy(policies, params)
    found = []
    for fact in questions(policy, _case(policy, params), _readings(policies, params)):
        if fact == "tier":
            found.append({"id": "tier", "type": "choice", "label": {"zh": "档次", "en": "tier"}, "question": {"zh": "选哪一档缴费？", "en": "Which tier do you choose?"},
                          "why": {"zh": "档次不同，缴的钱和资助都不同。", "en": "The price and the assistance differ by tier."},
                          "values": [{"id": tier["id"], "label": tier["name"]} for tier in policy.data["tiers"]]})
            continue
        entry = policy.facts[fact]
        found.append({name: entry[name] for name in ("id", "type", "label", "question", "answers", "why", "help", "values", "min", "max") if name in entry})
    return {"questions": found}


def assessed(policies: PolicySet, params: dict) -> dict:
    """The assessment of a case and its explanation in both languages, or in that of `lang` alone."""
    return _answered(policies, params)[1]


def _answered(policies: PolicySet, params: dict) -> tuple[Assessment, dict]:
    return _answer(_policy(policies, params).id, canonical(params.get("case")), canonical(_readings(policies, params)), _lang(params))


@lru_cache(maxsize=64)  # one person of a family is shown, added to the total and printed
def _answer(policy_id: str, told: str, readings: str, lang: str | None) -> tuple[Assessment, dict]:
    policies: PolicySet = _loaded["policies"]
    policy = policies.policy(policy_id)
    result = assess(policy, Case.parse(json.loads(told), policy), json.loads(readings))
    return result, {"assessment": result.to_json(), **{name: explain(policies, result, name) for name in ("zh", "en") if lang in (None, name)}}


def together(policies: PolicySet, params: dict) -> dict:
    """Everybody's answer and what all pay; people: as in a receipt, None for somebody of whom too little is told.

    A person whom the engine refuses has {"error"}, and counts as one whose amount is not known. text: the total as a sentence.
    """
    people, lang = params.get("people"), _lang(params)
    if not isinstance(people, list) or not 1 <= len(people) <= MOST_PEOPLE or not all(isinstance(person, (dict, type(None))) for person in people):
        raise CaseError("people", f"要写成1到{MOST_PEOPLE}个人的列表。", f"The people must be a list of 1 to {MOST_PEOPLE}.")
    found: list[dict | None] = []
    answers: list[Assessment | None] = []
    for person in people:
        answer = None
        try:
            answer, shown = _answered(policies, {**person, "lang": lang}) if person else (None, None)
        except CaseError as error:
            shown = {"error": error.to_json()}
        answers.append(answer)
        found.append(shown)
    total = family_total(policies, answers)
    return {"people": found, "total": total, "text": {name: total_text(Words(name), answers, total) for name in ("zh", "en") if lang in (None, name)}}


def over_time(policies: PolicySet, params: dict) -> dict:
    """The runs of days with equal figures between two dates, with the names of the periods and of the clauses.

    labels: clause → its name in the language of `lang`; written: clause → its name in the notice, where that is another. facts:
    fact on which a figure hangs → its name; states: the words for figures that are not simply written in the notice.
    """
    policy, lang = _policy(policies, params), _lang(params) or "zh"
    first, last = read_date("from", params.get("from")), read_date("to", params.get("to"))
    case = _case(policy, params)
    runs = timeline(policy, case, first, last, _readings(policies, params))
    cited = sorted({ref for run in runs for refs in [run["clauses"], *run["by_figure"].values()] for ref in refs})
    written = {ref: policies.clause(ref)["label"] for ref in cited}
    labels = {ref: clause_label(name, lang) for ref, name in written.items()}
    hung_on = {fact for run in runs for figure in run["figures"].values() for fact in figure.get("facts", ())}
    view = View(policies, evaluate(policy, case), lang)
    return {"runs": runs, "periods": {rule.id: rule.data["name"] for rule in policy.periods}, "labels": labels, "written": {ref: name for ref, name in written.items() if name != labels[ref]},
            "facts": {fact: view.fact_label(fact) for fact in sorted(hung_on)}, "states": {state: view.words.part(f"state.{state}") for state in (ASSUMED, CONFLICTING)}}


def side_by_side(policies: PolicySet, params: dict) -> dict:
    """The same case under every policy; `policy` names the one whose words and year the case is told in.

    clauses, questions: those that the rows name, in the language of `lang`; years: what changed between the years of the place.
    """
    told = params.get("case")
    if not isinstance(told, dict):
        raise CaseError("case", "个案要写成“名称: 值”的对象。", "A case must be an object of names and values.")
    return compared(policies, told, str(params["policy"]) if params.get("policy") else None, _lang(params) or "zh")


def rows(policies: PolicySet, params: dict) -> dict:
    """One part of a roster: an answer for each row, in order; the worker asks for part after part.

    headers, rows ([{header: cell}], or the lists of cells as they stand in the file, which no_person and too_wide judge too), columns (header → field, where chosen by hand), defaults (policy, pay_date …), first (number
    of the first row). `start` begins a new roster; the parts that follow add to its summary, which `summary` asks for. With
    `lang` the rows come as cells in that language, named by `labels`, and the summary with its names.
    """
    given = params.get("rows")
    if not isinstance(given, list) or not all(isinstance(row, (dict, list)) for row in given):
        raise CaseError("rows", "名单要写成一行一行的对象或格子。", "The rows must be a list of objects or of cells.")
    for name, kind in (("defaults", dict), ("columns", dict), ("headers", list), ("first", int)):
        if not isinstance(params.get(name, kind()), (kind, type(None))):
            raise CaseError(name, f"“{name}”的格式不对。", f"“{name}” has the wrong form.")
    if not all(isinstance(header, str) for header in params.get("headers") or []):
        raise CaseError("headers", "列名要写成文字。", "The names of the columns must be text.")
    if params.get("start", True) or "roster" not in _loaded:
        defaults = dict(params.get("defaults") or {})
        if params.get("policy"):
            defaults["policy"] = params["policy"]
        headers = params.get("headers") or list(dict.fromkeys(name for row in given if isinstance(row, dict) for name in row))
        _loaded["roster"] = Roster(policies, headers, defaults, params.get("columns"))
    roster: Roster = _loaded["roster"]
    first = params.get("first") or 1
    answers = [(roster.listed if isinstance(row, list) else roster.row)(first + number, row) for number, row in enumerate(given)]
    found: dict = {"rows": answers, "columns": roster.columns.to_json()}
    if params.get("summary", True):
        found["summary"] = roster.summary.to_json()
    lang = _lang(params)
    if lang:
        printer = Printer(policies, lang)
        found |= {"rows": printed_rows(printer, answers), "labels": labels(printer)}
        if "summary" in found:
            found["summary"] = printed_summary(printer, found["summary"])
    return found


def table_head(policies: PolicySet, params: dict) -> dict:
    """Where the names of the columns stand: of `tables` (ways of reading the first rows of a file, each a list of rows of cells), the table and row that show most of them.

    `row` names the row instead. `known`: how many fields of a case the names tell; `beyond` is the name under which cells beyond these columns are saved; `table` is null where the tables are empty.
    """
    tables, row, lang = params.get("tables"), params.get("row"), _lang(params) or "zh"
    if not isinstance(tables, list) or not all(isinstance(rows, list) and all(isinstance(cells, list) for cells in rows) for rows in tables):
        raise CaseError("tables", "表格要写成一行一行的格子。", "The tables must be lists of rows of cells.")
    texts = [[["" if cell is None else str(cell) for cell in cells] for cells in rows] for rows in tables]
    if row is None:
        found = find_head(texts, header_names(policies))
    elif isinstance(row, int) and texts and 0 <= row < len(texts[0]):
        found = 0, row
    else:
        raise CaseError("row", "没有这一行。", "There is no such row.")
    if found is None:
        return {"table": None, "row": None, "headers": [], "known": 0, "beyond": BEYOND[lang]}
    headers = headers_of(texts[found[0]][found[1]])
    names = header_names(policies)
    known = len({names.get(header_key(header), KEPT) for header in headers} - {KEPT})
    return {"table": found[0], "row": found[1], "headers": headers, "known": known, "beyond": BEYOND[lang]}


def _lang(params: dict) -> str | None:
    lang = params.get("lang")
    if lang not in (None, "zh", "en"):
        raise CaseError("lang", f"没有“{lang}”这种语言。", f"There is no language “{lang}”.", ["zh", "en"], "unknown_language")
    return lang


def empty_roster(policies: PolicySet, params: dict) -> dict:
    """The columns of a roster to fill in, for one place or (without `policy`) for several, with one invented row."""
    return blank(policies, _policy(policies, params) if params.get("policy") else None, _lang(params) or "zh")


def fields(policies: PolicySet, params: dict) -> dict:
    """Every field that a column of a roster may hold, for recognising columns and for choosing one by hand."""
    return {"fields": column_fields(policies)}


def issued(policies: PolicySet, params: dict) -> dict:
    """The receipt of the people of a case."""
    return receipt(policies, params.get("people"))  # type: ignore[arg-type]


def checked(policies: PolicySet, params: dict) -> dict:
    """A receipt recomputed and compared."""
    return verify(policies, params.get("receipt"))


_METHODS: dict[str, Callable[[PolicySet, dict], object]] = {
    "places": places, "questions": asked, "assess": assessed, "family": together, "timeline": over_time, "elsewhere": side_by_side,
    "roster": rows, "roster_head": table_head, "roster_fields": fields, "roster_template": empty_roster, "receipt": issued, "verify": checked,
}


def _packaged() -> PolicySet | None:
    try:
        with open(__file__.removesuffix("browser.py") + "data/policies.json", encoding="utf-8") as file:
            return PolicySet(json.load(file))
    except OSError:
        return None


def samples() -> str:
    """Requests that between them use everything here, the commonest first; the build finds out from them which modules the browser needs.

    Without policies loaded, those of the package's own copy of the data serve.
    """
    policies = _loaded.get("policies") or _packaged()
    if policies is None:
        return json.dumps([{"method": "places", "params": {}}])
    found: list[dict] = []
    for identifier in policies.ids():
        policy = policies.policy(identifier)
        told = {"person": "resident", "pay_date": f"{policy.year - 1}-11-05"}
        shared = {"policy": identifier, "case": told}
        if not found:
            found = [{"method": "assess", "params": shared}, {"method": "places", "params": {}}, {"method": "questions", "params": shared},
                     {"method": "timeline", "params": {**shared, "from": f"{policy.year - 1}-09-01", "to": f"{policy.year}-03-31"}},
                     {"method": "elsewhere", "params": shared}, {"method": "roster_fields", "params": {}}, {"method": "roster_template", "params": {"policy": identifier}},
                     {"method": "roster_head", "params": {"tables": [[["身份", "缴费日期"]]]}},
                     {"method": "roster", "params": {"policy": identifier, "headers": ["pay_date"], "rows": [["合计"], [told["pay_date"], "?"]]}},
                     {"method": "roster", "params": {"policy": identifier, "lang": "zh", "rows": [{"person": "resident", "pay_date": f"{policy.year - 1}-11-05"}, {"person": "?", "pay_date": "?"}]}},
                     {"method": "family", "params": {"people": [shared, None]}},
                     {"method": "receipt", "params": {"people": [shared]}}, {"method": "verify", "params": {"receipt": receipt(policies, [shared])}},
                     {"method": "assess", "params": {"policy": "?", "case": {}}}]
            continue
        groups = sorted(named_groups(policy))[:2]
        found.append({"method": "assess", "params": {"policy": identifier, "case": {**told, "person": "newborn", "birth_date": f"{policy.year - 1}-10-10", "categories": groups}}})
    return json.dumps(found, ensure_ascii=False)
