"""`PhasedLR` itself: its contract beside the numbers."""

from __future__ import annotations

import inspect
import io

import plain_torch
import pytest
import torch
from documents import THREE_GROUPS, document, phase
from torch.optim.lr_scheduler import LRScheduler
from training import Training, first_difference, read

from lrdesigner.engine import phased

CYCLIC = phase("CyclicLR", {"max_lr": 1.0, "step_size_up": 2}, length="7 steps")
CHANGES = document(
    phase("LinearLR", length="4 steps"),
    CYCLIC,
    phase("StepLR", {"step_size": 1}, length="8 steps", interval="epoch"),
    groups=THREE_GROUPS,
)


def test_it_is_a_scheduler_to_everybody():
    made = Training(CHANGES).scheduler
    assert isinstance(made, LRScheduler)
    assert type(made) is phased.PhasedLR


def test_get_last_lr_is_what_the_groups_have():
    training = Training(CHANGES)
    while training.step < training.total:
        assert training.scheduler.get_last_lr() == plain_torch.lrs_of(training.opt)
        training.advance()


def test_last_epoch_counts_optimizer_steps():
    training = Training(CHANGES)
    for step in range(10):
        assert training.scheduler.last_epoch == step
        training.advance()


def test_loading_does_not_use_up_the_state():
    """torch's own CyclicLR takes an entry out of the dict it is given."""
    training = Training(CHANGES)
    for _ in range(6):
        training.advance()
    state = training.scheduler.state_dict()
    keys = set(state["inner"])
    for _ in range(2):
        training.scheduler.load_state_dict(state)
    assert set(state["inner"]) == keys


def test_the_state_does_not_change_with_the_run():
    training = Training(CHANGES)
    training.advance()
    saved = io.BytesIO()
    state = training.scheduler.state_dict()
    torch.save(state, saved)
    training.finish()
    saved.seek(0)
    before = torch.load(saved, weights_only=True)
    assert state["bases"] == before["bases"]
    assert state["index"] == before["index"] == 0


def test_loading_leaves_the_optimizers_groups():
    """Making the phase's scheduler writes into them; the optimizer's own state is what counts."""
    training = Training(CHANGES)
    for _ in range(6):
        training.advance()
    groups = [dict(group) for group in training.opt.param_groups]
    training.scheduler.load_state_dict(training.scheduler.state_dict())
    assert training.opt.param_groups == groups


def test_a_resumed_scheduler_knows_the_last_lr():
    training = Training(CHANGES)
    for _ in range(6):
        training.advance()
    again = Training.resumed(CHANGES, training.checkpoint(), "")
    assert again.scheduler.get_last_lr() == training.scheduler.get_last_lr()
    assert again.scheduler.get_last_lr() == plain_torch.lrs_of(again.opt)


def test_the_state_wins_over_the_optimizer_it_was_made_with():
    """As in torch's schedulers: base LRs and own momentum come from the run that is continued."""
    exponential = torch.optim.lr_scheduler.ExponentialLR
    phases = [
        (0, lambda opt: exponential(opt, 0.5), "step", "continue"),
        (2, lambda opt: exponential(opt, 0.9), "step", "base"),
    ]
    made = []
    for lr, momentum in ((0.1, 0.8), (0.2, 0.7)):
        opt = torch.optim.SGD([torch.zeros(1)], lr=lr, momentum=momentum)
        made.append((opt, phased.PhasedLR(opt, phases, 10)))
    (old, first), (new, second) = made
    new.load_state_dict(old.state_dict())
    second.load_state_dict(first.state_dict())
    for _ in range(2):
        new.step()
        second.step()
    assert new.param_groups[0]["lr"] == 0.1
    assert new.param_groups[0]["momentum"] == 0.8


def test_an_epochs_end_that_was_forgotten_does_not_stop_the_phases():
    """The next phase begins with the next step then, from the LR there was."""
    epochs = phase("StepLR", {"step_size": 1}, length="2 epochs", interval="epoch")
    data = document(epochs, phase("ExponentialLR", {"gamma": 0.5}))
    opt = plain_torch.optimizer(data)
    scheduler = read(data).build(opt)
    seen = []
    for _ in range(10):
        seen.append(opt.param_groups[0]["lr"])
        opt.step()
        scheduler.step()
    assert seen[:7] == [0.1] * 7
    assert seen[7:] == pytest.approx([0.05, 0.025, 0.0125])


def test_epochs_of_phases_per_step_may_end_unsaid():
    """Also where a phase begins with an epoch: it does not wait for the epoch's end."""
    data = document(phase("LinearLR", length="6 steps"), phase("ConstantLR"), CYCLIC)
    data["phases"][1]["length"] = "5 steps"
    training = Training(data)
    training.end_epoch = lambda: None
    assert not first_difference(training.finish().lr, plain_torch.run(data).lr)


def test_its_source_stands_alone():
    """The torch exporter writes it into the snippets that need it."""
    source = inspect.getsource(phased)
    assert "lrdesigner" not in source.split("class PhasedLR")[1]
    names = {}
    exec(source, names)
    opt = torch.optim.SGD([torch.zeros(1)], lr=0.1)
    first = (0, lambda o: torch.optim.lr_scheduler.ExponentialLR(o, 0.5), "step", "continue")
    made = names["PhasedLR"](opt, [first, (2, None, "step", "continue")], 10)
    lrs = []
    for _ in range(4):
        lrs += made.get_last_lr()
        opt.step()
        made.step()
    assert lrs == [0.1, 0.05, 0.025, 0.025]
