"""One file = one scheduler: declaration, preview and formula. `catalog.schedulers()` finds them."""
