"""slanted_triangular: a short way up and a long way down, for fine-tuning (ULMFiT).

lr(t) = base · (1 + p · (ratio − 1)) / ratio with cut = ⌊total_steps · cut_frac⌋ (at least 1),
p = t / cut while t < cut, then 1 − (t − cut) / (total_steps − cut) (Howard & Ruder 2018). The
paper writes the descent as 1 − (t − cut) / (cut · (1 / cut_frac − 1)), which is the same where
cut is whole, and goes below 0 where it was rounded down; AllenNLP corrects it as it is here.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import end_of, level, share, start, time
from lrdesigner.params import FloatParam
from lrdesigner.schedulers._family import branches, duration, formula_spec, number, plus


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
    formula="lr(t) = base · (1 + p · (ratio − 1)) / ratio, p = t / cut, "
    "then 1 − (t − cut) / (total_steps − cut)",
    source="Howard & Ruder 2018, arXiv:1801.06146; AllenNLP SlantedTriangular",
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
            help="How many times smaller than the peak the lowest LR is.",
        ),
    ),
    text=text,
    grips=(
        level(start, "ratio"),
        time(share("cut_frac", "total_steps"), "cut_frac"),
        time(end_of("total_steps"), "total_steps"),
    ),
)
