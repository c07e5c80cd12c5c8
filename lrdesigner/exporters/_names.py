"""Names for the schedulers of exported code: short, telling, each used once."""

from __future__ import annotations

import keyword
import re
from collections import Counter
from collections.abc import Sequence

from lrdesigner.engine.plan import Part, Stage

_NAMES = {
    "ConstantLR": "hold",
    "CosineAnnealingWarmRestarts": "warm_restarts",
    "ExponentialLR": "decay",
    "LambdaLR": "custom",
    "MultiStepLR": "drops",
    "PolynomialLR": "polynomial",
    "StepLR": "stairs",
    "SWALR": "swa",
}


class Names:
    """Gives out names: the second scheduler called ``decay`` becomes ``decay_2``."""

    def __init__(self) -> None:
        self._used: Counter[str] = Counter()

    def of(self, part: Part) -> str:
        """A new name for a scheduler."""
        return self._unique(_plain_name(part))

    def of_stage(self, stage: Stage) -> str:
        """A new name for what runs in a stage."""
        return self.of(stage.parts[0]) if stage.parts else self._unique("hold")

    def _unique(self, name: str) -> str:
        self._used[name] += 1
        count = self._used[name]
        return name if count == 1 else f"{name}_{count}"


class PartNames:
    """Names for the functions of a document with tracks: ``head_lr``, ``weight_decay``.

    Args:
        groups: The names of all groups, in the optimizer's order.
    """

    def __init__(self, groups: Sequence[str]) -> None:
        self._groups = groups
        self._used: set[str] = set()

    def of(self, drives: str, groups: Sequence[int]) -> str:
        """A new name for what drives a quantity of these groups."""
        words = [_word(self._groups[index]) for index in groups]
        if len(groups) == len(self._groups):
            who = ""
        elif len(groups) <= 2:
            who = "_and_".join(words)
        else:
            who = f"{words[0]}_to_{words[-1]}"
        name = "_".join(filter(None, (who, drives)))
        if name == "lr":
            name = "learning_rate"
        if not name.isidentifier():
            name = f"group_{name}"
        count, unique = 1, name
        while unique in self._used:
            count += 1
            unique = f"{name}_{count}"
        self._used.add(unique)
        return unique


def _word(text: str) -> str:
    """The letters and digits of a name, as part of an identifier."""
    letters = "_".join(re.findall(r"[a-z0-9]+", text.lower()))
    return letters[:20].strip("_") or "group"


def _plain_name(part: Part) -> str:
    values = part.args.values
    if part.spec.key == "LinearLR":
        return "warm_up" if values["start_factor"] < values["end_factor"] else "ramp"
    if part.spec.key == "ConstantLR" and values["factor"] != 1:
        return "constant"
    name = _NAMES.get(part.spec.key)
    if name is None and part.spec.key.islower():
        name = part.spec.key  # a family's; its title may be a formula
    if name is None:
        words = re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+", part.spec.title)
        name = "_".join(word.lower() for word in words)
    return name if name.isidentifier() and not keyword.iskeyword(name) else "phase"
