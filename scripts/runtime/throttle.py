"""A slower processor is imitated by letting the browser's page processes run only one n-th of the time.

The browser's own throttling slows the page's main thread alone and leaves workers at full speed, so it cannot serve here.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import RuntimeBuildError

RUN_SECONDS = 0.005
# Page processes come and go with every start; looking for new ones this often is cheap and early enough.
LOOK_EVERY = 4


def _parents() -> dict[int, int]:
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            found[int(entry.name)] = int(fields[1])
    return found


def _is_page(pid: int) -> bool:
    try:
        return b"--type=renderer" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def own_pages() -> list[int]:
    """Page processes of browsers that this process has started, and of no other."""
    parents = _parents()
    mine = []
    for pid in parents:
        ancestor = pid
        while ancestor in parents and ancestor != os.getpid():
            ancestor = parents[ancestor]
        if ancestor == os.getpid() and pid != ancestor and _is_page(pid):
            mine.append(pid)
    return mine


def _signal(pids: list[int], what: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, what)
        except ProcessLookupError:
            continue


@contextmanager
def throttled(rate: int) -> Iterator[None]:
    """Within the block the pages of this process's browsers get one `rate`-th of the processor."""
    if rate <= 1:
        yield
        return
    if not Path("/proc/self/stat").exists():
        raise RuntimeBuildError("--throttle needs Linux: it finds the browser's processes in /proc")
    ended = threading.Event()

    def run() -> None:
        pages = own_pages()
        turn = 0
        ran = RUN_SECONDS
        while not ended.is_set():
            stopped = time.perf_counter()
            _signal(pages, signal.SIGSTOP)
            turn += 1
            # Looking takes time itself, and is done while the known pages stand still.
            found = own_pages() if turn % LOOK_EVERY == 0 else pages
            time.sleep(max(0.0, ran * (rate - 1) - (time.perf_counter() - stopped)))
            started = time.perf_counter()
            _signal(pages, signal.SIGCONT)
            pages = found
            time.sleep(RUN_SECONDS)
            # Sleeping takes longer than asked: the next stop follows from how long the pages really ran.
            ran = time.perf_counter() - started

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        _signal(own_pages(), signal.SIGCONT)
