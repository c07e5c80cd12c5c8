"""From the stages of a plan to Python statements that construct their schedulers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lrdesigner.catalog import Args, TorchCall
from lrdesigner.engine.formula import Formula
from lrdesigner.engine.plan import HOLD, Part, Stage
from lrdesigner.exporters._imports import Imports
from lrdesigner.exporters._layout import (
    Brackets,
    Expression,
    call,
    comprehension,
    flat,
    literal,
    named,
    sequence,
)
from lrdesigner.exporters._names import Names

SCHEDULERS = "torch.optim.lr_scheduler"
_READ_LRS: tuple[Expression, ...] = (
    "# The LRs reached: they depend on the training.",
    named("lrs", comprehension('float(group["lr"])', "for group in optimizer.param_groups"), " = "),
)


@dataclass
class StageCode:
    """The code of one stage.

    Attributes:
        name: A variable or function name for it.
        statements: What has to come first; a comment is text that begins with ``#``.
        scheduler: The expression for the scheduler.
    """

    name: str
    statements: list[Expression] = field(default_factory=list)
    scheduler: Expression = ""


class StageWriter:
    """Writes stages; collects the imports and helpers that they need.

    Args:
        imports: Where they are added.

    Attributes:
        imports: What the code imports.
        sets_group_values: Whether the code calls ``with_group_values``.
    """

    def __init__(self, imports: Imports) -> None:
        self.imports = imports
        self.sets_group_values = False
        self._names = Names()

    def write(self, stage: Stage, *, known: bool = True) -> StageCode:
        """The code of a stage.

        Args:
            stage: The stage.
            known: Whether the LRs it starts from are known now. After a plateau they depend on
                the training, and the code reads them from the optimizer.
        """
        code = StageCode(self._names.of_stage(stage))
        if not known and _reads_lrs(stage):
            code.statements += _READ_LRS
        if not stage.parts:
            code.scheduler = self._construct(HOLD, {"factor": literal(1.0)})
        elif len(stage.parts) == 1:
            code.scheduler = self._part(code, stage, 0, known)
        else:
            code.scheduler = self._stack(code, stage, known)
        return code

    def _stack(self, code: StageCode, stage: Stage, known: bool) -> Expression:
        names, stacked = Names(), []
        for index, part in enumerate(stage.parts):
            stacked.append(names.of(part))
            scheduler = self._part(code, stage, index, known)
            code.statements.append(named(stacked[-1], scheduler, " = "))
        self.imports.name(SCHEDULERS, "ChainedScheduler")
        return call("ChainedScheduler", sequence(stacked), "optimizer=optimizer")

    def _part(self, code: StageCode, stage: Stage, index: int, known: bool) -> Expression:
        part = stage.parts[index]
        followers = [] if known else _followers(stage, index)
        arguments = {
            key: "lrs" if key in followers else self._argument(value, part.args, known)
            for key, value in part.call.kwargs.items()
        }
        # OneCycleLR's lr follows from the others, by the scheduler's first step.
        values = {k: literal(v) for k, v in part.call.group_values.items()}
        if "div_factor" in followers:
            peak = part.args.group("max_lr", 0)
            arguments["div_factor"] = f"{peak!r} / lrs[0]"
            if len(part.args.bases) > 1:
                del arguments["div_factor"]
                values = self._starts(code, part)
        scheduler = self._construct(part.call, arguments)
        if not values:
            return scheduler
        self.sets_group_values = True
        settings = (named(key, value) for key, value in values.items())
        return call("with_group_values", scheduler, *settings)

    def _starts(self, code: StageCode, part: Part) -> dict[str, Expression]:
        """Group values that let OneCycleLR start from the LRs reached, by torch's arithmetic."""
        peak, lowest = part.args["max_lr"], flat(literal(part.args["final_div_factor"]))
        if isinstance(peak, list):
            peaks = flat(literal(peak))
            clauses = ("peak / (peak / lr)", f"for peak, lr in zip({peaks}, lrs, strict=True)")
        else:
            clauses = (f"{peak!r} / ({peak!r} / lr)", "for lr in lrs")
        code.statements += [
            "# As torch computes them: max_lr / div_factor.",
            named("starts", comprehension(*clauses), " = "),
        ]
        low = comprehension(f"start / {lowest}", "for start in starts")
        return {"initial_lr": "starts", "min_lr": low}

    def _construct(self, torch_call: TorchCall, arguments: Mapping[str, Expression]) -> Brackets:
        module = "torch.optim.swa_utils" if torch_call.name == "SWALR" else SCHEDULERS
        self.imports.name(module, torch_call.name)
        keywords = (named(key, value) for key, value in arguments.items())
        return call(torch_call.name, "optimizer", *keywords)

    def _argument(self, value: Any, args: Args, known: bool) -> Expression:
        if isinstance(value, Formula):
            return self._lambdas([value] * len(args.bases), args, known)
        if isinstance(value, (list, tuple)) and value and isinstance(value[0], Formula):
            return self._lambdas(value, args, known)
        return literal(value)

    def _lambdas(self, formulas: Sequence[Formula], args: Args, known: bool) -> Expression:
        """One lambda for all groups where they agree, else a list of one for each group."""
        if any(formula.uses_math for formula in formulas):
            self.imports.module("math")
        texts: list[Expression] = []
        for index, (formula, base) in enumerate(zip(formulas, args.bases, strict=True)):
            if known or "lr" not in formula.names:
                texts.append(formula.lambda_text(T=args.length, lr=base))
            else:
                given = (f"lr=lrs[{index}]",)
                texts.append(formula.lambda_text(T=args.length, lr="lr", given=given))
        if len(set(texts)) == 1:
            return texts[0]
        if not known and len(set(formulas)) == 1:
            text = formulas[0].lambda_text(T=args.length, lr="lr", given=("lr=lr",))
            return comprehension(text, "for lr in lrs")
        return sequence(texts)


def _reads_lrs(stage: Stage) -> bool:
    """Whether anything in the code of a stage depends on the LRs it starts from."""
    return any(
        _followers(stage, index) or any("lr" in f.names for f in _formulas(part))
        for index, part in enumerate(stage.parts)
    )


def _formulas(part: Part) -> list[Formula]:
    found = []
    for value in part.call.kwargs.values():
        values = value if isinstance(value, (list, tuple)) else [value]
        found += [item for item in values if isinstance(item, Formula)]
    return found


def _followers(stage: Stage, index: int) -> list[str]:
    """The parameters of one scheduler of a stage that follow the LR it starts from."""
    phase = stage.segment.phase
    assert phase is not None
    params = phase.with_[index - 1].params if index else phase.params
    return [
        declared.name
        for declared in stage.parts[index].spec.params
        if declared.follows == "base"
        and params.get(declared.name) is None
        and (declared.name in params or not declared.null_follows)
    ]
