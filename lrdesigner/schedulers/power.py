"""power: a power of the tokens seen, whatever the batch size and the length of the run.

lr(t) = min(base, a · batch_size · n^b) with n = start_tokens + t · batch_size · seq_length tokens
(Shen et al. 2024, the power scheduler); n counts as 1 at least. The base LR is the paper's η_max.
"""

from __future__ import annotations

from lrdesigner.catalog import Args, Category
from lrdesigner.grips import end, level
from lrdesigner.params import FloatParam, IntParam
from lrdesigner.schedulers._family import formula_spec, number, plus, tidy


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
    formula="lr(t) = min(base, a · batch_size · n^b), n = start_tokens + t · batch_size · "
    "seq_length",
    source="Shen et al. 2024, arXiv:2408.13359; levanter, PowerLrSchedule",
    keywords=("power scheduler", "levanter", "granite", "tokens", "infinite", "powerlr"),
    params=(
        IntParam(name="batch_size", minimum=1, maximum=10**7, help="Sequences in a step."),
        IntParam(name="seq_length", minimum=1, maximum=10**8, help="Tokens in a sequence."),
        FloatParam(name="a", default=4.6, above=0, help="Amplitude; 4.6 in the paper."),
        FloatParam(name="b", default=-0.51, below=0, help="Exponent; −0.51 in the paper."),
        IntParam(
            name="start_tokens",
            default=0,
            minimum=0,
            maximum=10**15,
            unit="tokens",
            help="Tokens seen before this phase, as in the warm-up.",
        ),
    ),
    starter_for=starter_for,
    text=text,
    grips=(level(end, "a"),),
)
