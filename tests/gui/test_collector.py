"""Garbage is collected in the thread of the window, and not in the middle of a drag."""

from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtCore import QObject

from lrdesigner.gui.collector import Collector, collect_due


class Loop:
    """Garbage that only the collector finds, and which tells where it was found."""

    found: list[threading.Thread]

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        self.found.append(threading.current_thread())


@pytest.fixture(autouse=True)
def found():
    Loop.found = []
    yield Loop.found
    gc.disable()


def make_garbage(count: int) -> list[object]:
    """So much that Python would collect, in whatever thread this is."""
    Loop()
    return [[] for _ in range(count)]


def test_a_thread_that_makes_much_collects_nothing(qapp, found):
    collector = Collector(QObject(qapp))
    collector.start()
    try:
        thread = threading.Thread(target=make_garbage, args=(50_000,))
        thread.start()
        thread.join()
        assert found == []
        kept = make_garbage(5_000)
        collector.collect()
        assert found == [threading.main_thread()] * 2
        del kept
    finally:
        collector.stop()
    assert gc.isenabled()


def test_without_it_the_thread_collects(found):
    gc.enable()
    thread = threading.Thread(target=make_garbage, args=(50_000,))
    thread.start()
    thread.join()
    assert thread in found  # what the rest of this file guards against is real


def test_it_waits_for_the_end_of_a_drag(qapp, found):
    busy = True
    collector = Collector(QObject(qapp), lambda: busy)
    kept = make_garbage(5_000)
    collector.collect()
    assert found == []
    busy = False
    collector.collect()
    assert len(found) == 1
    del kept


def test_it_does_not_wait_until_the_memory_is_full(qapp, found):
    collector = Collector(QObject(qapp), lambda: True)
    kept = make_garbage(150_000)
    collector.collect()
    assert len(found) == 1
    del kept


def test_what_is_due():
    gc.collect()
    assert collect_due() == -1
    kept = [[] for _ in range(5_000)]
    assert collect_due() == 0
    oldest = 0
    for _ in range(12):
        kept += [[] for _ in range(1_000)]
        oldest = max(oldest, collect_due())
    assert oldest > 0  # now and then the older ones
    assert kept


def test_the_timer_collects(qapp, qtbot, found):
    collector = Collector(QObject(qapp))
    collector.start()
    try:
        kept = make_garbage(5_000)
        qtbot.waitUntil(lambda: len(found) == 1)
        del kept
    finally:
        collector.stop()
