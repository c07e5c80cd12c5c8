"""The engine: torch objects, the exact run, the fast curve, formulas and metrics."""
