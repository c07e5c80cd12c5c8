"""LambdaLR: the base LR times a formula."""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Factor, FloatArray, SchedulerSpec, plain_call
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
    formula="lr(t) = base · f(t)",
    source=f"{TORCH}.LambdaLR",
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
