"""An explanation says the same in both languages, never a number for what is unknown, and puts the answer first."""

from __future__ import annotations

import re
import string
from collections import Counter

import pytest

from calc import Step
from calc.assessment import KINDS
from calc.explain.steps import _SENTENCES
from calc.texts import en, zh
from tests.calc.compiled import policies
from tests.calc.explained import amounts, both, cases, citations, days, policy_of, texts, without_data

CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
# An official name may stand in brackets after its translation, or be followed by its translation in brackets.
OFFICIAL = re.compile(r"[\u3400-\u9fff]* ?[(（“][^()（）]*[)）”]")


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_every_case(case: dict) -> None:
    told = both(policy_of(case), case["input"])
    same_in_both(told)
    for lang, explanation in told.items():
        clean(explanation, lang)
        unknown_is_no_number(explanation)
        payers_add_up(explanation)


def same_in_both(told: dict) -> None:
    """Amounts, dates and citations are equal, text by text."""
    assert citations(told["zh"]) == citations(told["en"])
    pairs = list(zip(texts(told["zh"]), texts(told["en"]), strict=True))
    for (key, chinese), (other, english) in pairs:
        assert key == other
        if days(chinese, "zh") != days(english, "en") or amounts(chinese, "zh") != amounts(english, "en"):
            # “280元还是320元” is “280 or 320 yuan” in a text of the data, which the gate compares digit by digit.
            chinese, english = without_data(chinese, "zh"), without_data(english, "en")
        assert days(chinese, "zh") == days(english, "en"), (chinese, english)
        assert amounts(chinese, "zh") == amounts(english, "en"), (chinese, english)


def clean(explanation: dict, lang: str) -> None:
    """No text is empty, none shows a program's words, and English has no Chinese but official names in brackets."""
    for key, text in texts(explanation):
        assert text.strip(), key
        assert not re.search(r"\bNone\b|\bnull\b|\bnan\b|[{}]|not_stated|not_told|。。|，，|\.\.|  ", text), (key, text)
        if lang == "en":
            assert not CJK.search(OFFICIAL.sub("", text)), (key, text)
        else:
            assert CJK.search(text), (key, text)


def unknown_is_no_number(explanation: dict) -> None:
    """A figure without value shows no 0, and its state says why."""
    def figures(data: object) -> list[dict]:
        if isinstance(data, dict):
            return ([data] if {"value", "state", "text"} <= data.keys() else []) + [found for value in data.values() for found in figures(value)]
        return [found for value in data for found in figures(value)] if isinstance(data, list) else []

    for figure in figures({"figures": explanation["figures"], "steps": explanation["steps"]}):
        if figure["value"] is None:
            assert not re.search(r"(?<!\d)0(?!\d)", figure["text"]), figure
            assert figure["state"] != "known" or figure["unit"] in ("days", "months"), figure


def payers_add_up(explanation: dict) -> None:
    """For each premium the payers' parts make its price, the person's part is what he pays, and all he pays is the total."""
    figures = explanation["figures"]
    individual = 0
    for premium in dict.fromkeys(payer["premium"] for payer in explanation["payers"]):
        payers = [payer for payer in explanation["payers"] if payer["premium"] == premium]
        own = sum(payer["fen"] for payer in payers if payer["who"] == "individual")
        individual += own
        assert all(payer["fen"] > 0 or payer["who"] == "individual" for payer in payers)
        assert not any(payer["who"] == "fiscal" for payer in payers)
        prefix = "" if premium == "basic" else premium + "_"
        if prefix + "standard" in figures:
            assert sum(payer["fen"] for payer in payers) == figures[prefix + "standard"]["value"]
            assert own == figures[prefix + "pays"]["value"]
    if figures["total_pays"]["value"] is not None:
        assert individual == figures["total_pays"]["value"]


def fields(template: str) -> Counter:
    """The placeholders of a template."""
    return Counter(name for _, name, _, _ in string.Formatter().parse(template) if name)


def test_tables_are_equal() -> None:
    assert zh.TEXTS.keys() == en.TEXTS.keys()
    for name, template in zh.TEXTS.items():
        assert fields(template) == fields(en.TEXTS[name]), name
    # What the numbers of a template are must come from its placeholders, never be typed.
    assert not [name for table in (zh, en) for name, template in table.TEXTS.items() if re.search(r"\d", template)]


def test_every_kind_of_step_has_its_sentence() -> None:
    assert set(_SENTENCES) == set(KINDS)
    for table in (zh, en):
        assert {name.split(".")[1] for name in table.TEXTS if name.startswith("step.")} == set(KINDS)


def test_every_text_is_used() -> None:
    """A text that no code names is a leftover; names put together at run time are found by their beginning."""
    from pathlib import Path

    import calc.explain

    source = "".join(path.read_text(encoding="utf-8") for folder in (calc, calc.explain, calc.texts) for path in Path(folder.__file__).parent.glob("*.py") if path.name not in ("zh.py", "en.py"))
    built = ("status.", "short.", "figure.", "state.", "assumed.", "pay_by.", "value.not_counted_", "need.", "step.", "fact.", "event.", "why_not.", "headline.provided.", "days", "months", "years")
    for name in zh.TEXTS:
        assert f'"{name}"' in source or name.startswith(built), name


def headline(policy: str, lang: str = "zh", **told: object) -> str:
    return both(policy, told)[lang]["headline"]


def basis(number: int) -> str:
    """A policy by its number in the data, so that no place is named here."""
    return policies().ids()[number]


TIERED = next(name for name in policies().ids() if policies().policy(name).tiers)
CARE = next(name for name in policies().ids() if len(policies().policy(name).premiums) > 1)
MONTHLY = next(name for name in policies().ids() if any("days_of_month" in period for period in policies().policy(name).data["periods"]))
BY_AGE = next(name for name in policies().ids() if any("any" in rule.data.get("when", {}) for rule in policies().policy(name).premiums[0].assistance_rows))


def test_the_answer_comes_first() -> None:
    told = both(CARE, {"pay_date": "2023-11-10", "categories": ["低保对象"]})
    assert told["zh"]["headline"] == "2024年度您一共要交84元：居民医保76元，长期护理保险8元；最晚2023年12月31日缴费；2024年1月1日起能报销。"
    assert told["en"]["headline"] == "For 2024 you pay 84 yuan in all: basic medical insurance 76 yuan, long-term care insurance 8 yuan; pay by 31 December 2023; you are covered from 1 January 2024."
    assert not [sentence for sentence in told["zh"]["summary"] if "最晚" in sentence]  # said already
    assert "You are covered from 1 January 2024 to 31 December 2024." in told["en"]["summary"]
    assert told["zh"]["pay_by"]["date"] == "2023-12-31"
    assert [(payer["who"], payer["premium"], payer["fen"]) for payer in told["zh"]["payers"]] == [
        ("individual", "basic", 7600), ("medical-assistance", "basic", 30400), ("individual", "ltci", 800), ("municipal-finance", "ltci", 3200)]
    assert [(payer["who"], payer["premium"], payer["fen"]) for payer in told["zh"]["beside"]] == [("fiscal", "ltci", 2000)]


def test_nothing_to_pay() -> None:
    assert headline(CARE, pay_date="2023-11-10", categories=["特困人员"]) == "2024年度您不用交钱：居民医保380元，长期护理保险40元，全部由资助出；最晚2023年12月31日办好参保登记；2024年1月1日起能报销。"


def test_full_cost_is_a_floor() -> None:
    assert headline(TIERED, pay_date="2025-07-10", tier=1).startswith("通知没有写全额是多少，只能确定不少于400元；最晚2025年9月30日缴费；要等")
    assert headline(TIERED, "en", pay_date="2025-07-10", tier=1).startswith("The notice does not say what the full cost is; all that is certain is at least 400 yuan; pay by 30 September 2025; you must wait")
    # Assistance that is not stated may take away what else would be certain.
    assert "400" not in headline(TIERED, pay_date="2025-07-10", tier=1, categories=["低保"])
    explained = both(TIERED, {"pay_date": "2025-07-10", "tier": 1})["zh"]
    assert explained["figures"]["total_pays"]["text"] == "至少400元"
    assert explained["warnings"][-1]["clauses"]


def test_a_status_not_told_gives_a_range() -> None:
    told = both(TIERED, {"pay_date": "2024-11-10", "tier": 1})
    assert "如果您有资助身份，一共交0元到385元，看是哪一种身份。" in told["zh"]["summary"]
    assert "If you belong to an assisted group, you pay 0 yuan to 385 yuan in all, depending on the group." in told["en"]["summary"]
    assert not [sentence for sentence in both(TIERED, {"pay_date": "2024-11-10", "tier": 1, "categories": []})["zh"]["summary"] if "资助身份" in sentence]


def test_each_tier_where_none_was_told() -> None:
    assert headline(TIERED, pay_date="2024-11-10") == "2025年度要交多少，看档次：一档，一共交400元；二档，一共交775元；最晚2024年12月31日缴费；2025年1月1日（没有断保过的话）起能报销，有没有等待期要看断保年数。"
    assert headline(TIERED, "en", pay_date="2024-11-10") == "What you pay for 2025 depends on the tier: Tier 1, 400 yuan in all; Tier 2, 775 yuan in all; pay by 31 December 2024; you are covered from 1 January 2025 (if no year was missed), and whether there is a wait depends on the missed years."


def test_ranges_of_a_fact() -> None:
    told = both(BY_AGE, {"pay_date": "2024-11-10", "categories": ["低保边缘户"]})
    assert told["zh"]["headline"] == "2025年度要交多少，看年龄（周岁）：17及以下，一共交220元；18至59，一共交400元；60及以上，一共交220元；最晚2025年2月28日缴费；2025年1月1日起能报销，有没有等待期要看年龄（周岁）。"
    assert told["zh"]["figures"]["total_pays"]["text"] == "要先知道年龄（周岁）"


def test_a_closed_day_names_the_next() -> None:
    told = both(MONTHLY, {"pay_date": "2024-11-28"})["zh"]
    assert told["headline"].endswith("但2024年11月28日不能缴费，下一次能缴的日子是2024年12月1日。")
    assert told["status"] == {"code": "closed", "text": "这一天不能缴费，下一次能缴的日子是2024年12月1日。", "state": "conflicting", "state_text": "通知里有两种说法"}
    assert "每个月1日至25日可以缴费。" in told["summary"]


def test_before_the_window() -> None:
    told = both(CARE, {"pay_date": "2023-08-01"})["zh"]
    assert told["headline"] == "2024年度您一共要交420元：居民医保380元，长期护理保险40元。2023年9月1日才开始缴费。"
    assert told["pay_by"]["date"] == "2023-12-31"


def test_no_cover_left() -> None:
    told = both(CARE, {"pay_date": "2024-12-10", "categories": ["低保对象"]})["zh"]
    assert "2024年度已经没有能报销的日子" in told["headline"]
    assert told["figures"]["coverage_start"]["text"] == "没有能报销的日子"
    # Said once, in the words of the place, and what to do first says the same.
    assert [("先别急着缴" in warning["text"]) for warning in told["warnings"]].count(True) == 1
    assert told["next_steps"][0]["text"].startswith("先问当地医保部门：现在缴还用不用得上")


def test_an_end_that_is_not_stated_is_no_deadline() -> None:
    """Late payment without a stated last day: the step says so, and no day is given as the last to pay."""
    told = both("horqin-left-rear-2025", {"pay_date": "2025-03-05", "gap_years": 0})
    assert told["zh"]["pay_by"] is None is told["en"]["pay_by"]
    assert "到哪天为止通知没有写" in told["zh"]["steps"][0]["text"] and "last day not stated" in told["en"]["steps"][0]["text"]
    assert not any("12月31日缴费" in sentence for sentence in told["zh"]["summary"])


def test_silence_after_the_last_day() -> None:
    told = both(MONTHLY, {"pay_date": "2025-03-10"})
    assert told["zh"]["headline"] == "通知没有写2025年3月10日能不能缴费，也没有写要交多少钱。"
    assert told["zh"]["pay_by"] is None
    assert told["zh"]["payers"] == []


def test_why_not() -> None:
    told = both(BY_AGE, {"pay_date": "2024-11-10", "categories": ["低保边缘户"], "age": 30})
    (reason,) = told["zh"]["why_not"]
    assert "要满60周岁或者年龄不能超过17周岁" in reason["text"]
    assert reason["clauses"]
    (reason,) = both(CARE, {"pay_date": "2023-11-10", "categories": ["优抚对象"]})["en"]["why_not"]
    assert "not named in this notice" in reason["text"]


def test_assumptions_and_alternatives() -> None:
    told = both(CARE, {"pay_date": "2023-11-10"})["zh"]
    assert told["assumptions"][0] == {"fact": "categories", "text": "没有说明资助身份，先按没有资助身份算。"}
    told = both(TIERED, {"pay_date": "2025-01-10", "tier": 1, "categories": [], "gap_years": 0})["zh"]
    assert told["assumptions"] == []
    (alternative, *_) = [entry for entry in told["alternatives"] if entry["readings"]]
    assert {change["name"] for change in alternative["changes"]} >= {"coverage_start", "waiting_months"}
    assert alternative["readings"][0]["topic"] in alternative["text"]
    assert {change["to"] for change in alternative["changes"]} >= {"通知没有写", "3个月"}


def test_a_group_not_told_is_not_a_known_no() -> None:
    step = both(CARE, {"pay_date": "2023-11-10"})["en"]["steps"][1]["steps"][-1]
    assert step["state"] == "assumed"
    assert step["text"] == "No assisted group was given, so none is counted."


def test_a_kind_without_sentence_is_an_error() -> None:
    with pytest.raises(KeyError):
        _SENTENCES[Step("unheard-of").kind]


def test_what_the_state_adds_names_its_premium() -> None:
    """Beside another premium a fiscal subsidy would read as that of all; where it is not stated, that is said."""
    told = both(CARE, {"pay_date": "2023-11-10", "categories": ["低保对象"]})
    assert told["zh"]["beside"][0]["text"] == "长期护理保险：财政补助另外补助20元，不向您收；居民医保的财政补助是多少，通知没有写"
    assert told["en"]["beside"][0]["text"] == "Long-term care insurance: fiscal subsidy adds 20 yuan, which you are not charged; what the fiscal subsidy adds to basic medical insurance, the notice does not say"
    for lang, names in (("zh", ["居民医保的财政补助", "长期护理保险的财政补助20元"]), ("en", ["for basic medical insurance", "20 yuan for long-term care insurance"])):
        said = [step["text"] for premium in told[lang]["steps"] for step in premium["steps"] if step["kind"] == "fiscal_subsidy"]
        assert len(said) == 2 and all(name in text for name, text in zip(names, said, strict=True)), said


def test_what_the_state_adds_is_told_with_its_year() -> None:
    """A fiscal subsidy of another year says so wherever its amount stands."""
    told = both("tunliu-2025", {"pay_date": "2024-11-05"})
    for lang in ("zh", "en"):
        (beside,) = told[lang]["beside"]
        found = [beside["text"], *(text for _, text in texts(told[lang]) if "670" in text and len(text) > len("670 yuan"))]
        assert len(found) > 2 and all("2024" in text for text in found), found
