"""Replays: the arithmetic of torch's schedulers over many ticks at once, bit for bit.

One module is one torch class (`lrdesigner.engine.replaying.replays` finds them); a class without
one is simply stepped. A replay does the same
floating point operations as the class's `get_lr`, in the same order: NumPy's sums, products and
quotients are Python's, element by element, and ``multiply.accumulate`` multiplies one after the
other. NumPy's cosine and power are *not* Python's in the last bit, so those are Python's own.

The real scheduler stays the judge: `lrdesigner.engine.replayer` lets it take steps of every stretch
that is replayed, and goes on with it alone where anything differs.
"""
