"""The recipes as their sources define them, written down here a second time, step by step.

Each function gives the LR of a source at optimizer steps k = 0, 1, …, from the numbers of the
paper or the repository and in the form it has there. Nothing is read from the presets.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Steps = np.ndarray
Curve = Callable[[Steps], Steps]


@dataclass(frozen=True)
class Recipe:
    """What a source publishes.

    Attributes:
        steps: Optimizer steps in all.
        peak: The greatest LR.
        warmup: Steps until it is reached.
        end: The LR it comes down to.
        lr: The LR at each step; of every group, if groups differ.
        weight_decay: The first group's weight decay, where it is scheduled too.
        momentum: The momentum of all groups, where the source schedules it.
    """

    steps: int
    peak: float
    warmup: int
    end: float
    lr: Curve | tuple[Curve, ...]
    weight_decay: Curve | None = None
    momentum: Curve | None = None


def cosine(peak: float, low: float, progress: Steps) -> Steps:
    return low + (peak - low) * (1 + np.cos(np.pi * progress)) / 2


def warm_cosine(
    peak: float, low: float, warmup: int, end: int, *, start: float = 0.0, first: int = 0
) -> Curve:
    """Linear from `start` (step −`first`) to the peak, half a cosine until `end`, level."""

    def lr(k: Steps) -> Steps:
        rise = start + (peak - start) * (k + first) / (warmup + first)
        fall = cosine(peak, low, np.minimum((k - warmup) / (end - warmup), 1))
        return np.where(k < warmup, rise, fall)

    return lr


def warm_linear(peak: float, low: float, warmup: int, end: int, start: float = 0.0) -> Curve:
    def lr(k: Steps) -> Steps:
        fall = low + (peak - low) * (1 - (k - warmup) / (end - warmup))
        return np.where(k < warmup, start + (peak - start) * k / warmup, fall)

    return lr


def linspace_cosine(peak: float, low: float, warmup: int, end: int) -> Curve:
    """DINO's and ConvNeXt's helper: the warm-up is a linspace that includes both its ends."""

    def lr(k: Steps) -> Steps:
        return np.concatenate(
            [
                np.linspace(0, peak, warmup),
                cosine(peak, low, np.arange(end - warmup) / (end - warmup)),
            ]
        )[k]

    return lr


def large_batch(k: Steps) -> Steps:
    epoch = k // 156
    drops = (epoch >= 30).astype(int) + (epoch >= 60) + (epoch >= 80)
    return np.where(k < 5 * 156, 0.1 + (3.2 - 0.1) * k / (5 * 156), 3.2 * 0.1**drops)


def shufflenet(k: Steps) -> Steps:
    epoch = k // 1251
    rise = 0.5 * (0.01 + 0.99 * epoch / 5)
    return np.where(epoch < 5, rise, cosine(0.5, 0.0, (epoch - 5) / 595))


def deit(k: Steps) -> Steps:
    # The script steps the scheduler with an epoch's number after the epoch.
    epoch = np.maximum(k // 1251 - 1, 0)
    return np.where(epoch < 5, 1e-6 + epoch * (1e-3 - 1e-6) / 5, cosine(1e-3, 1e-5, epoch / 300))


def efficientnet(k: Steps) -> Steps:
    per_epoch = 1281167 / 2048
    stairs = 0.128 * 0.97 ** np.floor(k / (per_epoch * 2.4))
    warmup = int(5 * per_epoch)
    return np.where(k < warmup, 0.128 * k / warmup, stairs)


def yolo(start: float) -> Curve:
    def lr(k: Steps) -> Steps:
        level = 0.01 * ((1 - k // 1849 / 100) * (1 - 0.01) + 0.01)
        return np.where(k < 5547, start + (level - start) * k / 5547, level)

    return lr


def detector(*drops: int) -> Curve:
    def lr(k: Steps) -> Steps:
        passed = sum((k >= drop).astype(int) for drop in drops)
        warm = np.where(k < 1000, 0.001 + (1 - 0.001) * k / 1000, 1.0)
        return 0.02 * warm * 0.1**passed

    return lr


def sgdr(k: Steps) -> Steps:
    starts = np.array([0, 10, 30, 70, 150])
    cycle = np.searchsorted(starts, k / 781, side="right") - 1
    return cosine(0.05, 0.0, (k / 781 - starts[cycle]) / (10 * 2.0**cycle))


def one_cycle(k: Steps) -> Steps:
    total, start = 30 * 703, 0.1 / 25
    top = 0.3 * total - 1
    fall = cosine(0.1, start / 1e4, (k - top) / (total - 1 - top))
    return np.where(k <= top, cosine(start, 0.1, k / top), fall)


def swa(k: Steps) -> Steps:
    t = k // 391 / 161
    middle = 1.0 - (1.0 - 0.2) * (t - 0.5) / 0.4
    return 0.05 * np.where(t <= 0.5, 1.0, np.where(t <= 0.9, middle, 0.2))


def transformer(k: Steps) -> Steps:
    number = k + 1.0
    return 512**-0.5 * np.minimum(number**-0.5, number * 4000**-1.5)


def bert(k: Steps) -> Steps:
    return 1e-4 * np.where(k < 10_000, k / 10_000, 1 - k / 1_000_000)


def minicpm(k: Steps) -> Steps:
    stable = round(1e12 / 3.93e6)
    return 0.01 * 0.5 ** (np.maximum(k - stable, 0) / 5000)


def deepseek(k: Steps) -> Steps:
    tokens = k * 2304 * 4096
    level = np.where(tokens < 1.6e12, 1.0, np.where(tokens < 1.8e12, 0.316, 0.1))
    return 4.2e-4 * np.minimum(k / 2000, level)


def deepseek_v3(k: Steps) -> Steps:
    batch = 15360 * 4096
    begin, end, drop = (round(tokens / batch) for tokens in (10e12, 14.3e12, 14.633e12))
    fall = cosine(2.2e-4, 2.2e-5, np.clip((k - begin) / (end - begin), 0, 1))
    return np.where(k < 2000, 2.2e-4 * k / 2000, np.where(k < drop, fall, 7.3e-6))


def tri_stage(k: Steps) -> Steps:
    rise = 0.01 + 0.99 * k / 8000
    fall = np.exp(np.log(0.05) * (k - 40_000) / 40_000)
    return 3e-5 * np.where(k < 8000, rise, np.where(k < 40_000, 1.0, fall))


RECIPES = {
    "resnet50": Recipe(90 * 5005, 0.1, 0, 0.001, lambda k: 0.1 * 0.1 ** (k // 5005 // 30)),
    "resnet50-warmup": Recipe(90 * 156, 3.2, 5 * 156, 0.0032, large_batch),
    "shufflenet-v2": Recipe(600 * 1251, 0.5, 5 * 1251, 0.0, shufflenet),
    "deit": Recipe(300 * 1251, 1e-3, 6 * 1251, 1e-5, deit),
    "convnext": Recipe(
        300 * 312, 4e-3, 6240, 1e-6, linspace_cosine(4e-3, 1e-6, 20 * 312, 300 * 312)
    ),
    "mae": Recipe(
        800 * 312, 1.5e-4 * 4096 / 256, 12_480, 0.0, warm_cosine(2.4e-3, 0.0, 12_480, 800 * 312)
    ),
    "dino": Recipe(
        100 * 2502,
        5e-4 * 512 / 256,
        25_020,
        1e-6,
        linspace_cosine(1e-3, 1e-6, 25_020, 250_200),
        weight_decay=lambda k: cosine(0.04, 0.4, k / 250_200),
    ),
    "efficientnet": Recipe(218_949, 0.016 * 2048 / 256, 3127, 0.0015456, efficientnet),
    "yolov8": Recipe(
        100 * 1849,
        0.1,
        5547,
        0.000199,
        (yolo(0.1), yolo(0.0), yolo(0.0)),
        momentum=lambda k: np.interp(k, [0, 5547], [0.8, 0.937]),
    ),
    "detectron2-1x": Recipe(90_000, 0.02, 1000, 0.0002, detector(60_000, 80_000)),
    "detectron2-3x": Recipe(270_000, 0.02, 1000, 0.0002, detector(210_000, 250_000)),
    "nerf": Recipe(200_000, 5e-4, 0, 1.9905e-4, lambda k: 5e-4 * 0.1 ** (k / (500 * 1000))),
    "sgdr": Recipe(200 * 781, 0.05, 0, 0.03889, sgdr),
    "one-cycle": Recipe(30 * 703, 0.1, 6326, 4e-7, one_cycle),
    "swa": Recipe(300 * 391, 0.05, 0, 0.01, swa),
    "transformer": Recipe(100_000, 6.9877e-4, 4000, 1.3975e-4, transformer),
    "bert": Recipe(1_000_000, 1e-4, 10_000, 0.0, bert),
    "roberta": Recipe(125_000, 5e-4, 10_000, 0.0, warm_linear(5e-4, 0.0, 10_000, 125_000)),
    "t5": Recipe(
        2**19, 0.01, 0, 1.38107e-3, lambda k: 1 / np.sqrt(np.maximum(k.astype(float), 10_000))
    ),
    "gpt2": Recipe(600_000, 6e-4, 2000, 6e-5, warm_cosine(6e-4, 6e-5, 2000, 600_000, first=1)),
    "gpt3": Recipe(
        round(300e9 / 3.2e6),
        0.6e-4,
        round(375e6 / 3.2e6),
        0.6e-5,
        warm_cosine(6e-5, 6e-6, 117, round(260e9 / 3.2e6)),
    ),
    "chinchilla": Recipe(
        round(0.7e12 / 1.5e6 + 0.7e12 / 3e6),
        1e-4,
        1500,
        1e-5,
        warm_cosine(1e-4, 1e-5, 1500, 700_000, start=1e-7),
    ),
    "llama": Recipe(round(1e12 / 4e6), 3e-4, 2000, 3e-5, warm_cosine(3e-4, 3e-5, 2000, 250_000)),
    "llama3": Recipe(1_200_000, 8e-5, 8000, 8e-7, warm_cosine(8e-5, 8e-7, 8000, 1_200_000)),
    "olmo-1b": Recipe(
        739_328, 4e-4, 2000, 4e-5, warm_cosine(4e-4, 4e-5, 2000, 739_328, start=4e-5)
    ),
    "olmo-7b": Recipe(
        int(2e12) // 2048**2, 3e-4, 5000, 3e-5, warm_linear(3e-4, 3e-5, 5000, 476_837, 3e-5)
    ),
    "pythia": Recipe(143_000, 2e-4, 1430, 2e-5, warm_cosine(2e-4, 2e-5, 1430, 143_000)),
    "minicpm": Recipe(round(1.1e12 / 3.93e6), 0.01, 0, 2.9385e-4, minicpm),
    "deepseek": Recipe(round(2e12 / (2304 * 4096)), 4.2e-4, 2000, 4.2e-5, deepseek),
    "deepseek-v3": Recipe(round(14.8e12 / (15360 * 4096)), 2.2e-4, 2000, 7.3e-6, deepseek_v3),
    "whisper": Recipe(5000, 1e-5, 500, 0.0, warm_linear(1e-5, 0.0, 500, 5000)),
    "wav2vec2": Recipe(80_000, 3e-5, 8000, 1.5e-6, tri_stage),
    "stable-diffusion": Recipe(15_000, 1e-5, 0, 1e-5, lambda k: np.full(len(k), 1e-5)),
    "stable-diffusion-lora": Recipe(15_000, 1e-4, 0, 0.0, lambda k: cosine(1e-4, 0.0, k / 15_000)),
    "lora": Recipe(5 * 5258, 2e-4, 500, 0.0, warm_linear(2e-4, 0.0, 500, 26_290)),
    "ppo": Recipe(
        10_000_000 // (8 * 128) * 16, 2.5e-4, 0, 0.0, lambda k: 2.5e-4 * (1 - k // 16 / 9765)
    ),
}


IMAGENET, COCO, CIFAR = 1_281_167, 118_287, 50_000
# What the sources say of a step: its samples as they are made up, its tokens, samples of an epoch.
# Where the batch grows, or is only told rounded in tokens, nothing is stated.
BATCHES: dict[str, tuple[int, int | None, int | None]] = {
    "resnet50": (256, None, IMAGENET),
    "resnet50-warmup": (32 * 256, None, IMAGENET),
    "shufflenet-v2": (128 * 8, None, IMAGENET),
    "deit": (256 * 4, None, IMAGENET),
    "convnext": (128 * 32, None, IMAGENET),
    "mae": (64 * 64, None, IMAGENET),
    "dino": (64 * 8, None, IMAGENET),
    "efficientnet": (2048, None, None),
    "yolov8": (64, None, COCO),
    "detectron2-1x": (16, None, None),
    "detectron2-3x": (16, None, None),
    "nerf": (1024, None, None),
    "sgdr": (128, None, 2 * CIFAR),
    "one-cycle": (64, None, None),
    "swa": (128, None, CIFAR),
    "bert": (256, None, None),
    "roberta": (16 * 16 * 8, None, None),
    "t5": (128, None, None),
    "gpt2": (12 * 5 * 8, 491_520, None),
    "olmo-1b": (2048, 2048 * 2048, None),
    "olmo-7b": (2048, 4_194_304, None),
    "pythia": (1024, 2_097_152, None),
    "deepseek": (2304, 9_437_184, None),
    "deepseek-v3": (15_360, 62_914_560, None),
    "whisper": (16 * 2, None, None),
    "stable-diffusion": (4, None, None),
    "stable-diffusion-lora": (4, None, None),
    "lora": (8, None, None),
}
