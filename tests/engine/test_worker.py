"""The worker, without a process around it: what it answers, and what it need not do again."""

from __future__ import annotations

import json
import os
import threading
from contextlib import contextmanager

import numpy as np
import pytest
from documents import document, phase
from training import read

import lrdesigner as lrd
from lrdesigner.engine.runner import Runner
from lrdesigner.engine.wire import receive, send
from lrdesigner.engine.worker import Devices, Done, Failed, Forget, Job, Progress, Worker

pytestmark = pytest.mark.threads

DATA = document(
    phase("LinearLR", length="100 steps"),
    phase("CosineAnnealingLR", {"eta_min": 0.01}),
    epochs=3,
    per_epoch=400,
)
LONG = document(phase("OneCycleLR"), epochs=10, per_epoch=1_000_000)


class Pipes:
    """Both ends of a worker's conversation."""

    def __init__(self):
        (from_us, ours), (from_it, its) = os.pipe(), os.pipe()
        self._to, self._from = os.fdopen(ours, "wb"), os.fdopen(from_it, "rb")
        self._source, self._sink = os.fdopen(from_us, "rb"), os.fdopen(its, "wb")
        self.worker = Worker(self._source, self._sink)
        self._thread = threading.Thread(target=self.worker.serve, daemon=True)
        self._thread.start()
        assert isinstance(receive(self._from), Devices)

    def ask(self, token, data, device="cpu"):
        send(self._to, Job(token, json.dumps(data), None, device))

    def tell(self, message):
        send(self._to, message)

    def answer(self):
        """The next answer that is more than progress."""
        while isinstance(found := receive(self._from), Progress):
            pass
        return found

    def progress(self):
        found = receive(self._from)
        assert isinstance(found, Progress)
        return found

    def close(self):
        self._to.close()
        self._thread.join(30)
        assert not self._thread.is_alive()
        for stream in (self._from, self._source, self._sink):
            stream.close()


@contextmanager
def talking():
    pipes = Pipes()
    try:
        yield pipes
    finally:
        pipes.close()


@pytest.fixture
def ran(monkeypatch):
    found = []
    record = Runner._record

    def recording(self, item, *rest):
        found.append(item.segment.index)
        record(self, item, *rest)

    monkeypatch.setattr(Runner, "_record", recording)
    return found


def test_an_edit_runs_what_it_changes_and_undo_nothing(ran):
    other = json.loads(json.dumps(DATA))
    other["phases"][1]["params"]["eta_min"] = 0.02
    with talking() as worker:
        for token, (data, wanted) in enumerate([(DATA, [0, 1]), (other, [1]), (DATA, [])]):
            ran.clear()
            worker.ask(token, data)
            done = worker.answer()
            assert isinstance(done, Done)
            assert done.token == token
            assert ran == wanted
            assert np.array_equal(done.lr, lrd.simulate(read(data)).lr)


def test_a_newer_job_stops_an_older_one():
    with talking() as worker:
        worker.ask(1, LONG)
        assert worker.progress().token == 1
        worker.ask(2, DATA)
        assert worker.answer().token == 2


def test_a_curve_on_its_way_is_given_up_for_a_newer_job():
    with talking() as worker:
        small = json.loads(json.dumps(LONG))
        small["horizon"]["epochs"] = 1
        worker.ask(1, small)
        # Nobody reads: the pipe is full long before sixteen megabytes, and the worker waits.
        while worker.worker._cache.missed == 0 or worker.worker._cache._wholes == {}:
            pass
        worker.ask(2, DATA)
        while worker.worker._wanted != 2:
            pass
        assert worker.answer().token == 2


def test_what_nobody_wants_any_more_is_not_answered():
    with talking() as worker:
        worker.ask(1, LONG)
        worker.progress()
        worker.tell(Forget())
        worker.ask(2, {**DATA, "phases": [phase("StepLR", {"step_size": 0})]})
        failed = worker.answer()
        assert isinstance(failed, Failed)
        assert failed.token == 2
        assert "step_size" in failed.message
