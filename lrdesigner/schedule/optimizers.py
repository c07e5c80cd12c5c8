"""The optimizers of `torch.optim`: which arguments they have and whether momentum can cycle.

A table, so that forms and checks need not import torch; a test compares it with torch's
signatures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lrdesigner.i18n import mark, tr
from lrdesigner.params import BoolParam, FloatParam, IntParam, NumbersParam, Param
from lrdesigner.schedule.model import Group, OptimizerSpec
from lrdesigner.sentences import unended


@dataclass(frozen=True)
class OptimizerInfo:
    """One class of `torch.optim`.

    Attributes:
        name: Class name.
        params: Its keyword arguments without ``lr``, with torch's defaults and limits.
        one_group: Whether it takes a single parameter group only.
        zero_lr: Whether torch takes an LR of 0.
    """

    name: str
    params: tuple[Param, ...]
    one_group: bool = False
    zero_lr: bool = True

    @cached_property
    def defaults(self) -> Mapping[str, Any]:
        """The arguments' names with torch's defaults."""
        return {param.name: param.default for param in self.params}

    @cached_property
    def momentum_key(self) -> str | None:
        """The argument a cyclic scheduler changes: ``betas`` (its first), ``momentum``, none."""
        return next((key for key in ("betas", "momentum") if key in self.defaults), None)

    def param(self, name: str) -> Param | None:
        """The declaration of that argument, or None."""
        return next((param for param in self.params if param.name == name), None)


_HELP = {
    "momentum": mark("How much of the last update is carried on."),
    "betas": mark("Decay of the running averages of gradient and squared gradient."),
    "weight_decay": mark("How strongly weights are pulled towards 0."),
    "nesterov": mark("Look ahead along the momentum."),
    "dampening": mark("How much the new gradient is held back under momentum."),
    "eps": mark("Added to the denominator, against division by 0."),
    "amsgrad": mark("Keep the greatest of the squared averages."),
}
_OTHER_HELP = mark("An argument of the optimizer.")


def _help(name: str) -> str:
    return _HELP.get(name, _OTHER_HELP)


def _real(name: str, default: float, minimum: float | None = 0, **limits: Any) -> FloatParam:
    return FloatParam(name=name, default=default, minimum=minimum, help=_help(name), **limits)


def _whole(name: str, default: int, **limits: Any) -> IntParam:
    return IntParam(name=name, default=default, minimum=1, help=_help(name), **limits)


def _switch(name: str, default: bool) -> BoolParam:
    return BoolParam(name=name, default=default, help=_help(name))


def _pair(name: str, default: tuple[float, float], *items: FloatParam) -> NumbersParam:
    return NumbersParam(name=name, default=default, help=_help(name), items=items)


_DECAY = _real("weight_decay", 0.0)
_EPS = _real("eps", 1e-8)
_BETA = FloatParam(name="beta", minimum=0, below=1, help="")
_BETAS = _pair("betas", (0.9, 0.999), _BETA, _BETA)
_ADAM = (_BETAS, _EPS, _DECAY)
_SIZE = FloatParam(name="size", minimum=0, help="")
_ETAS = (
    FloatParam(name="less", above=0, below=1, help=""),
    FloatParam(name="more", above=1, help=""),
)

# What torch refuses, and what it documents as not negative without checking it.
OPTIMIZERS: Mapping[str, OptimizerInfo] = {
    info.name: info
    for info in (
        OptimizerInfo(
            "SGD",
            (
                _real("momentum", 0.0),
                _real("dampening", 0.0),
                _DECAY,
                _switch("nesterov", False),
            ),
        ),
        OptimizerInfo(
            "AdamW", (_BETAS, _EPS, _real("weight_decay", 0.01), _switch("amsgrad", False))
        ),
        OptimizerInfo("Adam", (*_ADAM, _switch("amsgrad", False))),
        OptimizerInfo("NAdam", (*_ADAM, _real("momentum_decay", 4e-3))),
        OptimizerInfo("RAdam", _ADAM),
        OptimizerInfo("Adamax", _ADAM),
        OptimizerInfo(
            "RMSprop",
            (
                _real("alpha", 0.99),
                _EPS,
                _DECAY,
                _real("momentum", 0.0),
                _switch("centered", False),
            ),
        ),
        OptimizerInfo(
            "Muon",
            (
                _real("weight_decay", 0.1),
                _real("momentum", 0.95),
                _switch("nesterov", True),
                _real("eps", 1e-7),
                _whole("ns_steps", 5, maximum=99),
            ),
        ),
        OptimizerInfo(
            "Adagrad",
            (
                _real("lr_decay", 0.0),
                _DECAY,
                _real("initial_accumulator_value", 0.0),
                _real("eps", 1e-10),
            ),
        ),
        OptimizerInfo("Adadelta", (_real("rho", 0.9, maximum=1), _real("eps", 1e-6), _DECAY)),
        OptimizerInfo(
            "Adafactor",
            (_real("beta2_decay", -0.8, None, maximum=0), _real("d", 1.0, 1), _DECAY),
        ),
        OptimizerInfo(
            "ASGD", (_real("lambd", 1e-4), _real("alpha", 0.75), _real("t0", 1e6), _DECAY)
        ),
        OptimizerInfo(
            "Rprop",
            (_pair("etas", (0.5, 1.2), *_ETAS), _pair("step_sizes", (1e-6, 50), _SIZE, _SIZE)),
        ),
        OptimizerInfo("SparseAdam", (_BETAS, _real("eps", 1e-8, None, above=0)), zero_lr=False),
        OptimizerInfo(
            "LBFGS", (_whole("max_iter", 20), _whole("history_size", 100)), one_group=True
        ),
    )
}


def optimizer_defaults(spec: OptimizerSpec) -> dict[str, Any]:
    """The optimizer's arguments: torch's defaults overlaid with the document's."""
    info = OPTIMIZERS.get(spec.type)
    return {**(info.defaults if info else {}), **spec.args}


@dataclass(frozen=True)
class Refusal:
    """An argument, or a group's LR, that torch does not take.

    Attributes:
        name: The argument, or ``"lr"``.
        message: What is the matter, as a sentence.
        fix: What to do about it, as a sentence.
        group: The group that has it; None for the optimizer's own arguments.
        range: Whether it is of the right type.
    """

    name: str
    message: str
    fix: str
    group: int | None = None
    range: bool = True


def refusals(spec: OptimizerSpec) -> Iterator[Refusal]:
    """What torch would refuse of an optimizer's arguments and its groups' own."""
    info = OPTIMIZERS.get(spec.type)
    if info is not None:
        yield from _of_arguments(info, spec.args, None)
        yield from _across(spec)
    for index in range(len(spec.groups)):
        yield from group_refusals(spec, index)


def group_refusals(spec: OptimizerSpec, index: int) -> Iterator[Refusal]:
    """What torch would refuse of one group's LR and its own arguments."""
    info = OPTIMIZERS.get(spec.type)
    if info is None:
        return
    group = spec.groups[index]
    if group.lr == 0 and not info.zero_lr:
        what = tr("{optimizer} takes no LR of 0", optimizer=spec.type)
        yield Refusal("lr", what, tr("Give group {name!r} an LR above 0.", name=group.name), index)
    yield from _of_arguments(info, group.overrides, index)


def _of_arguments(
    info: OptimizerInfo, given: Mapping[str, Any], group: int | None
) -> Iterator[Refusal]:
    for name, value in given.items():
        declaration = info.param(name)
        if declaration is None:
            continue
        wrong = declaration.type_error(value)
        message = wrong or declaration.range_error(value)
        if message is None:
            continue
        fix = (
            tr("Give {allowed}.", allowed=declaration.allowed)
            if wrong
            else declaration.one_remedy(value)
        )
        fix = (
            tr("{fix}, or leave {name} out.", fix=unended(fix), name=name)
            if fix
            else tr("Leave {name} out.", name=name)
        )
        yield Refusal(name, message, fix, group, range=wrong is None)


def _across(spec: OptimizerSpec) -> Iterator[Refusal]:
    """Arguments that exclude each other."""
    values = optimizer_defaults(spec)
    momentum, dampening = values.get("momentum"), values.get("dampening")
    if spec.type == "SGD" and values["nesterov"] is True and (not momentum or dampening):
        what = tr("nesterov needs a momentum above 0 and a dampening of 0")
        yield Refusal("nesterov", what, tr("Give momentum, such as 0.9, or turn nesterov off."))
    if values.get("fused") is True and values.get("foreach") is True:
        yield Refusal("fused", tr("fused and foreach exclude each other"), tr("Keep one of them."))


def own_momentum(spec: OptimizerSpec, group: Group) -> float | None:
    """Momentum (or beta1) of a group outside phases that cycle it; None if it has none."""
    values = {**optimizer_defaults(spec), **group.overrides}
    info = OPTIMIZERS.get(spec.type)
    key = info.momentum_key if info else None
    if key == "betas":
        return float(values["betas"][0])
    return float(values["momentum"]) if key == "momentum" else None
