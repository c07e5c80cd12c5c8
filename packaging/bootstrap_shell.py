"""What the bootstrap modules share: how it speaks, how it fails, how it runs other programs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent

_LINES_OF_OUTPUT_KEPT = 40


class SetupError(Exception):
    """Something a person can put right; the message says what and how."""


def say(message: str) -> None:
    """Tell the person at the terminal; standard output stays free for the program started."""
    print(message, file=sys.stderr, flush=True)


def run_quietly(
    command: Sequence[str | Path], failure: str, env: Mapping[str, str] | None = None
) -> None:
    """Run ``command`` and show nothing of it, unless it fails.

    Args:
        command: Program and arguments.
        failure: What to say when it fails; the end of its output is shown above that.
        env: Environment variables to add to this process's own.

    Raises:
        SetupError: The program failed or could not be started.
    """
    try:
        finished = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,  # nothing may wait for an answer nobody can see asked for
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, **(env or {})},
            cwd=ROOT,
            check=False,
        )
    except OSError as error:
        raise SetupError(f"{failure} ({error})") from error
    if finished.returncode:
        for line in finished.stdout.splitlines()[-_LINES_OF_OUTPUT_KEPT:]:
            say(f"  {line}")
        raise SetupError(failure)


def become(command: Sequence[str | Path], env: Mapping[str, str], folder: Path) -> NoReturn:
    """Run ``command`` in place of this process, so that its exit code and signals are its own."""
    parts = [str(part) for part in command]
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "nt":  # there exec would hand the terminal back before the program has ended
        sys.exit(subprocess.run(parts, env=env, cwd=folder, check=False).returncode)
    os.chdir(folder)
    os.execve(parts[0], parts, env)
