"""The command line: what it prints, where it writes, how it fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from picture_files import Pdf
from PySide6.QtGui import QImage

import lrdesigner as lrd
from lrdesigner import headless
from lrdesigner.__main__ import main
from lrdesigner.examples import default_schedule, examples
from lrdesigner.schedule.problems import rules

SMALL = {
    "format": "lrdesigner",
    "version": 1,
    "name": "small",
    "horizon": {"epochs": 4, "steps_per_epoch": 5},
    "optimizer": {
        "type": "SGD",
        "args": {"momentum": 0.9},
        "groups": [{"name": "body", "lr": 0.01}, {"name": 'a "b", c', "lr": 0.1}],
    },
    "phases": [{"scheduler": "ExponentialLR", "params": {"gamma": 0.7}}],
}


def small(**changes) -> dict:
    return {**SMALL, **changes}


def phase(scheduler: str, **params) -> dict:
    return {"scheduler": scheduler, "params": params}


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def document(folder) -> str:
    (folder / "small.json").write_text(json.dumps(SMALL))
    return "small.json"


@pytest.fixture
def fails(capfd):
    """Runs a command that has to fail in one line, and gives that line."""

    def run(*arguments: str, code: int = 2) -> str:
        assert main(arguments) == code
        out, err = capfd.readouterr()
        assert out == ""
        lines = err.splitlines()
        assert len(lines) == 1, err
        assert lines[0].startswith("lrdesigner: ")
        assert err.endswith("\n")
        return lines[0].removeprefix("lrdesigner: ")

    return run


@pytest.fixture
def prints(capfd):
    """Runs a command that has to work, and gives what it prints."""

    def run(*arguments: str, code: int = 0) -> str:
        assert main(arguments) == code
        out, err = capfd.readouterr()
        assert err == ""
        return out

    return run


def environment(**changes: str) -> dict[str, str]:
    """The environment of a process of its own: it finds what is found here, and buffers."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return {**kept, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p), **changes}


def program(*arguments: str, **options):
    """The program in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "lrdesigner", *arguments],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


# -- simulate --------------------------------------------------------------------------------------


def test_simulate_prints_csv(prints, document):
    lines = prints("simulate", document).splitlines()
    curve = lrd.simulate(lrd.load(document))
    assert lines[0] == 'step,epoch,lr/body,"lr/a ""b"", c"'
    assert len(lines) == 21
    for step, line in enumerate(lines[1:]):
        cells = line.split(",")
        assert cells[:2] == [str(step), str(step // 5)]
        assert cells[2:] == [repr(float(row[step])) for row in curve.lr]


def test_simulate_prints_momentum_where_it_cycles(prints, folder):
    document = small(phases=[phase("OneCycleLR", max_lr=0.1)])
    (folder / "a.json").write_text(json.dumps(document))
    lines = prints("simulate", "a.json").splitlines()
    assert lines[0] == ('step,epoch,lr/body,"lr/a ""b"", c",momentum/body,"momentum/a ""b"", c"')
    curve = lrd.simulate(lrd.load("a.json"))
    assert [float(line.split(",")[-1]) for line in lines[1:]] == curve.momentum[1].tolist()


@pytest.mark.parametrize("name", ["out.csv", "out.json", "out.npz"])
def test_simulate_writes_a_file(prints, document, name):
    assert prints("simulate", document, "-o", name) == ""
    curve = lrd.simulate(lrd.load(document))
    if name.endswith(".csv"):
        assert Path(name).read_text() == prints("simulate", document)
    else:
        table = np.load(name) if name.endswith(".npz") else json.loads(Path(name).read_text())
        assert list(table) == ["step", "epoch", "lr/body", 'lr/a "b", c']
        assert np.array(table["lr/body"]).tobytes() == curve.lr[0].tobytes()


def test_simulate_says_what_device_is_missing(fails, document):
    import torch

    missing = "mps" if torch.cuda.is_available() else "cuda"
    message = fails("simulate", document, "--device", missing)
    assert message.startswith(f"device {missing!r} is not available here")


def test_simulate_shows_progress_on_a_terminal_only(monkeypatch, document, capsys):
    monkeypatch.setattr("lrdesigner.console.SHOW_AFTER", 0)
    assert main(["simulate", document]) == 0
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    Path("long.json").write_text(json.dumps(small(horizon={"epochs": 3, "steps_per_epoch": 20000})))
    assert main(["simulate", "long.json", "-o", "a.npz"]) == 0
    shown = capsys.readouterr().err
    assert "\rsimulating long.json ... " in shown
    assert shown.endswith(" \r")
    assert "\n" not in shown


# -- export, verify --------------------------------------------------------------------------------


def test_export_prints_code(prints, document):
    assert prints("export", document, "--to", "torch") == lrd.export(lrd.load(document), "torch")


def test_export_writes_a_file(prints, document):
    assert prints("export", document, "--to", "json", "-o", "copy.json") == ""
    assert lrd.load("copy.json") == lrd.load(document)


def test_export_names_the_nearest_target(fails, document):
    message = fails("export", document, "--to", "troch")
    assert message == "export target 'troch' is not known; did you mean 'torch'?"


def test_export_needs_a_target(fails, document):
    assert "--to" in fails("export", document)


def test_verify_runs_every_target(prints, document):
    lines = prints("verify", document).splitlines()
    targets = json.loads(prints("list", "exporters", "--json"))
    executable = [target["key"] for target in targets if target["executable"]]
    assert "torch" in executable
    assert [line.split(":")[0] for line in lines] == executable
    assert all("equal bit for bit at 20 steps × 2 groups" in line for line in lines)


def test_verify_one_target(prints, document):
    assert len(prints("verify", document, "--to", "json").splitlines()) == 1


def test_verify_tells_where_code_differs(fails, document, monkeypatch):
    from lrdesigner import verify

    def other(code, schedule, **options):
        return recorded(code.replace("gamma=0.7", "gamma=0.5"), schedule, **options)

    recorded = verify.run_source
    monkeypatch.setattr(verify, "run_source", other)
    message = fails("verify", document, "--to", "torch", code=1)
    assert message.startswith("small.json: torch: differs first at step 1 of 20 steps × 2 groups")


def test_verify_tells_that_code_fails(fails, document, monkeypatch):
    from lrdesigner import verify

    def broken(code, schedule, **options):
        return recorded("import nothing_of_this_name", schedule, **options)

    recorded = verify.run_source
    monkeypatch.setattr(verify, "run_source", broken)
    message = fails("verify", document, "--to", "torch", code=1)
    assert message.startswith("small.json: torch: the exported code fails: ModuleNotFoundError")


# -- check -----------------------------------------------------------------------------------------


def test_check_of_a_clean_document(prints, document):
    assert prints("check", document) == "no problems\n"
    assert json.loads(prints("check", document, "--json")) == []


def test_check_of_a_document_with_an_error(prints, folder):
    document = small(phases=[phase("LinearLR", start_factor=2)])
    (folder / "a.json").write_text(json.dumps(document))
    text = prints("check", "a.json", code=1)
    assert text.startswith("error: phases[0] (LinearLR): ")
    assert "start_factor must be" in text
    found = json.loads(prints("check", "a.json", "--json", code=1))
    assert {"rule", "severity", "phase", "message", "fix"} <= set(found[0])
    assert found[0]["severity"] == "error"
    assert found[0]["phase"] == 0
    assert f"[{found[0]['rule']}]" in text


def test_check_of_a_document_with_a_warning_only(prints, folder):
    document = small(phases=[phase("ExponentialLR", gamma=1.5)])
    (folder / "a.json").write_text(json.dumps(document))
    assert prints("check", "a.json").startswith("warning: ")


# -- tracks ----------------------------------------------------------------------------------------


@pytest.fixture
def lanes(folder) -> str:
    """A document whose head has phases of its own, and a lane that leaves its range."""
    data = small(
        optimizer={
            "type": "AdamW",
            "groups": [{"name": "body", "lr": 0.1}, {"name": "head", "lr": 0.2}],
        },
        tracks=[
            {"groups": ["head"], "phases": [phase("StepLR", step_size=2)]},
            {"quantity": "weight_decay", "phases": [phase("LambdaLR", lr_lambda="1 - t")]},
            {"quantity": "beta2", "groups": ["head"], "phases": []},
        ],
    )
    (folder / "lanes.json").write_text(json.dumps(data))
    return "lanes.json"


def test_simulate_has_a_column_for_what_each_lane_drives(prints, lanes):
    head, first, *_ = prints("simulate", lanes).splitlines()
    assert head == (
        "step,epoch,lr/body,lr/head,beta2/body,beta2/head,weight_decay/body,weight_decay/head"
    )
    assert first == "0,0,0.1,0.2,0.999,0.999,0.01,0.01"


def test_check_names_the_track(prints, lanes):
    text = prints("check", lanes, code=1)
    assert text.startswith("error: tracks[1].phases[0] (LambdaLR): The weight decay of 'body' is ")
    [problem] = json.loads(prints("check", lanes, "--json", code=1))
    assert (problem["track"], problem["phase"]) == (1, 0)


def test_tracks_are_verified(prints, lanes):
    assert "equal bit for bit" in prints("verify", lanes)


def test_a_run_that_fails_names_the_track(fails, folder, lanes):
    data = json.loads((folder / lanes).read_text())
    data["tracks"][1]["phases"] = [phase("LambdaLR", lr_lambda="1 / t")]
    (folder / lanes).write_text(json.dumps(data))
    said = fails("simulate", lanes, code=1)
    assert "lanes.json: tracks[1].phases[0] (LambdaLR): fails at t = 0: division by zero" in said


# -- plot ------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("qapp")
def test_plot_draws_a_png(prints, document):
    assert prints("plot", document, "-o", "a.png", "--size", "480x320") == ""
    image = QImage("a.png")
    assert (image.width(), image.height()) == (960, 640)
    for option in ("--log", "--dark", "--x=steps"):
        prints("plot", document, "-o", "b.png", "--size", "480x320", option)
        assert QImage("b.png") != image


@pytest.mark.usefixtures("qapp")
def test_plot_draws_several_into_an_svg(prints, document):
    other = str(examples()[1].path)
    assert prints("plot", document, other, "-o", "a.svg", "--x", "steps") == ""
    assert "<title>2 schedules</title>" in Path("a.svg").read_text(encoding="utf-8")


@pytest.mark.usefixtures("qapp")
def test_plot_draws_a_pdf_of_its_size(prints, document):
    assert prints("plot", document, "-o", "a.pdf", "--size", "3.25x2.5in") == ""
    assert Pdf(Path("a.pdf").read_bytes()).size == (234, 180)


@pytest.mark.usefixtures("qapp")
def test_plot_counts_samples_and_tokens_where_they_are_known(prints, fails, document):
    data = json.loads(Path(document).read_text())
    data["horizon"] |= {"epochs": 1, "steps_per_epoch": 100}
    data["horizon"]["batch"] = {"batch_size": 1000, "sequence_length": 1000}
    Path("batched.json").write_text(json.dumps(data))
    assert prints("plot", "batched.json", "-o", "a.svg", "--unit", "tokens") == ""
    drawn = Path("a.svg").read_text()
    assert ">tokens</text>" in drawn
    assert ">20M</text>" in drawn
    prints("plot", "batched.json", "batched.json", "-o", "b.svg", "--unit", "samples")
    assert ">20,000</text>" in Path("b.svg").read_text()
    said = fails("plot", "batched.json", document, "-o", "a.svg", "--unit", "tokens")
    lacks = "does not say horizon.batch.batch_size and horizon.batch.sequence_length"
    assert said == f"--unit tokens: {document} {lacks}"


def test_plot_is_titled_and_labelled_as_asked(prints, document):
    asked = ["--title", "My <run>", "--unit", "percent", "--hide", "details,bands"]
    prints("plot", document, "-o", "a.svg", *asked)
    root = ET.fromstring(Path("a.svg").read_text(encoding="utf-8"))
    shown = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "My <run>" in shown
    assert "%" in shown
    assert not any("torch" in text for text in shown)
    prints("plot", document, "-o", "b.svg", "--title", "")
    assert "My <run>" not in Path("b.svg").read_text(encoding="utf-8")


@pytest.mark.usefixtures("qapp")
def test_plot_has_the_colours_and_pixels_asked_for(prints, document):
    prints("plot", document, "-o", "a.png", "--theme", "dark", "--dpi", "96", "--size", "slide")
    image = QImage("a.png")
    assert (image.width(), image.height()) == (1280, 720)
    assert image.pixelColor(1, 1).lightness() < 40
    prints("plot", document, "-o", "b.png", "--transparent")
    assert QImage("b.png").pixelColor(1, 1).alpha() == 0


@pytest.mark.usefixtures("qapp")
def test_plot_prints_pages(prints, fails, document):
    assert prints("plot", document, "-o", "a.pdf", "--page", "letter") == ""
    pdf = Pdf(Path("a.pdf").read_bytes())
    assert pdf.size == (612, 792)
    assert pdf.fonts >= 2  # code as well
    assert "ends in .pdf" in fails("plot", document, "-o", "b.png", "--page", "a4")
    assert not Path("b.png").exists()


@pytest.mark.usefixtures("qapp")
def test_plot_draws_lanes(prints, lanes):
    prints("plot", lanes, "-o", "a.svg")
    prints("plot", lanes, "-o", "b.svg", "--hide", "lanes")
    assert "weight decay" in Path("a.svg").read_text(encoding="utf-8")
    assert "weight decay" not in Path("b.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "option",
    ["--dpi=0", "--dpi=x", "--text=9", "--hide=curve", "--unit=years", "--theme=pink"],
)
def test_plot_refuses_what_there_is_not(fails, document, option):
    assert option.partition("=")[0].strip("-") in fails("plot", document, "-o", "a.png", option)
    assert not Path("a.png").exists()


def test_plot_refuses_more_pixels_than_there_is_room_for(fails, document):
    said = fails("plot", document, "-o", "a.png", "--size", "50x50in", "--dpi", "600")
    assert "30,000 × 30,000 pixels are too many" in said


def test_plot_refuses_other_suffixes(fails, document):
    assert (
        fails("plot", document, "-o", "a.gif") == "a.gif: the name must end in .png, .svg or .pdf"
    )
    assert not Path("a.gif").exists()


def test_plot_needs_an_output(fails, document):
    assert "-o/--output" in fails("plot", document)


@pytest.mark.parametrize("size", ["12", "10x10", "99999x500", "axb", "500x-3", "1" * 50 + "x300"])
def test_plot_refuses_odd_sizes(fails, document, size):
    assert "size" in fails("plot", document, "-o", "a.png", "--size", size)


def test_plot_says_which_library_is_missing(fails, document, monkeypatch):
    monkeypatch.setattr(headless, "why_no_picture", lambda: "Qt needs the library libEGL.so.1")
    assert fails("plot", document, "-o", "a.png") == "Qt needs the library libEGL.so.1"


# -- list, self-test, help -------------------------------------------------------------------------


def test_list_schedulers(prints):
    from lrdesigner.catalog import schedulers

    lines = prints("list", "schedulers").splitlines()
    assert [line.split()[0] for line in lines] == schedulers().keys()
    entries = json.loads(prints("list", "schedulers", "--json"))
    step = next(entry for entry in entries if entry["key"] == "StepLR")
    assert [param["name"] for param in step["params"]] == ["step_size", "gamma"]
    assert step["params"][1]["default"] == 0.1
    assert step["params"][0]["required"] is True


def test_list_exporters_and_rules(prints):
    assert [line.split()[0] for line in prints("list", "exporters").splitlines()] == lrd.exporters()
    keys = [entry["id"] for entry in json.loads(prints("list", "rules", "--json"))]
    assert keys == rules().keys()
    assert [line.split()[0] for line in prints("list", "rules").splitlines()] == keys


@pytest.mark.parametrize("what", ["importers", "everything"])
def test_list_of_something_else(fails, what):
    assert "choose from" in fails("list", what)


def test_self_test(prints):
    lines = prints("self-test").splitlines()
    assert lines[0].startswith(f"lrdesigner {lrd.__version__}")
    for name in ("python 3.", "torch 2.", "numpy ", "PySide6 6.", "pyqtgraph 0."):
        assert name in lines[1]
    assert "missing" not in lines[1]
    assert "schedulers" in lines[2]
    assert "equal bit for bit at 125,100 steps" in lines[3]
    assert lines[-1] == "everything works"


def test_self_test_notices_an_empty_registry(capfd, monkeypatch):
    monkeypatch.setattr("lrdesigner.selftest.exporters", list)
    assert main(["self-test"]) == 1
    message = "lrdesigner: self-test failed: there are no export targets; "
    assert capfd.readouterr().err.startswith(message)


def test_version(prints):
    assert prints("--version") == f"lrdesigner {lrd.__version__}\n"


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_names_every_command(prints, option):
    text = prints(option)
    for command in ("simulate", "export", "verify", "check", "plot", "list", "self-test"):
        assert command in text
        assert prints(command, option).startswith(f"usage: lrdesigner {command}")
    assert "import" not in text


# -- opening ---------------------------------------------------------------------------------------


@pytest.fixture
def opened(monkeypatch):
    """The files that the app is asked to open."""
    calls = []

    def run(files):
        calls.append(list(files))
        return 0

    app = ModuleType("lrdesigner.gui.app")
    app.run = run
    monkeypatch.setitem(sys.modules, app.__name__, app)
    monkeypatch.setattr(headless, "why_no_window", lambda: None)
    return calls


def test_without_arguments_the_app_opens(prints, opened):
    assert prints() == ""
    assert opened == [[]]


def test_files_are_opened_in_order(prints, opened, document):
    other = str(examples()[0].path)
    prints(document, other)
    assert opened == [[document, other]]


def test_a_file_named_like_a_command_is_opened_with_its_folder(prints, opened, folder):
    (folder / "check").write_text("{}")
    prints("./check")
    prints("--", "check")
    assert opened == [["./check"], ["check"]]


def test_a_missing_file_is_said_before_the_window_opens(fails, opened, document):
    assert fails(document, "gone.json") == "gone.json: No such file or directory"
    assert opened == []


def test_a_mistyped_command_is_understood(fails, opened):
    assert fails("simulat").endswith("did you mean lrdesigner simulate?")
    assert opened == []


def test_without_a_display_a_preview_is_left(prints, monkeypatch, document, qapp):
    monkeypatch.setattr(headless, "why_no_window", lambda: "there is no display")
    text = prints(document)
    assert "No window can open: there is no display." in text
    assert "'small'" in text
    assert Path("lrdesigner-preview.png").is_file()
    assert Path("lrdesigner-preview.py").is_file()


# -- bad input -------------------------------------------------------------------------------------


def with_param(scheduler: str, **params) -> str:
    return json.dumps(small(phases=[phase(scheduler, **params)]))


BAD = {
    "empty": ("", "line 1, column 1"),
    "broken JSON": ('{"format": "lrdesigner",', "not valid JSON"),
    "not an object": ("[1, 2]", "format"),
    "another file": ('{"a": 1}', "format"),
    "NaN": (with_param("ExponentialLR", gamma=0).replace("0}", "NaN}"), "NaN"),
    "infinity": (with_param("ExponentialLR", gamma=0).replace("0}", "1e999}"), "too large"),
    "wrong type": (with_param("ExponentialLR", gamma="x"), "phases[0].params.gamma"),
    "a list for a number": (with_param("ExponentialLR", gamma=[1]), "phases[0].params.gamma"),
    "wrong type of epochs": (json.dumps(small(horizon={"epochs": "3"})), "horizon.epochs"),
    "negative epochs": (json.dumps(small(horizon={"epochs": -3})), "horizon.epochs"),
    "negative length": (
        json.dumps(small(phases=[{"scheduler": "ConstantLR", "length": "-5 steps"}])),
        "phases[0].length",
    ),
    "no length": (
        json.dumps(small(phases=[{"scheduler": "ConstantLR", "length": "long"}])),
        "phases[0].length",
    ),
    "negative LR": (
        json.dumps(small(optimizer={"groups": [{"name": "a", "lr": -1}]})),
        "optimizer.groups[0].lr",
    ),
    "newer version": (json.dumps(small(version=2)), "version"),
    "10 MB of nesting": ("[" * 10_000_000, "nested too deeply"),
    "10 MB of nested objects": ('{"a":' * 2_000_000, "nested too deeply"),
    "a call": (with_param("LambdaLR", lr_lambda="__import__('os')"), "lr_lambda"),
    "a tower of powers": (with_param("LambdaLR", lr_lambda="9**9**9"), "lr_lambda"),
    "a lambda": (with_param("LambdaLR", lr_lambda="lambda t: 1"), "lr_lambda"),
    "an attribute": (with_param("LambdaLR", lr_lambda="t.__class__"), "lr_lambda"),
    "a metric that is no formula": (json.dumps(small(metric={"formula": "open('x')"})), "metric"),
    "a lone surrogate": (
        json.dumps(small(optimizer={"groups": [{"name": "\ud800", "lr": 1}]})),
        "surrogate",
    ),
    "a number of 5000 digits": (
        with_param("StepLR", step_size=0).replace("0}", "9" * 5000 + "}"),
        "too long",
    ),
}


@pytest.mark.parametrize("command", ["simulate", "check"])
@pytest.mark.parametrize(("text", "hint"), BAD.values(), ids=BAD)
def test_bad_input_is_one_line(fails, folder, command, text, hint):
    (folder / "bad.json").write_text(text)
    message = fails(command, "bad.json")
    assert message.startswith("bad.json: ")
    assert hint in message
    assert len(message) < 400


@pytest.mark.parametrize(
    "arguments",
    [
        ["export", "bad.json", "--to", "torch"],
        ["verify", "bad.json"],
        ["plot", "bad.json", "-o", "a.png"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_bad_input_of_the_other_commands(fails, folder, arguments):
    (folder / "bad.json").write_text("{")
    assert fails(*arguments).startswith("bad.json: line 1")
    assert [path.name for path in folder.iterdir()] == ["bad.json"]


def test_binary_input(fails, folder):
    (folder / "bad.json").write_bytes(bytes(range(128, 256)))
    assert fails("check", "bad.json") == "bad.json: not a text file in UTF-8"


def test_a_missing_file(fails, folder):
    assert fails("check", "no\nsuch.json") == "no such.json: No such file or directory"


def test_a_folder(fails, folder):
    assert fails("check", str(folder)) == f"{folder}: Is a directory"


def test_control_characters_do_not_reach_the_terminal(fails, folder):
    message = fails("check", "\x1b[31mred.json")
    assert message == "\\x1b[31mred.json: No such file or directory"


REFUSED = {
    "a value out of range": ([phase("LinearLR", start_factor=2)], "start_factor"),
    "a missing parameter": ([phase("StepLR")], "step_size"),
    "an unknown scheduler": ([phase("StepLr", step_size=3)], "StepLR"),
    "a plateau without a metric": ([phase("ReduceLROnPlateau")], "metric"),
    "a formula that fails later": ([phase("LambdaLR", lr_lambda="1 / (t - 3)")], "t = 3"),
}


@pytest.mark.parametrize(
    "command",
    [["simulate"], ["export", "--to", "torch"], ["verify", "--to", "torch"]],
    ids=lambda command: command[0],
)
@pytest.mark.parametrize(("phases", "hint"), REFUSED.values(), ids=REFUSED)
def test_what_torch_would_refuse_is_one_line_with_code_1(fails, folder, command, phases, hint):
    (folder / "refused.json").write_text(json.dumps(small(phases=phases)))
    message = fails(*command, "refused.json", code=1)
    assert message.startswith("refused.json: ")
    assert hint in message


@pytest.mark.parametrize(
    "arguments",
    [
        ["simulate"],
        ["--frobnicate"],
        ["simulate", "a", "b"],
        ["check", "--yaml", "a"],
        ["simulate", "a", "--device", "tpu"],
        ["list"],
        ["self-test", "x"],
    ],
    ids=" ".join,
)
def test_bad_usage(fails, arguments):
    assert "lrdesigner" in fails(*arguments)


# -- writing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [["simulate"], ["export", "--to", "torch"]], ids=["s", "e"])
def test_an_output_that_cannot_be_written(fails, document, command):
    message = fails(*command, document, "-o", "gone/out.csv")
    assert message == "gone/out.csv: No such file or directory"


def test_an_output_that_is_a_folder(fails, document, folder):
    (folder / "out.csv").mkdir()
    assert fails("simulate", document, "-o", "out.csv").startswith("out.csv: ")
    assert sorted(path.name for path in folder.iterdir()) == ["out.csv", document]


def test_another_suffix_is_refused_at_once(fails, document):
    message = fails("simulate", document, "-o", "out.xlsx")
    assert message == "out.xlsx: the name must end in .csv, .json, .npz"


def test_a_failed_run_leaves_the_old_output(fails, folder):
    (folder / "refused.json").write_text(json.dumps(small(phases=[phase("StepLR")])))
    (folder / "out.csv").write_text("old")
    fails("simulate", "refused.json", "-o", "out.csv", code=1)
    assert (folder / "out.csv").read_text() == "old"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk(document):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "lrdesigner", "simulate", document],
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == "lrdesigner: stdout: No space left on device\n"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
@pytest.mark.parametrize("command", ["simulate", "export --to torch"])
def test_a_closed_stdout(document, command):
    done = subprocess.run(
        ["sh", "-c", f'"$0" -m lrdesigner {command} {document} >&-', sys.executable],
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert done.stderr == "lrdesigner: stdout: Bad file descriptor\n"
    assert done.returncode == 2


def test_a_reader_that_stops_reading(folder):
    default_schedule().save("default.json")
    with program("simulate", "default.json", cwd=folder) as process:
        first = process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()
        assert process.wait(60) == 0
    assert first == b"step,epoch,lr/head,lr/backbone\n"
    assert errors == b""


def test_a_reader_that_never_read(folder):
    with program("list", "schedulers", cwd=folder) as process:
        process.stdout.close()
        errors = process.stderr.read()
        assert process.wait(60) == 0
    assert errors == b""


# -- whatever else happens -------------------------------------------------------------------------


HINT = "(this is a mistake in lrdesigner; LRDESIGNER_TRACEBACK=1 shows where)"


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (KeyboardInterrupt(), 130, "interrupted"),
        (MemoryError(), 2, "there is not enough memory for this; shorten the horizon"),
        (OSError(5, "Input/output error", "x"), 2, "x: Input/output error"),
        (RuntimeError("two\nlines"), 2, f"unexpected RuntimeError: two lines {HINT}"),
    ],
    ids=["interrupt", "memory", "system", "bug"],
)
def test_an_error_on_the_way(fails, monkeypatch, document, error, code, message):
    def fail(schedule):
        raise error

    monkeypatch.setattr(lrd, "check", fail)
    assert fails("check", document, code=code) == message


def test_a_traceback_can_be_asked_for(monkeypatch, document, capfd):
    monkeypatch.setattr(lrd, "check", lambda schedule: 1 / 0)
    monkeypatch.setenv("LRDESIGNER_TRACEBACK", "1")
    assert main(["check", document]) == 2
    assert "Traceback" in capfd.readouterr().err


def test_text_that_the_terminal_lacks_is_escaped(document):
    done = subprocess.run(
        [sys.executable, "-m", "lrdesigner", "list", "schedulers", "--json"],
        env=environment(PYTHONIOENCODING="ascii"),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "\\u221a" in done.stdout


def test_looking_things_up_needs_neither_qt_nor_torch():
    code = (
        "import sys\n"
        "from lrdesigner.__main__ import main\n"
        "assert main(['list', 'schedulers']) == 0\n"
        "loaded = {'torch', 'PySide6', 'pyqtgraph', 'superqt'} & set(sys.modules)\n"
        "assert not loaded, loaded\n"
    )
    subprocess.run([sys.executable, "-c", code], env=environment(), check=True, capture_output=True)
