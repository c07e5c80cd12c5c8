"""keras_cosine_restarts: restarts as Keras has them, in growing cycles with shrinking peaks.

lr(t) = base · ((1 − alpha) · m_mul^c · ½ (1 + cos(π s / L)) + alpha) in cycle c, s steps after its
start, with L = first_decay_steps · t_mul^c. Of the peak only the part above alpha shrinks.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import at_sum, level, time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._cycles import MOST_CYCLES, Cycles
from lrdesigner.schedulers._family import branches, formula_spec, number, span
from lrdesigner.schedulers._shapes import COSINE, growing, whole_from
from lrdesigner.schedulers._sources import KERAS


def text(args: Args) -> str:
    """lr(t) = base · ((1 − alpha) · m_mul^c · ½ (1 + cos(π s / L)) + alpha)."""
    first, low, shrink = args["first_decay_steps"], number(args["alpha"]), number(args["m_mul"])
    if args["t_mul"] == 1:
        shape = COSINE.format(f"t % {first} / {first}")
        shape = shape if args["m_mul"] == 1 else f"{shrink} ** (t // {first}) * {shape}"
    else:
        cycles = list(islice(_cycles(args), MOST_CYCLES))
        waves = []
        for place, (start, length) in enumerate(cycles):
            wave = COSINE.format(f"(t - {number(start)}) / {number(length)}")
            peak = args["m_mul"] ** place
            waves.append(wave if peak == 1 else f"{number(peak)} * {wave}")
        shape = branches([whole_from(start) for start, _ in cycles[1:]], waves)
    return f"(1 - {low}) * ({shape}) + {low}" if args["alpha"] else shape


def _cycles(args: Args) -> Iterator[tuple[float, float]]:
    return growing(args["first_decay_steps"], args["t_mul"], args.length)


def _trough(args: Args, group: int) -> float:
    """The last step of the first cycle."""
    return float(min(args["first_decay_steps"] - 1, args.ticks))


SPEC = formula_spec(
    key="keras_cosine_restarts",
    title="Restarts Keras",
    category=Category.CYCLIC,
    order=136,
    summary="Half cosines, each twice as long as the one before unless told otherwise, down to a "
    "fraction of the base LR.",
    formula="lr(t) = base · ((1 − alpha) · M · ½ (1 + cos(π s / L)) + alpha), s steps into "
    "cycle c of L = first_decay_steps · t_mul^c steps, M = m_mul^c",
    source="Keras, keras.optimizers.schedules.CosineDecayRestarts; Loshchilov & Hutter 2017, "
    "arXiv:1608.03983",
    latex=(
        r"\mathrm{lr}(t)=\mathrm{base}\cdot((1-\alpha)\cdot M\cdot x+\alpha)",
        r"x=\frac{1}{2}(1+\cos\theta)",
        r"\theta=\pi s/L",
        r"L=\mathit{first\_decay\_steps}\cdot\mathit{t\_mul}^c",
        r"M=\mathit{m\_mul}^c",
    ),
    use="Models that are carried over from Keras; cycles that grow and fade with a floor "
    "that stays.",
    traps=(
        Trap(
            "t_mul is 2 unless given: each cycle is twice as long as the one before. "
            "torch's T_mult is 1."
        ),
        Trap(
            "m_mul shrinks only what is above alpha: the floor is the same in all cycles.", "info"
        ),
        Trap(
            "With a t_mul that is no whole number cycles begin between two steps, so "
            "that a peak may be missed by a little.",
            "info",
        ),
    ),
    links={"Keras, keras.optimizers.schedules.CosineDecayRestarts": KERAS},
    keywords=("tensorflow", "tf", "cosinedecayrestarts", "sgdr", "warm restarts", "t_mul", "m_mul"),
    params=(
        span("first_decay_steps", "Steps of the first cycle.", default=1000, minimum=1),
        FloatParam(
            name="t_mul",
            default=2.0,
            minimum=1,
            maximum=1000,
            unit="×",
            help="How many times as long each cycle is as the one before.",
        ),
        FloatParam(
            name="m_mul",
            default=1.0,
            minimum=0,
            maximum=1,
            unit="×",
            help="Factor on the peak, above alpha, from one cycle to the next.",
        ),
        FloatParam(
            name="alpha",
            default=0.0,
            minimum=0,
            maximum=1,
            unit="× base",
            help="Lowest LR as a fraction of the base LR.",
        ),
    ),
    starter={"m_mul": 0.7},
    starter_for=lambda length, base: {"first_decay_steps": max(1, -(-length // 7))},
    text=text,
    cycles=Cycles(_cycles, "first_decay_steps", "t_mul"),
    grips=(
        level(_trough, "alpha"),
        time(at_sum("first_decay_steps"), "first_decay_steps", "m_mul"),
    ),
)
