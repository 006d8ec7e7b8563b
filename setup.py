"""The optional compiled kernel; everything else about the package is in pyproject.toml.

``kernel.py`` is compiled under another name, so that both builds can be imported side by side. A
copy of the source gets its digest appended, and a ``.pxd`` that makes constants of C out of the
numbers in its ``if not cython.compiled`` block. No Cython, no compiler or a failing compilation
leave the package complete: the interpreted kernel does the same.
"""

import ast
import hashlib
import os
from importlib import import_module
from pathlib import Path
from typing import Any

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
KERNEL = ROOT / "src" / "antiphon" / "engine" / "kernel.py"
BUILD = Path("build") / "kernel"
PACKAGE = BUILD / "antiphon" / "engine"
NAME = "_kernel_compiled"
KNOWN = ("docs/evidence/rows.json", "docs/model_vs_engine_deviations.json")


def constants(source: str) -> list[str]:
    """``NAME = number`` for each number in the block of constants."""
    found: list[str] = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "not cython.compiled":
            found += map(ast.unparse, node.body)
    return found


def extensions() -> list[Any]:
    """The kernel as an extension; none where it cannot be made."""
    try:
        cythonize = import_module("Cython.Build").cythonize
    except ImportError:
        return []
    source = KERNEL.read_bytes()
    folder = ROOT / PACKAGE
    folder.mkdir(parents=True, exist_ok=True)
    for package in (folder, folder.parent):
        (package / "__init__.py").touch()
    digest = hashlib.sha256(source).hexdigest()
    text = source.decode("utf-8")
    copy = folder / f"{NAME}.py"
    copy.write_text(f'{text}\n\nSOURCE_SHA256 = "{digest}"\n', encoding="utf-8")
    lines = "".join(f"    {line}\n" for line in constants(text))
    copy.with_suffix(".pxd").write_text(f"cdef enum:\n{lines}", encoding="utf-8")
    checked = os.environ.get("ANTIPHON_DEBUG", "") not in ("", "0")
    name = f"antiphon.engine.{NAME}"
    extension = Extension(name, [(PACKAGE / copy.name).as_posix()], optional=True)
    try:
        return cythonize(
            [extension],
            force=True,
            quiet=True,
            include_path=[BUILD.as_posix()],
            compiler_directives={
                "language_level": 3,
                "boundscheck": checked,
                "wraparound": False,
                "initializedcheck": False,
                "cdivision": True,
            },
        )
    except Exception as error:  # noqa: BLE001  (an install must not fail for want of speed)
        print(f"antiphon: the kernel stays interpreted: {error}")  # noqa: T201
        return []


class OptionalBuild(build_ext):
    """Goes on without the extension, also where the compiler itself is missing."""

    def build_extension(self, ext: Extension) -> None:
        """Compile it, or say why there is none."""
        try:
            super().build_extension(ext)  # pyright: ignore[reportUnknownMemberType]
        except Exception as error:  # noqa: BLE001
            self.extensions = [other for other in self.extensions if other is not ext]
            print(f"antiphon: the kernel stays interpreted: {error}")  # noqa: T201


class WithEvidence(build_py):
    """Puts what is known of parity, which belongs to the source tree, into the package."""

    def run(self) -> None:
        """Build, then copy."""
        super().run()
        if not self.editable_mode:
            for name in KNOWN:
                target = Path(self.build_lib) / "antiphon" / "evidence" / Path(name).name
                self.copy_file(str(ROOT / name), str(target))


setup(ext_modules=extensions(), cmdclass={"build_ext": OptionalBuild, "build_py": WithEvidence})
