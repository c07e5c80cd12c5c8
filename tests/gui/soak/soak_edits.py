"""What a driver that nobody has told anything does with the window."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

from soak_plot import OnPlot
from soak_timeline import OnTimeline
from soak_window import AroundThem


class Edits(OnPlot, OnTimeline, AroundThem):
    """Everything the driver can do, each by its own name.

    Args:
        window: The window.
        rng: Decides everything.
        files: Saved schedules that can be dropped.
    """

    def __init__(self, window, rng: random.Random, files: list[Path]) -> None:
        super().__init__(window, rng, files)
        self.weighted: dict[Callable[[], None], int] = {
            self.drag_on_plot: 16,
            self.drag_in_lane: 8,
            self.keys_on_canvas: 8,
            self.type_on_plot: 6,
            self.view: 5,
            self.drag_on_timeline: 14,
            self.click_on_timeline: 8,
            self.keys_on_timeline: 8,
            self.phase_menu: 10,
            self.drop: 7,
            self.field: 14,
            self.choice: 5,
            self.button: 3,
            self.group_menu: 3,
            self.track_menu: 2,
            self.action: 8,
            self.history: 6,
            self.sweep: 2,
            self.metric_pen: 2,
            self.overlay: 1,
            self.resize: 1,
            self.tabs: 1,
        }

    def one(self) -> str:
        """Do something; tells what."""
        (what,) = self.rng.choices(list(self.weighted), list(self.weighted.values()))
        what()
        return what.__name__


def documents() -> list[str]:
    """What the driver starts from: short runs, so that the real ones behind them are quick."""
    plain = {
        "format": "lrdesigner",
        "version": 1,
        "horizon": {"epochs": 10, "steps_per_epoch": 20},
        "optimizer": {
            "type": "SGD",
            "args": {"momentum": 0.9},
            "groups": [{"name": "backbone", "lr": 0.01}, {"name": "head", "lr": 0.1}],
        },
        "phases": [
            {"scheduler": "LinearLR", "length": "2 epochs", "params": {"start_factor": 0.01}},
            {"scheduler": "ConstantLR", "length": "3 epochs", "params": {"factor": 1.0}},
            {"scheduler": "CosineAnnealingLR", "params": {"eta_min": 1e-5}},
        ],
    }
    tracked = {
        **plain,
        "optimizer": {**plain["optimizer"], "type": "AdamW", "args": {"weight_decay": 0.05}},
        "tracks": [
            {
                "groups": ["head"],
                "phases": [{"scheduler": "OneCycleLR", "params": {"max_lr": 0.2}}],
            },
            {
                "quantity": "weight_decay",
                "phases": [
                    {
                        "scheduler": "CosineAnnealingLR",
                        "length": "60%",
                        "params": {"eta_min": 0.2},
                    },
                    {"scheduler": "StepLR", "params": {"step_size": 20, "gamma": 0.5}},
                ],
            },
        ],
    }
    tracked["tracks"][0]["phases"][0]["params"]["cycle_momentum"] = False
    plateau = {
        **plain,
        "optimizer": {**plain["optimizer"], "groups": [{"name": "all", "lr": 0.1}]},
        "phases": [
            {"scheduler": "wsd", "length": "4 epochs", "params": {"warmup_steps": 10}},
            {"scheduler": "ReduceLROnPlateau", "interval": "epoch", "params": {"patience": 1}},
        ],
        "metric": {"formula": "exp(-t / 3)"},
    }
    return [json.dumps(each) for each in (plain, tracked, plateau)]
