"""LambdaLR: the base LR times a formula."""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Factor, FloatArray, SchedulerSpec, Trap, plain_call
from lrdesigner.schedulers._common import TORCH, Times, formula_landmarks, formula_values, lr_lambda


def curve(times: Times, args: Args, index: int) -> FloatArray:
    """lr(t) = base · f(t)."""
    return args.bases[index] * formula_values(times, args, index)


SPEC = SchedulerSpec(
    key="LambdaLR",
    title="Lambda",
    category=Category.CUSTOM,
    order=10,
    summary="The base LR times a formula of your own. Anything that is a function of the step.",
    formula="lr(t) = base · f(t), f = lr_lambda",
    source=f"{TORCH}.LambdaLR",
    latex=(
        r"\mathrm{lr}(t)=\mathrm{base}\cdot f(t)",
        r"f=\mathit{lr\_lambda}",
    ),
    use="Any curve that is a function of the step alone; the safest way to a shape torch "
    "has no class for.",
    traps=(
        Trap(
            "A formula that divides by zero or leaves a function's domain at some step "
            "stops the run there.",
            "error",
            rule="formula-fails",
        ),
        Trap(
            "A negative factor makes the training go uphill; torch does not mind.",
            rule="negative-lr",
        ),
        Trap(
            "It sets the LR outright: in a ChainedScheduler it wipes out what stands "
            "before it. It takes no others in a stack.",
            "error",
            rule="cannot-run",
        ),
        Trap(
            "torch's state_dict leaves functions out: after a resume the formula in the "
            "code counts, not the one in the checkpoint.",
            "info",
        ),
    ),
    keywords=("formula", "custom", "function"),
    params=(
        lr_lambda("Factor on the base LR as a formula in t (local time), T (phase length), lr."),
    ),
    starter={"lr_lambda": "0.95 ** t"},
    starter_for=lambda length, base: {"lr_lambda": "(1 - t / T) ** 2"},
    curve=curve,
    realise=plain_call("LambdaLR"),
    landmarks=formula_landmarks,
    closed=True,
    factor=Factor(lambda args, index: args.group("lr_lambda", index)),
)
