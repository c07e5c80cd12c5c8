"""The command line.

Exit codes: 0 fine; 1 the document has errors; 2 a file is unreadable or the usage is wrong; 130
interrupted. An error is one line on stderr that begins with ``lrdesigner:``.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import os
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import lrdesigner as lrd
from lrdesigner.console import (
    PROGRAM,
    abandon_stdout,
    complain,
    deliver,
    flush_stdout,
    progress_line,
    reason,
    say,
)

if TYPE_CHECKING:
    from lrdesigner.engine.curve import Curve
    from lrdesigner.exporting import ExporterSpec

FINE, WRONG, UNUSABLE, INTERRUPTED = 0, 1, 2, 130

Command = Callable[[argparse.Namespace], int]


class CommandError(Exception):
    """What ends a command: one line for people, and the exit code."""

    def __init__(self, message: str, code: int = UNUSABLE) -> None:
        super().__init__(message)
        self.code = code


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
    return _open(options.files, names)


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

    simulate = add("simulate", _simulate, "every LR of every step, as a table")
    simulate.add_argument("file", metavar="FILE")
    _output(simulate, "a .csv, .npz or .json file (without it: CSV on stdout)")
    devices = ("cpu", "cuda", "mps")
    simulate.add_argument("--device", choices=devices, default="cpu", help="where the LRs live")
    export = add("export", _export, "the schedule as code or configuration")
    export.add_argument("file", metavar="FILE")
    target = f"what to write; {PROGRAM} list exporters names the targets"
    export.add_argument("--to", metavar="TARGET", required=True, help=target)
    _output(export, "the file to write (without it: stdout)")
    verify = add("verify", _verify, "run the exported code and compare every step")
    verify.add_argument("file", metavar="FILE")
    verify.add_argument("--to", metavar="TARGET", default="all", help="a target, or all (default)")
    check = add("check", _check, "what is questionable about the schedule, and what to do")
    check.add_argument("file", metavar="FILE")
    check.add_argument("--json", action="store_true", help="as a JSON list")
    _plot_options(add("plot", _plot, "draw schedules into a picture"))
    listing = add("list", _list, "what the program knows")
    listing.add_argument("what", choices=("schedulers", "exporters", "rules"))
    listing.add_argument("--json", action="store_true", help="as a JSON list")
    add("self-test", _self_test, "see that the installation works, and print versions")
    return parser, list(commands.choices)


def _output(parser: argparse.ArgumentParser, about: str) -> None:
    parser.add_argument("-o", "--output", metavar="OUT", default="-", help=about)


def _plot_options(plot: argparse.ArgumentParser) -> None:
    plot.add_argument("files", metavar="FILE", nargs="+", help="the first solid, others dashed")
    plot.add_argument("-o", "--output", metavar="OUT", required=True, help="a .png or .svg file")
    plot.add_argument("--log", action="store_true", help="a logarithmic LR axis")
    plot.add_argument("--x", choices=("steps", "epochs"), help="what the time axis counts")
    plot.add_argument("--dark", action="store_true", help="a dark ground")
    size = "logical pixels (default 960x540); a PNG has twice as many"
    plot.add_argument("--size", type=_size, default=(960, 540), metavar="WxH", help=size)


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal() and len(text) < 12):
        raise argparse.ArgumentTypeError(f"{text!r} is not a size such as 960x540")
    size = int(width), int(height)
    if min(size) < 240 or max(size) > 8000:
        raise argparse.ArgumentTypeError(f"{text!r}: both must be between 240 and 8000")
    return size


# -- commands --------------------------------------------------------------------------------------


def _open(files: list[str], commands: Sequence[str]) -> int:
    from lrdesigner import headless

    for file in files:
        if not Path(file).exists():
            near = difflib.get_close_matches(file, commands, n=1)
            hint = f"; did you mean {PROGRAM} {near[0]}?" if near else ""
            raise CommandError(f"{file}: No such file or directory{hint}")
    why = headless.why_no_window()
    if why is not None:
        with _naming(files[0] if files else ""):
            for line in headless.preview(files, why):
                say(line)
        return FINE
    from lrdesigner.gui.app import run as open_window

    return open_window(files)


def _simulate(options: argparse.Namespace) -> int:
    from lrdesigner.output import OutputError, csv_chunks, format_for

    try:
        table = csv_chunks if options.output == "-" else format_for(options.output)
    except OutputError as error:
        raise CommandError(str(error)) from None
    deliver(table(_curve(options.file, lrd.load(options.file), options.device)), options.output)
    return FINE


def _export(options: argparse.Namespace) -> int:
    spec = _exporter(options.to)
    schedule = lrd.load(options.file)
    with _naming(options.file):
        text = spec.export(schedule)
    deliver([text.encode()], options.output)
    return FINE


def _verify(options: argparse.Namespace) -> int:
    from lrdesigner.exporting import exporters
    from lrdesigner.verify import VerifyError, verify

    asked = list(exporters()) if options.to == "all" else [_exporter(options.to)]
    targets = [spec.key for spec in asked if spec.executable]
    if not targets:
        raise CommandError(f"{options.to}: this target is nothing that can be run")
    schedule = lrd.load(options.file)
    for target in targets:
        try:
            with _naming(options.file):
                result = verify(schedule, target)
        except VerifyError as error:
            raise CommandError(f"{options.file}: {target}: {error}", WRONG) from None
        if not result.equal:
            raise CommandError(f"{options.file}: {result.message}", WRONG)
        say(f"{result.message} ({result.seconds:.1f} s)")
    return FINE


def _check(options: argparse.Namespace) -> int:
    from lrdesigner.listings import as_json, problem_lines

    schedule = lrd.load(options.file)
    problems = lrd.check(schedule)
    say(as_json(problems) if options.json else "\n".join(problem_lines(schedule, problems)))
    return WRONG if any(problem.severity == "error" for problem in problems) else FINE


def _plot(options: argparse.Namespace) -> int:
    from lrdesigner.headless import why_no_picture

    why = why_no_picture()
    if why is not None:
        raise CommandError(why)
    from lrdesigner.gui.picture import SUFFIXES, bands_of, picture_bytes
    from lrdesigner.gui.theme import DARK, LIGHT

    suffix = Path(options.output).suffix.lower()
    if suffix not in SUFFIXES:
        raise CommandError(f"{options.output}: the name must end in {' or '.join(SUFFIXES)}")
    schedules = [lrd.load(file) for file in options.files]
    pairs = list(zip(options.files, schedules, strict=True))
    curves = [(s.name or Path(file).stem, _curve(file, s)) for file, s in pairs]
    in_epochs = all(curve.steps_per_epoch > 1 for _, curve in curves)
    picture = picture_bytes(
        curves,
        suffix,
        tokens=DARK if options.dark else LIGHT,
        title=curves[0][0] if len(curves) == 1 else f"{len(curves)} schedules",
        width=options.size[0],
        height=options.size[1],
        log=options.log,
        x=options.x or ("epochs" if in_epochs else "steps"),
        bands=bands_of(schedules[0]) if len(schedules) == 1 else (),
    )
    deliver([picture], options.output)
    return FINE


def _list(options: argparse.Namespace) -> int:
    from lrdesigner.listings import LISTINGS, as_json, table

    entries: list[dict[str, Any]] = LISTINGS[options.what]()
    say(as_json(entries) if options.json else table(entries))
    return FINE


def _self_test(options: argparse.Namespace) -> int:
    from lrdesigner.selftest import SelfTestError, self_test

    try:
        for line in self_test():
            say(line)
    except SelfTestError as error:
        raise CommandError(f"self-test failed: {error}", WRONG) from None
    return FINE


# -- shared ----------------------------------------------------------------------------------------


def _exporter(target: str) -> ExporterSpec:
    from lrdesigner.exporting import exporters
    from lrdesigner.registry import UnknownKeyError

    try:
        return exporters()[target]
    except UnknownKeyError as error:
        raise CommandError(error.message) from None


def _curve(file: str, schedule: lrd.Schedule, device: str = "cpu") -> Curve:
    from lrdesigner.engine.simulate import check_device, simulate

    try:
        check_device(device)
    except lrd.ScheduleError as error:  # the machine's lack, not the document's
        raise CommandError(str(error)) from None
    with _naming(file), progress_line(f"simulating {file}") as progress:
        return simulate(schedule, device=device, progress=progress)


@contextlib.contextmanager
def _naming(file: str) -> Iterator[None]:
    """Errors of running a document name its file, as those of reading it do."""
    try:
        yield
    except lrd.ScheduleError as error:
        raise lrd.ScheduleError(f"{file}: {error}" if file else str(error)) from None
