"""ExponentialLR: decays by a factor every step."""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, FloatArray, SchedulerSpec, Trap, plain_call
from lrdesigner.engine.arrays import as_float
from lrdesigner.grips import end, level
from lrdesigner.params import REQUIRED
from lrdesigner.schedulers._common import TORCH, Times, gamma


def curve(times: Times, args: Args, index: int) -> FloatArray:
    """lr(t) = base · gamma^t."""
    values: FloatArray = args.bases[index] * args["gamma"] ** as_float(times)
    return values


SPEC = SchedulerSpec(
    key="ExponentialLR",
    title="Exponential",
    category=Category.DECAY,
    order=30,
    summary="Falls by the same factor at every step.",
    formula="lr(t) = base · gamma^t",
    source=f"{TORCH}.ExponentialLR",
    latex=(r"\mathrm{lr}(t)=\mathrm{base}\cdot\gamma^t",),
    use="A steady decay without a planned end, stepped once per epoch as a rule.",
    traps=(
        Trap(
            "gamma is applied at every scheduler step: 0.95 an optimizer step leaves "
            "10⁻²² of the LR after 1,000 steps.",
            rule="epochs-meant",
        ),
        Trap("A gamma above 1 makes the LR grow without a limit.", rule="gamma-grows"),
        Trap("A gamma of 0 takes the LR to 0 at the second step, for good.", rule="gamma-zero"),
    ),
    keywords=("geometric",),
    params=(gamma(REQUIRED),),
    # Two decades over the phase, rounded so that the field stays readable.
    starter_for=lambda length, base: {"gamma": round(0.01 ** (1 / length), 8)},
    curve=curve,
    realise=plain_call("ExponentialLR"),
    broadcasts=("gamma",),
    composes=True,
    grips=(level(end, "gamma"),),
)
