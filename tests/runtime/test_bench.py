"""The benchmark measures both ways in one run, and says whether the bounds hold."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts.runtime import throttle
from scripts.runtime.__main__ import main
from scripts.runtime.bench import Figures

from .conftest import CACHE, TOY, Built


def figures(ours: float, stock: float, size: int) -> Figures:
    return Figures("1.2.3", 1, {"ours": size, "stock": 5_000_000}, {"ours": [9.0, ours, 0.1], "stock": [0.2, stock, 99.0]})


def test_bounds_are_held_against_medians() -> None:
    good = figures(2.0, 4.0, 3_999_999)
    assert (good.ratio, good.holds(4, 2)) == (2.0, True)
    assert not figures(2.0, 3.9, 3_000_000).holds(4, 2)
    assert not figures(1.0, 9.0, 4_000_000).holds(4, 2)


def test_the_text_names_each_bound() -> None:
    text = figures(2.0, 3.0, 4_100_000).as_text(4, 2)
    assert "4.100 MB over the wire  first answer after 2.00 s (median of 9.00 2.00 0.10)" in text
    assert "under 4 MB: DOES NOT HOLD" in text and "1.50 times, DOES NOT HOLD" in text


def test_both_ways_are_started_and_must_give_the_same_answer(toy: Built, tmp_path: Path) -> None:
    # In a process of its own: the benchmark opens a browser, and this process may have one open already.
    command = [sys.executable, "-m", "scripts.runtime", "bench", "--calc", TOY / "calc", "--policies", TOY / "policies.json", "--out", tmp_path, "--cache", CACHE, "--rounds", "1"]
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, cwd=Path(__file__).resolve().parents[2])
    # One start on a busy machine proves nothing about speed, so the exit status may be either; the size is no matter of luck.
    assert "Pyodide" in done.stdout, done.stderr
    assert "under 4 MB: holds" in done.stdout
    assert done.stdout.count("MB over the wire") == 2


def test_what_cannot_be_built_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--calc", str(TOY / "calc"), "--policies", str(tmp_path / "none.json"), "--out", str(tmp_path), "--cache", str(CACHE)]) == 1
    assert capsys.readouterr().err.startswith("scripts.runtime: none.json: no such file")


def test_throttling_slows_own_pages_only_and_lets_them_go(monkeypatch: pytest.MonkeyPatch) -> None:
    count = "import time\nend = time.process_time() + 0.4\nstart = time.perf_counter()\nwhile time.process_time() < end: pass\nprint(time.perf_counter() - start)"
    with subprocess.Popen([sys.executable, "-c", count], stdout=subprocess.PIPE, text=True) as child:
        monkeypatch.setattr(throttle, "_is_page", lambda pid: pid == child.pid)
        assert throttle.own_pages() == [child.pid]
        with throttle.throttled(4):
            out, _ = child.communicate(timeout=60)
    assert float(out) > 1.0
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as child:
        monkeypatch.setattr(throttle, "_is_page", lambda pid: pid == child.pid)
        with throttle.throttled(4):
            time.sleep(0.1)
        state = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()[0]
        os.kill(child.pid, signal.SIGKILL)
    assert state != "T"
