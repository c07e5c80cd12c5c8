"""jagged_restarts: a decay that comes down to almost nothing, and back up, at each restart.

lr(t) = decay(t) · (m + (1 − m) · min(1, s / W, (R − s) / A)) with s = t mod R, R =
jagged_restart_steps, W = jagged_restart_warmup_steps, A = jagged_restart_anneal_steps, m =
min_lr_scale; 1 before the first restart's A steps. The decay is one of Hugging Face's: linear
up over warmup_steps, then constant, a line, or half a cosine to 0 at total_steps. That is axolotl's
``JaggedLRRestartScheduler``, for ReLoRA.
"""

from __future__ import annotations

from collections.abc import Iterator

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import at_sum, end_of, time
from lrdesigner.params import ChoiceParam, FloatParam, IntParam
from lrdesigner.schedulers._family import (
    branches,
    duration,
    fit_errors,
    formula_spec,
    number,
    plus,
    span,
    steps,
)
from lrdesigner.schedulers._shapes import COSINE

_DECAYS = {"cosine": COSINE, "linear": "1 - {}", "constant": "1"}


def text(args: Args) -> str:
    """lr(t) = decay(t) · (m + (1 − m) · min(1, s / W, (R − s) / A)), s = t mod R."""
    every, low = args["jagged_restart_steps"], number(args["min_lr_scale"])
    up, down = args["jagged_restart_warmup_steps"], args["jagged_restart_anneal_steps"]
    parts = [f"t % {every} / {up}"] if up else []
    parts += [f"({every} - t % {every}) / {down}"] if down else []
    decay = _decay(args)
    if not parts:
        return decay
    ramp = f"{low} + (1 - {low}) * min(1, {', '.join(parts)})"
    return f"where(t < {every - down}, 1, {ramp}) * ({decay})"


def _decay(args: Args) -> str:
    """What the restarts are in."""
    warmup, total = args["warmup_steps"], args["total_steps"]
    passed = f"(min(t, {steps(args)}){plus(-warmup)}) / {total - warmup}"
    fall = _DECAYS[args["decay"]].format(passed)
    return branches([warmup], [f"t / {warmup}", fall]) if warmup else fall


def errors(args: Args) -> Iterator[str]:
    """A warm-up that is all there is, and restarts without room for their ramps."""
    yield from fit_errors(args, "warmup_steps", spare=1)
    names = "jagged_restart_warmup_steps", "jagged_restart_anneal_steps"
    yield from fit_errors(args, *names, total="jagged_restart_steps")


SPEC = formula_spec(
    key="jagged_restarts",
    title="Jagged restarts",
    category=Category.CYCLIC,
    order=132,
    summary="A decay that is broken off and warmed up again whenever an adapter is merged: "
    "axolotl's, for ReLoRA.",
    formula="lr(t) = decay(t) · (m + (1 − m) · min(1, s / W, (R − s) / A)), s = t mod R",
    source="axolotl, utils/schedulers.py JaggedLRRestartScheduler; Lialin et al. 2023, "
    "arXiv:2307.05695",
    keywords=("axolotl", "relora", "lora", "jaggedlrrestartscheduler", "restart", "merge"),
    params=(
        duration(text="T: steps until the decay is over"),
        ChoiceParam(
            name="decay",
            default="cosine",
            choices=tuple(_DECAYS),
            help="What the restarts are in.",
        ),
        span("warmup_steps", "Steps of the first warm-up; 0: none."),
        IntParam(
            name="jagged_restart_steps",
            minimum=1,
            unit="ticks",
            help="R: steps from one restart to the next.",
        ),
        span("jagged_restart_warmup_steps", "W: steps up after a restart; 0: none."),
        span("jagged_restart_anneal_steps", "A: steps down before a restart; 0: none.", default=1),
        FloatParam(
            name="min_lr_scale",
            default=0.001,
            minimum=0,
            maximum=1,
            unit="× decay",
            help="m: fraction of the decay at a restart.",
        ),
    ),
    starter_for=lambda length, base: {
        "jagged_restart_steps": max(1, length // 4),
        "jagged_restart_warmup_steps": length // 40,
        "jagged_restart_anneal_steps": length // 80,
    },
    errors=errors,
    text=text,
    grips=(
        time(at_sum("warmup_steps"), "warmup_steps"),
        time(at_sum("jagged_restart_steps"), "jagged_restart_steps", "min_lr_scale"),
        time(
            at_sum("jagged_restart_steps", "jagged_restart_warmup_steps"),
            "jagged_restart_warmup_steps",
        ),
        time(end_of("total_steps"), "total_steps"),
    ),
)
