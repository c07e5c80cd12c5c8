"""Documents in files: saving never loses what was there."""

from __future__ import annotations

import json
import os
import stat
import sys
import threading
from pathlib import Path

import pytest
from documents import FULL

import lrdesigner as lrd
from lrdesigner import _reading
from lrdesigner.schedule import codec


def loads(data):
    return lrd.loads(json.dumps(data))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "schedule.json"


def test_save_and_load(path):
    schedule = loads(FULL)
    schedule.save(path)
    again = lrd.load(str(path))
    assert again == schedule
    assert again.folder == path.parent.resolve()
    assert [p.name for p in path.parent.iterdir()] == ["schedule.json"]


def test_a_byte_order_mark_is_no_harm(path):
    path.write_text("\ufeff" + json.dumps(FULL), encoding="utf-8")
    assert lrd.load(path) == loads(FULL)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "line 1, column 2"),
        (b"\xff\xfe{}", "not a text file in UTF-8"),
        (b'{"format": "x"}', "format: this is not a schedule"),
        (b"\x00\x01\x02", "line 1, column 1: this is not valid JSON"),
        (b"", "line 1, column 1: this is not valid JSON"),
    ],
)
def test_messages_begin_with_the_files_name(path, content, message):
    path.write_bytes(content)
    with pytest.raises(lrd.DocumentError) as caught:
        lrd.load(path)
    assert str(caught.value).startswith(f"{path}: {message}")


def test_a_file_that_is_not_there(path):
    with pytest.raises(lrd.DocumentError, match="No such file"):
        lrd.load(path)
    with pytest.raises(lrd.DocumentError, match="Is a directory"):
        lrd.load(path.parent)


def test_a_file_that_is_too_large(path, monkeypatch):
    monkeypatch.setattr(_reading, "MAX_BYTES", 10)
    path.write_text(json.dumps(FULL))
    with pytest.raises(lrd.DocumentError, match="larger than 64 MB"):
        lrd.load(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes and devices")
def test_what_is_no_regular_file(path, monkeypatch):
    """A window refuses it without waiting; a command reads a pipe to its end, and no further."""
    monkeypatch.setattr(_reading, "MAX_BYTES", 1000)
    with pytest.raises(lrd.DocumentError, match="larger than 64 MB"):
        lrd.load("/dev/zero")
    os.mkfifo(path)
    for name in (path, path.parent, Path("/dev/zero")):
        with pytest.raises(lrd.DocumentError, match=f"^{name}: not a regular file$"):
            codec.load_regular(name)
    small = {"format": "lrdesigner", "version": 1}
    writer = threading.Thread(target=path.write_text, args=(json.dumps(small),))
    writer.start()
    assert lrd.load(path) == loads(small)
    writer.join()


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
def test_a_failed_save_leaves_the_old_file(path, monkeypatch, step):
    path.write_text("precious")

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(OSError, match="No space left"):
        loads(FULL).save(path)
    monkeypatch.undo()
    assert path.read_text() == "precious"
    assert [p.name for p in path.parent.iterdir()] == ["schedule.json"]


def test_an_interrupted_save_leaves_the_old_file(path, monkeypatch):
    path.write_text("precious")

    def interrupt(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        loads(FULL).save(path)
    assert path.read_text() == "precious"
    assert [p.name for p in path.parent.iterdir()] == ["schedule.json"]


def test_a_folder_that_is_not_there(path):
    with pytest.raises(OSError, match="No such file"):
        loads(FULL).save(path.parent / "gone" / "schedule.json")


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_errors_name_the_file_that_was_asked_for(path, monkeypatch, step):
    def full(*args):
        raise OSError(28, "No space left on device", *args[:1])

    monkeypatch.setattr(os, step, full)
    with pytest.raises(OSError, match="No space left") as caught:
        loads(FULL).save(path)
    assert (caught.value.filename, caught.value.filename2) == (str(path), None)
    gone = path.parent / "gone" / "schedule.json"
    with pytest.raises(FileNotFoundError) as caught:
        loads(FULL).save(gone)
    assert caught.value.filename == str(gone)


def test_a_name_as_long_as_names_may_be(path):
    long = path.with_name("a" * 250 + ".json")
    loads(FULL).save(long)
    assert lrd.load(long) == loads(FULL)


def test_a_write_protected_file_is_not_replaced(path):
    path.write_text("precious")
    path.chmod(0o444)
    with pytest.raises(PermissionError, match="write-protected") as caught:
        loads(FULL).save(path)
    assert caught.value.filename == str(path)
    assert path.read_text() == "precious"
    assert [p.name for p in path.parent.iterdir()] == ["schedule.json"]
    path.chmod(0o644)  # Windows deletes nothing that is write-protected


posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions and links")


@posix
def test_a_link_stays_a_link(path):
    real = path.parent / "real.json"
    real.write_text("old")
    path.symlink_to(real)
    loads(FULL).save(path)
    assert path.is_symlink()
    assert lrd.load(real) == loads(FULL)


@posix
def test_links_in_a_circle(path):
    path.symlink_to(path.parent / "other.json")
    (path.parent / "other.json").symlink_to(path)
    with pytest.raises(OSError, match="leads back to itself") as caught:
        loads(FULL).save(path)
    assert caught.value.filename == str(path)


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_permissions_stay(path, mode):
    path.write_text("old")
    path.chmod(mode)
    loads(FULL).save(path)
    assert stat.S_IMODE(path.stat().st_mode) == mode


@posix
def test_a_new_file_follows_the_umask(path):
    old = os.umask(0o027)
    try:
        loads(FULL).save(path)
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
