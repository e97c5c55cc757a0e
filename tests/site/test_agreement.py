"""Page, command line and browser agree on every case that the assistance tables print."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from pathlib import Path

from tests.visiting import ROOT

MONEY = ("standard", "subsidy", "pays", "ltci_standard", "ltci_subsidy", "ltci_pays", "addons_pays", "total_pays")
CELL = re.compile(r"<[^>]*\bdata-figure=[^>]*>")

ASK_BROWSER = """
async (cases) => {
  const { Calculator } = await import(new URL("../assets/calculator/client.js", location.href).href);
  const calculator = new Calculator();
  const found = [];
  for (const [policy, told] of cases) {
    const answer = await calculator.call("assess", { policy, case: told });
    const figures = (answer.result ?? answer).assessment.figures;
    found.push(Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, figure.value])));
  }
  calculator.stop();
  return found;
}
"""


def attribute(tag: str, name: str) -> str:
    """An attribute's value in a start tag."""
    found = re.search(rf"\b{name}=(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", tag)
    assert found, (name, tag)
    return html.unescape(next(group for group in found.groups() if group is not None))


def printed_cases(site_dir: Path) -> list[tuple[str, str]]:
    """Policy and case of every cell with an amount of money on the Chinese pages of places and comparisons, each once."""
    found: dict[tuple[str, str], None] = {}
    for page in sorted(site_dir.rglob("index.html")):
        if page.relative_to(site_dir).parts[0] == "en":
            continue
        for tag in CELL.findall(page.read_text("utf-8")):
            if attribute(tag, "data-figure") in MONEY:
                found[attribute(tag, "data-policy"), attribute(tag, "data-case")] = None
    return list(found)


def from_command_line(cases: list[tuple[str, str]]) -> list[dict]:
    """What `python -m calc assess` answers to each case."""
    lines = "\n".join(json.dumps({"policy": policy, **json.loads(case)}, ensure_ascii=False) for policy, case in cases)
    policies = os.environ.get("CANBAO_POLICIES", str(ROOT / "build" / "policies.json"))
    done = subprocess.run([sys.executable, "-m", "calc", "assess", "--policies", policies, "--json-lines", "-", "--format", "json"],
                          input=lines, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr[-2000:]
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return [{name: figure["value"] for name, figure in (answer.get("result", answer).get("assessment", answer))["figures"].items()} for answer in answers]


def test_browser_and_command_line_agree(visit, site_dir: Path) -> None:
    """Every case whose figures a page prints has the same figures in the browser and on the command line."""
    cases = printed_cases(site_dir)
    assert len(cases) > 300, "the pages print far fewer cases than the data have"
    visitor = visit()
    page = visitor.open("calculator/")
    page.set_default_timeout(600_000)
    in_browser = page.evaluate(ASK_BROWSER, [[policy, json.loads(case)] for policy, case in cases])
    on_command_line = from_command_line(cases)
    differing = [(case, one, two) for case, one, two in zip(cases, in_browser, on_command_line, strict=True) if one != two]
    assert not differing, differing[:3]
    assert not visitor.problems, visitor.problems
