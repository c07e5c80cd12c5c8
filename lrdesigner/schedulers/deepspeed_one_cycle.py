"""deepspeed_one_cycle: DeepSpeed's OneCycle, one triangle and then a decay; the LR only.

With n = t + 1, F and S the two step sizes: min + (max − min) · min(n / F, (F + S − n) / S) while
t < F + S, then min / (1 + decay_lr_rate · (n − F − S) / decay_step_size), or min where either of
the two is 0. t is DeepSpeed's last_batch_iteration. Its momentum cycle is not part of this.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import at_sum, end, level, start, time
from lrdesigner.params import FloatParam, IntParam
from lrdesigner.schedulers._family import absolute, branches, formula_spec, number, plus, span, tidy
from lrdesigner.schedulers._sources import DEEPSPEED


def text(args: Args) -> str:
    """lr(t) = min + (max − min) · min(n / F, (F + S − n) / S), then min / (1 + rate · …)."""
    first, total = args["cycle_first_step_size"], _total(args)
    low, high = absolute(args["cycle_min_lr"]), absolute(args["cycle_max_lr"])
    scale = f"min((t + 1) / {first}, ({total - 1} - t) / {total - first})"
    cycle = f"{low} + ({high} - {low}) * {scale}"
    after, size = low, args["decay_step_size"]
    if args["decay_lr_rate"] and size and low != "0":
        factor = f"1 + {number(args['decay_lr_rate'])} * (t{plus(1 - total)}) / {size}"
        after = f"{low} / ({factor})"
    return branches([total], [cycle, after])


def _total(args: Args) -> int:
    first: int = args["cycle_first_step_size"]
    second: int | None = args["cycle_second_step_size"]
    return first + (first if second is None else second)


SPEC = formula_spec(
    key="deepspeed_one_cycle",
    title="OneCycle DS",
    category=Category.CYCLIC,
    order=160,
    summary="One triangle between two LRs, then the lower one, decaying if you like.",
    formula="lr(t) = a + (b − a) · min(n / F, (F + S − n) / S) for t < F + S, then a / (1 + "
    "r · (n − F − S) / K), n = t + 1, a = cycle_min_lr, b = cycle_max_lr, F = "
    "cycle_first_step_size, S = cycle_second_step_size, r = decay_lr_rate, K = "
    "decay_step_size",
    source="DeepSpeed, runtime/lr_schedules.py OneCycle; Smith 2018, arXiv:1803.09820",
    latex=(
        r"\mathrm{lr}(t)=\begin{cases}a+(b-a)\cdot x&t<F+S\\a/d&\text{otherwise}\end{cases}",
        r"x=\min\left(\frac{n}{F},\ \frac{F+S-n}{S}\right)",
        r"d=\begin{cases}1+r\cdot\frac{n-F-S}{K}&K>0\\1&\text{otherwise}\end{cases}",
        r"a=\mathit{cycle\_min\_lr}",
        r"b=\mathit{cycle\_max\_lr}",
        r"F=\mathit{cycle\_first\_step\_size}",
        r"S=\mathit{cycle\_second\_step\_size}",
        r"r=\mathit{decay\_lr\_rate}",
        r"K=\mathit{decay\_step\_size}",
        r"n=t+1",
    ),
    use="DeepSpeed configurations with a OneCycle scheduler, drawn as they run.",
    traps=(
        Trap(
            "The first step is one part of the way up already (n = t + 1), not at cycle_min_lr.",
            "info",
        ),
        Trap("decay_lr_rate does nothing while decay_step_size is 0."),
        Trap(
            "Both LRs are absolute: the optimizer's LRs are ignored, and all groups get the same."
        ),
        Trap(
            "DeepSpeed's own class also cycles momentum unless told otherwise; this is "
            "the LR only.",
            "info",
        ),
    ),
    links={"DeepSpeed, runtime/lr_schedules.py": DEEPSPEED},
    keywords=("deepspeed", "1cycle", "onecycle", "triangle", "triangular", "1clr"),
    params=(
        FloatParam(
            name="cycle_min_lr",
            minimum=0,
            unit="lr",
            help="LR at both ends of the cycle, absolute and the same for every group.",
        ),
        FloatParam(
            name="cycle_max_lr",
            minimum=0,
            unit="lr",
            help="LR at the cycle's peak, absolute and the same for every group.",
        ),
        FloatParam(
            name="decay_lr_rate",
            default=0.0,
            minimum=0,
            help="Growth of 1 / LR in decay_step_size steps after the cycle, relative to its end; "
            "0: no decay.",
        ),
        span("cycle_first_step_size", "Steps of the rise.", default=2000, minimum=1),
        IntParam(
            name="cycle_second_step_size",
            default=None,
            nullable=True,
            minimum=1,
            unit="ticks",
            help="Steps of the fall; empty: as many as of the rise.",
        ),
        span(
            "decay_step_size",
            "Steps in which the decay after the cycle goes as far as decay_lr_rate says; 0: "
            "no decay.",
        ),
    ),
    starter={"decay_lr_rate": 1.0},
    starter_for=lambda length, base: {
        "cycle_min_lr": tidy(base / 10),
        "cycle_max_lr": base,
        "cycle_first_step_size": max(1, length * 4 // 10),
        "decay_step_size": max(1, length // 10),
    },
    text=text,
    grips=(
        level(start, "cycle_min_lr"),
        time(at_sum("cycle_first_step_size", plus=-1), "cycle_first_step_size", "cycle_max_lr"),
        time(lambda args, group: _total(args), "cycle_second_step_size"),
        level(end, "decay_lr_rate"),
    ),
)
