"""LRs that are float32 tensors, as a capturable optimizer has them: what a device run sees.

"cpu:0" is the device that is always there; where a GPU is, documents run on it as well.
"""

from __future__ import annotations

import plain_torch
import pytest
import torch
from documents import NAMES, PARAMS, PER_GROUP, THREE_GROUPS, document, phase
from training import Training, check_resume, first_difference, read

import lrdesigner as lrd

CPU = "cpu:0"


def check_tensors(data, device=CPU):
    wanted = plain_torch.run(data, tensors=device)
    curve = lrd.simulate(read(data), device=device)
    assert curve.device == device
    assert not first_difference(curve.lr, wanted.lr), ("simulate", data)
    training = Training(data, tensors=device).finish()
    assert all(isinstance(group["lr"], torch.Tensor) for group in training.opt.param_groups)
    assert not first_difference(training.lr, wanted.lr), ("build", data)
    if wanted.momentum is not None:
        assert not first_difference(curve.momentum, wanted.momentum), ("simulate", data)
        assert not first_difference(training.momentum, wanted.momentum), ("build", data)


@pytest.mark.parametrize("interval", ["step", "epoch"])
@pytest.mark.parametrize("name", NAMES)
def test_alone(name, interval):
    for params in PARAMS[name] + PER_GROUP.get(name, []):
        for length in ("rest", "10 steps"):
            what = phase(name, params, interval=interval, length=length)
            check_tensors(document(what, groups=THREE_GROUPS))


@pytest.mark.parametrize("start", ["continue", "base"])
@pytest.mark.parametrize("name", NAMES)
def test_chains(name, start):
    for other in ("LinearLR", "CosineAnnealingLR", "CyclicLR", "SWALR"):
        first = phase(other, PARAMS[other][-1], length="7 steps")
        for params in (PARAMS[name][0], PARAMS[name][-1]):
            check_tensors(document(first, phase(name, params, start=start)))


def test_stacks():
    stacked = [{"scheduler": name, "params": PARAMS[name][0]} for name in ("StepLR", "LinearLR")]
    check_tensors(document(phase("ExponentialLR", **{"with": stacked})))


def test_nothing_but_a_hold():
    check_tensors(document(groups=THREE_GROUPS))


def test_float32_is_really_used():
    data = document(phase("ExponentialLR"))
    exact = lrd.simulate(read(data)).lr
    rounded = lrd.simulate(read(data), device=CPU).lr
    assert (rounded == rounded.astype("float32")).all()
    assert not (exact == exact.astype("float32")).all()


def test_more_steps_than_a_chunk():
    """The values of one chunk are fetched together; the next one goes on after them."""
    data = document(phase("LinearLR"), epochs=3, per_epoch=3000)
    check_tensors(data)


@pytest.mark.parametrize("name", NAMES)
def test_resume(name):
    what = [phase("LinearLR", length="7 steps"), phase(name)]
    check_resume(document(*what, phase("SWALR", length="4 steps")), every=6, tensors=CPU)


@pytest.mark.parametrize("device", ["cuda", "mps"])
def test_on_a_gpu(device):
    there = {"cuda": torch.cuda.is_available, "mps": torch.backends.mps.is_available}
    if not there[device]():
        pytest.skip(f"this machine has no {device} device")
    for name in NAMES:
        for params in PARAMS[name] + PER_GROUP.get(name, []):
            check_tensors(document(phase(name, params), groups=THREE_GROUPS), device)
        first = phase("LinearLR", length="7 steps")
        check_tensors(document(first, phase(name, length="5 steps")), device)


@pytest.mark.parametrize("name", ["cuda", "mps", "cuda:99", "xpu", "meta", "cpu:1", "cuda:x", ""])
def test_an_absent_device_is_refused(name):
    present = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if present.get(name):
        pytest.skip(f"this machine has a {name} device")
    with pytest.raises(lrd.ScheduleError, match=rf"^device '{name}' is not available here.*cpu"):
        lrd.simulate(read(document(phase("LinearLR"))), device=name)
