"""A case survives the way through a link: Python writes it, the page reads it, and both write the same."""

import json
from pathlib import Path

import pytest

from calc import Case, CaseError
from calc.cli.cases import regional
from calc.engine import evaluate
from scripts.render.calculator_link import address, encode
from tests.site.calculating import policies  # noqa: F401

ROOT = Path(__file__).resolve().parents[2]
DECODE = """async ([script, links]) => {
  const { decode, encode } = await import(script);
  return links.map((link) => {
    try {
      const people = decode(link);
      return { people, again: encode(people) };
    } catch (error) {
      return { code: error.code };
    }
  });
}"""


def decoded(page, links: list[str]) -> list[dict]:
    return page.evaluate(DECODE, ["/assets/calculator/link.js", links])


def test_every_worked_case(visit, policies) -> None:
    page = visit().open("about/")
    links, cases = [], []
    for file in sorted((ROOT / "tests").glob("cases*/*.json")):
        for entry in json.loads(file.read_text("utf-8")):
            rules = regional(policies, policies.policy(entry["policy"]), entry.get("region"))
            try:
                links.append(encode(rules, entry["input"]))
            except CaseError:
                continue  # a case that is to be refused
            cases.append((rules, Case.parse(entry["input"], rules)))
    assert len(links) > 600
    for link, (rules, case), found in zip(links, cases, decoded(page, links), strict=True):
        assert found["again"] == link
        [person] = found["people"]
        assert person["policy"] == rules.id
        again = Case.parse(person["told"], rules)
        for name in ("person", "pay_date", "groups", "tier", "facts"):
            assert getattr(again, name) == getattr(case, name), (link, name)
        assert sorted(again.add_ons) == sorted(case.add_ons)
        assert evaluate(rules, again).figures == evaluate(rules, case).figures, link


def test_families(visit) -> None:
    page = visit().open("about/")
    links = ["v1.a-2025&d=20241105&n=mother&g=0/&d=20241106&k=newborn&birth_date=20241001&local_hukou=y/b-2024&t=2&a=x.y-z&age=7", "v1.a-2025"]
    for link, found in zip(links, decoded(page, links), strict=True):
        assert found["again"] == link
    people = decoded(page, links)[0]["people"]
    assert [person["policy"] for person in people] == ["a-2025", "a-2025", "b-2024"]
    assert people[1]["told"] == {"person": "newborn", "pay_date": "2024-11-06", "birth_date": "2024-10-01", "local_hukou": True}
    assert people[2]["told"] == {"person": "resident", "tier": 2, "addons": ["x", "y-z"], "age": 7}


BAD = [
    "", "v1", "v1.", "v1./&d=20241105", "v1.&d=20241105", "v1.A-2025", "v1.a-2025&", "v1.a-2025&&d=20241105", "v1.a-2025&d", "v1.a-2025&d=", "v1.a-2025&d=2024-11-05",
    "v1.a-2025&d=20240230", "v1.a-2025&d=00001231", "v1.a-2025&d=20241105&d=20241105", "v1.a-2025&t=0", "v1.a-2025&t=1.5", "v1.a-2025&g=", "v1.a-2025&g=a..b", "v1.a-2025&g=a.a",
    "v1.a-2025&n=boss", "v1.a-2025&person=newborn", "v1.a-2025&pay_date=20241105", "v1.a-2025&__proto__=1", "v1.a-2025&constructor=1", "v1.a-2025&age=007", "v1.a-2025&age=12345",
    "v1.a-2025&age=-1", "v1.a-2025&x=1", "v1.a-2025&age=1=2", "v1.a-2025&age=%31", "v1.a-2025&age=１", "v1.a-2025/" * 20, "v1.a-2025&g=<script>", "v01.a-2025&d=99999999",
]


def test_damaged_links_are_refused(visit) -> None:
    page = visit().open("about/")
    found = decoded(page, [*BAD, "v2.a-2025", "v1." + "a" * 5000])
    assert [entry.get("code") for entry in found[: len(BAD)]] == ["damaged"] * len(BAD)
    assert [entry["code"] for entry in found[len(BAD) :]] == ["newer", "long"]


def test_address(policies) -> None:
    rules = policies.policy("yunyang-2025")
    link = address(rules, {"person": "newborn", "pay_date": "2024-11-05", "birth_date": "2024-10-01", "categories": ["城乡孤儿"], "tier": 1}, "../../")
    assert link == "../../calculator/#v1.yunyang-2025&d=20241105&k=newborn&t=1&g=orphan&birth_date=20241001"
    with pytest.raises(CaseError):
        address(rules, {"pay_date": "2024-11-05", "tier": 9})
