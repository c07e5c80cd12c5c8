"""slanted_triangular: a short way up and a long way down, for fine-tuning (ULMFiT).

lr(t) = base · (1 + p · (ratio − 1)) / ratio with cut = ⌊total_steps · cut_frac⌋ (at least 1),
p = t / cut while t < cut, then 1 − (t − cut) / (total_steps − cut) (Howard & Ruder 2018). The
paper writes the descent as 1 − (t − cut) / (cut · (1 / cut_frac − 1)), which is the same where
cut is whole, and goes below 0 where it was rounded down; AllenNLP corrects it as it is here.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import end_of, level, share, start, time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import branches, duration, formula_spec, number, plus
from lrdesigner.schedulers._sources import ALLENNLP_STLR


def text(args: Args) -> str:
    """lr(t) = base · (1 + p · (ratio − 1)) / ratio, p rising to 1 and falling to 0."""
    ratio = number(args["ratio"])
    cut = max(1, int(args["total_steps"] * args["cut_frac"]))
    left = max(1, args["total_steps"] - cut)
    p = branches([cut], [f"t / {cut}", f"max(0, 1 - (t{plus(-cut)}) / {left})"])
    return f"(1 + ({p}) * ({ratio} - 1)) / {ratio}"


SPEC = formula_spec(
    key="slanted_triangular",
    title="Slanted (STLR)",
    category=Category.CYCLIC,
    order=150,
    summary="Quickly up and slowly down in straight lines: fine-tuning as in ULMFiT.",
    formula="lr(t) = base · (1 + p · (R − 1)) / R, p = t / c for t < c, then 1 − (t − c) / "
    "(n − c), c = n · cut_frac, n = total_steps, R = ratio",
    source="Howard & Ruder 2018, arXiv:1801.06146; AllenNLP SlantedTriangular",
    latex=(
        r"\mathrm{lr}(t)=\mathrm{base}\cdot\frac{1+p\cdot(R-1)}{R}",
        r"R=\mathit{ratio}",
        (
            r"p=\begin{cases}"
            r"t/c&t<c\\"
            r"\max\left(0,\ 1-\frac{t-c}{d}\right)&\text{otherwise}"
            r"\end{cases}"
        ),
        r"d=\max(1,\ n-c)",
        r"c=\max(1,\ \lfloor n\cdot\mathit{cut\_frac}\rfloor)",
        r"n=\mathit{total\_steps}",
    ),
    use="Fine-tuning a pre-trained language model as ULMFiT does, often with a lower LR "
    "for each layer below.",
    traps=(
        Trap("The base LR is the peak; the run starts and ends at base / ratio, not at 0.", "info"),
        Trap(
            "The descent is AllenNLP's: the paper's own formula goes below the lowest LR "
            "where the cut was rounded down.",
            "info",
        ),
    ),
    links={"AllenNLP SlantedTriangular": ALLENNLP_STLR},
    keywords=("ulmfit", "stlr", "allennlp", "fine-tuning", "triangle", "warm-up"),
    params=(
        duration(),
        FloatParam(
            name="cut_frac",
            default=0.1,
            above=0,
            below=1,
            unit="of phase",
            help="Fraction of the steps on the way up.",
        ),
        FloatParam(
            name="ratio",
            default=32.0,
            minimum=1,
            unit="×",
            help="How many times lower than the peak the LR at both ends is.",
        ),
    ),
    text=text,
    grips=(
        level(start, "ratio"),
        time(share("cut_frac", "total_steps"), "cut_frac"),
        time(end_of("total_steps"), "total_steps"),
    ),
)
