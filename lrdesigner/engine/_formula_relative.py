"""From a formula for the LR itself to the factor on the base LR that torch's LambdaLR wants."""

from __future__ import annotations

import ast


def relative_tree(tree: ast.expr, source: str) -> tuple[ast.expr, str]:
    """The tree divided by `lr`, and the source that its positions refer to.

    A formula that begins with the factor `lr`, as in ``lr * exp(-t / T)``, simply loses it: that
    reads better in exported code, and holds for an LR of 0 too.
    """
    one = ast.Constant(1, col_offset=len(source), end_col_offset=len(source) + 1)
    factor = _without_lr(tree, one)
    if factor is None:
        factor = ast.BinOp(tree, ast.Div(), ast.Name("lr"))
    return factor, source + "1"


def _without_lr(node: ast.expr, one: ast.expr) -> ast.expr | None:
    """A product's other factors, if the first one is `lr`."""
    match node:
        case ast.Name(id="lr"):
            return one
        case ast.BinOp(left=ast.Name(id="lr"), op=ast.Mult(), right=right):
            return right
        case ast.BinOp(left=left, op=ast.Mult() | ast.Div() as op, right=right):
            rest = _without_lr(left, one)
            return None if rest is None else ast.BinOp(rest, op, right)
    return None
