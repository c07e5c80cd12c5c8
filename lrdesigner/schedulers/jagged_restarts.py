"""jagged_restarts: a decay that comes down to almost nothing, and back up, at each restart.

lr(t) = decay(t) · (m + (1 − m) · min(1, s / W, (R − s) / A)) with s = t mod R, R =
jagged_restart_steps, W = jagged_restart_warmup_steps, A = jagged_restart_anneal_steps, m =
min_lr_scale; 1 before the first restart's A steps. The decay is one of Hugging Face's: linear
up over warmup_steps, then constant, a line, or half a cosine to 0 at total_steps. That is axolotl's
``JaggedLRRestartScheduler``, for ReLoRA, which is one step ahead: its first value is that of t = 1.
"""

from __future__ import annotations

from collections.abc import Iterator

from lrdesigner.catalog import Args, Category, Trap
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
from lrdesigner.schedulers._sources import AXOLOTL

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
    formula="lr(t) = base · d · x, x = m + (1 − m) · min(1, s / W, (R − s) / A) from t = R − "
    "A on, 1 before, s = t mod R, d = t / V for t < V, then as decay says of p = (t "
    "− V) / (T − V), R = jagged_restart_steps, W = jagged_restart_warmup_steps, A = "
    "jagged_restart_anneal_steps, m = min_lr_scale, V = warmup_steps, T = total_steps",
    source="axolotl, utils/schedulers.py JaggedLRRestartScheduler; Lialin et al. 2023, "
    "arXiv:2307.05695",
    latex=(
        r"\mathrm{lr}(t)=\mathrm{base}\cdot d\cdot x",
        r"x=\begin{cases}1&t<R-A\\m+(1-m)\cdot\min(1,\ u)&\text{otherwise}\end{cases}",
        r"u=\min(s/W,\ (R-s)/A)",
        (
            r"d=\begin{cases}"
            r"t/V&t<V\\"
            r"\frac{1}{2}(1+\cos\pi p)&\mathit{decay}\text{ cosine}\\"
            r"1-p&\text{linear}\\"
            r"1&\text{constant}"
            r"\end{cases}"
        ),
        r"p=\frac{\min(t,\ T)-V}{T-V}",
        r"s=t\bmod R",
        r"R=\mathit{jagged\_restart\_steps}",
        r"W=\mathit{jagged\_restart\_warmup\_steps}",
        r"A=\mathit{jagged\_restart\_anneal\_steps}",
        r"m=\mathit{min\_lr\_scale}",
        r"V=\mathit{warmup\_steps}",
        r"T=\mathit{total\_steps}",
    ),
    use="ReLoRA training in axolotl: the LR goes down and up again around each merge of "
    "the adapter.",
    traps=(
        Trap(
            "With the defaults, no warm-up and one anneal step, nothing of the restarts "
            "is seen in the curve."
        ),
        Trap(
            "Only the LR restarts: merging the adapter and resetting the optimizer is up "
            "to the training loop.",
            "info",
        ),
        Trap(
            "warmup_steps is the first warm-up only; jagged_restart_warmup_steps are "
            "those after each restart.",
            "info",
        ),
    ),
    links={"axolotl, utils/schedulers.py": AXOLOTL},
    keywords=("axolotl", "relora", "lora", "jaggedlrrestartscheduler", "restart", "merge"),
    params=(
        duration(text="Steps until the decay is over; empty: the phase's length."),
        ChoiceParam(
            name="decay",
            default="cosine",
            choices=tuple(_DECAYS),
            help="The decay that the restarts are in: half a cosine, a line, or none.",
        ),
        span("warmup_steps", "Steps of the first warm-up; 0: none."),
        IntParam(
            name="jagged_restart_steps",
            minimum=1,
            unit="ticks",
            help="Steps from one restart to the next.",
        ),
        span("jagged_restart_warmup_steps", "Steps of the rise after a restart; 0: none."),
        span(
            "jagged_restart_anneal_steps", "Steps of the fall before a restart; 0: none.", default=1
        ),
        FloatParam(
            name="min_lr_scale",
            default=0.001,
            minimum=0,
            maximum=1,
            unit="× decay",
            help="Fraction of the decay that is left at a restart.",
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
