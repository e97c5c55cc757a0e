"""The figures of sentences are found in Chinese, in English and in rows of a table that ran together; fingerprints find a changed character."""

from __future__ import annotations

import pytest
from scripts.data import fingerprints
from scripts.data.evidence import Entry
from scripts.data.figures import cells, chinese, english, quoted
from scripts.data.rules.figure_used import in_words
from scripts.data.yaml_source import load

NOTHING = load("policies/sample/2030.yaml", "place: sample\n")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2025年1月1日至12月31日", ["2025-01-01", "2025-12-31"]),
        ("9月1日至2024年12月31日", ["2024-09-01", "2024-12-31"]),
        ("可于2025年3月底前办理", ["2025-03-31"]),
        ("2024年9月1日—12月25日", ["2024-09-01", "2024-12-25"]),
        ("２０２４年２月底", ["2024-02-29"]),
    ],
)
def test_dates_take_the_year_of_their_sentence(text: str, days: list[str]) -> None:
    """A date without a year takes the one before it, or that of the date it leads to."""
    assert all(chinese(text).has_date(day) for day in days)


def test_dates_without_a_year_stay_open() -> None:
    """The end of that year (当年) and an agency's bare date get no year."""
    assert not any(day[0] for day in chinese("享受至当年12月31日").dates)
    assert not any(day[0] for day in chinese("务必于9月30日前导入").dates)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("参加一、二档按200元/人", {("tier", "1"), ("tier", "2"), ("yuan", "200")}),
        ("普通残疾人（三、四级）", {("grade", "3"), ("grade", "4")}),
        ("1-2级", {("grade", "1"), ("grade", "2")}),
        ("一二级残疾人", {("grade", "1"), ("grade", "2")}),
        ("个人缴费标准的４５％", {("percent", "45")}),
        ("百分之八十", {("percent", "80")}),
        ("每月1–25日", {("days", "1"), ("days", "25")}),
        ("满两年，等3个月", {("years", "2"), ("months", "3")}),
        ("60周岁以上", {("age", "60")}),
        ("不超过1.5万元", {("yuan", "15000")}),
    ],
)
def test_numbers_know_what_they_count(text: str, typed: set) -> None:
    """Lists and ranges share their unit; full-width digits and Chinese numerals count."""
    assert chinese(text).typed == typed


def test_ten_thousands_are_one_number_in_both_languages() -> None:
    """8万元 and 80,000 yuan are the same figure."""
    assert chinese("累计不超过8万元").atoms == english("at most 80,000 yuan in all").atoms == {"80000"}


def test_the_year_before_is_no_length_of_time() -> None:
    """上一年度 needs no 1 in the translation; 断保一年 does."""
    assert not chinese("上一年度没有报销的").counted and chinese("断保一年的").counted == {"1"}


def test_a_day_without_a_year_takes_one_that_is_named_beside_it() -> None:
    """A clause that says 7月1日 alone is enough beside one that names the year, and not by itself."""
    alone = chinese("7月1日以后补缴的")
    assert not alone.has_date("2026-07-01")
    together = alone | chinese("2026年1月1日至6月30日补缴的")
    assert together.has_date("2026-07-01") and not together.has_date("2027-07-01") and not together.has_date("2026-07-02")


def test_yuan_are_not_days() -> None:
    """A number stands in a quote only with the unit it has there."""
    figures = chinese("设置90日待遇等待期")
    assert figures.has_number("90", "days") and not figures.has_number("90", "yuan")


def test_rows_that_ran_together() -> None:
    """The cells of a row are those its translation lists, in order; another order is not accepted."""
    assert cells("40040030030040", "1 A: 400, full 400, fixed 300 / 300 / 40") == ["400", "400", "300", "300", "40"]
    assert cells("40040030030040", "1 A: 400, full 400, fixed 40 / 300 / 300") is None
    figures = quoted({"quote": "1样例市40040030030040", "en": "1 A: 400, full 400, fixed 300 / 300 / 40"})
    assert figures.has_number("300", "yuan") and not figures.has_number("30", "yuan")


def test_english_months_and_thousands() -> None:
    """Months are words, thousands may have a comma."""
    figures = english("from 1 September 2024 to 31 December, 1,000 yuan, 45%, a 90-day wait")
    assert figures.atoms == {"1", "2024", "31", "1000", "45", "90", ("month", 9), ("month", 12)}
    assert {("yuan", "1000"), ("percent", "45"), ("days", "90")} <= figures.typed


def test_fingerprint_names_the_changed_character() -> None:
    """A changed character is found wherever it stands; an invented sentence differs from its beginning."""
    text = "个人缴费标准为每人每年400元，集中缴费期为9月1日至12月31日。"
    known = fingerprints.decode(fingerprints.encode(text).encode())
    quote = text[3:30]
    assert fingerprints.first_difference(quote, known) is None
    for index in range(len(quote)):
        changed = quote[:index] + "变" + quote[index + 1 :]
        assert fingerprints.first_difference(changed, known) == index
    assert fingerprints.first_difference("这一句话是凭空编出来的。", known) == 0


def test_fingerprint_notices_passages_joined_at_words_they_share() -> None:
    """Two sentences of one form cannot lend each other their figures; a quote shorter than a piece is checked by shorter ones."""
    text = "低保边缘户参加一档按280元/人标准给予资助，城乡低保对象参加一档按360元/人标准给予资助。退役军人免缴。"
    known = fingerprints.decode(fingerprints.encode(text).encode())
    joined = "低保边缘户参加一档按360元/人标准给予资助，"
    assert all(piece in text for piece in fingerprints.pieces("低保边缘户参加一档按")) and "参加一档按360元/人标准给予资助" in text
    assert fingerprints.first_difference(joined, known) is not None
    assert fingerprints.first_difference("退役军人免缴。", known) is None and fingerprints.first_difference("退役军人全免。", known) is not None


def test_a_note_accounts_for_a_figure_that_is_worked_out_otherwise() -> None:
    """From the 4th month is 3 months on: the note says so; a price by the month uses its 1 month."""
    entry = Entry((), {"start": {"anchor": "payment", "plus": {"months": 3}, "snap": "month_start"}, "note": {"zh": "第4个月就是再过3个月。", "en": "The 4th month is 3 months on."}}, [], chinese(""), [], None)
    assert {"4", "1"} <= in_words(NOTHING, entry)
    assert "1" in in_words(NOTHING, Entry((), {"monthly": 10}, [], chinese(""), [], None)) and "1" not in in_words(NOTHING, Entry((), {"yuan": 10}, [], chinese(""), [], None))
