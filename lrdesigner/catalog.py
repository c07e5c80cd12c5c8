"""What a scheduler *is*: the declaration behind palette, form, check, build, preview and export.

Each module of `lrdesigner.schedulers` defines ``SPEC`` (one `SchedulerSpec`); `schedulers()`
finds them all. Nothing here imports torch.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from lrdesigner.engine.formula import Formula
from lrdesigner.engine.landmarks import NONE, Landmarks
from lrdesigner.grips import GripSource
from lrdesigner.params import Param
from lrdesigner.registry import Registry

FloatArray = NDArray[np.float64]
Severity = Literal["error", "warning", "info"]

# What makes a formula a sentence.
_WORDS = re.compile(r"\b(?:after|and|as|between|for|from|in|into|of|or|rows|the|then|with|your)\b")


class Category(Enum):
    """Palette categories; each has one colour on card, block and handle."""

    WARM_UP = "warm_up"
    HOLD = "hold"
    DECAY = "decay"
    CYCLIC = "cyclic"
    ADAPTIVE = "adaptive"
    CUSTOM = "custom"

    @property
    def title(self) -> str:
        """The category's name as people read it."""
        return {"warm_up": "Warm-up"}.get(self.value, self.value.capitalize())


@dataclass(frozen=True)
class Args:
    """The parameters of one scheduler in one phase, resolved.

    Attributes:
        values: Every declared parameter: what the document says, else the followed length or
            base, else torch's default. Formulas are parsed. Required ones may be missing.
        given: Names that the code spells out: those the document gives, the required ones and
            those that follow the phase.
        length: The phase's nominal length in its interval (scheduler steps), at least 1.
        ticks: Scheduler steps that really happen before the next phase takes over; smaller
            than `length` where the horizon cuts the phase.
        bases: The base LR of every group.
        epochs: Whether a scheduler step is an epoch rather than an optimizer step.
    """

    values: Mapping[str, Any]
    given: frozenset[str]
    length: int
    ticks: int
    bases: tuple[float, ...]
    epochs: bool = False

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def group(self, name: str, index: int) -> Any:
        """The value of a parameter for one group (per-group lists are indexed)."""
        value = self.values[name]
        return value[index] if isinstance(value, (list, tuple)) else value


@dataclass(frozen=True)
class TorchCall:
    """One torch scheduler to construct: the common ground of build and export.

    Attributes:
        name: Class name in `torch.optim.lr_scheduler`, or ``"SWALR"``.
        kwargs: Keyword arguments in torch's order, without the optimizer; formulas stay
            `Formula` objects (or one per group, in a tuple).
        group_values: Parameter-group keys to set after construction, one value per group
            (what torch has no argument for); the scheduler's first step is then done again.
    """

    name: str
    kwargs: Mapping[str, Any]
    group_values: Mapping[str, tuple[float, ...]] = field(default_factory=dict)


def plain_call(name: str) -> Callable[[Args], TorchCall]:
    """A realisation that passes the given parameters to the torch class of that name."""

    def realise(args: Args) -> TorchCall:
        return TorchCall(name, {k: v for k, v in args.values.items() if k in args.given})

    return realise


def no_errors(args: Args) -> Iterable[str]:
    """No rules beyond the single parameters'."""
    return ()


@dataclass(frozen=True)
class Factor:
    """A curve that is the base LR times a formula in t, T and lr.

    Attributes:
        of: The formula of one group, or its text, which is parsed when it is needed.
        errors: Rules across parameters, without those that any formula has: that it can be
            computed, and that an LR of 0 has no factor that leads to an absolute one.
        longest: How many characters a text may have; 0 where it is no text.
    """

    of: Callable[[Args, int], Formula | str]
    errors: Callable[[Args], Iterable[str]] = no_errors
    longest: int = 0


@dataclass(frozen=True)
class Trap:
    """What people trip over with a scheduler, as one of its own facts.

    Attributes:
        text: What happens, and when, in a short plain sentence or two; marked for translation.
        severity: ``"error"`` where a run stops or torch refuses, ``"warning"`` where the curve is
            probably not what is meant, ``"info"`` for what is good to know.
        rule: The id of the rule that finds it in a document, or "".
    """

    text: str
    severity: Severity = "warning"
    rule: str = ""


@dataclass(frozen=True, kw_only=True)
class SchedulerSpec:
    r"""The declaration of one scheduler.

    Attributes:
        key: The document's ``scheduler`` value: torch's class name, or a lower_snake name.
        title: Short name for palette cards and blocks.
        category: Palette category.
        summary: One or two sentences: what it does and when it is used.
        formula: The schedule as a formula, plain text; it names the same parameters as `latex`.
        source: Where the formula is from (torch class, paper).
        latex: The formula as mathematics: what the LR is, then a line for each symbol of its own.
            A parameter appears under its name (``\mathit{step\_size}``, ``\gamma``) or as a
            letter that a line defines. The tests compute these lines and compare the numbers.
        use: When to use it, in a sentence.
        traps: What people trip over with it.
        links: Addresses of parts of `source`. Papers on arXiv and torch's classes need none.
        params: Declarations in torch's order.
        curve: Fast preview of one group: (local times as int64 array, args, group index) ->
            LR at these times. Agrees with torch to about 1e-11 relative; the exact run is the
            judge.
        realise: Gives the torch object to construct.
        errors: Rules across parameters that torch would refuse (sentences that say what to
            change). Called only when every single parameter is fine.
        starter: Parameters a phase gets when dropped from the palette.
        starter_for: Like `starter`, computed from the phase's length in its interval and the
            greatest base LR; merged over `starter`.
        keywords: Further words the palette's search finds it by.
        order: Place within its category.
        composes: Whether it may stack with others in ``with`` (`ChainedScheduler`): its curve
            is a product of relative steps.
        composes_if: Further condition on the arguments for composing.
        restarts_in_sequence: Whether `SequentialLR` can start it at a milestone from its own
            base LRs without harm to the phases before it (false for classes without a closed
            form, and for those that overwrite the groups' initial LR).
        first_in_sequence: Whether `SequentialLR` may run it as its first phase.
        cycles_momentum: Whether, with these arguments, it changes momentum or beta1.
        flat_after: Local time after which the LR provably stays constant, or None.
        epoch_only: Whether it always steps at epoch ends, with a metric
            (`ReduceLROnPlateau`).
        closed: Whether torch computes it in closed form, so that `curve` can be bit-equal.
        broadcasts: Parameters that `curve` also takes as columns, one row a variant; then the base
            LRs and the phase's length may be columns too, and times NumPy's or torch's. Empty
            if it cannot.
        factor: For a curve that is a formula: which one.
        landmarks: (args, group index) -> where the curve jumps, bends and turns, so that a
            picture with fewer points than steps misses none of it.
        grips: Where its curve can be taken hold of; None for what follows from `params`
            (`lrdesigner.grips.default_grips`).
    """

    key: str
    title: str
    category: Category
    summary: str
    formula: str
    source: str
    params: tuple[Param, ...]
    curve: Callable[[NDArray[np.int64], Args, int], FloatArray]
    realise: Callable[[Args], TorchCall]
    latex: tuple[str, ...] = ()
    use: str = ""
    traps: tuple[Trap, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    errors: Callable[[Args], Iterable[str]] = no_errors
    starter: Mapping[str, Any] = field(default_factory=dict)
    starter_for: Callable[[int, float], Mapping[str, Any]] | None = None
    keywords: tuple[str, ...] = ()
    order: int = 100
    composes: bool = False
    composes_if: Callable[[Args], bool] = lambda args: True
    restarts_in_sequence: bool = True
    first_in_sequence: bool = True
    cycles_momentum: Callable[[Args], bool] = lambda args: False
    flat_after: Callable[[Args], int | None] = lambda args: None
    epoch_only: bool = False
    closed: bool = False
    broadcasts: tuple[str, ...] = ()
    factor: Factor | None = None
    landmarks: Callable[[Args, int], Landmarks] = lambda args, index: NONE
    grips: tuple[GripSource, ...] | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """What it says of itself to people, in English; translated where it is shown."""
        params = [text for each in self.params for text in each.texts]
        words = (self.formula,) if _WORDS.search(self.formula) else ()
        traps = (trap.text for trap in self.traps)
        return (self.title, self.summary, *words, self.use, *traps, *params)

    def param(self, name: str) -> Param | None:
        """The declaration of that name, or None."""
        return next((p for p in self.params if p.name == name), None)


@lru_cache(maxsize=1)
def schedulers() -> Registry[SchedulerSpec]:
    """All schedulers the app knows, by category and order."""
    categories = list(Category)
    return Registry(
        "scheduler",
        "lrdesigner.schedulers",
        "SPEC",
        key=lambda spec: spec.key,
        order=lambda spec: (categories.index(spec.category), spec.order, spec.key),
    )
