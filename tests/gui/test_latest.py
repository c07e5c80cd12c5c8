"""Work beside the window."""

from __future__ import annotations

import threading
import time

import pytest

from lrdesigner.gui.latest import LatestWorker

pytestmark = pytest.mark.threads


@pytest.fixture
def worker(qapp):
    worker = LatestWorker()
    yield worker
    worker.close()
    worker.deleteLater()


def test_results_arrive_in_the_objects_thread(qtbot, worker):
    seen = []
    worker.done.connect(lambda result: seen.append((result, threading.current_thread())))
    worker.submit(lambda cancelled: threading.current_thread())
    qtbot.waitUntil(lambda: bool(seen))
    result, here = seen[0]
    assert here is threading.main_thread()
    assert result is not here


def test_what_waits_is_replaced(qtbot, worker):
    gate, done = threading.Event(), []
    worker.done.connect(done.append)
    worker.submit(lambda cancelled: gate.wait(5) and "first")
    for name in ("second", "third", "fourth"):
        worker.submit(lambda cancelled, name=name: name)
    gate.set()
    qtbot.waitUntil(lambda: "fourth" in done)
    assert done in (["first", "fourth"], ["fourth"])


def test_what_is_forgotten_stops_and_says_nothing(qtbot, worker):
    done, stopped, started = [], threading.Event(), threading.Event()
    worker.done.connect(done.append)

    def work(cancelled):
        started.set()
        while not cancelled():
            time.sleep(0.001)
        stopped.set()
        return "forgotten"

    worker.submit(work)
    assert started.wait(5)
    worker.forget()
    assert stopped.wait(5)
    worker.submit(lambda cancelled: "later")
    qtbot.waitUntil(lambda: bool(done))
    assert done == ["later"]


def test_closing_waits_for_the_thread(qtbot, worker):
    worker.submit(lambda cancelled: None)
    thread = worker._thread
    worker.close()
    assert not thread.is_alive()
    worker.submit(lambda cancelled: 1 / 0)  # nobody does it any more
    assert worker._thread is None or not worker._thread.is_alive()


def test_an_idle_thread_ends_and_comes_back(qtbot, worker, monkeypatch):
    monkeypatch.setattr("lrdesigner.gui.latest._IDLE_SECONDS", 0.01)
    done = []
    worker.done.connect(done.append)
    worker.submit(lambda cancelled: 1)
    qtbot.waitUntil(lambda: done == [1] and worker._thread is None)
    worker.submit(lambda cancelled: 2)
    qtbot.waitUntil(lambda: done == [1, 2])
