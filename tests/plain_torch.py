"""What a document means, a second time: plain torch objects in plain training loops.

This is the reference that the engine is measured against, so it is written from the document's
semantics alone, slowly and obviously, and imports nothing of `lrdesigner`. It takes raw JSON data.

The rules it follows:

* Boundaries are whole optimizer steps. A phase without a step does not exist; what is left over at
  the end holds the value that the last phase would have at its local time = its length.
* A phase is a fresh scheduler on a fresh optimizer whose LRs are the phase's base LRs, stepped
  after every optimizer step or at every epoch's end. Momentum is the optimizer's own outside
  phases that cycle it.
* A document that torch's `SequentialLR` can express *is* a `SequentialLR`: its later phases start
  in closed form at the milestone, from their base LRs.
"""

from __future__ import annotations

import inspect
import math
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import torch
from torch.optim import lr_scheduler, swa_utils

DURATIONS = ("T_max", "total_iters", "total_steps", "anneal_epochs")
FORMULA_NAMES = {
    **{name: getattr(math, name) for name in ("sqrt", "exp", "log", "log2", "sin", "cos", "tanh")},
    "floor": math.floor,
    "ceil": math.ceil,
    "abs": abs,
    "min": min,
    "max": max,
    "pi": math.pi,
    "e": math.e,
    "clip": lambda x, low, high: min(max(x, low), high),
    "where": lambda condition, yes, no: yes if condition else no,
}
# What SequentialLR cannot start at a milestone: no closed form, overwritten groups, a metric.
NEVER_LATER = {"MultiplicativeLR", "SWALR", "OneCycleLR", "ReduceLROnPlateau"}


class RefusedError(Exception):
    """The document has no meaning, although torch would run it; names the parameter."""


@dataclass
class Run:
    """The values of a run: float64 ``[groups, steps]``; momentum None if nothing cycles it."""

    lr: np.ndarray
    momentum: np.ndarray | None


@dataclass
class Piece:
    """A stretch of at least one step; `phase` is None for the hold at the end."""

    phase: dict[str, Any] | None
    start: int
    end: int
    length: int  # nominal, in the phase's interval
    epochs: bool

    @property
    def entries(self) -> list[dict[str, Any]]:
        return [] if self.phase is None else [self.phase, *self.phase.get("with", [])]


# -- the timeline ----------------------------------------------------------------------------------


def length_in_steps(text: str, epochs: int, per_epoch: int) -> int | None:
    if text == "rest":
        return None
    number, unit = re.fullmatch(r"([\d.]+) ?(steps?|epochs?|%)", text).groups()
    scale = {"s": Fraction(1), "e": Fraction(per_epoch), "%": Fraction(epochs * per_epoch, 100)}
    return math.floor(Fraction(number) * scale[unit[0]] + Fraction(1, 2))


def pieces(document: dict[str, Any]) -> list[Piece]:
    epochs, per_epoch = document["horizon"]["epochs"], document["horizon"]["steps_per_epoch"]
    total = epochs * per_epoch
    phases = document["phases"]
    sizes = [length_in_steps(phase.get("length", "rest"), epochs, per_epoch) for phase in phases]
    rest = max(0, total - sum(size for size in sizes if size is not None))
    found, start = [], 0
    for phase, size in zip(phases, sizes, strict=True):
        end = start + (rest if size is None else size)
        by_epoch = phase.get("interval") == "epoch" or phase["scheduler"] == "ReduceLROnPlateau"
        length = end // per_epoch - start // per_epoch if by_epoch else end - start
        if min(end, total) > start:
            found.append(Piece(phase, start, min(end, total), max(1, length), by_epoch))
        start = end
    if start < total:
        found.append(Piece(None, start, total, 1, False))
    return found


# -- optimizers and schedulers ---------------------------------------------------------------------


def own_lrs(document: dict[str, Any]) -> list[float]:
    return [float(group["lr"]) for group in document["optimizer"]["groups"]]


def optimizer(document: dict[str, Any], lrs=None, tensors: str = "") -> torch.optim.Optimizer:
    """The document's optimizer, really; with other LRs, or float32 tensors on a device as LRs."""
    spec = document["optimizer"]
    groups = []
    for group, lr in zip(spec["groups"], lrs or own_lrs(document), strict=True):
        overrides = {key: value for key, value in group.items() if key not in ("name", "lr")}
        value = torch.tensor(lr, device=tensors) if tensors else lr
        parameter = torch.nn.Parameter(torch.zeros(1, 1, device=tensors or "cpu"))
        groups.append({"params": [parameter], **_tuples(overrides), "lr": value})
    return getattr(torch.optim, spec["type"])(groups, **_tuples(spec.get("args", {})))


def _tuples(args: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in args.items()}


def train_step(opt: torch.optim.Optimizer) -> None:
    """One optimizer step of a model that has no gradients."""
    opt.step((lambda: torch.zeros(())) if isinstance(opt, torch.optim.LBFGS) else None)


def scheduler_class(name: str) -> type:
    return swa_utils.SWALR if name == "SWALR" else getattr(lr_scheduler, name)


def scheduler(opt, entry: dict[str, Any], length: int, bases: list[float]):
    """One torch scheduler, its durations following the phase where the document is silent."""
    name, params = entry["scheduler"], entry.get("params", {})
    kind = scheduler_class(name)
    kwargs = {key: value for key, value in params.items() if value is not None}
    for duration in DURATIONS:
        if duration in inspect.signature(kind).parameters and duration not in kwargs:
            kwargs[duration] = length
    if name == "OneCycleLR":
        if "epochs" in kwargs and params.get("total_steps") is None:
            del kwargs["total_steps"]
        kwargs["pct_start"] = float(kwargs.get("pct_start", 0.3))
        if "div_factor" in params and params["div_factor"] is None:
            kwargs["div_factor"] = _follow_base(kwargs["max_lr"], bases)
    if name == "CyclicLR":
        kwargs.setdefault("base_lr", list(bases))
        if np.greater(kwargs["base_lr"], kwargs["max_lr"]).any():
            raise RefusedError("max_lr")
    if "lr_lambda" in kwargs:
        texts = kwargs["lr_lambda"]
        texts = texts if isinstance(texts, list) else [texts] * len(bases)
        kwargs["lr_lambda"] = [
            formula(text, T=length, lr=base) for text, base in zip(texts, bases, strict=True)
        ]
    return kind(opt, **kwargs)


def formula(text: str, **names: float):
    return eval(f"lambda t: {text}", {"__builtins__": {}, **FORMULA_NAMES, **names})


def _follow_base(max_lr, bases: list[float]) -> float:
    assert len(bases) == 1, "one div_factor for all groups: run() splits such documents by group"
    if bases[0] <= 0:
        raise RefusedError("div_factor")
    return (max_lr[0] if isinstance(max_lr, list) else max_lr) / bases[0]


def chain(opt, piece: Piece, bases: list[float]):
    """The scheduler of a piece: bare, or a stack."""
    made = [scheduler(opt, entry, piece.length, bases) for entry in piece.entries]
    return made[0] if len(made) == 1 else lr_scheduler.ChainedScheduler(made)


# -- SequentialLR ----------------------------------------------------------------------------------


def cycles_momentum(piece: Piece) -> bool:
    return any(
        entry["scheduler"] in ("CyclicLR", "OneCycleLR")
        and entry.get("params", {}).get("cycle_momentum", True)
        for entry in piece.entries
    )


def flat_at_end(piece: Piece) -> bool:
    """Whether the phase, stepped on past its end, keeps the value that it has there."""
    per_phase = []
    for entry in piece.entries:
        name, params = entry["scheduler"], entry.get("params", {})
        if name == "ConstantLR" and params.get("factor") == 1:
            last = 0
        elif name in ("ConstantLR", "LinearLR", "PolynomialLR"):
            given = params.get("total_iters")
            last = piece.length if given is None else given
        elif name == "MultiStepLR":
            last = max(params["milestones"], default=0)
        else:
            return False
        per_phase.append(last <= piece.length)
    return all(per_phase)


def torch_can_chain(document: dict[str, Any]) -> bool:
    """Whether `SequentialLR` (stepped per step, or per epoch) means what the document says."""
    found = pieces(document)
    if found[-1].phase is None and len(found) > 1 and flat_at_end(found[-2]):
        found = found[:-1]
    phases = [piece for piece in found if piece.phase]
    if len(found) < 2 or len({piece.epochs for piece in phases}) > 1:
        return False
    per_epoch = document["horizon"]["steps_per_epoch"]
    if phases[0].epochs and any(piece.start % per_epoch for piece in found):
        return False
    if any(len(piece.entries) > 1 or cycles_momentum(piece) for piece in phases):
        return False
    names = [piece.phase["scheduler"] for piece in phases]
    return names[0] != "ReduceLROnPlateau" and not NEVER_LATER & set(names[1:])


def sequential(
    document: dict[str, Any], found: list[Piece], bases: list[list[float]], tensors: str
):
    """Optimizer and scheduler of the first phases of such a document."""
    opt = optimizer(document, tensors=tensors)
    per_epoch = document["horizon"]["steps_per_epoch"]
    made = []
    for piece, base in zip(found, bases, strict=True):
        made.append(chain(opt, piece, base))
        if piece.start and piece.phase["scheduler"] != "CyclicLR":  # keeps its own base_lr
            made[-1].base_lrs = [torch.tensor(lr, device=tensors) if tensors else lr for lr in base]
    if len(made) == 1:
        return opt, made[0]
    starts = [piece.start for piece in found[1:]]
    milestones = [start // per_epoch for start in starts] if found[0].epochs else starts
    return opt, lr_scheduler.SequentialLR(opt, made, milestones)


# -- runs ------------------------------------------------------------------------------------------


def momentum_of(group: dict[str, Any]) -> float:
    return group["betas"][0] if "betas" in group else group.get("momentum", 0.0)


def lrs_of(opt) -> list[float]:
    return [float(group["lr"]) for group in opt.param_groups]


def metric_of(document: dict[str, Any]) -> list[float]:
    metric, epochs = document["metric"], document["horizon"]["epochs"]
    if "formula" in metric:
        value = formula(metric["formula"])
        return [value(epoch) for epoch in range(epochs)]
    values = metric["values"]
    return [values[min(epoch, len(values) - 1)] for epoch in range(epochs)]


def snapped(reached: list[float], own: list[float]) -> list[float]:
    return [
        mine if abs(lr - mine) <= 1e-12 * abs(mine) else lr
        for lr, mine in zip(reached, own, strict=True)
    ]


def run(document: dict[str, Any], tensors: str = "") -> Run:
    """Every value of a document; `tensors` is a device for LRs that are float32 tensors.

    A ``div_factor`` that follows the base may differ between groups, for which torch has no
    argument: such a document is run group by group.
    """
    groups = len(document["optimizer"]["groups"])
    null_factor = any(
        entry.get("params", {}).get("div_factor", 0) is None
        for piece in pieces(document)
        for entry in piece.entries
    )
    if not null_factor or groups == 1:
        return _run(document, tensors)
    alone = [_run(one_group(document, index), tensors) for index in range(groups)]
    momenta = [one.momentum for one in alone]
    together = None if momenta[0] is None else np.concatenate(momenta)
    return Run(np.concatenate([one.lr for one in alone]), together)


def one_group(document: dict[str, Any], index: int) -> dict[str, Any]:
    """The document with a single group, its per-group lists indexed."""

    def pick(entry: dict[str, Any]) -> dict[str, Any]:
        params = {
            key: value[index] if isinstance(value, list) and key != "milestones" else value
            for key, value in entry.get("params", {}).items()
        }
        return {**entry, "params": params, "with": [pick(item) for item in entry.get("with", [])]}

    spec = {**document["optimizer"], "groups": [document["optimizer"]["groups"][index]]}
    return {**document, "optimizer": spec, "phases": [pick(p) for p in document["phases"]]}


def _run(document: dict[str, Any], tensors: str) -> Run:
    horizon, own = document["horizon"], own_lrs(document)
    per_epoch, total = horizon["steps_per_epoch"], horizon["epochs"] * horizon["steps_per_epoch"]
    found = pieces(document)
    chained = torch_can_chain(document)
    lr = np.empty((len(own), total))
    mine = [momentum_of(group) for group in optimizer(document).param_groups]
    momentum = np.repeat(np.array(mine, dtype=float)[:, None], total, axis=1)
    reached, bases = own, []
    for place, piece in enumerate(found):
        if piece.phase is None:
            held = lrs_of(optimizer(document, reached, tensors))
            lr[:, piece.start :] = np.array(held)[:, None]
            continue
        follows = place > 0 and piece.phase.get("start", "continue") == "continue"
        bases.append(snapped(reached, own) if follows else own)
        if chained:
            opt, made = sequential(document, found[: place + 1], bases, tensors)
            start = 0
        else:
            opt = optimizer(document, bases[-1], tensors)
            made, start = chain(opt, piece, bases[-1]), piece.start
        for step in range(start, piece.end):
            lr[:, step] = lrs_of(opt)
            if cycles_momentum(piece) and step >= piece.start:
                momentum[:, step] = [momentum_of(group) for group in opt.param_groups]
            train_step(opt)
            if not piece.epochs:
                made.step()
            elif (step + 1) % per_epoch == 0:
                if piece.phase["scheduler"] == "ReduceLROnPlateau":
                    made.step(metric_of(document)[step // per_epoch])
                else:
                    made.step()
        reached = lrs_of(opt)
    return Run(lr, momentum if any(cycles_momentum(piece) for piece in found) else None)
