"""tri_stage: linear warm-up, hold, exponential decay, as in fairseq.

With W, H, D = warmup_steps, hold_steps, decay_steps: base · (init + (1 − init) · t / W) while
t < W, base while t < W + H, base · e^(ln(final) · (t − W − H) / D) after that, and base · final in
the end (Park et al. 2019; init and final are init_lr_scale and final_lr_scale).
"""

from __future__ import annotations

from collections.abc import Iterator

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import at_sum, level, start, time
from lrdesigner.i18n import tr
from lrdesigner.params import FloatParam, IntParam
from lrdesigner.schedulers._family import branches, formula_spec, number, plus, span
from lrdesigner.schedulers._sources import FAIRSEQ_TRI


def text(args: Args) -> str:
    """lr(t) = base · (init + (1 − init) · t / W), base, base · final^((t − W − H) / D)."""
    warmup, hold, decay = args["warmup_steps"], args["hold_steps"], _decay(args)
    init, final = number(args["init_lr_scale"]), number(args["final_lr_scale"])
    bounds, leaves = [], []
    if warmup:
        bounds.append(warmup)
        leaves.append(f"{init} + (1 - {init}) * t / {warmup}")
    if hold:
        bounds.append(warmup + hold)
        leaves.append("1")
    fall = f"{final} ** (min(t{plus(-warmup - hold)}, {decay}) / {decay})"
    return branches(bounds, [*leaves, fall])


def _decay(args: Args) -> int:
    """The steps of the decay: those given, or what is left of the phase."""
    given: int | None = args["decay_steps"]
    return args.length - args["warmup_steps"] - args["hold_steps"] if given is None else given


def errors(args: Args) -> Iterator[str]:
    """No room for the decay."""
    if _decay(args) < 1:
        yield (
            tr(
                "warmup_steps and hold_steps: {parts:,} steps leave nothing of "
                "{length:,} for the decay; shorten them, or give decay_steps",
                parts=args["warmup_steps"] + args["hold_steps"],
                length=args.length,
            )
        )


def _end(args: Args, group: int) -> float:
    """Where the decay is over."""
    return float(args["warmup_steps"] + args["hold_steps"] + _decay(args))


SPEC = formula_spec(
    key="tri_stage",
    title="Tri-stage",
    category=Category.HOLD,
    order=160,
    summary="Linear warm-up, hold, exponential decay: the schedule of speech recognition.",
    formula="lr(t) = base · (a + (1 − a) · t / W) for t < W, base for t < W + H, then base · "
    "b^min(1, (t − W − H) / D), a = init_lr_scale, b = final_lr_scale, W = "
    "warmup_steps, H = hold_steps, D = decay_steps",
    source="Park et al. 2019, arXiv:1904.08779; fairseq tri_stage_lr_scheduler.py",
    latex=(
        (
            r"\mathrm{lr}(t)=\mathrm{base}\cdot\begin{cases}"
            r"a+(1-a)\cdot t/W&t<W\\"
            r"1&t<W+H\\"
            r"b^{\min(1,\ (t-W-H)/D)}&\text{otherwise}"
            r"\end{cases}"
        ),
        r"a=\mathit{init\_lr\_scale}",
        r"b=\mathit{final\_lr\_scale}",
        r"W=\mathit{warmup\_steps}",
        r"H=\mathit{hold\_steps}",
        r"D=\mathit{decay\_steps}",
    ),
    use="Speech models in fairseq, such as wav2vec 2.0, whose recipes give three shares "
    "of the run.",
    traps=(
        Trap(
            "The decay is exponential: half of the way in time the LR is at "
            "√final_lr_scale of the peak, a tenth by default.",
            "info",
        ),
        Trap(
            "fairseq's phase_ratio is three shares that must sum to 1; here the decay "
            "takes what the others leave.",
            "info",
        ),
    ),
    links={"fairseq tri_stage_lr_scheduler.py": FAIRSEQ_TRI},
    keywords=("fairseq", "specaugment", "wav2vec", "hubert", "speech", "phase_ratio", "warm-up"),
    params=(
        span("warmup_steps", "Steps of the warm-up; 0: none."),
        span("hold_steps", "Steps at the base LR after the warm-up; 0: none."),
        IntParam(
            name="decay_steps",
            default=None,
            nullable=True,
            minimum=1,
            unit="ticks",
            help="Steps of the decay; empty: what is left of the phase.",
        ),
        FloatParam(
            name="init_lr_scale",
            default=0.01,
            minimum=0,
            unit="× base",
            help="Fraction of the base LR at the first step.",
        ),
        FloatParam(
            name="final_lr_scale",
            default=0.01,
            above=0,
            unit="× base",
            help="Fraction of the base LR at the end of the decay.",
        ),
    ),
    starter_for=lambda length, base: {
        "warmup_steps": length // 10,
        "hold_steps": length * 4 // 10,
    },
    errors=errors,
    text=text,
    grips=(
        level(start, "init_lr_scale"),
        time(at_sum("warmup_steps"), "warmup_steps"),
        time(at_sum("warmup_steps", "hold_steps"), "hold_steps"),
        time(_end, "decay_steps", "final_lr_scale"),
    ),
)
