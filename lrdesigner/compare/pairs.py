"""Which parameter group of one curve is compared with which of another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Pairs:
    """Groups that belong together.

    Attributes:
        indices: Index of a group of the curve, and of its partner in the reference.
        how: ``"name"``: they have the same names; ``"one"``: the reference has a single group,
            with which all are compared; ``"place"``: no name is known on both sides, so that the
            first belongs to the first, and so on.
        alone: Indices of groups of the curve that have no partner.
    """

    indices: tuple[tuple[int, int], ...]
    how: Literal["name", "one", "place"]
    alone: tuple[int, ...] = ()


def pairs(groups: tuple[str, ...], reference: tuple[str, ...]) -> Pairs:
    """The partners of groups.

    Args:
        groups: Names of the curve's groups.
        reference: Names of the reference's groups.
    """
    named = tuple(
        (index, reference.index(name)) for index, name in enumerate(groups) if name in reference
    )
    if named:
        how: Literal["name", "one", "place"] = "name"
        found = named
    elif len(reference) == 1:
        how, found = "one", tuple((index, 0) for index in range(len(groups)))
    else:
        how, found = "place", tuple((i, i) for i in range(min(len(groups), len(reference))))
    having = {index for index, _ in found}
    alone = tuple(index for index in range(len(groups)) if index not in having)
    return Pairs(found, how, alone)
