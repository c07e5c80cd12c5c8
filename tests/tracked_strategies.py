"""Documents with tracks, at random."""

from __future__ import annotations

from typing import Any

from documents import METRIC, PARAMS, document
from hypothesis import strategies as st

_NAMES = sorted(set(PARAMS) - {"ReduceLROnPlateau"})
_GROUPS = ["backbone", "neck", "head"]


@st.composite
def phases(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Up to three phases that leave momentum alone."""
    found = []
    for _ in range(draw(st.integers(0, 3))):
        name = draw(st.sampled_from(_NAMES))
        params = dict(draw(st.sampled_from(PARAMS[name])))
        if name in ("CyclicLR", "OneCycleLR"):
            params["cycle_momentum"] = False
            params["max_lr"] = 3.0  # above all bases, and one for all groups
        found.append(
            {
                "scheduler": name,
                "params": params,
                "length": f"{draw(st.integers(1, 9))} steps",
                "interval": draw(st.sampled_from(["step", "epoch"])),
                "start": draw(st.sampled_from(["continue", "base"])),
            }
        )
    return found


@st.composite
def documents_with_tracks(draw: st.DrawFn) -> dict[str, Any]:
    """A document of three groups with one track or more, of all kinds."""
    groups = [{"name": name, "lr": draw(st.sampled_from([0.1, 0.0123, 0.7]))} for name in _GROUPS]
    tracks: list[dict[str, Any]] = []
    loners = draw(st.lists(st.sampled_from(_GROUPS), max_size=2, unique=True))
    if loners and draw(st.booleans()):
        tracks.append({"groups": loners, "phases": draw(phases())})
    else:
        tracks += [{"groups": [name], "phases": draw(phases())} for name in loners]
    for quantity in draw(st.permutations(["momentum", "beta2", "weight_decay"])):
        named = draw(st.lists(st.sampled_from(_GROUPS), max_size=2, unique=True))
        lanes = [{"groups": [name]} for name in named]
        lanes += [{}] if draw(st.booleans()) else []
        tracks += [{**lane, "quantity": quantity, "phases": draw(phases())} for lane in lanes]
    tracks = tracks or [{"quantity": "weight_decay", "phases": draw(phases())}]
    data = document(
        *draw(phases()),
        groups=groups,
        optimizer="AdamW",
        args={"weight_decay": 0.25, "betas": [0.9, 0.97]},
        epochs=6,
        metric=METRIC,
    )
    return {**data, "tracks": draw(st.permutations(tracks))}
