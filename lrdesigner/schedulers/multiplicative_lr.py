"""MultiplicativeLR: the current LR times a formula, step after step."""

from __future__ import annotations

import numpy as np

from lrdesigner.catalog import Args, Category, FloatArray, SchedulerSpec, plain_call
from lrdesigner.schedulers._common import TORCH, Times, lr_lambda


def curve(times: Times, args: Args, index: int) -> FloatArray:
    """lr(t) = base · f(1) · … · f(t); f(0) is never applied."""
    formula = args.group("lr_lambda", index)
    last = int(times.max(initial=0))
    steps = np.arange(1, last + 1, dtype=np.int64)
    factors = np.empty(last + 1)
    factors[0] = args.bases[index]
    factors[1:] = formula.array(steps, T=args.length, lr=args.bases[index])
    products: FloatArray = np.multiply.accumulate(factors)
    return products[times]


SPEC = SchedulerSpec(
    key="MultiplicativeLR",
    title="Multiplicative",
    category=Category.CUSTOM,
    order=20,
    summary="Multiplies the LR by a formula at every step. f(0) is never applied.",
    formula="lr(t) = lr(t − 1) · f(t)",
    source=f"{TORCH}.MultiplicativeLR",
    keywords=("formula", "custom", "product"),
    params=(
        lr_lambda("Factor of each step as a formula in t (local time), T (phase length), lr."),
    ),
    starter={"lr_lambda": "0.95"},
    starter_for=lambda length, base: {"lr_lambda": "0.01 ** (1 / T)"},
    curve=curve,
    realise=plain_call("MultiplicativeLR"),
    composes=True,
    restarts_in_sequence=False,
)
