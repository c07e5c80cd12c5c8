"""Installing the pinned packages into the virtual environment.

Torch is the one package with more than one build of the same version. PyPI's build for Linux
brings several GB of CUDA libraries, which an app that computes learning rates has no use for; the
CPU build lies in an index of PyTorch's own. So, unless CUDA is asked for:

1. Torch alone, without what it depends on, from PyTorch's index. Nothing else is ever looked up
   there, so that no other package can come from it by accident.
2. Everything else from wherever this machine's pip is configured to look; what step 1 installed
   already satisfies it.

Behind a firewall, or where pip is configured with a mirror or a folder of wheels, PyTorch's index
may not answer: that is found out in seconds, step 1 is left out, and step 2 brings torch as well.
"""

from __future__ import annotations

import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

from bootstrap_shell import ROOT, SetupError, run_quietly, say

CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
CUDA_INDEX = "https://download.pytorch.org/whl/cu130"

_PROBE_SECONDS = 4.0
_TESTED_UP_TO = (3, 14)

# "user" in somebody's pip configuration cannot work in a virtual environment.
_PIP_ENV = {"PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}


def pinned(name: str, constraints: Path = CONSTRAINTS) -> str:
    """The line that pins ``name``, such as ``torch==2.13.0``."""
    for line in constraints.read_text(encoding="utf-8").splitlines():
        if line.lower().startswith(f"{name.lower()}=="):
            return line.strip()
    raise SetupError(f"{constraints} does not pin {name}; restore it from the repository.")


def torch_index(cuda: bool, platform: str = sys.platform) -> str | None:
    """The index that has the wanted build of torch; None where PyPI has it.

    PyPI's wheels are for CUDA on Linux and for the CPU on Windows; on macOS there is only one.
    """
    if platform.startswith("linux"):
        return None if cuda else CPU_INDEX
    if platform == "win32":
        return CUDA_INDEX if cuda else None
    return None


def answers(url: str, seconds: float = _PROBE_SECONDS) -> bool:
    """Whether anything answers at ``url``, known after ``seconds`` at the latest.

    A timeout given to urllib does not bound name resolution, hence the thread. A refusal (HTTP
    error, a certificate unknown to Python but maybe not to pip) is an answer, too.
    """
    answered: list[bool] = []

    def ask() -> None:
        try:
            with urllib.request.urlopen(url, timeout=seconds):
                answered.append(True)
        except urllib.error.HTTPError:
            answered.append(True)
        except (OSError, ValueError) as error:
            answered.append("CERTIFICATE" in str(error))

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(seconds)
    return answered == [True]


def install_packages(python: Path, *, dev: bool, cuda: bool) -> None:
    """Install the pinned dependencies, and this checkout as an editable package.

    Args:
        python: The virtual environment's interpreter.
        dev: With the tools for tests, lint and types.
        cuda: Torch's build for CUDA instead of the one for the CPU.

    Raises:
        SetupError: pip failed; the message says what to do.
    """
    failure = (
        "The dependencies could not be installed; pip's last lines are above. Check the network "
        "connection and the free disk space (about 2 GB are needed), then run the same command "
        "again."
    )
    if sys.version_info[:2] > _TESTED_UP_TO:
        failure += " (The pinned versions are made for Python 3.11 to {}.{}.)".format(
            *_TESTED_UP_TO
        )
    pip: list[str | Path] = [python, "-m", "pip", "install", "--quiet", "-c", CONSTRAINTS]
    say("Installing the dependencies (a few minutes the first time) ...")
    _install_torch(python, cuda=cuda)
    # The build backend comes pinned, too, rather than fresh from PyPI at each build.
    run_quietly([*pip, "hatchling"], failure, _PIP_ENV)
    package = f"{ROOT}[dev]" if dev else str(ROOT)
    run_quietly([*pip, "--no-build-isolation", "-e", package], failure, _PIP_ENV)


def _install_torch(python: Path, *, cuda: bool) -> None:
    """Install torch alone from the index that has the wanted build, where there is one."""
    index = torch_index(cuda)
    torch = pinned("torch")
    if index is None or _is_installed(python, torch):
        return
    fallback = (
        f"{index} does not answer: taking torch from where pip is configured to look instead "
        "(for Linux, PyPI's build brings several GB of CUDA libraries)."
    )
    if not answers(f"{index}/torch/"):
        say(fallback)
        return
    options = ["--quiet", "--no-deps", "--index-url", index, "--timeout", "20", "--retries", "2"]
    command: list[str | Path] = [python, "-m", "pip", "install", *options, torch]
    try:
        run_quietly(command, "", _PIP_ENV)
    except SetupError:
        say(fallback)


def _is_installed(python: Path, requirement: str) -> bool:
    """Whether the environment has the pinned version already, whichever build of it."""
    name, _, version = requirement.partition("==")
    folders = ("lib/python*/site-packages", "Lib/site-packages")
    patterns = [f"{folder}/{name}-{version}{end}" for folder in folders for end in ("", "+*")]
    environment = python.parent.parent
    return any(any(environment.glob(f"{pattern}.dist-info")) for pattern in patterns)
