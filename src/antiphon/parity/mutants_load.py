"""A package of ours loaded again with one file changed, beside the healthy one.

The copy is in no list of modules: its imports of itself are answered from within.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from antiphon.parity.splice import Splicer

ROOT = Path(__file__).resolve().parents[1]


def source_of(place: str) -> str:
    """The text of a source file, such as ``model/step.py``."""
    return (ROOT / place).read_text(encoding="utf-8")


def load_patched(package: str, module: str, patches: Mapping[str, str]) -> ModuleType:
    """``module`` of a copy of ``package`` in which the files ``patches`` have other texts."""
    return _Copy((package,), patches).module(module)


def loader(packages: tuple[str, ...], patches: Mapping[str, str]) -> Callable[[str], ModuleType]:
    """What gives a module by its full name: that of one copy if it is in ``packages``, which may be
    modules too, or else the healthy one.
    """
    copy = _Copy(packages, patches)
    return lambda name: copy.module(name) if copy.holds(name) else import_module(name)


class _Copy:
    def __init__(self, packages: tuple[str, ...], patches: Mapping[str, str]) -> None:
        self._packages = tuple(f"{package}." for package in packages)
        self._patches = {ROOT / place: text for place, text in patches.items()}
        self._modules: dict[str, ModuleType] = {}
        self._builtins = {**vars(builtins), "__import__": self._import}

    def holds(self, name: str) -> bool:
        """Whether a module is in the copy."""
        return f"{name}.".startswith(self._packages)

    def module(self, name: str) -> ModuleType:
        """The copy of a module, made when it is first asked for."""
        found = self._modules.get(name)
        if found is None:
            path = _path(name)
            import_module(name)  # dataclasses look their module up in the list of modules
            found = self._modules[name] = ModuleType(name)
            found.__file__ = str(path)
            vars(found)["__builtins__"] = self._builtins
            patch = self._patches.get(path)
            text = path.read_text(encoding="utf-8") if patch is None else patch
            exec(_compiled(path, text), vars(found))
        return found

    def _import(
        self,
        name: str,
        globals: Mapping[str, Any] | None = None,  # noqa: A002  (the name that Python gives it)
        locals: Mapping[str, Any] | None = None,  # noqa: A002
        fromlist: Sequence[str] = (),
        level: int = 0,
    ) -> ModuleType:
        """``__import__`` for the copy: what is in the package comes from the copy."""
        if not self.holds(name):
            whole = builtins.__import__(name, globals, locals, fromlist, level)
            return self._with_copies(name, whole, fromlist or ())
        found = self.module(name)
        for attribute in fromlist:
            if not hasattr(found, attribute):
                setattr(found, attribute, self.module(f"{name}.{attribute}"))
        return found

    def _with_copies(self, name: str, whole: ModuleType, wanted: Sequence[str]) -> ModuleType:
        """A package of which only some modules are in the copy, as far as it is wanted."""
        copied = [each for each in wanted if self.holds(f"{name}.{each}")]
        if not copied:
            return whole
        found = ModuleType(name)
        for each in wanted:
            inner = self.module(f"{name}.{each}") if each in copied else getattr(whole, each)
            setattr(found, each, inner)
        return found


@cache
def _path(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ImportError(f"there is no module {name}", name=name)
    return Path(spec.origin)


@lru_cache(maxsize=256)
def _compiled(path: Path, text: str) -> CodeType:
    return _splicer(path).compiled(text)


@cache
def _splicer(path: Path) -> Splicer:
    return Splicer(str(path))
