"""What each command of the command line does with its options; gives the exit code."""

from __future__ import annotations

import argparse
import contextlib
import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lrdesigner as lrd
from lrdesigner.console import PROGRAM, deliver, progress_line, say

if TYPE_CHECKING:
    from lrdesigner.engine.curve import Curve
    from lrdesigner.exporting import ExporterSpec
    from lrdesigner.gui.picture_options import Format, PictureOptions
    from lrdesigner.schedule.counting import CountUnit

FINE, WRONG, UNUSABLE = 0, 1, 2


class CommandError(Exception):
    """What ends a command: one line for people, and the exit code."""

    def __init__(self, message: str, code: int = UNUSABLE) -> None:
        super().__init__(message)
        self.code = code


def open_files(files: list[str], commands: Sequence[str]) -> int:
    """Open the files in the app, or leave a preview where no window can open."""
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


def simulate_file(options: argparse.Namespace) -> int:
    """Write every LR of every step as a table."""
    from lrdesigner.output import OutputError, csv_chunks, format_for

    try:
        table = csv_chunks if options.output == "-" else format_for(options.output)
    except OutputError as error:
        raise CommandError(str(error)) from None
    deliver(table(_curve(options.file, lrd.load(options.file), options.device)), options.output)
    return FINE


def export_file(options: argparse.Namespace) -> int:
    """Write the schedule as code or configuration."""
    spec = _exporter(options.to)
    schedule = lrd.load(options.file)
    with _naming(options.file):
        text = spec.export(schedule)
    deliver([text.encode()], options.output)
    return FINE


def verify_file(options: argparse.Namespace) -> int:
    """Run the exported code of one or all targets and compare every step."""
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


def check_file(options: argparse.Namespace) -> int:
    """Print what is questionable about the schedule."""
    from lrdesigner.listings import as_json, problem_lines

    schedule = lrd.load(options.file)
    problems = lrd.check(schedule)
    say(as_json(problems) if options.json else "\n".join(problem_lines(schedule, problems)))
    return WRONG if any(problem.severity == "error" for problem in problems) else FINE


def plot_files(options: argparse.Namespace) -> int:
    """Draw schedules into a picture."""
    from lrdesigner.headless import why_no_picture

    why = why_no_picture()
    if why is not None:
        raise CommandError(why)
    from lrdesigner.gui.picture import (
        GROUNDS,
        PictureError,
        bands_of,
        compose,
        format_of,
        lanes_of,
        picture_bytes,
    )

    try:
        kind = format_of(options.output)
    except PictureError as error:
        raise CommandError(f"{options.output}: {error}") from None
    if options.page and kind != "pdf":
        raise CommandError(f"{options.output}: --page needs a name that ends in .pdf")
    look = _look_of_picture(options, kind)
    schedules = [lrd.load(file) for file in options.files]
    pairs = list(zip(options.files, schedules, strict=True))
    if options.unit:
        _refuse_unknown(options.unit, pairs)
    curves = [(s.name or Path(file).stem, _curve(file, s)) for file, s in pairs]
    in_epochs = all(curve.steps_per_epoch > 1 for _, curve in curves)
    tokens = GROUNDS["light" if options.page else look.theme]
    title = curves[0][0] if len(curves) == 1 else f"{len(curves)} schedules"
    content = compose(
        curves,
        tokens=tokens,
        title=title if options.title is None else options.title,
        log=options.log,
        unit=options.unit or ("epochs" if in_epochs else "steps"),
        horizon=schedules[0].horizon,
        overlays=schedules[1:],
        bands=bands_of(schedules[0]),
        lanes=lanes_of(schedules[0], curves[0][1], tokens) if look.lanes else (),
    )
    if options.page:
        from lrdesigner.gui.sheet import Sheet, sheet_pdf

        with _naming(options.files[0]):
            code = lrd.export(schedules[0], "torch")
        sheet = Sheet(content.title or title, content, schedules[0], curves[0][1], code)
        deliver([sheet_pdf(sheet, options.page)], options.output)
        return FINE
    try:
        picture = picture_bytes(content, kind, look)
    except PictureError as error:
        raise CommandError(f"{options.output}: {error}") from None
    deliver([picture], options.output)
    return FINE


def _refuse_unknown(unit: CountUnit, pairs: Sequence[tuple[str, lrd.Schedule]]) -> None:
    """Refuse a unit that one of the documents says nothing of.

    Raises:
        CommandError: Naming the first such document, and what it lacks.
    """
    from lrdesigner.schedule.counting import missing

    for file, schedule in pairs:
        lacking = missing(unit, schedule.horizon)
        if lacking:
            wanted = " and ".join(f"horizon.batch.{name}" for name in lacking)
            raise CommandError(f"--unit {unit}: {file} does not say {wanted}")


def _look_of_picture(options: argparse.Namespace, kind: Format) -> PictureOptions:
    """What the options of ``plot`` ask for.

    Raises:
        CommandError: If there is no such size, or no such part to hide.
    """
    from lrdesigner.gui.picture_options import PictureOptions, read_size

    parts = ("title", "details", "legend", "bands", "lanes")
    hidden = [name.strip() for name in options.hide.split(",") if name.strip()]
    unknown = [name for name in hidden if name not in parts]
    if unknown:
        raise CommandError(f"--hide: {unknown[0]!r} is none of {', '.join(parts)}")
    try:
        found = read_size(options.size)
    except ValueError as error:
        raise CommandError(f"--size: {error}") from None
    look = PictureOptions(
        format=kind,
        preset=found.key,
        width=found.size.width,
        height=found.size.height,
        unit=found.size.unit,
        dpi=options.dpi,
        theme="dark" if options.dark else options.theme,
        transparent=options.transparent,
        text=options.text,
        dashes=options.dashes,
        title="title" not in hidden,
        details="details" not in hidden,
        legend="legend" not in hidden,
        bands="bands" not in hidden,
        lanes="lanes" not in hidden,
    )
    why = look.problem()
    if why:
        raise CommandError(f"--size: {why}")
    return look


def list_entries(options: argparse.Namespace) -> int:
    """Print what a registry holds."""
    from lrdesigner.listings import LISTINGS, as_json, table

    entries: list[dict[str, Any]] = LISTINGS[options.what]()
    say(as_json(entries) if options.json else table(entries, options.what))
    return FINE


def run_self_test(options: argparse.Namespace) -> int:
    """See that the installation works, and print versions."""
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
