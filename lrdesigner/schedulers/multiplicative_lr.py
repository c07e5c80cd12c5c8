"""MultiplicativeLR: the current LR times a formula, step after step."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lrdesigner.catalog import Args, Category, FloatArray, SchedulerSpec, Trap, plain_call
from lrdesigner.engine.formula import Formula
from lrdesigner.engine.landmarks import Beat, Landmarks
from lrdesigner.engine.products import log_products, products
from lrdesigner.schedulers._common import TORCH, Times, formula_landmarks, lr_lambda

EXACT = 20_000  # so many factors are multiplied one by one; of more the logarithms are summed up


def curve(times: Times, args: Args, index: int) -> FloatArray:
    """lr(t) = base · f(1) · … · f(t); f(0) is never applied.

    Over very many steps a formula that is smooth but for a few places, or comes again and again,
    is summed up by its logarithms, within 1e-11 of the product.
    """
    formula: Formula = args.group("lr_lambda", index)
    base = args.bases[index]
    if "t" not in formula.names:
        factor = formula.array(np.ones(1, np.int64), T=args.length, lr=base)
        constant: FloatArray = base * factor**times
        return constant
    if int(times.max(initial=0)) > EXACT:
        logarithms = log_products(formula, args.length, base, times)
        if logarithms is not None:
            return base * np.exp(logarithms)
    return base * products(formula, args.length, base, times)


def landmarks(args: Args, index: int) -> Landmarks:
    """Those of the factor, and where it passes or swings through 1: there the product turns."""
    marks = formula_landmarks(args, index)
    formula: Formula = args.group("lr_lambda", index)
    passing = formula.passing(1.0, T=args.length, lr=args.bases[index], ticks=args.ticks)
    turns = (Beat(beat.first + beat.every / 4, beat.every) for beat in marks.beats)
    return replace(
        marks,
        times=(*marks.times, *passing.times),
        beats=(*marks.beats, *turns),
        restless=marks.restless or (passing.restless and not marks.beats),
    )


SPEC = SchedulerSpec(
    key="MultiplicativeLR",
    title="Multiplicative",
    category=Category.CUSTOM,
    order=20,
    summary="Multiplies the LR by a formula at every step. f(0) is never applied.",
    formula="lr(t) = lr(t − 1) · f(t), lr(0) = base, f = lr_lambda",
    source=f"{TORCH}.MultiplicativeLR",
    latex=(
        r"\mathrm{lr}(t)=\mathrm{lr}(t-1)\cdot f(t)",
        r"f=\mathit{lr\_lambda}",
        r"\mathrm{lr}(0)=\mathrm{base}",
    ),
    use="Changes relative to the LR reached, whatever it is: a nudge at one step, a "
    "decay that depends on the step.",
    traps=(
        Trap("f(0) is never applied: the first step has the LR it starts from.", "info"),
        Trap(
            "Factors pile up: a constant 0.95 is 0.95 to the power of the step, not 0.95 "
            "of the base LR."
        ),
        Trap("A negative factor turns the LR negative.", rule="negative-lr"),
        Trap(
            "In torch's SequentialLR it goes on from the LR reached, where other classes "
            "start from their base LR.",
            "info",
        ),
        Trap(
            "torch's state_dict leaves functions out: after a resume the formula in the "
            "code counts, not the one in the checkpoint.",
            "info",
        ),
    ),
    keywords=("formula", "custom", "product"),
    params=(
        lr_lambda("Factor of each step as a formula in t (local time), T (phase length), lr."),
    ),
    starter={"lr_lambda": "0.95"},
    starter_for=lambda length, base: {"lr_lambda": "0.01 ** (1 / T)"},
    curve=curve,
    realise=plain_call("MultiplicativeLR"),
    landmarks=landmarks,
    composes=True,
    restarts_in_sequence=False,
)
