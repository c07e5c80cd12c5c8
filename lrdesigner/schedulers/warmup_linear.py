"""warmup_linear: a straight line from 0, t / W.

lr(t) = base · t / W for t < W, then base, with W = warmup_steps.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.schedulers._family import duration, formula_spec, progress
from lrdesigner.schedulers._sources import HUGGING_FACE, MEGATRON


def text(args: Args) -> str:
    """lr(t) = base · t / W for t < W, then base."""
    return progress(args, "warmup_steps")


SPEC = formula_spec(
    key="warmup_linear",
    title="Linear t/W",
    category=Category.WARM_UP,
    order=120,
    summary="A straight line from 0 to the base LR; the first step has an LR of 0.",
    formula="lr(t) = base · min(1, t / warmup_steps)",
    source="Hugging Face transformers, num_warmup_steps; fairseq, Megatron-LM",
    latex=(r"\mathrm{lr}(t)=\mathrm{base}\cdot\min(1,\ t/\mathit{warmup\_steps})",),
    use="Runs that shall match Hugging Face's, fairseq's or Megatron's warm-up to the step.",
    traps=(
        Trap("The first step has an LR of 0 and trains nothing; Linear (t+1)/W starts above 0."),
    ),
    links={"Hugging Face transformers, num_warmup_steps": HUGGING_FACE, "Megatron-LM": MEGATRON},
    keywords=("huggingface", "num_warmup_steps", "constant_with_warmup", "megatron", "t/W"),
    params=(duration("warmup_steps", "Steps of the warm-up; empty: the phase's length."),),
    text=text,
)
