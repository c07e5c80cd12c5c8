"""A training on tracks stopped at any step goes on exactly, whatever is loaded first."""

from __future__ import annotations

import copy
import io
import pickle
import warnings

import pytest
import torch
from hypothesis import given, settings
from tracked_documents import DOCUMENTS, reference
from tracked_strategies import documents_with_tracks
from tracked_training import TrackedTraining, same

KEPT_MEMORY = "both cycle", "weight decay reacts", "beta1 beside phases that restore it"


def checkpoints(training: TrackedTraining) -> list[tuple[bool, bytes]]:
    """States after each step, also between an epoch's last step and its end."""
    saved = []
    while training.step < training.total:
        training.record()
        training.advance(end_epoch=False)
        if training.step % training.per_epoch == 0:
            saved.append((False, training.checkpoint()))
            training.end_epoch()
        saved.append((True, training.checkpoint()))
    return saved


def check_resume(data, every: int = 1) -> None:
    whole = TrackedTraining(data)
    saved = checkpoints(whole)
    same(whole.values, reference(data))
    for place, (epoch_ended, checkpoint) in enumerate(saved[::every]):
        again = TrackedTraining(data)
        again.load(checkpoint, optimizer_first=place % 2 == 0)
        if not epoch_ended:
            with warnings.catch_warnings():  # torch does not know of the steps before the stop
                warnings.filterwarnings("ignore", "Detected call of `lr_scheduler.step")
                again.end_epoch()
        k = again.step
        same(again.finish(), whole.values, since=k)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_it_resumes_at_every_step(name):
    check_resume(DOCUMENTS[name])


@pytest.mark.parametrize("name", KEPT_MEMORY)
def test_it_resumes_whichever_state_is_loaded_first(name):
    data = DOCUMENTS[name]
    whole = TrackedTraining(data)
    saved = [checkpoint for epoch_ended, checkpoint in checkpoints(whole) if epoch_ended]
    for checkpoint in saved:
        for first in (True, False):
            again = TrackedTraining(data)
            again.load(checkpoint, optimizer_first=first)
            k = again.step
            same(again.finish(), whole.values, since=k)


@pytest.mark.parametrize("first", [True, False])
def test_the_last_lrs_are_known_whichever_state_is_loaded_first(first):
    whole, again = (TrackedTraining(DOCUMENTS["both cycle"]) for _ in range(2))
    for _ in range(7):
        whole.advance()
    again.load(whole.checkpoint(), optimizer_first=first)
    assert again.scheduler.get_last_lr() == whole.scheduler.get_last_lr()


def test_lrs_that_were_asked_for_are_not_changed_by_later_steps():
    training = TrackedTraining(DOCUMENTS["both cycle"], tensors="cpu")
    asked = training.scheduler.get_last_lr()
    before = [float(lr) for lr in asked]
    training.advance()
    assert [float(lr) for lr in asked] == before
    assert [float(lr) for lr in training.scheduler.get_last_lr()] != before


@pytest.mark.parametrize("name", ["both cycle", "weight decay of each", "weight decay in sequence"])
@pytest.mark.parametrize(
    "copied", [copy.deepcopy, lambda training: pickle.loads(pickle.dumps(training))]
)
def test_a_copy_goes_on_alone(name, copied):
    whole = TrackedTraining(DOCUMENTS[name])
    for _ in range(9):
        whole.advance()
    other = copied(whole)
    values = other.finish()
    assert other.scheduler.optimizer is other.opt is not whole.opt
    assert whole.scheduler.last_epoch == 9
    same(values, reference(DOCUMENTS[name]), since=9)
    same(whole.finish(), reference(DOCUMENTS[name]), since=9)


@given(documents_with_tracks())
@settings(max_examples=20)
def test_whatever_the_tracks_it_resumes(data):
    check_resume(data, every=4)


def test_a_training_that_ran_elsewhere_before_goes_on_from_the_state_alone():
    """Nothing of the steps made before loading stays behind."""
    data = DOCUMENTS["weight decay reacts"]
    whole = TrackedTraining(data)
    saved = [checkpoint for epoch_ended, checkpoint in checkpoints(whole) if epoch_ended]
    for late in (4, 13, 21):
        again = TrackedTraining(data)
        for _ in range(late):
            again.advance()
        again.load(saved[7])
        k = again.step
        same(again.finish(), whole.values, since=k)


def test_a_state_is_plain_data_that_later_steps_leave_alone():
    training = TrackedTraining(DOCUMENTS["everything reacts"])
    for _ in range(7):
        training.advance()
    state = training.scheduler.state_dict()

    def saved() -> bytes:
        buffer = io.BytesIO()
        torch.save(state, buffer)
        torch.load(io.BytesIO(buffer.getvalue()), weights_only=True)
        return buffer.getvalue()

    before = saved()
    for _ in range(9):
        training.advance()
    assert saved() == before


def test_lrs_that_are_tensors_resume_too():
    data = DOCUMENTS["weight decay reacts"]
    whole = TrackedTraining(data, tensors="cpu")
    saved = checkpoints(whole)
    for epoch_ended, checkpoint in saved:
        if epoch_ended:
            again = TrackedTraining(data, tensors="cpu")
            again.load(checkpoint)
            k = again.step
            same(again.finish(), whole.values, since=k)
