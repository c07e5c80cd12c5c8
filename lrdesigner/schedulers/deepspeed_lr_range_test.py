"""deepspeed_lr_range_test: DeepSpeed's LRRangeTest, a line or stairs upwards without an end.

lr(t) = min · (1 + rate · t / step_size); with a staircase, t / step_size is rounded down. The LR is
absolute; t is DeepSpeed's last_batch_iteration. DeepSpeed's own parameter names begin with
``lr_range_test_``.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import at_sum, end, level, start, time
from lrdesigner.params import BoolParam, FloatParam
from lrdesigner.schedulers._family import absolute, formula_spec, number, span


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
    formula="lr(t) = min · (1 + rate · t / step_size)",
    source="DeepSpeed, runtime/lr_schedules.py LRRangeTest; Smith 2018, arXiv:1803.09820",
    keywords=("deepspeed", "lrrangetest", "lr finder", "range test"),
    params=(
        FloatParam(
            name="lr_range_test_min_lr",
            default=1e-3,
            minimum=0,
            unit="lr",
            help="min: LR at the first step.",
        ),
        span("lr_range_test_step_size", "Steps that the rate is about.", default=2000, minimum=1),
        FloatParam(
            name="lr_range_test_step_rate",
            default=1.0,
            minimum=0,
            help="rate: growth in step_size, as a multiple of min.",
        ),
        BoolParam(name="lr_range_test_staircase", default=False, help="Rise in stairs."),
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
