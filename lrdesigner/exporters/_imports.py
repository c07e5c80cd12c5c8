"""The import block of exported code."""

from __future__ import annotations

import ast
import sys

from lrdesigner.exporters._layout import WIDTH


class Imports:
    """Collects imports and writes them sorted, the standard library first."""

    def __init__(self) -> None:
        self._modules: set[str] = set()
        self._names: dict[str, set[str]] = {}

    def module(self, name: str) -> None:
        """Add ``import name``."""
        self._modules.add(name)

    def name(self, module: str, name: str) -> None:
        """Add ``from module import name``."""
        self._names.setdefault(module, set()).add(name)

    def statement(self, node: ast.Import | ast.ImportFrom) -> None:
        """Add what another module imports, but for its language features."""
        for alias in node.names:
            if isinstance(node, ast.Import):
                self.module(alias.name)
            elif node.module not in (None, "__future__"):
                self.name(node.module, alias.name)

    def text(self) -> str:
        """The block."""
        blocks = ["\n".join(self._lines(standard)) for standard in (True, False)]
        return "\n\n".join(block for block in blocks if block)

    def _lines(self, standard: bool) -> list[str]:
        modules = sorted(name for name in self._modules if _is_in(name, standard))
        sources = sorted(name for name in self._names if _is_in(name, standard))
        return [
            *(f"import {name}" for name in modules),
            *(_from(module, self._names[module]) for module in sources),
        ]


def _is_in(module: str, standard: bool) -> bool:
    return (module.partition(".")[0] in sys.stdlib_module_names) == standard


def _from(module: str, names: set[str]) -> str:
    ordered = tuple(sorted(names, key=lambda name: (not name.isupper(), name.lower())))
    line = f"from {module} import "
    text = line + ", ".join(ordered)
    if len(text) <= WIDTH:
        return text
    # Formatters put every imported name on a line of its own.
    return "\n".join([line + "(", *(f"    {name}," for name in ordered), ")"])
