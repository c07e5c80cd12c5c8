"""What Qt needs of the system: found out by trying, said in one line, installed where allowed."""

from __future__ import annotations

import bootstrap_commands
import bootstrap_system
import pytest
from bootstrap_shell import SetupError
from bootstrap_system import FONTS, LIBRARIES

DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n'
UBUNTU = "NAME=Ubuntu\nID=ubuntu\nID_LIKE=debian\n"
MINT = 'ID=linuxmint\nID_LIKE="ubuntu debian"\n'
ROCKY = 'ID="rocky"\nID_LIKE="rhel centos fedora"\n'
ARCH = "ID=arch\n"
NIXOS = "ID=nixos\n"


def loader_without(*names: str):
    def load(name: str) -> object:
        if name in names:
            raise OSError(f"{name}: cannot open shared object file")
        return object()

    return load


def test_nothing_is_missing_where_everything_loads():
    assert bootstrap_system.missing_libraries(loader_without()) == []


def test_each_library_is_really_tried():
    for library in LIBRARIES:
        missing = bootstrap_system.missing_libraries(loader_without(library.what))
        assert missing == [library]


def test_a_library_that_does_not_exist_is_not_found_by_the_real_loader(monkeypatch):
    unknown = bootstrap_system.Need("liblrdesigner-none.so.9", "x", "x", "x")
    monkeypatch.setattr(bootstrap_system, "LIBRARIES", (unknown,))
    assert bootstrap_system.missing_libraries() == [unknown]


@pytest.mark.parametrize(
    ("os_release", "family"),
    [
        (DEBIAN, "debian"),
        (UBUNTU, "debian"),
        (MINT, "debian"),
        (ROCKY, "fedora"),
        (ARCH, "arch"),
        (NIXOS, ""),
        ("", ""),
    ],
)
def test_the_distribution_is_recognised(os_release, family):
    assert bootstrap_system.distribution(os_release) == family


def test_the_message_is_one_line_with_the_command_that_helps():
    missing = bootstrap_system.missing_libraries(
        loader_without("libEGL.so.1", "libglib-2.0.so.0", "libgthread-2.0.so.0")
    )
    line = bootstrap_system.describe([*missing, FONTS], "debian")
    assert "\n" not in line
    assert "libEGL.so.1, libglib-2.0.so.0, libgthread-2.0.so.0, fonts" in line
    assert line.endswith("sudo apt-get install libegl1 libglib2.0-0 fonts-dejavu-core")
    assert "dnf install libglvnd-egl glib2" in bootstrap_system.describe(missing, "fedora")
    assert "packages of your system" in bootstrap_system.describe(missing, "")


def test_fonts_are_looked_for_in_folders(tmp_path, monkeypatch):
    monkeypatch.setattr(bootstrap_system.shutil, "which", lambda _: None)
    (tmp_path / "X11/misc").mkdir(parents=True)
    (tmp_path / "X11/misc/6x13.pcf.gz").write_text("")
    assert not bootstrap_system.has_fonts([tmp_path, tmp_path / "none"])
    (tmp_path / "X11/misc/Some.TTF").write_text("")
    assert bootstrap_system.has_fonts([tmp_path])


class Machine:
    """Stands in for a Debian on which something is missing and this process is root."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, root: bool, apt_works: bool = True):
        self.missing = [LIBRARIES[0], FONTS]
        self.installed: list[str] = []
        self.apt_works = apt_works
        monkeypatch.setattr(bootstrap_system, "missing_needs", lambda: list(self.missing))
        monkeypatch.setattr(bootstrap_system, "this_distribution", lambda: "debian")
        monkeypatch.setattr(bootstrap_system, "may_install", lambda family: root)
        monkeypatch.setattr(bootstrap_system, "apt_install", self.install)

    def install(self, packages):
        if not self.apt_works:
            raise SetupError("apt-get update failed")
        self.installed += packages
        self.missing = []


def test_root_on_debian_gets_it_installed(monkeypatch, capsys):
    machine = Machine(monkeypatch, root=True)
    assert bootstrap_system.ensure_system() == []
    assert machine.installed == ["libegl1", "fonts-dejavu-core"]
    assert "libegl1 fonts-dejavu-core" in capsys.readouterr().err


def test_others_are_told_in_one_line(monkeypatch, capsys):
    machine = Machine(monkeypatch, root=False)
    assert bootstrap_system.ensure_system() == [LIBRARIES[0], FONTS]
    assert machine.installed == []
    assert capsys.readouterr().err.count("\n") == 1


def test_a_failing_apt_get_is_told_and_not_the_end(monkeypatch, capsys):
    Machine(monkeypatch, root=True, apt_works=False)
    assert bootstrap_system.ensure_system() == [LIBRARIES[0], FONTS]
    told = capsys.readouterr().err
    assert "apt-get update failed" in told
    assert "sudo apt-get install libegl1" in told


def test_outside_linux_qt_needs_nothing(monkeypatch):
    monkeypatch.setattr(bootstrap_system.sys, "platform", "darwin")
    monkeypatch.setattr(bootstrap_system, "missing_libraries", lambda: [LIBRARIES[0]])
    assert bootstrap_system.missing_needs() == []


@pytest.mark.parametrize(("what", "code"), [(LIBRARIES[0], 1), (LIBRARIES[-1], 0)])
def test_the_tests_are_not_started_where_qt_cannot_be_loaded(monkeypatch, what, code):
    started: list[str] = []
    monkeypatch.setattr(bootstrap_commands, "ensure_system", lambda: [what])
    monkeypatch.setattr(bootstrap_commands, "prepare", lambda folder, wish: folder)
    monkeypatch.setattr(bootstrap_commands, "start_tests", lambda *_: started.append("tests"))
    assert bootstrap_commands.main(["test"]) == code
    assert started == (["tests"] if code == 0 else [])
