"""What the families that torch lacks share: a published formula, realised through LambdaLR.

A family says how its parameters make a formula of the formula language, a factor on the base LR.
Preview, run, build and export all read that one text, so they cannot disagree. Absolute LRs are
written as ``value / lr``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import update_wrapper
from typing import Any

from lrdesigner.catalog import (
    Args,
    Factor,
    FloatArray,
    SchedulerSpec,
    TorchCall,
    Trap,
    no_errors,
)
from lrdesigner.engine.formula import (
    MAX_GENERATED,
    MAX_LENGTH,
    Formula,
    FormulaError,
    generated_formula,
)
from lrdesigner.engine.landmarks import Landmarks
from lrdesigner.i18n import tr
from lrdesigner.params import FloatParam, IntListParam, IntParam, TableParam
from lrdesigner.schedule.errors import ScheduleError
from lrdesigner.schedulers._common import Times
from lrdesigner.schedulers._cycles import Cycles
from lrdesigner.schedulers._tables import Table

Text = Callable[[Args], str]
Errors = Callable[[Args], Iterable[str]]

# So many branches stand one after the other; more become a tree, as nesting has a limit.
_CHAIN = 8


def formula_spec(
    *,
    text: Text,
    errors: Errors = no_errors,
    table: Table | None = None,
    cycles: Cycles | None = None,
    **declaration: Any,
) -> SchedulerSpec:
    """The declaration of a scheduler that is a formula in t, T and lr.

    Args:
        text: The factor on the base LR, from parameters that `errors` has nothing against. Its
            docstring is the formula.
        errors: Rules across parameters.
        table: For a formula that grows with the rows of a table, the same curve without it.
        cycles: For a formula that grows with the number of cycles, how these do.
        declaration: Everything else a `SchedulerSpec` has.
    """
    tables = any(isinstance(each, (TableParam, IntListParam)) for each in declaration["params"])
    longest = MAX_GENERATED if tables else MAX_LENGTH
    if cycles is not None:
        errors = cycles.checked(errors, text, longest)

    def problems(args: Args) -> Iterator[str]:
        found = list(errors(args))
        if not found and table is not None and table.computable(args):
            yield from _needs_base(args, table.absolute(args))
            return
        yield from found or _formula_errors(text, args, longest)

    def parsed(args: Args) -> Formula:
        return generated_formula(text(args), longest)

    def curve(times: Times, args: Args, index: int) -> FloatArray:
        if table is not None:
            return table.curve(times, args, index)
        base = args.bases[index]
        values: FloatArray = base * parsed(args).array(times, T=args.length, lr=base)
        return values

    def landmarks(args: Args, index: int) -> Landmarks:
        if table is not None:
            return table.landmarks(args)
        formula = parsed(args)
        return formula.landmarks(T=args.length, lr=args.bases[index], ticks=args.ticks)

    def realise(args: Args) -> TorchCall:
        for message in problems(args):
            raise ScheduleError(message)
        return TorchCall("LambdaLR", {"lr_lambda": parsed(args)})

    update_wrapper(curve, text, assigned=("__module__", "__doc__"), updated=())
    return SchedulerSpec(
        curve=curve,
        realise=realise,
        landmarks=landmarks,
        errors=problems,
        closed=True,
        factor=Factor(lambda args, index: text(args), errors, longest),
        **declaration,
    )


def _formula_errors(text: Text, args: Args, longest: int) -> Iterator[str]:
    formula = text(args)
    try:
        names = generated_formula(formula, longest).names
    except FormulaError as error:
        yield tr("these parameters make no formula that can be computed: {why}", why=error.message)
        return
    yield from _needs_base(args, "lr" in names)


def _needs_base(args: Args, absolute: bool) -> Iterator[str]:
    """An absolute LR is written as a factor, and no factor leads away from 0."""
    if absolute and 0 in args.bases:
        place = tr(" (group {group})", group=args.bases.index(0)) if len(args.bases) > 1 else ""
        yield tr(
            "the phase starts from an LR of 0{place}, from which no factor leads to an absolute "
            "LR; start from an LR above 0, or give the value as a fraction of the base LR",
            place=place,
        )


# -- text ----------------------------------------------------------------------------------------


def number(value: float) -> str:
    """A number as a formula reads back the same bits, in brackets if it is negative."""
    text = repr(value)
    return f"({text})" if text.startswith("-") else text


def plus(value: int) -> str:
    """``" + 3"``, ``" - 3"``, or nothing for 0: the end of a sum."""
    sign = "-" if value < 0 else "+"
    return f" {sign} {abs(value)}" if value else ""


def steps(args: Args, name: str = "total_steps") -> str:
    """A duration; `T` where it is the phase's own length."""
    return "T" if args[name] == args.length else repr(args[name])


def progress(args: Args, name: str = "total_steps") -> str:
    """The fraction of a duration that has passed; it stays 1 after the end."""
    length = steps(args, name)
    return f"min(t, {length}) / {length}"


def absolute(value: float) -> str:
    """An absolute LR as a factor on the base LR."""
    return f"{number(value)} / lr" if value else "0"


def branches(bounds: Sequence[int | str], leaves: Sequence[str], sign: str = "<") -> str:
    """One leaf up to each bound, and a last one after all of them.

    Args:
        bounds: Local times (numbers, or `T`), rising.
        leaves: One more than there are bounds.
        sign: ``"<"``, or ``"<="`` where a leaf holds at its bound too.
    """
    if len(leaves) == 1:
        return leaves[0]
    cut = 1 if len(leaves) <= _CHAIN else len(leaves) // 2
    before = branches(bounds[: cut - 1], leaves[:cut], sign)
    after = branches(bounds[cut:], leaves[cut:], sign)
    return f"where(t {sign} {bounds[cut - 1]}, {before}, {after})"


# -- the floor: absolute, or a fraction of the base LR ---------------------------------------------

# Only one of them may be given; the other is 0.
FLOOR_LATEX = r"\mathrm{floor}=\max(\mathit{min\_lr},\ \mathit{min\_lr\_ratio}\cdot\mathrm{base})"

FLOOR_TRAP = Trap(
    "min_lr is absolute: a group whose LR is below it rises to it; min_lr_ratio keeps the groups' "
    "ratio.",
    rule="floor-above-lr",
)


def floor_params(name: str = "min_lr") -> tuple[FloatParam, FloatParam]:
    """The value a decay ends at, in the two ways frameworks have for it."""
    return (
        FloatParam(
            name=name,
            default=0.0,
            minimum=0,
            unit="lr",
            help="Lowest LR, absolute and the same for every group; 0: none.",
        ),
        FloatParam(
            name=f"{name}_ratio",
            default=0.0,
            minimum=0,
            maximum=1,
            unit="× base",
            help="Lowest LR as a fraction of the base LR; 0: none.",
        ),
    )


def floor(args: Args, name: str = "min_lr") -> str:
    """The floor as a factor on the base LR."""
    return number(args[f"{name}_ratio"]) if args[f"{name}_ratio"] else absolute(args[name])


def above_floor(args: Args, shape: str, name: str = "min_lr") -> str:
    """A shape from 1 to 0, as one from 1 to the floor."""
    low = floor(args, name)
    return shape if low == "0" else f"{low} + (1 - {low}) * ({shape})"


def floor_errors(args: Args, name: str = "min_lr") -> Iterator[str]:
    """Both floors at once."""
    if args[name] and args[f"{name}_ratio"]:
        yield tr(
            "{name} and {name}_ratio are both given; keep one of them, and set the other to 0",
            name=name,
        )


# -- parameters ------------------------------------------------------------------------------------


def duration(
    name: str = "total_steps",
    text: str = "Steps until the end value is reached; empty: the phase's length.",
) -> IntParam:
    """A duration that follows the phase."""
    return IntParam(
        name=name,
        default=None,
        follows="length",
        minimum=1,
        unit="ticks",
        help=text,
    )


def span(name: str, text: str, default: Any = 0, minimum: int = 0, **more: Any) -> IntParam:
    """A number of steps that does not follow the phase."""
    return IntParam(name=name, default=default, minimum=minimum, unit="ticks", help=text, **more)


def fit_errors(
    args: Args, *names: str, total: str = "total_steps", spare: int = 0
) -> Iterator[str]:
    """Parts that are longer than the whole.

    Args:
        args: The arguments.
        names: Parameters that are parts; None counts as nothing.
        total: The parameter that is the whole.
        spare: What has to be left over.
    """
    parts = sum(args[name] or 0 for name in names)
    if parts + spare > args[total]:
        which = tr(" and ").join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
        yield tr(
            "{names}: {parts:,} steps do not fit into {total:,}, and {spare} must be left over; "
            "shorten them, or make the phase longer"
            if spare
            else "{names}: {parts:,} steps do not fit into {total:,}; shorten them, or make the "
            "phase longer",
            names=which,
            parts=parts,
            total=args[total],
            spare=spare,
        )


def tidy(value: float) -> float:
    """Three significant digits: what a field shows without noise."""
    return float(f"{value:.3g}")
