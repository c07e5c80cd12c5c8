"""What a scheduler's curve is from its middle on, said with parameters of its own.

A *relative* tail starts from the LR that was reached; one that is not starts from the LR the whole
phase started from. Most curves have neither, as few schedulers can begin in their middle.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lrdesigner.catalog import Args, SchedulerSpec, schedulers
from lrdesigner.i18n import tr

_SHIFTED = re.compile(r"\(t \+ (\d+)\)")
_T = re.compile(r"(?<![\w.])t(?!\w)")
_LENGTH = re.compile(r"(?<![\w.])T(?!\w)")
_FORMULAS = {"LambdaLR": "lr_lambda", "MultiplicativeLR": "lr_lambda", "formula": "formula"}


class NoTailError(ValueError):
    """Why a scheduler cannot go on from there; a sentence without a full stop."""


@dataclass(frozen=True)
class Tail:
    """What goes on with a curve.

    Attributes:
        scheduler: The scheduler.
        params: Its parameters.
        exact: Whether torch computes the very same bits.
    """

    scheduler: str
    params: Mapping[str, Any]
    exact: bool = True


def known(key: str) -> SchedulerSpec | None:
    """The declaration of a scheduler, if this program knows it."""
    return schedulers().get(key)


def head(spec: SchedulerSpec, params: Mapping[str, Any], args: Args) -> dict[str, Any]:
    """The parameters with which a phase that becomes shorter keeps its curve.

    Args:
        spec: The scheduler.
        params: The phase's parameters.
        args: The same, resolved.
    """
    kept = dict(params)
    for declaration in spec.params:
        name = declaration.name
        follows = declaration.follows == "length" and params.get(name) is None
        if follows and name in args.given and args[name] is not None:
            kept[name] = args[name]
    field = _FORMULAS.get(spec.key)
    if field is not None:
        kept[field] = _each(kept[field], lambda text: _LENGTH.sub(str(args.length), text))
    return kept


def tail(
    spec: SchedulerSpec, params: Mapping[str, Any], args: Args, k: int, *, relative: bool
) -> Tail:
    """What goes on with a curve after `k` of its ticks.

    Raises:
        NoTailError: If nothing does.
    """
    flat = spec.flat_after(args)
    if relative and flat is not None and k >= flat and not spec.cycles_momentum(args):
        return Tail("ConstantLR", {"factor": 1.0})
    rule = _RULES.get(spec.key)
    if rule is not None:
        return rule(spec, params, args, k, relative)
    if spec.factor is not None and not relative:
        return _as_formula(spec, args, k)
    if spec.factor is not None:
        raise NoTailError(
            tr(
                "{title} starts from where the phase before it ends, and cannot begin in "
                "its middle from another LR",
                title=tr(spec.title),
            )
        )
    raise NoTailError(
        tr(
            "{title} has no parameters that let it begin in its middle: a second "
            "half would be another curve",
            title=tr(spec.title),
        )
    )


def _constant(
    spec: SchedulerSpec, params: Mapping[str, Any], args: Args, k: int, relative: bool
) -> Tail:
    total = args["total_iters"]
    if args["factor"] == 1 or (relative and total > args.ticks):
        return Tail(spec.key, {"factor": 1.0})
    if relative:
        raise NoTailError(tr("the step at total_iters leads back to the LR it started from"))
    return Tail(spec.key, {**params, "total_iters": total - k})


def _linear(
    spec: SchedulerSpec, params: Mapping[str, Any], args: Args, k: int, relative: bool
) -> Tail:
    start, end, total = args["start_factor"], args["end_factor"], args["total_iters"]
    if k >= total:
        raise NoTailError(tr("from total_iters on it holds"))
    here = start + (end - start) * k / total
    left = {"total_iters": total - k}
    if not relative:
        return Tail(spec.key, {"start_factor": here, "end_factor": end, **left}, exact=False)
    if end > here:
        raise NoTailError(
            tr(
                "Linear cannot rise above the LR it starts from, as the second half of a "
                "warm-up would; let the phase start from each group's own LR"
            )
        )
    return Tail(spec.key, {"start_factor": 1.0, "end_factor": end / here, **left}, exact=False)


def _polynomial(
    spec: SchedulerSpec, params: Mapping[str, Any], args: Args, k: int, relative: bool
) -> Tail:
    if not relative:
        raise NoTailError(tr("Polynomial always starts from its base"))
    return Tail(spec.key, {**params, "total_iters": args["total_iters"] - k}, exact=False)


def _as_it_is(
    spec: SchedulerSpec, params: Mapping[str, Any], args: Args, k: int, relative: bool
) -> Tail:
    if not relative:
        raise NoTailError(tr("{title} goes on from where it is", title=tr(spec.title)))
    return Tail(spec.key, params)


def _step(
    spec: SchedulerSpec, params: Mapping[str, Any], args: Args, k: int, relative: bool
) -> Tail:
    size = args["step_size"]
    if k % size or not relative:
        raise NoTailError(
            tr(
                "StepLR counts its stairs from its start: cut it at a multiple of "
                "step_size ({size:,})",
                size=size,
            )
        )
    return Tail(spec.key, params)


def _multi_step(
    spec: SchedulerSpec, params: Mapping[str, Any], args: Args, k: int, relative: bool
) -> Tail:
    if not relative:
        raise NoTailError(tr("MultiStep goes on from where it is"))
    later = [milestone - k for milestone in args["milestones"] if milestone > k]
    return Tail(spec.key, {**params, "milestones": later})


def _restarts(
    spec: SchedulerSpec, params: Mapping[str, Any], args: Args, k: int, relative: bool
) -> Tail:
    cycle, done = args["T_0"], 0
    while done < k:
        done += cycle
        cycle *= args["T_mult"]
    if done != k:
        raise NoTailError(
            tr(
                "{title} is cut where one of its cycles begins, not inside one",
                title=tr(spec.title),
            )
        )
    return Tail(spec.key, {**params, "T_0": cycle}, exact=not relative)


def _shifted_formula(
    spec: SchedulerSpec, params: Mapping[str, Any], args: Args, k: int, relative: bool
) -> Tail:
    if relative != (spec.key == "MultiplicativeLR"):
        raise NoTailError(
            tr(
                "the formula starts from where the phase before it ends, and a second "
                "half would start from another LR"
            )
        )
    field = _FORMULAS[spec.key]
    return Tail(spec.key, {**params, field: _each(params[field], _shift(args.length, k))})


def _as_formula(spec: SchedulerSpec, args: Args, k: int) -> Tail:
    """A published curve from its middle on is a formula of its own."""
    from lrdesigner.engine.formula import parse_formula

    assert spec.factor is not None
    texts = []
    for group in range(len(args.bases)):
        factor = spec.factor.of(args, group)
        texts.append(factor if isinstance(factor, str) else factor.text)
    shifted = [_shift(args.length, k)(text) for text in texts]
    written = [f"lr * ({text})" for text in shifted]
    same = all(
        parse_formula(a).relative().python(T=1, lr=1.0) == parse_formula(b).python(T=1, lr=1.0)
        for a, b in zip(written, shifted, strict=True)
    )
    if same:
        title = f"{spec.title} from {k:,}"
        return Tail("formula", {"formula": _one(written), "constants": {}, "title": title})
    return Tail("LambdaLR", {"lr_lambda": _one(shifted)})


def _one(texts: list[str]) -> Any:
    return texts[0] if len(set(texts)) == 1 else texts


def _shift(length: int, k: int) -> Callable[[str], str]:
    """Rewrites a formula so that its t = 0 is what was t = k; whole numbers lose no bit."""

    def shifted(text: str) -> str:
        mark = "\0"
        text = _SHIFTED.sub(lambda found: f"({mark} + {int(found[1]) + k})", text)
        text = _T.sub(f"({mark} + {k})" if k else mark, text).replace(mark, "t")
        return _LENGTH.sub(str(length), text)

    return shifted


def _each(value: Any, change: Callable[[str], str]) -> Any:
    return [change(text) for text in value] if isinstance(value, (list, tuple)) else change(value)


_RULES: Mapping[str, Callable[[SchedulerSpec, Mapping[str, Any], Args, int, bool], Tail]] = {
    "ConstantLR": _constant,
    "LinearLR": _linear,
    "PolynomialLR": _polynomial,
    "ExponentialLR": _as_it_is,
    "StepLR": _step,
    "MultiStepLR": _multi_step,
    "CosineAnnealingWarmRestarts": _restarts,
    "LambdaLR": _shifted_formula,
    "MultiplicativeLR": _shifted_formula,
    "formula": _shifted_formula,
}
