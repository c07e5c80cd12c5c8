"""The presets that ship, each against its source's own definition at every step."""

from __future__ import annotations

import json
import re

import jsonschema
import numpy as np
import pytest
import torch
from published import BATCHES, RECIPES

import lrdesigner as lrd
from lrdesigner.__main__ import main
from lrdesigner.engine.preview import preview
from lrdesigner.presets import INDEX, presets
from lrdesigner.schedule.counting import count_at
from lrdesigner.schedule.schema import json_schema

PRESETS = {each.key: each for each in presets()}


@pytest.fixture(scope="module", params=list(PRESETS))
def key(request):
    return request.param


@pytest.fixture(scope="module")
def preset(key):
    return PRESETS[key]


@pytest.fixture(scope="module")
def schedule(preset):
    return preset.load()


@pytest.fixture(scope="module")
def curve(schedule):
    return lrd.simulate(schedule)


@pytest.fixture(scope="module")
def recipe(key):
    return RECIPES[key]


def test_every_preset_has_its_source_written_down_here():
    assert set(RECIPES) == set(PRESETS)
    assert len(PRESETS) >= 25


def test_every_step_has_the_lr_of_the_source(curve, recipe):
    k = np.arange(recipe.steps)
    wanted = recipe.lr if isinstance(recipe.lr, tuple) else (recipe.lr,) * len(curve.lr)
    assert curve.lr.shape == (len(wanted), recipe.steps)
    for row, function in zip(curve.lr, wanted, strict=True):
        np.testing.assert_allclose(row, function(k), rtol=1e-9, atol=1e-11 * recipe.peak)


def test_what_is_scheduled_beside_the_lr_is_the_sources(schedule, curve, recipe):
    driven = {track.quantity for track in schedule.tracks}
    assert driven == {name for name in ("weight_decay", "momentum") if getattr(recipe, name)}
    k = np.arange(recipe.steps)
    if recipe.weight_decay:
        np.testing.assert_allclose(curve.weight_decay[0], recipe.weight_decay(k), rtol=1e-9)
        assert not curve.weight_decay[1:].any()
    if recipe.momentum:
        for row in curve.momentum:
            np.testing.assert_allclose(row, recipe.momentum(k), rtol=1e-9)


def test_it_hits_the_published_numbers(curve, preset, recipe):
    assert preset.peak == pytest.approx(recipe.peak, rel=1e-4)
    assert preset.warmup_steps == recipe.warmup
    assert preset.end == pytest.approx(recipe.end, rel=1e-4, abs=1e-4 * recipe.peak)
    assert curve.lr.max() == pytest.approx(recipe.peak, rel=1e-3)
    assert curve.lr[:, -1] == pytest.approx(recipe.end, rel=1e-3, abs=1e-3 * recipe.peak)


def test_the_warm_up_is_as_long_as_published(curve, recipe):
    row = curve.lr[-1]  # biases may come down from above while weights rise
    top = int(np.argmax(row >= row.max() * (1 - 1e-9)))
    assert recipe.warmup - 2 <= top <= recipe.warmup
    assert row[0] < row[top] / 9 or recipe.warmup == 0


def test_the_fast_curve_is_the_exact_run(schedule, curve):
    fast = preview(schedule, schedule.steps)
    assert fast.exact
    assert not fast.errors
    peak = curve.lr.max()
    np.testing.assert_allclose(fast.lr, curve.lr, rtol=1e-9, atol=1e-11 * peak)


def test_a_step_has_the_samples_and_tokens_of_the_source(key, schedule):
    batch = schedule.horizon.batch
    if key not in BATCHES:
        assert batch is None
        return
    found = (batch.samples_per_step, batch.tokens_per_step, batch.dataset_size)
    assert found == BATCHES[key]
    assert batch.steps_per_epoch in (None, schedule.horizon.steps_per_epoch)


@pytest.mark.parametrize(
    ("key", "tokens"),
    [
        ("olmo-1b", 3.1e12),
        ("olmo-7b", 2e12),
        ("pythia", 3e11),
        ("deepseek", 2e12),
        ("deepseek-v3", 14.8e12),
        ("gpt2", 3e11),
    ],
)
def test_a_run_has_the_tokens_of_the_source(key, tokens):
    horizon = PRESETS[key].load().horizon
    assert count_at("tokens", horizon, horizon.steps) == pytest.approx(tokens, rel=0.02)


def test_it_is_clean(schedule):
    assert lrd.check(schedule) == []


def test_the_file_is_as_the_app_would_save_it(preset, schedule):
    assert lrd.dumps(schedule) == preset.path.read_text(encoding="utf-8")


def test_editors_find_it_valid(preset):
    data = json.loads(preset.path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(json_schema()).validate(data)


@pytest.mark.parametrize("key", ["resnet50-warmup", "one-cycle", "whisper"])
def test_the_exported_code_trains_with_it_bit_for_bit(key):
    schedule = lrd.preset(key)
    namespace = {}
    exec(lrd.export(schedule, "torch"), namespace)
    spec = json.loads(lrd.dumps(schedule))["optimizer"]
    groups = [{"params": [torch.zeros(1)], "lr": group["lr"]} for group in spec["groups"]]
    optimizer = getattr(torch.optim, spec["type"])(groups, **spec["args"])
    scheduler = namespace["build_scheduler"](optimizer)
    used = []
    for step in range(1, schedule.steps + 1):
        used.append([group["lr"] for group in optimizer.param_groups])
        optimizer.step()
        scheduler.step()
        if step % schedule.horizon.steps_per_epoch == 0 and hasattr(scheduler, "step_epoch"):
            scheduler.step_epoch()
    assert np.array(used).T.tobytes() == lrd.simulate(schedule).lr.tobytes()


def test_it_is_a_document_of_its_own(preset, schedule):
    assert lrd.load(preset.path) == schedule
    assert schedule.folder is None  # saving must not overwrite the preset
    assert not schedule.model_extra


def test_it_tells_what_it_is(preset, schedule):
    assert preset.title == schedule.name
    assert 0 < len(preset.title) <= 32
    assert 40 <= len(preset.summary) <= 140
    assert preset.steps
    assert preset.source
    assert re.fullmatch(r"https://\S+", preset.url)
    assert preset.categories
    # A document started from it keeps its source.
    assert schedule.notes.endswith(f"\n\nSource: {preset.source}, {preset.url}")


def test_schedulers_are_those_of_the_phases(preset, schedule):
    assert set(preset.schedulers) >= {phase.scheduler for phase in schedule.phases}


def test_keys_titles_and_curves_differ():
    titles = [each.title for each in PRESETS.values()]
    assert len(set(titles)) == len(titles) == len(presets())
    summaries = [each.summary for each in PRESETS.values()]
    assert len(set(summaries)) == len(summaries)


def test_every_shipped_file_is_a_preset():
    folder = next(iter(PRESETS.values())).path.parent
    found = {path.name for path in folder.iterdir()}
    assert found == {each.path.name for each in PRESETS.values()} | {INDEX}


def test_the_issues_recipes_are_all_there():
    wanted = """resnet50 resnet50-warmup deit convnext mae dino efficientnet yolov8 detectron2-1x
        detectron2-3x bert roberta gpt2 gpt3 chinchilla llama llama3 minicpm deepseek t5 transformer
        whisper lora stable-diffusion sgdr one-cycle swa olmo-7b"""
    assert set(wanted.split()) <= set(PRESETS)


def test_a_preset_by_its_key():
    schedule = lrd.preset("llama")
    assert schedule == PRESETS["llama"].load()
    assert schedule.folder is None


def test_an_unknown_preset_names_the_nearest():
    with pytest.raises(KeyError, match=r"preset 'resnet5O' is not known; did you mean 'resnet50'"):
        lrd.preset("resnet5O")


def test_list_has_all_of_them(capfd):
    assert main(["list", "presets", "--json"]) == 0
    entries = json.loads(capfd.readouterr().out)
    assert [entry["key"] for entry in entries] == list(PRESETS)
    for entry in entries:
        assert lrd.load(entry["path"]).name == entry["title"]
        assert entry["url"].startswith("https://")
    assert main(["list", "presets"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert len(lines) == len(PRESETS)
    for line, each in zip(lines, PRESETS.values(), strict=True):
        assert line.split()[0] == each.key
        assert each.title in line
        assert each.summary in line
        assert line.endswith(each.source)
