"""adafactor_relative: the step size Adafactor has if none is given, without its scale.

lr(t) = min(10⁻², 1 / √n), with warmup_init min(10⁻⁶ · n, 1 / √n), n = t + 1: absolute, whatever the
base LR is (Shazeer & Stern 2018). Adafactor multiplies it by the RMS of each parameter unless
scale_parameter is off; that is no matter of time, and no part of this.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.params import BoolParam
from lrdesigner.schedulers._family import formula_spec
from lrdesigner.schedulers._sources import HUGGING_FACE


def text(args: Args) -> str:
    """lr(t) = min(10⁻², 1 / √n), n = t + 1."""
    limit = "1e-06 * (t + 1)" if args["warmup_init"] else "0.01"
    return f"min({limit}, 1 / sqrt(t + 1)) / lr"


SPEC = formula_spec(
    key="adafactor_relative",
    title="Adafactor step",
    category=Category.DECAY,
    order=232,
    summary="Adafactor's own relative step: a hundredth for 10,000 steps, then 1 / √n; the group's "
    "LR is ignored.",
    formula="lr(t) = min(L, 1 / √n), L = 10⁻², with warmup_init 10⁻⁶ · n, n = t + 1",
    source="Shazeer & Stern 2018, arXiv:1804.04235; Hugging Face transformers, Adafactor",
    latex=(
        r"\mathrm{lr}(t)=\min(L,\ 1/\sqrt{n})",
        (
            r"L=\begin{cases}"
            r"10^{-6}\cdot n&\mathit{warmup\_init}\\"
            r"10^{-2}&\text{otherwise}"
            r"\end{cases}"
        ),
        r"n=t+1",
    ),
    use="Other optimizers that are to follow Adafactor's own step size, as when T5 is fine-tuned.",
    traps=(
        Trap("The LR is absolute: the group's own LR is ignored, and all groups get the same."),
        Trap(
            "torch.optim.Adafactor takes the smaller of its LR and 1 / √n by itself: "
            "there a constant LR of 0.01 is this very curve."
        ),
        Trap(
            "Adafactor also multiplies by each parameter's RMS unless scale_parameter is "
            "off; that is no part of the curve.",
            "info",
        ),
    ),
    links={"Hugging Face transformers, Adafactor": HUGGING_FACE},
    keywords=("relative_step", "warmup_init", "huggingface", "kohya", "t5", "rsqrt"),
    params=(
        BoolParam(
            name="warmup_init",
            default=False,
            help="Begin with a line up from 0.000001 in place of 0.01.",
        ),
    ),
    starter={"warmup_init": True},
    text=text,
    grips=(),
)
