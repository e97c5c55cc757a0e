"""What stands on a leaflet beside the figures: newborns, how to pay, days of the month, warnings that a reader of the board can use."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from scripts.data import gate
from scripts.data.sources import SourceSet
from scripts.leaflet.content import WARNINGS, Leaflet
from scripts.render.site import LANGS, Site
from tests.calc.compiled import ROOT

LONGEST = 30  # Chinese characters of a sentence that is read standing


def sheet(site: Site, policy: str, lang: str = "zh") -> Leaflet:
    """One leaflet."""
    return Leaflet(site, site.policies.policy(policy), lang)


def lines(leaflet: Leaflet) -> list[str]:
    """The lines on time, newborns and payment, without markup."""
    return [re.sub(r"<[^>]+>", "", str(line)) for line in leaflet.when()] + [label + text for label, text in leaflet.steps()]


def test_sentences_are_written_for_the_board(site: Site) -> None:
    """Three warnings for every place, each a short sentence of the data with somebody to whom it speaks; no word of now."""
    for policy in site.all_policies:
        for lang in LANGS:
            leaflet = Leaflet(site, policy, lang)
            written = [entry["leaflet"][lang] for entry in policy.data["warnings"] if "leaflet" in entry]
            assert leaflet.warnings() == written and len(written) == WARNINGS, policy.id
            assert lang == "en" or all(len(text) <= LONGEST and text.endswith("。") and re.match(r"[^，。]*(人|户|新生儿|口)", text) for text in written), written
            assert not re.search("现在|now", " ".join([*written, *lines(leaflet)])), policy.id


def test_newborns_are_on_each_leaflet_whose_notice_has_a_rule(site: Site) -> None:
    """A period for newborns alone is a rule for them; the days it gives stand on the sheet."""
    with_rule = 0
    for policy in site.all_policies:
        own = [entry for entry in policy.data["periods"] if entry.get("when", {}).get("person") == "newborn"]
        for lang, label in (("zh", "新生儿："), ("en", "Newborns: ")):
            found = [line for line in lines(Leaflet(site, policy, lang)) if line.startswith(label)]
            assert len(found) == bool(own), policy.id
            days = {str(entry["to"]["plus"]["days"]) for entry in own if isinstance(entry.get("to"), dict) and "plus" in entry["to"]}
            assert not found or all(count in found[0] for count in days), (policy.id, found)
        with_rule += bool(own)
    assert with_rule == 4


def test_how_to_pay_is_on_each_leaflet(site: Site) -> None:
    for policy in site.all_policies:
        for lang, label in (("zh", "怎么交："), ("en", "How to pay: ")):
            [found] = [line for line in lines(Leaflet(site, policy, lang)) if line.startswith(label)]
            assert len(found) > len(label) + 10


@pytest.mark.parametrize(("policy", "zh", "en"), [
    ("tunliu-2025", "每月只有1日—25日能交。", "Payment only on days 1 to 25 of each month."),
    ("tunliu-2025", "过了2025年2月25日：还能不能交，通知没有写。", "After 25 February 2025: whether one can pay is not stated."),
    ("tunliu-2025", "从哪天起报销，通知没有写。", "The first day of cover is not stated."),
    ("horqin-left-rear-2025", "过了2025年2月28日：交多少，通知没有写，要等3个月。", "After 28 February 2025: the price is not stated; wait: 3 months."),
    ("yunyang-2025", "按时交：从2025年1月1日起报销，到2025年12月31日。", "Paid in time: covered 1 January 2025 to 31 December 2025."),
    ("yunyang-2025", "到2025年9月30日：缴全额，再等90日。", "Until 30 September 2025: full cost, wait of 90 days."),
])
def test_lines_on_time(site: Site, policy: str, zh: str, en: str) -> None:
    assert zh in lines(sheet(site, policy)) and en in lines(sheet(site, policy, "en"))


def test_the_newborn_of_the_year_has_a_sentence_with_a_subject(site: Site) -> None:
    assert "新生儿出生当年不用缴费，但要登记。" in sheet(site, "tunliu-2025").warnings()


def test_nothing_is_said_of_later_days_that_have_a_rule(site: Site) -> None:
    """Where late payment has its price, the sheet has the last days of the data instead."""
    for policy in ("yunyang-2025", "urumqi-2024"):
        assert not [line for line in lines(sheet(site, policy)) if line.startswith("过了")]
        assert sum(line.startswith("到2") for line in lines(sheet(site, policy))) == 3


def test_a_place_without_sentences_of_its_own_still_has_warnings(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A place just added has no sentence, or only one, for the leaflet yet: the sheet takes the warnings that people meet."""
    leaflet = sheet(site, "horqin-left-rear-2025")
    every = leaflet.policy.data["warnings"]
    for count in (0, 1):
        kept = [entry["id"] for entry in every if "leaflet" in entry][:count]
        own = [entry if entry["id"] in kept else {key: value for key, value in entry.items() if key != "leaflet"} for entry in every]
        monkeypatch.setitem(leaflet.policy.data, "warnings", own)
        assert [entry["id"] for entry in leaflet.listed("warnings")] == kept
        assert len(set(leaflet.warnings())) == WARNINGS
        assert leaflet.warnings()[:count] == [entry["leaflet"]["zh"] for entry in own if entry["id"] in kept] and set(leaflet.warnings()[count:]) <= {entry["text"]["zh"] for entry in own}


def test_a_figure_of_a_sentence_stands_in_its_quote(tmp_path: Path) -> None:
    """The gate checks the sentences of the leaflet like all others."""
    data = tmp_path / "data"
    shutil.copytree(ROOT / "policy_data", data)
    file = data / "policies" / "horqin-left-rear" / "2025.yaml"
    text = file.read_text("utf-8")
    assert text.count("出生90天（含）内登记并缴费") == 1
    file.write_text(text.replace("出生90天（含）内登记并缴费", "出生91天（含）内登记并缴费"), "utf-8")
    found = [problem for problem in gate.check(SourceSet.read(data)) if problem.rule == "number-in-quote"]
    assert len(found) == 1 and "91" in found[0].zh
