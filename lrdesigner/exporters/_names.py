"""Names for the schedulers of exported code: short, telling, each used once."""

from __future__ import annotations

import keyword
import re
from collections import Counter

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
