"""The command line.

Exit codes: 0 fine; 1 the document has errors; 2 a file is unreadable or the usage is wrong; 130
interrupted. An error is one line on stderr that begins with ``lrdesigner:``.
"""

from __future__ import annotations

import argparse
import math
import os
import traceback
from collections.abc import Callable, Sequence
from typing import NoReturn

import lrdesigner as lrd
from lrdesigner.commands import (
    FINE,
    UNUSABLE,
    WRONG,
    CommandError,
    check_file,
    export_file,
    list_entries,
    open_files,
    plot_files,
    run_self_test,
    simulate_file,
    verify_file,
)
from lrdesigner.console import PROGRAM, abandon_stdout, complain, flush_stdout, reason
from lrdesigner.schedule.counting import COUNT_UNITS

INTERRUPTED = 130

Command = Callable[[argparse.Namespace], int]


def run(argv: Sequence[str]) -> int:
    """Run one command and give its exit code; errors become one line each."""
    try:
        code = _execute(argv)
        flush_stdout()
    except SystemExit as ended:  # argparse, after --help and --version
        return ended.code if isinstance(ended.code, int) else FINE
    except BrokenPipeError:
        abandon_stdout()  # whoever read the output has enough
        return FINE
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - a traceback is no message
        if os.environ.get("LRDESIGNER_TRACEBACK"):
            traceback.print_exc()
        message, code = _explain(error)
        complain(message)
        abandon_stdout()
    return code


def _explain(error: BaseException) -> tuple[str, int]:
    """The line and the exit code of an error that ends a command."""
    match error:
        case CommandError():
            return str(error), error.code
        case lrd.DocumentError():
            return str(error), UNUSABLE
        case lrd.ScheduleError():
            return str(error), WRONG
        case KeyboardInterrupt():
            return "interrupted", INTERRUPTED
        case MemoryError():
            return "there is not enough memory for this; shorten the horizon", UNUSABLE
        case OSError():
            return reason(error), UNUSABLE
    hint = "this is a mistake in lrdesigner; LRDESIGNER_TRACEBACK=1 shows where"
    return f"unexpected {type(error).__name__}: {error} ({hint})", UNUSABLE


def _execute(argv: Sequence[str]) -> int:
    parser, names = build_parser()
    if argv and argv[0] in names:
        options = parser.parse_args(argv)
        command: Command = options.command
        return command(options)
    opening = _Parser(prog=PROGRAM, add_help=False, allow_abbrev=False)
    opening.add_argument("files", nargs="*")
    opening.add_argument("-h", "--help", action="store_true")
    opening.add_argument("--version", action="version", version=f"{PROGRAM} {lrd.__version__}")
    options = opening.parse_args(argv)
    if options.help:
        parser.print_help()
        return FINE
    return open_files(options.files, names)


# -- parsing ---------------------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, like every other error of the program."""

    def error(self, message: str) -> NoReturn:
        raise CommandError(f"{message} (see {self.prog} --help)")


def build_parser() -> tuple[argparse.ArgumentParser, list[str]]:
    """The parser of the commands, and their names."""
    parser = _Parser(
        prog=PROGRAM,
        usage=f"{PROGRAM} [FILE ...]\n       {PROGRAM} COMMAND ...",
        description="Design a learning-rate schedule, see the exact curve, take it away as code. "
        "Without a command the app opens the files: the first as the document, the others as "
        "overlays. A file that is named like a command is opened as ./NAME.",
        epilog="Exit codes: 0 fine, 1 the document has errors, 2 unreadable or bad usage.",
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {lrd.__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", prog=PROGRAM)

    def add(name: str, command: Command, about: str) -> argparse.ArgumentParser:
        sentence = f"{about[0].upper()}{about[1:]}."
        added = commands.add_parser(name, help=about, description=sentence, allow_abbrev=False)
        added.set_defaults(command=command)
        return added

    simulate = add("simulate", simulate_file, "every LR of every step, as a table")
    simulate.add_argument("file", metavar="FILE")
    _output(simulate, "a .csv, .npz or .json file (without it: CSV on stdout)")
    devices = ("cpu", "cuda", "mps")
    simulate.add_argument("--device", choices=devices, default="cpu", help="where the LRs live")
    export = add("export", export_file, "the schedule as code or configuration")
    export.add_argument("file", metavar="FILE")
    target = f"what to write; {PROGRAM} list exporters names the targets"
    export.add_argument("--to", metavar="TARGET", required=True, help=target)
    _output(export, "the file to write (without it: stdout)")
    verify = add("verify", verify_file, "run the exported code and compare every step")
    verify.add_argument("file", metavar="FILE")
    verify.add_argument("--to", metavar="TARGET", default="all", help="a target, or all (default)")
    check = add("check", check_file, "what is questionable about the schedule, and what to do")
    check.add_argument("file", metavar="FILE")
    check.add_argument("--json", action="store_true", help="as a JSON list")
    _plot_options(add("plot", plot_files, "draw schedules into a picture"))
    listing = add("list", list_entries, "what the program knows")
    listing.add_argument("what", choices=("schedulers", "exporters", "presets", "rules"))
    listing.add_argument("--json", action="store_true", help="as a JSON list")
    add("self-test", run_self_test, "see that the installation works, and print versions")
    return parser, list(commands.choices)


def _output(parser: argparse.ArgumentParser, about: str) -> None:
    parser.add_argument("-o", "--output", metavar="OUT", default="-", help=about)


def _plot_options(plot: argparse.ArgumentParser) -> None:
    plot.add_argument("files", metavar="FILE", nargs="+", help="the first solid, others dashed")
    out = "a .png, .svg or .pdf file"
    plot.add_argument("-o", "--output", metavar="OUT", required=True, help=out)
    plot.add_argument("--title", metavar="TEXT", help="above the plot, instead of the name")
    plot.add_argument("--log", action="store_true", help="a logarithmic LR axis")
    counts = "what the time axis counts; samples and tokens need a batch in the documents"
    plot.add_argument("--unit", "--x", choices=COUNT_UNITS, help=counts)
    plot.add_argument("--theme", choices=("light", "dark"), default="light", help="of the page")
    plot.add_argument("--dark", action="store_true", help="short for --theme dark")
    plot.add_argument("--transparent", action="store_true", help="no ground of its own")
    size = "960x540 (pixels of a web page), 3.25x2.5in, 8x6cm, readme, column, page, slide"
    plot.add_argument("--size", default="readme", help=f"such as {size} (default: readme)")
    dpi = "pixels to the inch of a PNG (default 192: twice those of a web page)"
    plot.add_argument("--dpi", type=_between(48, 2400, int), default=192, help=dpi)
    text = "how large text and lines are (default 1)"
    plot.add_argument("--text", type=_between(0.5, 4, float), default=1.0, help=text)
    plot.add_argument("--dashes", action="store_true", help="tell groups apart by dashes too")
    page = "pages to print instead, with phases, groups, notes and code (PDF)"
    plot.add_argument("--page", choices=("a4", "letter"), help=page)
    hide = "what to leave out: title, details, legend, bands, lanes; separated by commas"
    plot.add_argument("--hide", metavar="PARTS", default="", help=hide)


def _between(least: float, most: float, kind: type[int] | type[float]) -> Callable[[str], float]:
    """Reads a number within limits."""

    def read(text: str) -> float:
        try:
            value = kind(text)
        except ValueError:
            value = math.nan
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is no number from {least} to {most}")
        return value

    return read
