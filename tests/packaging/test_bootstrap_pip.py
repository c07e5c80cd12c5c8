"""Installing: torch's build, an index that does not answer, and what pip is asked for."""

from __future__ import annotations

import http.server
import socket
import threading
from pathlib import Path

import bootstrap_pip
import bootstrap_shell
import pytest
from bootstrap_shell import SetupError

PYTHON = Path("venv/bin/python")


@pytest.fixture
def commands(monkeypatch) -> list[list[str]]:
    """The commands that would have been run."""
    ran: list[list[str]] = []
    monkeypatch.setattr(
        bootstrap_pip, "run_quietly", lambda command, *_: ran.append([str(c) for c in command])
    )
    return ran


@pytest.mark.parametrize(
    ("platform", "cuda", "index"),
    [
        ("linux", False, bootstrap_pip.CPU_INDEX),
        ("linux", True, None),
        ("win32", False, None),
        ("win32", True, bootstrap_pip.CUDA_INDEX),
        ("darwin", False, None),
        ("darwin", True, None),
    ],
)
def test_where_the_wanted_build_of_torch_is(platform, cuda, index):
    assert bootstrap_pip.torch_index(cuda, platform) == index


def test_torch_comes_alone_from_its_own_index(commands, monkeypatch):
    monkeypatch.setattr(bootstrap_pip, "torch_index", lambda cuda: "https://index.test/cpu")
    monkeypatch.setattr(bootstrap_pip, "answers", lambda url: True)
    bootstrap_pip.install_packages(PYTHON, dev=False, cuda=False)
    torch, *others = commands
    assert "--no-deps" in torch
    assert torch[torch.index("--index-url") + 1] == "https://index.test/cpu"
    assert torch[-1] == bootstrap_pip.pinned("torch")
    for command in others:
        assert "--index-url" not in command
        assert command[command.index("-c") + 1] == str(bootstrap_pip.CONSTRAINTS)


def test_an_index_that_does_not_answer_is_left_out_and_told(commands, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap_pip, "torch_index", lambda cuda: "https://index.test/cpu")
    monkeypatch.setattr(bootstrap_pip, "answers", lambda url: False)
    bootstrap_pip.install_packages(PYTHON, dev=True, cuda=False)
    assert all("--index-url" not in command for command in commands)
    assert commands[-1][-1].endswith("[dev]")
    assert "https://index.test/cpu does not answer" in capsys.readouterr().err


def test_an_index_that_answers_but_fails_is_not_the_end(monkeypatch):
    ran: list[list[str]] = []

    def run(command, *_):
        ran.append([str(part) for part in command])
        if "--index-url" in ran[-1]:
            raise SetupError("")

    monkeypatch.setattr(bootstrap_pip, "run_quietly", run)
    monkeypatch.setattr(bootstrap_pip, "torch_index", lambda cuda: "https://index.test/cpu")
    monkeypatch.setattr(bootstrap_pip, "answers", lambda url: True)
    bootstrap_pip.install_packages(PYTHON, dev=False, cuda=False)
    assert "-e" in ran[-1]


@pytest.mark.parametrize("build", ["2.13.0", "2.13.0+cpu"])
def test_torch_that_is_there_is_not_looked_for_again(tmp_path, commands, monkeypatch, build):
    monkeypatch.setattr(bootstrap_pip, "torch_index", lambda cuda: "https://index.test/cpu")
    monkeypatch.setattr(bootstrap_pip, "pinned", lambda name: "torch==2.13.0")
    monkeypatch.setattr(bootstrap_pip, "answers", lambda url: pytest.fail("asked the network"))
    packages = tmp_path / "lib/python3.12/site-packages"
    (packages / f"torch-{build}.dist-info").mkdir(parents=True)
    bootstrap_pip.install_packages(tmp_path / "bin/python", dev=False, cuda=False)
    assert all("--index-url" not in command for command in commands)


def test_a_torch_of_another_version_is_replaced(tmp_path, commands, monkeypatch):
    monkeypatch.setattr(bootstrap_pip, "torch_index", lambda cuda: "https://index.test/cpu")
    monkeypatch.setattr(bootstrap_pip, "pinned", lambda name: "torch==2.13.0")
    monkeypatch.setattr(bootstrap_pip, "answers", lambda url: True)
    (tmp_path / "lib/python3.12/site-packages/torch-2.13.1.dist-info").mkdir(parents=True)
    bootstrap_pip.install_packages(tmp_path / "bin/python", dev=False, cuda=False)
    assert "--index-url" in commands[0]


def test_a_pin_that_is_gone_is_a_sentence(tmp_path):
    empty = tmp_path / "constraints.txt"
    empty.write_text("numpy==2.4.6\n")
    with pytest.raises(SetupError, match="does not pin torch"):
        bootstrap_pip.pinned("torch", empty)


def test_a_server_that_never_answers_is_given_up_on():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/torch/"
        assert not bootstrap_pip.answers(url, seconds=0.2)


def test_a_port_where_nobody_listens_does_not_answer():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/torch/"
    assert not bootstrap_pip.answers(url, seconds=5)


def test_a_server_that_refuses_has_answered():
    class Refuse(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_error(404)

        def log_message(self, *_):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Refuse) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        answered = bootstrap_pip.answers(f"http://127.0.0.1:{server.server_port}/", seconds=10)
        thread.join()
    assert answered


def test_output_is_shown_only_of_what_fails(capfd):
    import sys

    talk = "print('many words')"
    bootstrap_shell.run_quietly([sys.executable, "-c", talk], "it failed")
    assert capfd.readouterr().err == ""
    with pytest.raises(SetupError, match="it failed"):
        bootstrap_shell.run_quietly([sys.executable, "-c", f"{talk}; exit(3)"], "it failed")
    assert "many words" in capfd.readouterr().err


def test_a_program_that_is_not_there_is_a_sentence():
    with pytest.raises(SetupError, match="it failed"):
        bootstrap_shell.run_quietly(["no-such-program-here"], "it failed")
