"""The table of optimizers against torch's signatures."""

from __future__ import annotations

import inspect

import plain_torch
import pytest
import torch
from documents import document

from lrdesigner.schedule.model import Group, OptimizerSpec
from lrdesigner.schedule.optimizers import OPTIMIZERS, optimizer_defaults, own_momentum

# Switches of the implementation, which say nothing about training.
TECHNICAL = {
    "foreach",
    "fused",
    "capturable",
    "differentiable",
    "maximize",
    "decoupled_weight_decay",
}
KEPT_BACK = {
    "LBFGS": {"max_eval", "tolerance_grad", "tolerance_change", "line_search_fn"},
    "Muon": {"ns_coefficients", "adjust_lr_fn"},
    "Adafactor": {"eps"},
}


def parameters(name):
    found = inspect.signature(getattr(torch.optim, name).__init__).parameters
    return {k: v for k, v in found.items() if k not in ("self", "params", "lr")}


def test_every_optimizer_of_torch_is_there():
    classes = {
        name
        for name, value in vars(torch.optim).items()
        if inspect.isclass(value) and issubclass(value, torch.optim.Optimizer)
    }
    assert set(OPTIMIZERS) == classes - {"Optimizer"}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_arguments_and_defaults(name):
    known = parameters(name)
    defaults = OPTIMIZERS[name].defaults
    for key, value in defaults.items():
        assert known[key].default == value, key
    assert set(known) - set(defaults) <= TECHNICAL | KEPT_BACK.get(name, set())


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_torch_accepts_the_defaults(name):
    spec = OptimizerSpec(type=name)
    args = {k: list(v) if isinstance(v, tuple) else v for k, v in optimizer_defaults(spec).items()}
    made = plain_torch.optimizer(document(optimizer=name, args=args))
    assert type(made) is getattr(torch.optim, name)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_momentum_that_a_cycle_would_change(name):
    """`betas` goes before `momentum`, as in torch's cyclic schedulers."""
    made = plain_torch.optimizer(document(optimizer=name, args={}))
    key = OPTIMIZERS[name].momentum_key
    assert key == next((k for k in ("betas", "momentum") if k in made.defaults), None)
    own = own_momentum(OptimizerSpec(type=name), Group(name="all", lr=0.1))
    assert own == (plain_torch.momentum_of(made.param_groups[0]) if key else None)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_number_of_groups(name):
    parameter = [torch.nn.Parameter(torch.zeros(1, 1)) for _ in range(2)]
    groups = [{"params": [p]} for p in parameter]
    if OPTIMIZERS[name].one_group:
        with pytest.raises(ValueError, match="doesn't support per-parameter options"):
            getattr(torch.optim, name)(groups, lr=0.1)
    else:
        assert len(getattr(torch.optim, name)(groups, lr=0.1).param_groups) == 2


def test_a_group_overrides_the_optimizers_argument():
    spec = OptimizerSpec(type="SGD", args={"momentum": 0.7})
    assert own_momentum(spec, Group(name="a", lr=0.1)) == 0.7
    assert (
        own_momentum(spec, Group.model_validate({"name": "a", "lr": 0.1, "momentum": 0.2})) == 0.2
    )
    adam = OptimizerSpec(type="Adam", args={"betas": (0.6, 0.99)})
    assert own_momentum(adam, Group(name="a", lr=0.1)) == 0.6
