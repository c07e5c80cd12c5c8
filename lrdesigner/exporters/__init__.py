"""One file = one export target. `lrdesigner.exporting.exporters()` finds them."""
