"""Messages over a pipe: arrays go over as they are, and may be given up on the way."""

from __future__ import annotations

import io
import os
import threading

import numpy as np
import pytest

from lrdesigner.engine.wire import PIECE, receive, send


def over(*messages):
    stream = io.BytesIO()
    for message in messages:
        assert send(stream, message)
    stream.seek(0)
    return [receive(stream) for _ in messages]


def test_anything_comes_over_in_order():
    found = over("job", {"a": (1, 2.5)}, None)
    assert found == ["job", {"a": (1, 2.5)}, None]


@pytest.mark.parametrize("shape", [(0,), (3,), (2, PIECE // 8), (2, PIECE // 8 + 1), (3, 200_000)])
@pytest.mark.parametrize("writeable", [True, False])
def test_arrays_are_the_same(shape, writeable):
    array = np.random.default_rng(0).normal(size=shape)
    array.setflags(write=writeable)
    [(name, found, again)] = over(("x", array, array[..., ::2]))
    assert name == "x"
    assert found.tobytes() == array.tobytes()
    assert found.shape == shape
    assert found.flags.writeable == writeable
    assert again.tobytes() == array[..., ::2].tobytes()


def test_a_message_that_is_given_up_is_passed_over():
    stream = io.BytesIO()
    asked = []

    def wanted():
        asked.append(1)
        return len(asked) < 4

    assert not send(stream, ("old", np.ones(10), np.ones(PIECE)), wanted)
    given_up = stream.tell()
    assert send(stream, "new")
    assert given_up < 3 * PIECE + 1000  # of the eight that the second array has
    stream.seek(0)
    assert receive(stream) == "new"


def test_the_other_side_is_gone():
    for cut in (0, 5, 40, PIECE, -1):
        stream = io.BytesIO()
        send(stream, np.ones(PIECE))
        short = io.BytesIO(stream.getvalue()[:cut])
        with pytest.raises(EOFError):
            receive(short)


def test_through_a_real_pipe_that_takes_a_little_at_a_time():
    reading, writing = os.pipe()
    array = np.arange(3.0 * PIECE / 8 + 5)
    with os.fdopen(reading, "rb") as source, os.fdopen(writing, "wb") as sink:
        sender = threading.Thread(target=send, args=(sink, array))
        sender.start()
        found = receive(source)
        sender.join()
    assert np.array_equal(found, array)
