"""Tiny differences between processors' arithmetic leave no trace in the files."""

from __future__ import annotations

import ast
import filecmp
import importlib
import sys
from collections.abc import Iterator, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import numpy as np
import pandas as pd
import pytest

NOISE = 1e-12  # relative; other libraries for linear algebra differ by some 1e-15, and by 1e-13 after many steps
PACKAGE = "synthesis"
INEXACT = {
    *("exp", "log", "log1p", "gammaincinv", "ndtr", "ndtri", "inv_cdf", "brentq"),
    *("cholesky", "solve", "inv", "lstsq", "einsum", "corrcoef", "cov"),
    *("sum", "nansum", "cumsum", "mean", "average", "std", "median", "quantile"),
    *("standard_normal", "normal", "gumbel", "gamma", "beta", "exponential", "dirichlet"),
    "logistic",  # as a function and as a draw
}
"""What is not exact to the last bit wherever it is computed; so are products of matrices and powers."""


class Perturbed(ast.NodeTransformer):
    """Wraps every inexact operation of a module in a call of `perturbed`."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return self.wrapped(node) if name in INEXACT else node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        return self.wrapped(node) if isinstance(node.op, ast.MatMult | ast.Pow) else node

    @staticmethod
    def wrapped(node: ast.expr) -> ast.Call:
        return ast.copy_location(ast.Call(ast.Name("perturbed", ast.Load()), [node], []), node)


class Noise(SourceFileLoader):
    """Loads a module with noise in whatever is inexact in it."""

    calls = 0
    size = NOISE
    rng = np.random.default_rng()

    def path_stats(self, path: str) -> dict[str, Any]:
        raise OSError  # so that bytecode is neither read nor written

    def source_to_code(self, data: Any, path: Any, *args: Any, **kwargs: Any) -> CodeType:
        return compile(ast.fix_missing_locations(Perturbed().visit(ast.parse(data))), path, "exec")

    def exec_module(self, module: ModuleType) -> None:
        vars(module)["perturbed"] = self.perturbed
        super().exec_module(module)

    @classmethod
    def perturbed(cls, found: Any) -> Any:
        if isinstance(found, tuple):  # of least squares
            return cls.perturbed(found[0]), *found[1:]
        if not isinstance(found, float | np.ndarray | pd.Series | pd.DataFrame):
            return found
        values = np.asarray(found)
        if values.dtype.kind != "f" or (values == np.round(values)).all():  # sums of whole numbers are exact
            return found
        cls.calls += 1
        return found * (1 + cls.size * cls.rng.standard_normal(values.shape))


class Finder(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path, target) if fullname.startswith(PACKAGE) else None
        if spec is not None and spec.origin is not None:
            spec.loader = Noise(fullname, spec.origin)
        return spec


@pytest.fixture
def noisy() -> Iterator[ModuleType]:
    """The package with noise in all that it computes."""
    exact = {name: module for name, module in sys.modules.items() if name.startswith(PACKAGE)}
    finder = Finder()
    sys.meta_path.insert(0, finder)
    for name in exact:
        del sys.modules[name]
    try:
        yield importlib.import_module(PACKAGE)
    finally:
        sys.meta_path.remove(finder)
        for name in [name for name in sys.modules if name.startswith(PACKAGE)]:
            del sys.modules[name]
        sys.modules.update(exact)


@pytest.fixture
def exact(request: pytest.FixtureRequest) -> Path:
    """A delivery without noise, drawn before there is any."""
    folder: Path = request.getfixturevalue(request.param)
    return folder


@pytest.mark.parametrize("sign", [1, -1])  # of two equal things, noise prefers one and its opposite the other
@pytest.mark.parametrize(("exact", "scale"), [("delivery", 1.0), ("small", 0.1)], indirect=["exact"])
def test_noise_in_all_that_is_computed_changes_no_byte(
    exact: Path, scale: float, sign: int, noisy: ModuleType, tmp_path: Path
) -> None:
    Noise.calls, Noise.size, Noise.rng = 0, sign * NOISE, np.random.default_rng(1)
    noisy.synthesise(tmp_path, scale=scale)
    assert Noise.calls > 1_000
    files = [str(path.relative_to(exact)) for path in sorted(exact.rglob("*")) if path.is_file()]
    assert len(files) > 10
    assert filecmp.cmpfiles(exact, tmp_path, files, shallow=False)[1:] == ([], [])
