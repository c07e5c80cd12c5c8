"""A plain training loop around exported code: what a user does with it, and nothing else.

`lrdesigner.verify` runs this file as a program in a fresh interpreter. It needs torch only, and
makes sure that the exported code does not lean on lrdesigner either.
"""

from __future__ import annotations

import json
import sys
from array import array
from pathlib import Path
from typing import Any


def train(code: str, job: dict[str, Any]) -> array[float]:
    """Run the loop that the exported code's comment shows.

    Args:
        code: Python source that defines ``build_scheduler(optimizer)``.
        job: The optimizer (``type``, ``args``, ``groups``), the horizon (``steps``,
            ``per_epoch``), what the scheduler steps after (``every``: ``"step"``, ``"epoch"`` or
            ``"both"``), ``metric``, one value per epoch or None, and what is noted down beside
            the LR (``noted``): pairs of a group's key and, where a pair stands there, a place.

    Returns:
        What every optimizer step used: the LR of each group, then each noted value of each.
    """
    import torch

    namespace: dict[str, Any] = {"__name__": "exported"}
    exec(compile(code, "<exported code>", "exec"), namespace)
    if "build_scheduler" not in namespace:
        raise NameError("the code does not define build_scheduler(optimizer)")
    optimizer = make_optimizer(job)
    scheduler = namespace["build_scheduler"](optimizer)
    groups, noted = optimizer.param_groups, job["noted"]
    every, per_epoch, metric = job["every"], job["per_epoch"], job["metric"]
    at_epoch_end = scheduler.step if every == "epoch" else getattr(scheduler, "step_epoch", None)
    # Of all optimizers only LBFGS insists on a function that computes the loss.
    closure = (lambda: torch.zeros(()),) if job["type"] == "LBFGS" else ()
    values = array("d")
    for step in range(1, job["steps"] + 1):
        values.extend([float(group["lr"]) for group in groups])
        for key, place in noted:
            values.extend([number(group[key], place) for group in groups])
        optimizer.step(*closure)
        if every != "epoch":
            scheduler.step()
        if at_epoch_end is not None and step % per_epoch == 0:
            at_epoch_end(*(() if metric is None else (metric[step // per_epoch - 1],)))
    return values


def number(value: Any, place: int | None) -> float:
    """What a group holds, or one of two betas."""
    return float(value if place is None else value[place])


def make_optimizer(job: dict[str, Any]) -> Any:
    """A real optimizer of `torch.optim`; each group has one small parameter."""
    import torch

    groups = [
        {**_tuples(group), "params": [torch.nn.Parameter(torch.zeros(1, 1))]}
        for group in job["groups"]
    ]
    return getattr(torch.optim, job["type"])(groups, **_tuples(job["args"]))


def _tuples(arguments: dict[str, Any]) -> dict[str, Any]:
    """The arguments with JSON's lists as the tuples that torch expects, such as betas."""
    return {k: tuple(v) if isinstance(v, list) else v for k, v in arguments.items()}


def main(job_file: str, result_file: str) -> int:
    """Run the job described in a JSON file; leave the values in a file of doubles."""
    sys.modules["lrdesigner"] = None  # type: ignore[assignment]  # importing it now fails
    job = json.loads(Path(job_file).read_text(encoding="utf-8"))
    try:
        values = train(job["code"], job)
    except Exception as error:  # noqa: BLE001 - the code under test may raise anything
        reason = " ".join(str(error).split())
        print(f"{type(error).__name__}: {reason}", file=sys.stderr)  # noqa: T201
        return 1
    Path(result_file).write_bytes(values.tobytes())
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
