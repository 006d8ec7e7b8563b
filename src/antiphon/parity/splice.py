"""Code of a source text that differs from one seen before inside a few functions.

Only these are compiled, and put in the place of the old ones: the kernel is one class of thousands
of lines, and most of what is broken in it on purpose is one line.
"""

from __future__ import annotations
import __future__

import re
from dataclasses import dataclass
from functools import reduce
from types import CodeType
from typing import Final

FLAGS: Final = __future__.annotations.compiler_flag
_CLASS: Final = re.compile(r"class (\w+)")
_FUNCTION: Final = re.compile(r"()def (\w+)\(")
_METHOD: Final = re.compile(r"(    )def (\w+)\(")


@dataclass(frozen=True, slots=True)
class _Function:
    """Of a class or, if ``owner`` is empty, of the module; its signature starts in ``line``."""

    owner: str
    name: str
    line: int
    signature: str
    body: str


class Splicer:
    """Compiles the texts of one file."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._known: list[tuple[str, list[_Function], CodeType]] = []

    def compiled(self, text: str) -> CodeType:
        """The code of a text: does what that of ``compile`` does, but may name other lines."""
        frame, functions = _taken_apart(text)
        for known, old, code in self._known:
            if known == frame:
                pairs = zip(old, functions, strict=True)
                changed = (now for before, now in pairs if before.body != now.body)
                return reduce(self._spliced, changed, code)
        code = compile(text, self._path, "exec", FLAGS, dont_inherit=True)
        self._known.append((frame, functions, code))
        return code

    def _spliced(self, code: CodeType, function: _Function) -> CodeType:
        head = f"class {function.owner}:\n" if function.owner else "\n"
        text = "\n" * (function.line - 2) + head + function.signature + function.body
        piece = compile(text, self._path, "exec", FLAGS, dont_inherit=True)
        return _with(code, piece, [name for name in (function.owner, function.name) if name])


def _taken_apart(text: str) -> tuple[str, list[_Function]]:
    """What is in no function, with a mark where each body was; and the functions.

    None is taken out of a text that has two of one name.
    """
    lines = text.splitlines(keepends=True)
    frame: list[str] = []
    functions: list[_Function] = []
    owner, at = "", 0
    while at < len(lines):
        line = lines[at]
        if line.strip() and not line.startswith((" ", "@", "#", ")")):
            top = _CLASS.match(line)
            owner = "" if top is None else top[1]
        found = (_METHOD if owner else _FUNCTION).match(line)
        if found is None:
            frame.append(line)
            at += 1
            continue
        body = at + 1
        while not lines[body - 1].rstrip().endswith(":"):
            body += 1
        end, inner = body, found[1] + "    "
        while end < len(lines) and (lines[end].startswith(inner) or not lines[end].strip()):
            end += 1
        signature = "".join(lines[at:body])
        function = _Function(owner, found[2], at + 1, signature, "".join(lines[body:end]))
        frame += (signature, "\0")
        functions.append(function)
        at = end
    names = {(function.owner, function.name) for function in functions}
    return (text, []) if len(names) < len(functions) else ("".join(frame), functions)


def _with(code: CodeType, piece: CodeType, path: list[str]) -> CodeType:
    """``code`` with the function at ``path`` from ``piece``."""
    if not path:
        return piece
    (old,), (new,) = (
        [one for one in whole.co_consts if isinstance(one, CodeType) and one.co_name == path[0]]
        for whole in (code, piece)
    )
    spliced = _with(old, new, path[1:])
    consts = (spliced if one is old else one for one in code.co_consts)
    return code.replace(co_consts=tuple(consts))
