"""noam: the schedule of the original Transformer, up linearly and down as 1 / √n.

lr(t) = base · factor · d_model^(−½) · min(n^(−½), n · warmup_steps^(−3/2)) with n = t + first_step
(Vaswani et al. 2017, section 5.3). The optimizer's LR is 1 in the paper; AllenNLP and Paddle
multiply by it. n counts from 1 in the paper, from 0 (an LR of 0) in Paddle.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import at_sum, time
from lrdesigner.params import FloatParam, IntParam
from lrdesigner.schedulers._family import formula_spec, number, plus, span, tidy
from lrdesigner.schedulers._sources import ALLENNLP_NOAM, PADDLE


def text(args: Args) -> str:
    """lr(t) = base · factor · d_model^(−½) · min(n^(−½), n · warmup_steps^(−3/2))."""
    n = f"(t{plus(args['first_step'])})"
    rise = f"{n} * {args['warmup_steps']} ** (-1.5)"
    scale = f"{args['d_model']} ** (-0.5)"
    return f"{number(args['factor'])} * {scale} * min(max({n}, 1) ** (-0.5), {rise})"


def starter_for(length: int, base: float) -> dict[str, object]:
    """A peak at the base LR after a tenth of the phase."""
    warmup = max(1, length // 10)
    return {"warmup_steps": warmup, "factor": tidy((512 * warmup) ** 0.5)}


SPEC = formula_spec(
    key="noam",
    title="Noam",
    category=Category.DECAY,
    order=210,
    summary="The Transformer's own schedule: linear warm-up, then 1 / √n, scaled by the model's "
    "width.",
    formula="lr(t) = base · factor / √d · min(1 / √n, n / W^(3/2)), n = t + first_step, d = "
    "d_model, W = warmup_steps",
    source="Vaswani et al. 2017, arXiv:1706.03762; AllenNLP NoamLR, Paddle NoamDecay",
    latex=(
        (
            r"\mathrm{lr}(t)=\mathrm{base}\cdot\frac{\mathit{factor}}{\sqrt{d}}"
            r"\cdot\min\left(\frac{1}{\sqrt{n}},\frac{n}{W^{3/2}}\right)"
        ),
        r"n=t+\mathit{first\_step}",
        r"d=\mathit{d\_model}",
        r"W=\mathit{warmup\_steps}",
    ),
    use="Transformers trained as in the original paper, with an LR that depends on the "
    "model's width.",
    traps=(
        Trap(
            "The base LR is a factor here, and 1 in the paper: an optimizer LR of 0.001 "
            "makes the curve a thousand times too low."
        ),
        Trap(
            "The peak is base · factor / √(d_model · warmup_steps): a longer warm-up "
            "also lowers it."
        ),
        Trap("With first_step 0, Paddle's count, the first step has an LR of 0.", "info"),
    ),
    links={"AllenNLP NoamLR": ALLENNLP_NOAM, "Paddle NoamDecay": PADDLE},
    keywords=(
        "transformer",
        "attention",
        "allennlp",
        "paddle",
        "noamdecay",
        "noamlr",
        "nemo",
        "inverse square root",
        "warm-up",
        "rsqrt",
    ),
    params=(
        IntParam(
            name="d_model",
            default=512,
            minimum=1,
            unit="",
            help="Width of the model's layers; the LR goes with one over its root.",
        ),
        span(
            "warmup_steps",
            "Steps until the peak; more of them also make it lower.",
            default=4000,
            minimum=1,
        ),
        FloatParam(
            name="factor",
            default=1.0,
            minimum=0,
            unit="×",
            help="Scale of the curve; √(d_model · warmup_steps) makes the base LR the peak.",
        ),
        IntParam(
            name="first_step",
            default=1,
            minimum=0,
            advanced=True,
            help="Number of the first step: 1 in the paper, 0 in Paddle (LR 0 there).",
        ),
    ),
    starter_for=starter_for,
    text=text,
    grips=(time(at_sum("warmup_steps"), "warmup_steps", "factor"),),
)
