"""The engine in the browser is the engine: every method, every place, answers equal to CPython's, no sample left without its modules."""

import json
from pathlib import Path

import pytest

from calc import browser as engine
from scripts import compile as compiler
from scripts.runtime.build import Job, total
from scripts.runtime.server import Behaviour

from .conftest import CACHE, ROOT, Built, build_once

ASK_ALL = """async (requests) => {
  const calculator = new Calculator();
  const answers = [];
  for (const { method, params } of REQUESTS) {
    answers.push(await calculator.call(method, params).catch((error) => ({ refused: error.answer ?? error.toJSON() })));
  }
  return answers;
}"""


@pytest.fixture(scope="session")
def policies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("policies") / "policies.json"
    assert compiler.main(["--out", str(path)]) == 0
    return path


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory, policies: Path) -> Built:
    return build_once(tmp_path_factory, "real-runtime", Job(ROOT / "calc", policies, Path(), CACHE))


@pytest.fixture
def loaded(policies: Path):
    engine.load(policies.read_text("utf-8"))
    return engine


def everything(loaded) -> list[dict]:
    """The engine's own samples, and every place with every kind of person and each of its groups."""
    requests = json.loads(loaded.samples())
    for place in json.loads(loaded.handle('{"method": "places"}'))["result"]:
        day = f"{place['year'] - 1}-11-20"
        for person in place["persons"]:
            case = {"person": person["id"], "pay_date": day}
            requests.append({"method": "assess", "params": {"policy": place["policy"], "case": case}})
        for group in place["groups"]:
            case = {"person": "resident", "pay_date": day, "categories": [group["id"]]}
            requests.append({"method": "questions", "params": {"policy": place["policy"], "case": case}})
    return requests


def test_the_samples_use_every_method(loaded) -> None:
    assert {request["method"] for request in json.loads(loaded.samples())} == set(engine._METHODS)


def test_every_answer_equals_that_of_cpython(real: Built, loaded, visit) -> None:
    requests = everything(loaded)
    expected = [json.loads(loaded.handle(json.dumps(request))) for request in requests]
    seen = visit(real.folder, ASK_ALL.replace("REQUESTS", json.dumps(requests)), Behaviour())
    for request, want, got in zip(requests, expected, seen.result, strict=True):
        assert got == (want if want["ok"] else {"refused": want["error"]}), request
    assert seen.console == []
    assert all(address.startswith(("http://127.0.0.1:", "data:")) for address in seen.addresses)


def test_the_real_runtime_stays_under_the_bound(real: Built) -> None:
    assert total(real.manifest, "br") < 4_000_000


def test_the_bundle_holds_no_command_line(real: Built) -> None:
    library = real.file("library").read_bytes()
    assert b"calc/browser.pyc" in library
    assert b"calc/__main__.pyc" not in library and b"argparse.pyc" not in library
