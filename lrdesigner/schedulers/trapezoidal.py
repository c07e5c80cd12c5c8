"""trapezoidal: linear warm-up, hold, linear cooldown to 0.

lr(t) = base · min(1, (t + 1) / warmup_steps, (total_steps − t) / decay_steps): the first step
already has an LR above 0, and so has the last one.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import at_sum, before_end, end_of, time
from lrdesigner.schedulers._family import duration, fit_errors, formula_spec, span, steps
from lrdesigner.schedulers._sources import MODDED_NANOGPT


def text(args: Args) -> str:
    """lr(t) = base · min(1, (t + 1) / warmup_steps, (total_steps − t) / decay_steps)."""
    total = steps(args)
    parts = ["1"]
    if args["warmup_steps"]:
        parts.append(f"(t + 1) / {args['warmup_steps']}")
    if args["decay_steps"]:
        parts.append(f"max(0, {total} - t) / {args['decay_steps']}")
    return f"min({', '.join(parts)})" if len(parts) > 1 else "1"


SPEC = formula_spec(
    key="trapezoidal",
    title="Trapezoidal",
    category=Category.HOLD,
    order=120,
    summary="Straight up, level, straight down to 0: a trapezium.",
    formula="lr(t) = base · min(1, (t + 1) / warmup_steps, (total_steps − t) / decay_steps)",
    source="Hägele et al. 2024, arXiv:2405.18392 (linear cooldown); modded-nanogpt, get_lr",
    latex=(
        r"\mathrm{lr}(t)=\mathrm{base}\cdot\min(1,\ u,\ v)",
        r"u=(t+1)/\mathit{warmup\_steps}",
        r"v=\max(0,\ \mathit{total\_steps}-t)/\mathit{decay\_steps}",
    ),
    use="Small language models and speed runs: easy to lengthen, since only the end has to move.",
    traps=(
        Trap("A warm-up and cooldown of 0 steps, the defaults, are a constant LR.", "info"),
        Trap(
            "The last step still trains, at base / decay_steps; the LR would be 0 one step later.",
            "info",
        ),
    ),
    links={"modded-nanogpt, get_lr": MODDED_NANOGPT},
    keywords=(
        "nanogpt",
        "modded-nanogpt",
        "warmdown",
        "cooldown",
        "wsd",
        "linear",
        "warm-up",
        "warmup hold anneal",
    ),
    params=(
        duration(text="Steps of all three parts together; empty: the phase's length."),
        span("warmup_steps", "Steps of the warm-up; 0: none."),
        span("decay_steps", "Steps of the cooldown (warm-down); 0: none."),
    ),
    starter_for=lambda length, base: {
        "warmup_steps": length // 10,
        "decay_steps": length * 3 // 10,
    },
    errors=lambda args: fit_errors(args, "warmup_steps", "decay_steps"),
    text=text,
    grips=(
        time(at_sum("warmup_steps"), "warmup_steps"),
        time(before_end("total_steps", "decay_steps"), "decay_steps"),
        time(end_of("total_steps"), "total_steps"),
    ),
)
