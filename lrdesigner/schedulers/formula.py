"""formula: the LR itself as a formula of one's own, with named constants."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from lrdesigner.catalog import Args, Category, Factor, FloatArray, SchedulerSpec, TorchCall, Trap
from lrdesigner.engine.formula import NAMES, Formula, FormulaError, parse_formula
from lrdesigner.engine.landmarks import Landmarks
from lrdesigner.i18n import mark, tr
from lrdesigner.params import ChoiceParam, ConstantsParam, FormulaParam, TextParam
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedulers._common import Times

START = {"formula": "lr * exp(-k * t / T)", "constants": {"k": 4.0}}


def curve(times: Times, args: Args, index: int) -> FloatArray:
    """lr(t) = your formula."""
    base = args.bases[index]
    factors = _factor(args, args.group("formula", index)).array(times, T=args.length, lr=base)
    values: FloatArray = base * factors
    return values


def landmarks(args: Args, index: int) -> Landmarks:
    """Where the formula jumps, bends and turns."""
    factor = _factor(args, args.group("formula", index))
    return factor.landmarks(T=args.length, lr=args.bases[index], ticks=args.ticks)


def errors(args: Args) -> Iterator[str]:
    """Names that nothing stands for, and an LR of 0, which no factor leads away from."""
    formulas: list[Formula] = [args.group("formula", index) for index in range(len(args.bases))]
    known = (*NAMES, *args["constants"])
    for formula in dict.fromkeys(formulas):
        try:
            _parsed(formula.text, names=known, also=())
        except FormulaError as error:
            yield f"formula: {error.message}"
            return
    for index, (formula, base) in enumerate(zip(formulas, args.bases, strict=True)):
        if base == 0 and "lr" in _factor(args, formula).names:
            place = tr(" (group {group})", group=index) if len(args.bases) > 1 else ""
            yield (
                tr(
                    "formula: the phase starts from an LR of 0{place}, from which no factor "
                    "leads to an absolute LR; start from an LR above 0, or write the formula "
                    "as lr * (...)",
                    place=place,
                )
            )
            return


def realise(args: Args) -> TorchCall:
    """A LambdaLR: the formula, as a factor on the base LR."""
    for message in errors(args):
        raise ScheduleError(message)
    given = args["formula"]
    if isinstance(given, (list, tuple)):
        return TorchCall("LambdaLR", {"lr_lambda": [_factor(args, each) for each in given]})
    return TorchCall("LambdaLR", {"lr_lambda": _factor(args, given)})


def _factor(args: Args, formula: Formula) -> Formula:
    return _relative(formula).with_constants(args["constants"])


# Evaluated anew for each group and each picture; formulas are equal by their text.
_relative = lru_cache(maxsize=512)(Formula.relative)
_parsed = lru_cache(maxsize=512)(parse_formula)


SPEC = SchedulerSpec(
    key="formula",
    title="Formula",
    category=Category.CUSTOM,
    order=90,
    summary="The LR as a formula of your own, with named constants that you can turn.",
    formula="lr(t) = f(t), f = formula",
    source=mark("yours; run by torch.optim.lr_scheduler.LambdaLR"),
    latex=(
        r"\mathrm{lr}(t)=f(t)",
        r"f=\mathit{formula}",
    ),
    use="Anything the palette does not have: type it, and keep it as a palette entry "
    "with named constants.",
    traps=(
        Trap(
            "A formula that divides by zero or leaves a function's domain at some step "
            "stops the run there.",
            "error",
            rule="formula-fails",
        ),
        Trap(
            "A negative LR makes the training go uphill; torch does not mind.", rule="negative-lr"
        ),
        Trap(
            "It runs as a factor on the base LR, so from an LR of 0 it can reach nothing but 0.",
            "error",
            rule="parameter-refused",
        ),
        Trap(
            "torch's state_dict leaves functions out: after a resume the formula in the "
            "code counts, not the one in the checkpoint.",
            "info",
        ),
    ),
    keywords=("formula", "custom", "own", "function", "expression", "constant"),
    params=(
        FormulaParam(
            name="formula",
            per_group=True,
            constants="constants",
            help="The LR in t (local time), T (phase length), lr (base LR) and the constants.",
        ),
        ConstantsParam(
            name="constants",
            default={},
            help="Numbers with names, which the formula may use.",
        ),
        TextParam(
            name="title",
            default="",
            advanced=True,
            help="What the phase is called; empty: Formula.",
        ),
        TextParam(
            name="summary",
            default="",
            longest=200,
            advanced=True,
            help="What it does and when it is used, in a sentence.",
        ),
        ChoiceParam(
            name="category",
            default=Category.CUSTOM.value,
            choices=tuple(category.value for category in Category),
            advanced=True,
            help="Whose colour the phase has, on the timeline and in the palette.",
        ),
    ),
    starter=START,
    curve=curve,
    realise=realise,
    landmarks=landmarks,
    errors=errors,
    closed=True,
    factor=Factor(lambda args, index: _factor(args, args.group("formula", index)), errors),
)
