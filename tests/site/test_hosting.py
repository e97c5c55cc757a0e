"""The pages about hosting and embedding say the same in both languages, and the check of real servers finds what is wrong.

The servers themselves are run by `python -m scripts.check_hosting`, which needs them installed; here our own stands in for them.
"""

import re
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from types import SimpleNamespace

import pytest

from scripts import check_hosting, csp, serve
from scripts.check_hosting import ALLOWED, SERVERS, check, configuration, for_certain_sites, put
from tests.visiting import serving

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", SERVERS)
def test_configurations_are_the_same_in_both_languages(name: str) -> None:
    assert configuration(name, "zh") == configuration(name, "en")
    assert for_certain_sites(name, "zh") == for_certain_sites(name, "en")


@pytest.mark.parametrize("name", SERVERS)
def test_configurations_say_the_rules_that_are_tested(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_hosting, "nginx_has_brotli", lambda: True)
    text = configuration(name)
    assert text.count(csp.META) == 1 and text.count("; frame-ancestors 'none'") == 1
    for suffix in (".csv", ".ics", ".atom"):
        assert serve.TYPES[suffix].partition(";")[0] in text, suffix
    assert ALLOWED in put(text, for_certain_sites(name))
    whole = SERVERS[name].whole(text, tmp_path, 8099)
    assert str(tmp_path / "site") in whole and "127.0.0.1:8099" in whole and check_hosting.FOLDER not in whole


def test_a_configuration_that_lost_its_example_is_refused() -> None:
    with pytest.raises(check_hosting.Problem, match="no longer says"):
        put("server {}", ("listen 80;", "listen 81;"))
    with pytest.raises(check_hosting.Problem, match="no example"):
        configuration("lost")


def test_the_local_server_sends_what_the_page_promises(site_dir: Path) -> None:
    with serving(site_dir) as server:
        assert check(server.server_address[1], site_dir) == []


@pytest.mark.parametrize(("break_it", "said"), [
    (lambda patch: patch.setattr(serve, "csp", SimpleNamespace(header=lambda file: csp.HEADER)), "/calculator/embed/: Content-Security-Policy"),
    (lambda patch: patch.setattr(serve, "TYPES", {**serve.TYPES, ".ics": "text/plain; charset=utf-8"}), "type text/plain, not text/calendar"),
    (lambda patch: patch.setattr(serve, "TYPES", {**serve.TYPES, ".csv": "text/csv"}), "text/csv without charset=utf-8"),
    (lambda patch: patch.setattr(serve, "ENCODINGS", ()), "encoding None, not br"),
    (lambda patch: patch.setattr(serve.Handler, "_send_missing", lambda self, address: self._send(self.server.root / "index.html", HTTPStatus.OK)), "/none/: status 200, not 404"),
])
def test_what_a_server_does_wrong_is_found(site_dir: Path, monkeypatch: pytest.MonkeyPatch, break_it: Callable[[pytest.MonkeyPatch], None], said: str) -> None:
    break_it(monkeypatch)
    with serving(site_dir) as server:
        assert said in "\n".join(check(server.server_address[1], site_dir))


def test_readme_names_the_command() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert len(re.findall(r"-m scripts\.check_hosting", text)) == 2
