"""Measure how long a roster takes in a browser, and how long the page meanwhile makes the reader wait.

    python -m scripts.measure_roster [--dir site] [--rows 20000] [--policy ID]

Made-up people of every group, tier and season of a place go through the page as a file does: chosen, recognised, computed in
the worker, summed up and written as CSV and XLSX. Ends with an error when 20,000 rows would take longer than a minute.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
import threading
from pathlib import Path
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from scripts import browser
from scripts.serve import SiteServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BOUND = 60  # seconds for BOUND_ROWS rows
BOUND_ROWS = 20_000
PHONE = {"width": 360, "height": 740}
# The longest time in which the page could not have answered a tap.
PULSE = """() => {
  window.longest = 0;
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    window.longest = Math.max(window.longest, now - last);
    last = now;
  }, 10);
}"""


class Measured(NamedTuple):
    """What one run showed, in seconds."""

    rows: int
    seconds: float
    longest_pause: float
    saving: float


def people(site: Path, rows: int, policy: str | None = None) -> tuple[str, str]:
    """A place (the one with most groups unless named) and a CSV of people who live there; the same each time."""
    policies = json.loads((site / "assets" / "calculator" / "places.json").read_text("utf-8"))["policies"]
    place = next((entry for entry in policies if entry["policy"] == policy), None) or max(policies, key=lambda entry: len(entry["groups"]))
    chance, out = Random(1), io.StringIO()
    table = csv.writer(out)
    table.writerow(["姓名", "身份", "档次", "缴费日期", "断保年数"])
    groups = [entry["names"][0] for entry in place["groups"]]
    tiers = [str(tier["id"]) for tier in place["tiers"]] or [""]
    for number in range(rows):
        month = chance.choice((9, 10, 11, 12, 1, 2, 4, 8))
        year = place["year"] - 1 if month > 8 else place["year"]
        # Most people have no status, some are not said to have one, a few have two.
        lot = chance.random()
        who = "无" if lot < 0.65 else "" if lot < 0.7 else chance.choice(groups) if lot < 0.97 else "、".join(chance.sample(groups, 2))
        table.writerow([f"甲{number}", who, chance.choice(tiers), f"{year}-{month:02}-{chance.randint(1, 28):02}", chance.choice(("", "0", "1", "3"))])
    return place["policy"], out.getvalue()


def measure(chromium: Browser, url: str, policy: str, text: str) -> Measured:
    """One roster through the page: from the tap on “compute” to the summary, and until both files are saved."""
    context = chromium.new_context(viewport=PHONE, accept_downloads=True)
    context.set_default_timeout(900_000)
    try:
        page = context.new_page()
        page.goto(f"{url}calculator/roster/")
        page.locator("#roster select").first.select_option(policy)
        page.locator("#roster input[type=file]").set_input_files({"name": "roster.csv", "mimeType": "text/csv", "buffer": text.encode()})
        start = page.locator(".cc-work .cc-main")
        start.wait_for()
        page.evaluate(PULSE)
        began = perf_counter()
        start.click()
        page.locator("#roster-result").wait_for()
        seconds, longest = perf_counter() - began, page.evaluate("window.longest")
        began = perf_counter()
        for button in page.locator("#roster-result ~ .cc-actions .cc-main").all():
            with page.expect_download() as download:
                button.click()
            download.value.path()
        return Measured(text.count("\n") - 1, seconds, longest / 1000, perf_counter() - began)
    finally:
        context.close()


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dir", type=Path, default=Path("site"), help="the built site (default: site)")
    parser.add_argument("--rows", type=int, default=BOUND_ROWS, help="how many people (default: 20000)")
    parser.add_argument("--policy", help="place and year (default: the place with most groups)")
    given = parser.parse_args(arguments)
    policy, text = people(given.dir, given.rows, given.policy)
    server = SiteServer(given.dir, 0, "/", verbose=False)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        with browser.started() as chromium:
            found = measure(chromium, server.url, policy, text)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    print(f"{policy}: {found.rows} rows in {found.seconds:.1f} s ({found.rows / found.seconds:.0f} a second); "
          f"the page never paused longer than {found.longest_pause * 1000:.0f} ms; both files saved in {found.saving:.1f} s")
    return int(found.seconds * BOUND_ROWS / found.rows > BOUND)


if __name__ == "__main__":
    sys.exit(main())
