"""How people look at a schedule today, beside `simulate` and the live curve.

    PYTHONPATH=tests python tests/benchmarks/peers.py [--steps N] [--rounds N]

All compute the same: the LR of every step of a warm-up and a cosine. They are measured in turn; a
ratio is the median of its rounds, with the least and the greatest beside it. Peers that are not
installed are left out with a line that says so; ``peers.txt`` beside this file has them all.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import sys
import types
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from documents import document, phase
from live import anew
from measure import duration, in_turn, machine, middle, ratio, table, version
from training import read

import lrdesigner as lrd

BASE = 0.1
HEAD = ("", "takes", "times as long as our exact curve", "times as long as our live curve", "")
NOTES = {
    "exact": "torch's own objects and its last bit, every step",
    "live": "what the screen can show; within 1e-11 of torch",
}
Values = Callable[[], object]


@dataclass(frozen=True)
class Peer:
    """One way to get the values.

    Attributes:
        name: What the table calls it.
        package: What has to be installed.
        make: (steps, steps of the warm-up) -> what computes the values.
        near: How far the values may be from torch's, in parts of the base LR: definitions of a
            warm-up differ by a step.
        note: What else there is to know.
    """

    name: str
    package: str
    make: Callable[[int, int], Values]
    near: float = 0.0
    note: str = ""


def optimizer():
    """A real one, as in a training script."""
    import torch

    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=BASE)


def torch_loop(steps, warmup):
    """What everybody writes."""
    from torch.optim.lr_scheduler import CosineAnnealingLR, LinearLR, SequentialLR

    def values():
        opt = optimizer()
        first = LinearLR(opt, start_factor=0.01, total_iters=warmup)
        second = CosineAnnealingLR(opt, T_max=steps - warmup)
        scheduler = SequentialLR(opt, [first, second], [warmup])
        found = []
        for _ in range(steps):
            found.append(scheduler.get_last_lr()[0])
            opt.step()
            scheduler.step()
        return found

    return values


def torch_plot(steps, warmup):
    """The same, with the picture that tutorials draw."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    loop = torch_loop(steps, warmup)

    def values():
        found = loop()
        figure = Figure()
        FigureCanvasAgg(figure)
        figure.add_subplot().plot(found)
        figure.savefig(io.BytesIO(), format="png")
        return found

    return values


def ignite(steps, warmup):
    """pytorch-ignite's way to see a schedule before the run."""
    from ignite.handlers.param_scheduler import (
        ConcatScheduler,
        CosineAnnealingScheduler,
        LinearCyclicalScheduler,
    )

    def values():
        opt = optimizer()
        first = LinearCyclicalScheduler(
            opt, "lr", start_value=0.01 * BASE, end_value=BASE, cycle_size=2 * warmup
        )
        second = CosineAnnealingScheduler(
            opt, "lr", start_value=BASE, end_value=0.0, cycle_size=steps - warmup
        )
        both = [first, second]
        found = ConcatScheduler.simulate_values(
            num_events=steps, schedulers=both, durations=[warmup], param_names=["lr"]
        )
        return [row[1] for row in found]

    return values


def fvcore(steps, warmup):
    """What detectron2 and pycls use."""
    from fvcore.common.param_scheduler import (
        CompositeParamScheduler,
        CosineParamScheduler,
        LinearParamScheduler,
    )

    def values():
        scheduler = CompositeParamScheduler(
            [LinearParamScheduler(0.01 * BASE, BASE), CosineParamScheduler(BASE, 0.0)],
            lengths=[warmup / steps, 1 - warmup / steps],
            interval_scaling=["rescaled", "rescaled"],
        )
        return [scheduler(step / steps) for step in range(steps)]

    return values


def optax(steps, warmup):
    """All steps in one compiled computation, float32."""
    import jax
    import jax.numpy as jnp
    import optax as package

    schedule = package.warmup_cosine_decay_schedule(0.01 * BASE, BASE, warmup, steps)
    compiled = jax.jit(schedule)
    every = jnp.arange(steps)
    return lambda: np.asarray(compiled(every))


def optax_loop(steps, warmup):
    """Step by step, as a training loop logs it."""
    import jax
    import optax as package

    compiled = jax.jit(package.warmup_cosine_decay_schedule(0.01 * BASE, BASE, warmup, steps))
    return lambda: [float(compiled(step)) for step in range(steps)]


def hugging_face(steps, warmup):
    """`get_scheduler("cosine")`, a LambdaLR."""
    from transformers.optimization import get_scheduler

    def values():
        opt = optimizer()
        scheduler = get_scheduler("cosine", opt, warmup, steps)
        found = []
        for _ in range(steps):
            found.append(scheduler.get_last_lr()[0])
            opt.step()
            scheduler.step()
        return found

    return values


def timm(steps, warmup):
    """`_get_lr` for each step, as timm's own plots do."""
    # Its schedulers alone: the models around them want torchvision.
    if "timm" not in sys.modules:
        package = types.ModuleType("timm")
        package.__path__ = list(importlib.util.find_spec("timm").submodule_search_locations)
        sys.modules["timm"] = package
    from timm.scheduler.cosine_lr import CosineLRScheduler

    def values():
        scheduler = CosineLRScheduler(
            optimizer(),
            t_initial=steps - warmup,
            warmup_t=warmup,
            warmup_prefix=True,
            warmup_lr_init=0.01 * BASE,
            t_in_epochs=False,
        )
        return [scheduler._get_lr(step)[0] for step in range(steps)]

    return values


PEERS = (
    Peer("torch, a loop", "torch", torch_loop),
    Peer("the same, and matplotlib", "matplotlib", torch_plot),
    Peer("pytorch-ignite, `simulate_values`", "pytorch-ignite", ignite, near=1e-2),
    Peer("Hugging Face, `get_scheduler` and a loop", "transformers", hugging_face, near=2e-2),
    Peer("timm, `_get_lr` and a loop", "timm", timm, near=3e-2),
    Peer("fvcore, a call for each step", "fvcore", fvcore, near=1e-2),
    Peer("optax, a call for each step", "optax", optax_loop, near=2e-2),
    Peer("optax, all steps at once", "optax", optax, near=2e-2,
         note="float32, one compiled expression; knows nothing of torch's arithmetic"),
)  # fmt: skip


def ours(steps, warmup):
    """The document of the torch loop."""
    return read(
        document(
            phase("LinearLR", {"start_factor": 0.01}, length=f"{warmup} steps"),
            phase("CosineAnnealingLR", {}),
            epochs=1,
            per_epoch=steps,
        )
    )


def same(peer, found, exact):
    """The values are those of this schedule."""
    wrong = np.abs(np.asarray(found, np.float64) - exact).max()
    if wrong > peer.near * BASE:
        raise AssertionError(f"{peer.name}: {wrong} away from torch")


def compare(steps, rounds):
    """The rows of the table, and what was left out."""
    warmup = steps // 10
    schedule = ours(steps, warmup)
    exact = lrd.simulate(schedule).lr[0]
    works = {"exact": lambda: lrd.simulate(schedule), "live": anew(schedule)}
    missing, present = [], []
    for peer in PEERS:
        if not version(peer.package):
            missing.append(f"{peer.name}: {peer.package} is not installed, so it is left out.")
            continue
        works[peer.name] = peer.make(steps, warmup)
        same(peer, works[peer.name](), exact)
        present.append(peer)
    took = in_turn(works, rounds)
    rows = []
    for peer in present:
        cells = [f"{peer.name} ({version(peer.package)})", duration(middle(took[peer.name]))]
        for mine in ("exact", "live"):
            pairs = zip(took[peer.name], took[mine], strict=True)
            cells.append(ratio([theirs / own for theirs, own in pairs]))
        rows.append([*cells, peer.note])
    for name, mine in (("lrdesigner, exact curve", "exact"), ("lrdesigner, live curve", "live")):
        rows.append([name, duration(middle(took[mine])), "", "", NOTES[mine]])
    return rows, missing


def main():
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    rows, missing = compare(options.steps, options.rounds)
    print(f"{options.steps:,} steps; {machine()}\n")
    print(table(HEAD, rows))
    print("", *missing, sep="\n")


if __name__ == "__main__":
    main()
