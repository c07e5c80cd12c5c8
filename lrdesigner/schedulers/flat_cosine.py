"""flat_cosine: holds the base LR, then falls along half a cosine.

lr(t) = base while p = t / total_steps < pct_start, then
end + (base − end) · ½ (1 + cos(π (p − pct_start) / (1 − pct_start))) with end = base / div_final:
fastai's ``fit_flat_cos``.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import end_of, share, time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import duration, formula_spec, number, progress
from lrdesigner.schedulers._shapes import COSINE
from lrdesigner.schedulers._sources import FASTAI


def text(args: Args) -> str:
    """lr(t) = base, then end + (base − end) · ½ (1 + cos(π (p − pct_start) / (1 − pct_start)))."""
    flat, low = number(args["pct_start"]), f"1 / {number(args['div_final'])}"
    passed = f"max(0, {progress(args)} - {flat}) / (1 - {flat})"
    return f"{low} + (1 - {low}) * {COSINE.format(passed)}"


SPEC = formula_spec(
    key="flat_cosine",
    title="Flat + cosine",
    category=Category.HOLD,
    order=110,
    summary="Holds the base LR for most of the run and falls along half a cosine at the end.",
    formula="lr(t) = base for p < a, then end + (base − end) · ½ (1 + cos(π (p − a) / (1 − "
    "a))), p = min(1, t / total_steps), a = pct_start, end = base / div_final",
    source="fastai, fit_flat_cos",
    latex=(
        r"\mathrm{lr}(t)=\mathrm{end}+(\mathrm{base}-\mathrm{end})\cdot x",
        r"x=\begin{cases}1&p<a\\\frac{1}{2}(1+\cos\theta)&\text{otherwise}\end{cases}",
        r"\theta=\pi\frac{p-a}{1-a}",
        r"p=\min\left(1,\ \frac{t}{\mathit{total\_steps}}\right)",
        r"a=\mathit{pct\_start}",
        r"\mathrm{end}=\mathrm{base}/\mathit{div\_final}",
    ),
    use="Optimizers that like a steady LR, such as Ranger; fine-tuning where most of the "
    "run shall be at full LR.",
    traps=(
        Trap(
            "It begins at the full base LR: put a warm-up before it if the model needs one.", "info"
        ),
        Trap(
            "pct_start is where the fall begins; OneCycleLR's parameter of the same name "
            "is where the rise ends.",
            "info",
        ),
    ),
    links={"fastai, fit_flat_cos": FASTAI},
    keywords=("fastai", "fit_flat_cos", "flat annealing", "colossalai", "ranger", "cooldown"),
    params=(
        duration(),
        FloatParam(
            name="pct_start",
            default=0.75,
            minimum=0,
            below=1,
            unit="of phase",
            help="Fraction of the steps before the fall begins.",
        ),
        FloatParam(
            name="div_final",
            default=1e5,
            minimum=1,
            unit="×",
            help="The end LR is the base LR divided by this.",
        ),
    ),
    text=text,
    grips=(
        time(share("pct_start", "total_steps"), "pct_start"),
        time(end_of("total_steps"), "total_steps", "div_final"),
    ),
)
