"""power: a power of the tokens seen, whatever the batch size and the length of the run.

lr(t) = min(base, a · batch_size · n^b) with n = start_tokens + t · batch_size · seq_length tokens
(Shen et al. 2024, the power scheduler); n counts as 1 at least. The base LR is the paper's η_max.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category, Trap
from lrdesigner.grips import end, level
from lrdesigner.params import FloatParam, IntParam
from lrdesigner.schedulers._family import formula_spec, number, plus, tidy
from lrdesigner.schedulers._sources import LEVANTER


def text(args: Args) -> str:
    """lr(t) = min(base, a · batch_size · n^b), n the tokens seen."""
    batch = args["batch_size"]
    tokens = f"max(t * {batch * args['seq_length']}{plus(args['start_tokens'])}, 1)"
    return f"min(1, {number(args['a'])} * {batch} * {tokens} ** {number(args['b'])} / lr)"


def starter_for(length: int, base: float) -> dict[str, object]:
    """The base LR for a tenth of the phase, whatever that LR is."""
    batch, sequence = 128, 4096
    tokens = max(1, length // 10) * batch * sequence
    return {
        "batch_size": batch,
        "seq_length": sequence,
        "a": tidy(base / batch * tokens**0.51) or 4.6,
    }


SPEC = formula_spec(
    key="power",
    title="Power",
    category=Category.DECAY,
    order=240,
    summary="Falls as a power of the tokens seen, capped at the base LR; the run may be of any "
    "length.",
    formula="lr(t) = min(base, a · B · n^b), n = start_tokens + t · B · seq_length, B = batch_size",
    source="Shen et al. 2024, arXiv:2408.13359; levanter, PowerLrSchedule",
    latex=(
        r"\mathrm{lr}(t)=\min(\mathrm{base},\ a\cdot B\cdot n^{b})",
        r"n=\max(1,\ \mathit{start\_tokens}+t\cdot B\cdot\mathit{seq\_length})",
        r"B=\mathit{batch\_size}",
    ),
    use="Language models whose batch size or number of tokens is not settled yet: the "
    "curve depends on tokens seen only.",
    traps=(
        Trap(
            "The base LR is a cap only: below it the curve is the same for every group, "
            "whatever its own LR."
        ),
        Trap(
            "After a warm-up phase set start_tokens to the tokens it took, or the curve "
            "counts from 0 again."
        ),
        Trap(
            "a and b are the paper's, fitted with its own optimizer and models: another "
            "set-up may need others.",
            "info",
        ),
    ),
    links={"levanter, PowerLrSchedule": LEVANTER},
    keywords=("power scheduler", "levanter", "granite", "tokens", "infinite", "powerlr"),
    params=(
        IntParam(
            name="batch_size",
            unit="sequences",
            minimum=1,
            maximum=10**7,
            help="Sequences in one step; the LR goes with it.",
        ),
        IntParam(
            name="seq_length",
            unit="tokens",
            minimum=1,
            maximum=10**8,
            help="Tokens in one sequence.",
        ),
        FloatParam(
            name="a", default=4.6, above=0, help="Amplitude of the power law; 4.6 in the paper."
        ),
        FloatParam(
            name="b",
            default=-0.51,
            below=0,
            help="Exponent of the tokens seen; −0.51 in the paper.",
        ),
        IntParam(
            name="start_tokens",
            default=0,
            minimum=0,
            maximum=10**15,
            unit="tokens",
            help="Tokens seen before this phase, during the warm-up, say.",
        ),
    ),
    starter_for=starter_for,
    text=text,
    grips=(level(end, "a"),),
)
