"""One-line hints, another one at each start. No Qt."""

from __future__ import annotations

from lrdesigner.i18n import mark, tr

# Actions in braces: their keys are put in.
HINTS = (
    mark("Hold Shift while you drag: ten times finer, and nothing attracts."),
    mark("{command_palette} finds everything by its name: commands, schedulers, presets, fields."),
    mark("Double-click a handle of the curve, or a boundary, to type its exact value."),
    mark("Fields take arithmetic: 50000/128 steps per epoch, 3e-4*2 as an LR."),
    mark("A ghost keeps the curve as it is now, to see it beside what becomes of it."),
    mark("Right-click a number and choose Sweep: all its values at once, as a fan of curves."),
    mark("Hold Alt while you drag a boundary: later phases move along, or give the time."),
    mark("Drop saved schedules on Overlays to compare them; on the timeline, to put them in."),
    mark("An empty field follows the phase, or torch's default, and says what that is."),
    mark("{copy_code} copies the Python code: torch only, nothing of this program."),
    mark("{shortcuts} lists every key, and what the mouse does where."),
    mark("The curve is torch's own run, to the last bit; so is the code's."),
    mark("+ Track gives a group phases of its own, or schedules weight decay beside the LR."),
)


def hint(number: int, keys: dict[str, str]) -> str:
    """The hint of a number; after the last one comes the first again.

    Args:
        number: Which, from 0.
        keys: The keys of actions, by their ids.
    """
    text = HINTS[number % len(HINTS)]
    return tr(text, **{name: keys[name] for name in keys if f"{{{name}}}" in text})
