"""The bootstrap's commands: ``run``, ``test``, ``setup``."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from bootstrap_shell import ROOT, SetupError, become, say
from bootstrap_system import ensure_system
from bootstrap_venv import DEFAULT_VENV, Wish, prepare

_EPILOG = """\
environment variables:
  LRDESIGNER_VENV    the virtual environment's folder (default: .venv in the checkout)
  LRDESIGNER_CUDA    1 like --cuda, 0 for torch's CPU build again
"""


def parser() -> argparse.ArgumentParser:
    """What the command line understands."""
    top = argparse.ArgumentParser(
        prog="bootstrap.py",
        description="Set up lrdesigner in this checkout, then run or test it.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    cuda_help = "install torch's build for CUDA (several GB) instead of the one for the CPU"

    run = commands.add_parser("run", help="set up what is missing, then open the app")
    run.add_argument("--cuda", action="store_true", help=cuda_help)
    run.add_argument("files", nargs="*", metavar="FILE", help="a schedule to open")

    # Its arguments never reach the parser (see parse): pytest's options are not ours to know.
    commands.add_parser(
        "test",
        help="set up with the development tools, then run the tests; what follows goes to pytest",
        add_help=False,
    )

    setup = commands.add_parser("setup", help="only set up")
    setup.add_argument("--dev", action="store_true", help="with the development tools")
    setup.add_argument("--cuda", action="store_true", help=cuda_help)
    return top


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The command with its options; for ``test``, ``pytest`` holds all that follows."""
    if argv[:1] == ["test"]:
        return argparse.Namespace(command="test", pytest=list(argv[1:]))
    return parser().parse_args(argv)


def venv_folder(environ: Mapping[str, str]) -> Path:
    """Where the virtual environment is, or shall be."""
    chosen = environ.get("LRDESIGNER_VENV")
    return Path(chosen).expanduser().absolute() if chosen else DEFAULT_VENV


def wanted(options: argparse.Namespace, environ: Mapping[str, str]) -> Wish:
    """What the environment must be able to do for this command."""
    named = {"1": True, "0": False}.get(environ.get("LRDESIGNER_CUDA", ""))
    return Wish(
        dev=options.command == "test" or getattr(options, "dev", False),
        cuda=True if getattr(options, "cuda", False) else named,
    )


def start_app(python: Path, files: Sequence[str]) -> NoReturn:
    """Run the app in the person's own folder."""
    # -P: what lies in that folder, a "types.py" of a training project say, is not for importing.
    become([python, "-P", "-m", "lrdesigner", *files], os.environ, Path.cwd())


def start_tests(python: Path, arguments: Sequence[str]) -> NoReturn:
    """Run the test suite on all cores; tests that need a display are asked for with ``-m e2e``."""
    options = ["-m", "not e2e", "--benchmark-disable", "-n", "auto", *arguments]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    become([python, "-m", "pytest", *options], env, ROOT)


def execute(options: argparse.Namespace) -> int:
    """Do what the command says, and return the exit code."""
    missing = ensure_system()
    if options.command == "test" and any(need.always for need in missing):
        return 1  # every test of the window would fail with the same obscure error
    python = prepare(venv_folder(os.environ), wanted(options, os.environ))
    if options.command == "run":
        start_app(python, options.files)  # which has something to offer even without Qt
    elif options.command == "test":
        start_tests(python, options.pytest)
    return 0


def main(argv: Sequence[str]) -> int:
    """Run one command; what people can put right is told in a sentence, without a traceback."""
    try:
        return execute(parse(argv))
    except SetupError as error:
        say(f"bootstrap: {error}")
        return 1
    except OSError as error:
        say(f"bootstrap: {error.strerror}: {error.filename}" if error.filename else str(error))
        return 1
    except KeyboardInterrupt:
        say("\nInterrupted; run the same command again to go on.")
        return 130
