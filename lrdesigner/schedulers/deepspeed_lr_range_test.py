"""deepspeed_lr_range_test: DeepSpeed's LRRangeTest, a line or stairs upwards without an end.

lr(t) = min · (1 + rate · t / step_size); with a staircase, t / step_size is rounded down. The LR is
absolute; t is DeepSpeed's last_batch_iteration. DeepSpeed's own parameter names begin with
``lr_range_test_``.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import at_sum, end, level, start, time
from lrdesigner.params import BoolParam, FloatParam
from lrdesigner.schedulers._family import absolute, formula_spec, number, span
from lrdesigner.schedulers._sources import DEEPSPEED


def text(args: Args) -> str:
    """lr(t) = min · (1 + rate · t / step_size)."""
    sign = "//" if args["lr_range_test_staircase"] else "/"
    interval = f"(t {sign} {args['lr_range_test_step_size']})"
    rate = number(args["lr_range_test_step_rate"])
    return f"{absolute(args['lr_range_test_min_lr'])} * (1 + {rate} * {interval})"


SPEC = formula_spec(
    key="deepspeed_lr_range_test",
    title="LRRangeTest",
    category=Category.WARM_UP,
    order=220,
    summary="Rises along a line or in stairs until you stop it, to find where training breaks.",
    formula="lr(t) = m · (1 + r · t / n), with a staircase of ⌊t / n⌋, m = "
    "lr_range_test_min_lr, r = lr_range_test_step_rate, n = lr_range_test_step_size "
    "(lr_range_test_staircase)",
    source="DeepSpeed, runtime/lr_schedules.py LRRangeTest; Smith 2018, arXiv:1803.09820",
    latex=(
        r"\mathrm{lr}(t)=m\cdot(1+r\cdot x)",
        (
            r"x=\begin{cases}"
            r"\lfloor t/n\rfloor&\mathit{lr\_range\_test\_staircase}\\"
            r"t/n&\text{otherwise}"
            r"\end{cases}"
        ),
        r"m=\mathit{lr\_range\_test\_min\_lr}",
        r"r=\mathit{lr\_range\_test\_step\_rate}",
        r"n=\mathit{lr\_range\_test\_step\_size}",
    ),
    use="A test run, not a training: raise the LR until the loss blows up, and take a "
    "fraction of that LR.",
    traps=(
        Trap("It rises until the phase ends and has no maximum of its own."),
        Trap("The LR is absolute: the optimizer's LRs are ignored, and all groups get the same."),
    ),
    links={"DeepSpeed, runtime/lr_schedules.py": DEEPSPEED},
    keywords=("deepspeed", "lrrangetest", "lr finder", "range test"),
    params=(
        FloatParam(
            name="lr_range_test_min_lr",
            default=1e-3,
            minimum=0,
            unit="lr",
            help="LR at the first step, absolute and the same for every group.",
        ),
        span(
            "lr_range_test_step_size",
            "Steps in which the LR grows by the rate.",
            default=2000,
            minimum=1,
        ),
        FloatParam(
            name="lr_range_test_step_rate",
            default=1.0,
            minimum=0,
            help="Growth in lr_range_test_step_size steps, as a multiple of the first LR.",
        ),
        BoolParam(
            name="lr_range_test_staircase",
            default=False,
            help="Rise once in lr_range_test_step_size, in stairs, in place of a line.",
        ),
    ),
    starter_for=lambda length, base: {
        "lr_range_test_min_lr": base,
        "lr_range_test_step_size": max(1, length // 10),
    },
    text=text,
    grips=(
        level(start, "lr_range_test_min_lr"),
        time(at_sum("lr_range_test_step_size"), "lr_range_test_step_size"),
        level(end, "lr_range_test_step_rate"),
    ),
)
