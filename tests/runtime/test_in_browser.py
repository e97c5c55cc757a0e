"""The worker answers as CPython does, whatever the server is like, and says what is wrong when it cannot."""

import importlib.util
import json
import re
import shutil
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from scripts.runtime.server import Behaviour

from .conftest import PLAIN_HOST, TOY, Built

ASK = """async (requests) => {
  const progress = [], states = [];
  const calculator = new Calculator({ onProgress: (p) => progress.push(p), onState: (s) => states.push(s) });
  const answers = [];
  for (const { method, params } of REQUESTS) {
    answers.push(await calculator.call(method, params).catch((error) => ({ failed: error.toJSON() })));
  }
  return { answers, progress, states, timings: calculator.timings };
}"""
ONE = {"method": "assess", "params": {"age": 70, "on": "2024-12-31"}}
RIGHT = {"result": {"fen": 40000, "until": "2024-12-31", "zh": "元"}}


def ask(*requests: dict) -> str:
    return ASK.replace("REQUESTS", json.dumps(requests))


def in_cpython(requests: list[dict]) -> list[dict]:
    """The toy engine, loaded under a name of its own beside the real one."""
    spec = importlib.util.spec_from_file_location("toy_calc", TOY / "calc" / "__init__.py", submodule_search_locations=[str(TOY / "calc")])
    sys.modules["toy_calc"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules["toy_calc"])
    engine = importlib.import_module("toy_calc.browser")
    engine.load((TOY / "policies.json").read_text("utf-8"))
    return [json.loads(engine.handle(json.dumps(request))) for request in requests]


def damaged(built: Built, folder: Path, role: str) -> Path:
    """A copy of the runtime in which one byte of one file is another."""
    shutil.copytree(built.folder, folder)
    name = built.manifest["files"][role]["name"]
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    for suffix in (".br", ".gz"):
        (folder / f"{name}{suffix}").unlink(missing_ok=True)
    return folder


def test_answers_equal_those_of_cpython(toy: Built, visit) -> None:
    requests = [ONE, {"method": "assess", "params": {"age": 7, "on": "2025-02-28"}}, {"method": "month", "params": {"on": "2024-09-01"}}]
    seen = visit(toy.folder, ask(*requests))
    assert seen.result["answers"] == in_cpython(requests)
    assert seen.result["answers"][0] == RIGHT
    assert seen.result["states"] == ["loading", "ready"]
    assert seen.console == []


def test_nothing_is_asked_of_any_other_host_and_nothing_twice(toy: Built, visit) -> None:
    seen = visit(toy.folder, ask(ONE))
    assert {urlsplit(address).hostname for address in seen.addresses if not address.startswith("data:")} == {"127.0.0.1"}
    assert len(seen.requests) == len(set(seen.requests))
    assert not [path for path in seen.requests if path.endswith(("pyodide.asm.wasm", "pyodide-lock.json", "NOTICE.txt"))]
    assert seen.sent < 4_000_000


def test_progress_rises_to_one_and_says_it_in_both_languages(toy: Built, visit) -> None:
    # Slowly enough that something is said on the way, however quick the machine.
    progress = visit(toy.folder, ask(ONE), Behaviour(pace=0.04)).result["progress"]
    fractions = [step["fraction"] for step in progress]
    assert fractions == sorted(fractions) and fractions[-1] == 1
    assert any(0 < fraction < 0.7 for fraction in fractions)
    for step in progress:
        assert re.search(r"正在下载|正在启动|就绪", step["zh"]) and re.search(r"Downloading|Starting|ready", step["en"])
        assert re.findall(r"\d+", step["zh"]) == re.findall(r"\d+", step["en"])
    assert progress[-2]["received"] == progress[-2]["expected"]
    assert all(step["secondsLeft"] is None or step["secondsLeft"] >= 0 for step in progress)


@pytest.mark.parametrize(
    "behaviour",
    [
        Behaviour(wrong_types=True),
        Behaviour(wrong_types=True, codings=()),
        Behaviour(codings=("gzip",)),
        Behaviour(prefix="/some/where/"),
        Behaviour(policy=None),
    ],
    ids=["wrong types", "wrong types, plain", "gzip", "sub-path", "no policy"],
)
def test_it_works_on_servers_of_every_kind(toy: Built, visit, behaviour: Behaviour) -> None:
    seen = visit(toy.folder, ask(ONE), behaviour)
    assert seen.result["answers"] == [RIGHT]
    assert seen.console == []


def test_a_server_that_packs_nothing_is_helped_by_the_packed_siblings(toy: Built, visit, tmp_path: Path) -> None:
    seen = visit(toy.folder, ask(ONE), Behaviour(codings=()))
    assert [path for path in seen.requests if path.endswith(".wasm.gz")]
    bare = tmp_path / "bare"
    shutil.copytree(toy.folder, bare, ignore=shutil.ignore_patterns("*.gz", "*.br"))
    assert visit(bare, ask(ONE)).result["answers"] == [RIGHT]


def test_a_page_over_plain_http_is_verified_by_the_browser(toy: Built, visit, tmp_path: Path) -> None:
    seen = visit(toy.folder, f"async () => ({{ secure: isSecureContext, ...await ({ask(ONE)})() }})", host=PLAIN_HOST)
    assert seen.result["secure"] is False
    assert seen.result["answers"] == [RIGHT]
    bad = visit(damaged(toy, tmp_path / "bad", "library"), ask(ONE), host=PLAIN_HOST).result["answers"][0]["failed"]
    assert bad["code"] in ("integrity", "network")


@pytest.mark.parametrize("role", ["wasm", "glue", "loader", "library", "policies"])
def test_a_changed_file_is_not_used(toy: Built, visit, tmp_path: Path, role: str) -> None:
    failed = visit(damaged(toy, tmp_path / "bad", role), ask(ONE)).result["answers"][0]["failed"]
    assert failed["code"] == "integrity"
    assert toy.manifest["files"][role]["name"] in failed["detail"]
    assert "表格" in failed["zh"] and "tables" in failed["en"] and failed["retry"]


@pytest.mark.parametrize("role", ["wasm", "glue", "library", "policies"])
def test_a_missing_file_is_named(toy: Built, visit, role: str) -> None:
    name = toy.manifest["files"][role]["name"]
    seen = visit(toy.folder, ask(ONE), Behaviour(answers={name: 404}))
    failed = seen.result["answers"][0]["failed"]
    assert (failed["code"], failed["detail"]) == ("missing", f"{name}: HTTP 404")
    assert seen.result["states"] == ["loading", "failed"]


@pytest.mark.parametrize(
    ("answer", "code"),
    [(404, "missing"), (b"<!doctype html>", "manifest"), (b"{}", "manifest"), (b'{"format": 1, "files": {}}', "manifest")],
)
def test_a_manifest_that_is_none_is_refused(toy: Built, visit, answer: int | bytes, code: str) -> None:
    failed = visit(toy.folder, ask(ONE), Behaviour(answers={"manifest.json": answer})).result["answers"][0]["failed"]
    assert failed["code"] == code


def test_a_manifest_cannot_point_elsewhere(toy: Built, visit) -> None:
    manifest = json.loads(json.dumps(toy.manifest))
    manifest["files"]["wasm"]["name"] = "//elsewhere.test/x.wasm"
    script = f"() => {{ try {{ checkManifest({json.dumps(manifest)}) }} catch (error) {{ return error.code }} }}"
    assert visit(toy.folder, script).result == "manifest"


def test_without_webassembly_the_reader_is_told(toy: Built, visit) -> None:
    seen = visit(toy.folder, f"async () => [Calculator.supported(), await ({ask(ONE)})()]", init="delete globalThis.WebAssembly")
    supported, told = seen.result
    failed = told["answers"][0]["failed"]
    assert (supported, failed["code"], failed["retry"]) == (False, "unsupported", False)
    assert "浏览器太旧" in failed["zh"] and "too old" in failed["en"]
    assert not [path for path in seen.requests if "runtime" in path]


def test_a_policy_that_forbids_webassembly_is_recognised(toy: Built, visit) -> None:
    strict = Behaviour(policy="default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'")
    assert visit(toy.folder, ask(ONE), strict).result["answers"][0]["failed"]["code"] == "blocked"


def test_a_worker_that_cannot_be_loaded_is_reported(toy: Built, visit) -> None:
    failed = visit(toy.folder, ask(ONE), Behaviour(answers={"worker.js": 404})).result["answers"][0]["failed"]
    assert failed["code"] == "worker"


def test_a_failed_start_can_be_tried_again(toy: Built, visit) -> None:
    script = """async () => {
      const calculator = new Calculator();
      const first = await calculator.start().then(() => "started", (error) => error.code);
      return [first, calculator.state, await calculator.call("assess", { age: 70, on: "2024-12-31" }), calculator.state];
    }"""
    seen = visit(toy.folder, script, Behaviour(once={toy.manifest["files"]["library"]["name"]: 503}))
    assert seen.result == ["missing", "failed", RIGHT, "ready"]


def test_a_module_that_was_left_out_is_named_to_whoever_asks(toy: Built, visit) -> None:
    requests = [{"method": "left_out", "params": {"name": name}} for name in ("argparse", "_strptime", "calendar")]
    argparse, strptime, calendar = visit(toy.folder, ask(*requests)).result["answers"]
    for answer, name in ((argparse, "argparse"), (strptime, "_strptime")):
        assert answer["failed"]["code"] == "engine"
        assert f"module '{name}' is not in the browser bundle" in answer["failed"]["detail"]
    assert calendar == {"result": {"name": "calendar"}}


def test_an_error_of_the_engine_is_its_own_and_one_request_does_not_spoil_the_next(toy: Built, visit) -> None:
    requests = [{"method": "nothing", "params": {}}, {"method": "crash", "params": {}}, ONE]
    refused, broken, right = visit(toy.folder, ask(*requests)).result["answers"]
    assert (refused["failed"]["code"], refused["failed"]["zh"], refused["failed"]["en"]) == ("refused", "没有这个功能", "no such method")
    assert broken["failed"]["code"] == "engine" and "the toy broke" in broken["failed"]["detail"]
    assert right == RIGHT


def test_a_request_can_be_given_up(toy: Built, visit) -> None:
    script = """async () => {
      const states = [];
      const calculator = new Calculator({ onState: (s) => states.push(s) });
      await calculator.start();
      const asked = (seconds, signal) => calculator.call("sleep", { seconds }, { signal }).then((a) => a.result.slept, (e) => e.code);
      const waiting = new AbortController(), running = new AbortController(), short = new AbortController();
      const first = asked(1, short.signal), second = asked(1, waiting.signal), third = asked(0.1);
      short.abort();
      waiting.abort();
      const before = performance.now();
      const early = [await first, await second];
      const quick = performance.now() - before < 500;
      const fast = [...early, quick, await third, [...states]];
      const never = asked(3600, running.signal);
      await new Promise((go) => setTimeout(go, 100));
      running.abort();
      const after = calculator.call("assess", { age: 70, on: "2024-12-31" });
      return [...fast, await never, await after, states, await asked(1, AbortSignal.abort())];
    }"""
    first, second, quick, third, calm, never, after, states, aborted = visit(toy.folder, script).result
    assert (first, second, quick, third, calm) == ("cancelled", "cancelled", True, 0.1, ["loading", "ready"])
    assert (never, after, aborted) == ("cancelled", RIGHT, "cancelled")
    assert states == ["loading", "ready", "idle", "loading", "ready"]


def test_stopping_ends_what_waits_and_a_later_call_starts_anew(toy: Built, visit) -> None:
    script = """async () => {
      const states = [];
      const calculator = new Calculator({ onState: (s) => states.push(s) });
      const early = calculator.call("assess", { age: 70, on: "2024-12-31" }).then(() => "answered", (e) => e.code);
      calculator.stop();
      const answer = await calculator.call("assess", { age: 70, on: "2024-12-31" });
      return [await early, answer, states];
    }"""
    assert visit(toy.folder, script).result == ["stopped", RIGHT, ["loading", "idle", "loading", "ready"]]
