"""What the page calls: every method answers as JSON, errors are answers and receipts can be recomputed."""

from __future__ import annotations

import copy
import json
import random

import pytest

from calc import Case, assess, browser
from calc.elsewhere import elsewhere
from calc.errors import CaseError
from calc.receipt import KEYS, KEYS_1, PERSON_KEYS, canonical, digest, receipt, verify
from tests.calc.compiled import compiled, policies
from tests.calc.explained import cases, policy_of

FIRST = policies().ids()[0]
TIERED = next(name for name in policies().ids() if policies().policy(name).tiers)
ADDED = next(name for name in policies().ids() if policies().policy(name).add_ons)
YEARS = next(name for name in policies().ids() if policies().policy(name).year != policies().policy(TIERED).year)


@pytest.fixture(autouse=True, scope="module")
def _loaded() -> None:
    browser.load(json.dumps(compiled(), ensure_ascii=False))


def ask(method: str, **params: object) -> dict:
    """The result of a method; fails when it is an error."""
    answer = json.loads(browser.handle(json.dumps({"method": method, "params": params}, ensure_ascii=False)))
    assert answer["ok"], answer
    return answer["result"]


def refused(request: object) -> dict:
    """The error of a request."""
    answer = json.loads(browser.handle(request if isinstance(request, str) else json.dumps(request, ensure_ascii=False)))
    assert not answer["ok"]
    assert answer["error"].keys() >= {"code", "field", "zh", "en", "allowed"}
    assert answer["error"]["zh"]
    assert answer["error"]["en"]
    return answer["error"]


def test_every_sample_is_answered() -> None:
    samples = json.loads(browser.samples())
    assert {sample["method"] for sample in samples} == set(browser._METHODS)
    answers = [json.loads(browser.handle(json.dumps(sample))) for sample in samples]
    assert [answer["error"]["code"] for answer in answers if not answer["ok"]] == ["unknown_policy"]


def test_places() -> None:
    places = {entry["policy"]: entry for entry in ask("places")}
    assert list(places) == policies().ids()
    tiered = places[TIERED]
    assert [tier["id"] for tier in tiered["tiers"]] == [1, 2]
    assert tiered["names"]["zh"]
    assert tiered["search"]
    assert tiered["window"]["from"] is None, "the first day is not stated there"
    assert tiered["window"]["to"] == "2024-12-31"
    assert all(group["name"].keys() == {"zh", "en"} for group in tiered["groups"])
    assert any(group["names"] for group in tiered["groups"])
    assert {entry["yuan"] for entry in places[ADDED]["add_ons"]} == {30, 88, 128}
    assert places[ADDED]["window"]["days_of_month"] == {"from": 1, "to": 25}


def test_questions() -> None:
    asked = ask("questions", policy=TIERED, case={"pay_date": "2024-11-05"})["questions"]
    assert asked[0]["id"] == "tier"
    assert [value["id"] for value in asked[0]["values"]] == [1, 2]
    assert "gap_years" in [question["id"] for question in asked]
    assert all({"id", "type", "label", "question", "why"} <= question.keys() for question in asked)


def test_assess_is_the_engine_s_answer() -> None:
    told = {"pay_date": "2024-11-05", "tier": 1, "categories": ["低保"]}
    result = ask("assess", policy=TIERED, case=told)
    policy = policies().policy(TIERED)
    assert result["assessment"] == json.loads(json.dumps(assess(policy, Case.parse(told, policy)).to_json()))
    assert (result["zh"]["lang"], result["en"]["lang"]) == ("zh", "en")
    other = ask("assess", policy=TIERED, case={**told, "pay_date": "2025-01-10"}, readings={"Y2": "b"})
    assert other["assessment"]["figures"]["waiting_months"]["value"] == 3


@pytest.mark.parametrize(("request_", "code", "field"), [
    ("{", "bad_request", "request"), ("[]", "bad_request", "request"), ({"method": "assess", "params": "x"}, "bad_request", "request"),
    ({"method": "x"}, "unknown_method", "method"), ({"method": "assess"}, "unknown_policy", "policy"),
    ({"method": "assess", "params": {"policy": TIERED}}, "invalid", "case"),
    ({"method": "assess", "params": {"policy": TIERED, "case": {"pay_date": "2024-02-30"}}}, "not_a_date", "pay_date"),
    ({"method": "assess", "params": {"policy": TIERED, "case": {"pay_date": "2024-11-05", "tier": 3}}}, "unknown_tier", "tier"),
    ({"method": "assess", "params": {"policy": TIERED, "case": {"pay_date": "2024-11-05", "categories": ["国王"]}}}, "unknown_group", "categories"),
    ({"method": "assess", "params": {"policy": TIERED, "case": {"pay_date": "2024-11-05", "person": "newborn"}}}, "missing", "birth_date"),
    ({"method": "assess", "params": {"policy": TIERED, "case": {"pay_date": "2024-11-05"}, "readings": {"Q0": "a"}}}, "unknown_question", "readings"),
    ({"method": "assess", "params": {"policy": TIERED, "case": {"pay_date": "2024-11-05"}, "readings": {"Y2": "z"}}}, "unknown_reading", "readings"),
    ({"method": "assess", "params": {"policy": TIERED, "case": {"pay_date": "2024-11-05"}, "readings": 3}}, "invalid", "readings"),
    ({"method": "timeline", "params": {"policy": TIERED, "case": {"pay_date": "2024-11-05"}, "from": "x", "to": "2025-01-01"}}, "not_a_date", "from"),
    ({"method": "timeline", "params": {"policy": TIERED, "case": {"pay_date": "2024-11-05"}, "from": "2025-01-02", "to": "2025-01-01"}}, "inconsistent", "to"),
    ({"method": "timeline", "params": {"policy": TIERED, "case": {"pay_date": "2024-11-05"}, "from": "1925-01-02", "to": "2025-01-01"}}, "too_long", "to"),
    ({"method": "elsewhere", "params": {}}, "invalid", "case"), ({"method": "roster", "params": {"rows": 3}}, "invalid", "rows"),
    ({"method": "verify", "params": {"receipt": {"schema": 1}}}, "not_a_receipt", "receipt"),
])
def test_errors_are_answers(request_: object, code: str, field: str) -> None:
    error = refused(request_)
    assert (error["code"], error["field"]) == (code, field)


def test_yes_and_no_are_said_in_words() -> None:
    """What a bad value may be instead is told in the reader's language, never as a program writes it."""
    error = refused({"method": "assess", "params": {"policy": TIERED, "case": {"person": "resident", "pay_date": "2024-11-05", "local_hukou": 7}}})
    assert error["zh"].endswith("可填：是、否") and error["en"].endswith("Allowed: yes, no")


HOSTILE = [3, -1, 1e99, "", "x", None, True, [], [3], {}, {"a": 1}, ["x"], [[]], "2024-13-01", "<script>alert(1)</script>", "9" * 500]


@pytest.mark.parametrize("hostile", HOSTILE, ids=repr)
def test_hostile_content_is_refused_or_answered_but_never_a_fault(hostile: object) -> None:
    case = {"pay_date": "2024-11-05", "tier": 1}
    sound = {"policy": TIERED, "case": case, "from": "2024-11-01", "to": "2024-11-05", "rows": [{"身份": "低保"}], "receipt": made()}
    names = {"roster": ("policy", "rows", "defaults", "columns", "headers", "start", "first", "summary"), "roster_head": ("tables", "row", "lang"), "timeline": ("case", "from", "to", "readings"), "elsewhere": ("policy", "case", "lang"), "verify": ("receipt",)}
    asked = [(method, {**sound, name: hostile}) for method in browser._METHODS for name in names.get(method, ("policy", "case", "readings"))]
    asked += [("assess", {**sound, "case": {**case, name: hostile}}) for name in ("person", "pay_date", "categories", "tier", "addons", "birth_date", "age", "gap_years", "local_hukou", "zz")]
    asked += [("verify", {"receipt": {**made(), name: hostile}}) for name in KEYS]
    asked += [("verify", {"receipt": version_1(made()) | {name: hostile}}) for name in KEYS_1]
    asked += [("verify", {"receipt": {**made(), "people": [{**made()["people"][0], name: hostile}]}}) for name in PERSON_KEYS]
    asked += [(method, {"people": [{**TOLD, name: hostile}, hostile]}) for method in ("family", "receipt") for name in ("policy", "case", "readings", "relation")]
    for method, params in asked:
        answer = json.loads(browser.handle(json.dumps({"method": method, "params": params})))
        assert answer["ok"] or answer["error"]["code"] != "internal", (method, answer)


def test_a_fault_of_ours_is_an_answer_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(browser._METHODS, "places", lambda policies, params: 1 // 0)
    error = refused({"method": "places"})
    assert error["code"] == "internal"
    assert "ZeroDivisionError" in error["detail"]


def test_elsewhere() -> None:
    told = {"pay_date": "2024-11-05", "tier": 1, "categories": ["城乡低保对象"], "addons": []}
    rows = {row["policy"]: row for row in ask("elsewhere", policy=TIERED, case=told)["rows"]}
    assert list(rows) == policies().ids()
    assert rows[TIERED]["dropped"] == []
    assert rows[YEARS]["pay_date"] == "2023-11-05", "the same season of the other year"
    assert rows[YEARS]["dropped"] == ["tier"]
    for identifier, row in rows.items():
        policy = policies().policy(identifier)
        assert row["figures"] == assess(policy, Case.parse(row["case"], policy)).to_json()["figures"]
        sums, paid = row["sums"], row["figures"]["total_pays"]["value"]
        assert paid is None or sums["standard"]["value"] - sums["subsidy"]["value"] == paid, "the parts add up, whatever premiums there are"
        assert row["by_figure"]["total_pays"] and row["by_figure"]["standard"], "every price has its sentence"
    assert [rows[YEARS]["sums"][part]["value"] for part in ("standard", "subsidy")] == [42000, 33600] and len(rows[YEARS]["premiums"]) == 2
    named = elsewhere(policies(), {"pay_date": "2024-11-05", "categories": ["优抚对象"]})
    assert any(row["unknown_groups"] == ["entitled"] for row in named)
    assert any(row["unknown_groups"] == [] for row in named)
    assert all(row["pay_date"] == "2024-11-05" for row in named), "without a source no date is moved"


def test_elsewhere_quotes_every_clause_and_question_that_it_names() -> None:
    told = {"pay_date": "2024-11-05", "categories": ["城乡低保对象"]}
    for lang in ("zh", "en"):
        result = ask("elsewhere", policy=TIERED, case=told, lang=lang)
        answers = [answer for row in result["rows"] for answer in (row, *row["tiers"])]
        assert set(result["clauses"]) == {ref for answer in answers for refs in answer["by_figure"].values() for ref in refs}
        assert all(clause["quote"] for clause in result["clauses"].values())
        assert {other["question"] for answer in answers for other in answer["otherwise"]} <= set(result["questions"])
        assert result["years"] == [], "one year only"


def test_elsewhere_has_the_figure_under_each_other_reading() -> None:
    """Each disputed figure comes with what it would be."""
    told = {"pay_date": "2025-08-15", "tier": 1, "categories": []}
    rows = ask("elsewhere", policy=TIERED, case=told)["rows"]
    assert any(row["otherwise"] for row in rows)
    for row in rows:
        policy = policies().policy(row["policy"])
        result = assess(policy, Case.parse(row["case"], policy))
        found = {(next(iter(other.readings)), other.result.value("coverage_start")) for other in result.alternatives if len(other.readings) == 1 and "coverage_start" in other.figures}
        assert {(question, str(day)) for question, day in found} <= {(other["question"], str(other["figures"]["coverage_start"]["value"])) for other in row["otherwise"]}
        if row["figures"]["coverage_start"]["state"] == "conflicting":
            assert found


def test_elsewhere_tells_every_date_that_moved_with_the_year() -> None:
    told = {"person": "newborn", "pay_date": "2024-04-29", "birth_date": "2024-02-29", "categories": []}
    rows = {row["policy"]: row for row in ask("elsewhere", policy=YEARS, case=told)["rows"]}
    assert rows[YEARS]["moved"] == {}
    assert rows[TIERED]["moved"] == {"pay_date": "2025-04-29", "birth_date": "2025-02-28"}, "there is no 29 February"


def test_elsewhere_says_where_a_price_is_the_general_one() -> None:
    """A student pays a price of his own where the notice states one, and the general one elsewhere."""
    told = {"person": "university_student", "pay_date": "2024-11-05", "tier": 1, "categories": []}
    rows = {row["policy"]: row for row in ask("elsewhere", policy=TIERED, case=told)["rows"]}
    assert not rows[TIERED]["general_price"]
    assert all(row["general_price"] for name, row in rows.items() if name != TIERED)
    assert not any(row["general_price"] for row in ask("elsewhere", policy=TIERED, case={**told, "person": "resident"})["rows"])


def test_elsewhere_names_a_premium_that_an_amount_does_not_hold() -> None:
    """The year without the second premium has the open question about it, other places do not; and the change of the total says it."""
    told = {"pay_date": "2023-11-05", "categories": ["城乡低保对象"]}
    after = f"{YEARS[:-4]}{int(YEARS[-4:]) + 1}"
    for source, case in ((YEARS, told), (after, {**told, "pay_date": "2024-11-05"})):
        result = ask("elsewhere", policy=source, case=case, lang="en")
        rows = {row["policy"]: row for row in result["rows"]}
        assert rows[YEARS]["lacking"] == []
        assert [(entry["policy"], entry["question"]) for entry in rows[after]["lacking"]] == [(YEARS, "X7")]
        assert result["questions"]["X7"]["tell"] == policies().questions["X7"]["tell"]["en"]
        assert [entry["question"] for entry in rows[TIERED]["lacking"]] == ([None] if source == YEARS else [])
        change = result["years"][0]
        assert (change["from"], change["to"]) == (YEARS, after)
        assert change["total"].startswith("In all 84 yuan for 2024 and 100 yuan for 2025: 16 yuan more. Basic medical insurance: 24 yuan more (the price: 20 yuan more, the assistance: 4 yuan less); Long-term care insurance: 8 yuan for 2024; it is not in the rules for 2025")
        figures = change["figures"]
        assert figures["pay_by"] == {"text": "the same day of the year", "differs": False}
        assert figures["ltci_pays"] == {"text": "not in the rules for 2025", "differs": True}
        assert figures["coverage_start"] == {"text": "not stated for 2025", "differs": True}
        assert figures["waiting_days"] == {"text": "stated in neither", "differs": False}


def test_elsewhere_drops_what_a_place_does_not_have_and_reports_errors() -> None:
    rows = elsewhere(policies(), {"pay_date": "2024-11-05", "addons": ["accident"], "for_year": 2025}, ADDED)
    assert [row["policy"] for row in rows if "addons" not in row["dropped"]] == [ADDED]
    rows = elsewhere(policies(), {"pay_date": "2024-11-05", "person": "newborn"})
    assert all(row["error"]["field"] == "birth_date" for row in rows)
    with pytest.raises(CaseError):
        elsewhere(policies(), {"pay_date": "2024-11-05", "categories": ["国王"]}, TIERED)
    with pytest.raises(CaseError):
        elsewhere(policies(), {"pay_date": "x"}, TIERED)


def test_a_roster_in_parts() -> None:
    rows = [{"身份": "低保", "缴费日期": "2024-11-01", "档次": "一档"}, {"身份": "国王", "缴费日期": "2024-11-01", "档次": "一档"}]
    first = ask("roster", policy=TIERED, rows=rows, start=True)
    assert [row["ok"] for row in first["rows"]] == [True, False]
    assert first["rows"][0]["figures"]["total_pays"]["value"] == 4000
    assert first["summary"]["computed"] == 1
    second = ask("roster", policy=TIERED, rows=rows[:1], start=False, first=3)
    assert second["rows"][0]["row"] == 3
    assert second["summary"]["computed"] == 2
    assert "summary" not in ask("roster", policy=TIERED, rows=rows, start=True, summary=False)
    assert {field["id"] for field in ask("roster_fields")["fields"]} >= {"groups", "pay_date", "tier"}


@pytest.mark.parametrize("case", random.Random(2).sample(cases(), 40), ids=lambda case: case["id"])
def test_receipts_verify(case: dict) -> None:
    made = json.loads(json.dumps(receipt(policies(), [{"policy": policy_of(case), "case": case["input"]}])))
    assert tuple(made) == KEYS
    checked = verify(policies(), made)
    assert checked["valid"], checked["differences"]
    assert checked["intact"]
    assert checked["same_version"]
    older = version_1(made)
    assert tuple(older) == KEYS_1 and verify(policies(), older)["valid"]


def version_1(made: dict) -> dict:
    """A receipt as version 1 of the format held it: one person, whose parts stand beside the versions."""
    [person] = made["people"]
    found = {"schema": 1, "calc_version": made["calc_version"], "data_hash": made["data_hash"], **person}
    return {**found, "hash": digest(found)}


TOLD = {"policy": TIERED, "case": {"pay_date": "2025-01-10", "tier": 1, "categories": ["低保"]}, "readings": {"Y2": "b"}}
FAMILY = [{**TOLD, "relation": "grandmother"}, {"policy": TIERED, "case": {"pay_date": "2024-11-05", "tier": 2, "categories": []}}, {"policy": YEARS, "case": {"pay_date": "2024-03-15", "categories": []}, "relation": "son"}]


def made(people: list[dict] | None = None) -> dict:
    """A receipt to tamper with."""
    return copy.deepcopy(ask("receipt", people=people or [TOLD]))


def test_a_changed_receipt_is_found_out() -> None:
    changed = made()
    changed["people"][0]["figures"]["total_pays"]["value"] = 1
    found = ask("verify", receipt=changed)
    assert (found["valid"], found["intact"]) == (False, False)
    assert found["differences"] == [{"where": "people[0].figures.total_pays.value", "receipt": 1, "recomputed": 4000}]
    changed["hash"] = digest({name: value for name, value in changed.items() if name != "hash"})
    found = ask("verify", receipt=changed)
    assert (found["valid"], found["intact"]) == (False, True), "a forged hash does not help"
    older = version_1(made())
    older["figures"]["total_pays"]["value"] = 1
    found = ask("verify", receipt=older)
    assert (found["valid"], [difference["where"] for difference in found["differences"]]) == (False, ["figures.total_pays.value"])


def test_a_changed_tree_is_found_out() -> None:
    changed = made()
    changed["people"][0]["tree"]["steps"][0]["clauses"] = []
    (difference,) = ask("verify", receipt=changed)["differences"]
    assert difference["where"] == "people[0].tree.steps[0].clauses"


def test_other_data_and_versions_are_said() -> None:
    other = made()
    other["calc_version"] = "0.1"
    found = ask("verify", receipt=other)
    assert (found["same_version"], found["same_data"]) == (False, None if compiled().get("data_hash") is None else True)
    other["data_hash"] = "0"
    assert ask("verify", receipt=other)["same_data"] in (None, False)
    for schema in (9, 0, True, "2", None, 2.5):
        assert refused({"method": "verify", "params": {"receipt": {**other, "schema": schema}}})["code"] == "unknown_schema"


def test_a_family_s_receipt() -> None:
    """Everybody with who it is, and the total; a person added, left out or made another is found out."""
    issued = made(FAMILY)
    assert [person.get("relation") for person in issued["people"]] == ["grandmother", None, "son"]
    assert all(set(PERSON_KEYS) >= set(person) for person in issued["people"])
    assert issued["total"] == {"value": 4000 + 77500 + 42000, "state": "known", "at_least": 4000 + 77500 + 42000, "unknown": 0}
    assert ask("verify", receipt=issued)["valid"]
    fewer = {**issued, "people": issued["people"][:2]}
    assert [difference["where"] for difference in ask("verify", receipt=fewer)["differences"]][:1] == ["total.value"]
    other = copy.deepcopy(issued)
    other["people"][2]["relation"] = "daughter"
    found = ask("verify", receipt=other)
    assert (found["intact"], found["valid"]) == (False, False)


def test_a_receipt_s_text_is_read_strictly() -> None:
    """What two readers could understand differently is refused; the text of a sound receipt is as good as its data."""
    text = canonical(made())
    assert ask("verify", receipt=text)["valid"]
    for spoiled in (text.replace('{"calc_version"', '{"total":{"value":0},"calc_version"'), text.replace('"unknown":0', '"unknown":NaN'), text[:-1], "[" * 5000 + "]" * 5000, text.replace('"unknown":0', '"unknown":' + "9" * 5000), ""):
        assert refused({"method": "verify", "params": {"receipt": spoiled}})["code"] == "not_a_receipt", spoiled[:80]
    extra = {**made(), "note": "paid"}
    extra["hash"] = digest({name: value for name, value in extra.items() if name != "hash"})
    found = ask("verify", receipt=extra)
    assert (found["intact"], found["valid"], found["differences"]) == (True, False, [{"where": "note", "receipt": "paid", "recomputed": None}])


@pytest.mark.parametrize(("people", "field"), [
    ([], "people"), ("x", "people"), ([TOLD] * 13, "people"), ([3], "people"), ([{**TOLD, "relation": "boss"}], "relation"), ([{**TOLD, "policy": "x"}], "policy"),
    ([TOLD, {**TOLD, "case": {}}], "pay_date"), ([TOLD, {**TOLD, "readings": {"Q0": "a"}}], "readings"),
])
def test_people_that_cannot_be_read(people: object, field: str) -> None:
    error = refused({"method": "receipt", "params": {"people": people}})
    assert error["field"] == field
    assert ("第2个人" in error["zh"] and "Person 2" in error["en"]) is (isinstance(people, list) and len(people) == 2)


def test_a_family_is_everybody_s_answer_and_the_total() -> None:
    doubtful = next(case for case in cases() if assess(policies().policy(policy_of(case)), Case.parse(case["input"], policies().policy(policy_of(case)))).tree.state == "conflicting")
    both = ask("family", people=[FAMILY[1], {"policy": policy_of(doubtful), "case": doubtful["input"]}], lang="zh")
    assert both["total"]["state"] == "conflicting" and both["text"]["zh"].endswith("其中有的数，通知里有两种说法。")
    # So it is where somebody else's amount is not known at all.
    assert "其中有的数，通知里有两种说法。" in ask("family", people=[{"policy": policy_of(doubtful), "case": doubtful["input"]}, None], lang="zh")["text"]["zh"]
    found = ask("family", people=[*FAMILY, None, {**TOLD, "case": {}}], lang="en")
    assert found["people"][1] == ask("assess", **FAMILY[1], lang="en")
    assert found["people"][3] is None and found["people"][4]["error"]["field"] == "pay_date"
    assert found["total"] == {"value": None, "state": "not_told", "at_least": 123500, "unknown": 2}
    assert found["text"] == {"en": "5 people pay at least 1235 yuan; for 2 of them the exact amount cannot be worked out yet."}
    # Nobody is taken for unassisted without a word.
    assert ask("family", people=[FAMILY[1], {"policy": TIERED, "case": {"pay_date": "2024-11-05", "tier": 1}}], lang="zh")["text"]["zh"].endswith("其中1个人没有说资助身份，先按没有算。")
    # Somebody whose tier is not told counts at the least that it can be.
    least = ask("family", people=[FAMILY[1], {"policy": TIERED, "case": {"pay_date": "2024-11-05", "categories": []}}])["total"]
    assert least == {"value": None, "state": "not_told", "at_least": 77500 + 40000, "unknown": 1}
    assert refused({"method": "family", "params": {"people": []}})["field"] == "people"


def test_canonical_text_does_not_depend_on_order() -> None:
    assert canonical({"b": 1, "a": ["元"]}) == '{"a":["元"],"b":1}' == canonical({"a": ["元"], "b": 1})
    assert digest({"a": 1}) != digest({"a": "1"})
