"""The documents that users read: their fenced examples, run, and what they show, compared.

* ``scribble`` and ``python`` blocks whose first line is a comment with a file name are files.
* ``console`` blocks are commands after ``$ `` and their output, in a shell of their own.
* any other ``python`` block is run; a ``text`` block right after it is its output.

A line of dots, ``...``, stands for any lines. ``python -m tests.docs.documents`` writes what the
commands print now into the documents.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENTS = (
    "README.md",
    "docs/tutorial.md",
    "docs/cli.md",
    "docs/conformance.md",
    "docs/limits.md",
    "docs/reading.md",
    "docs/glossary.md",
    "docs/composition.md",
)
_FENCE = re.compile(r"^```(?P<language>[a-z]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^(?://|#) (?P<name>[\w-]+\.(?:scr|py))$")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block and where its text stands in the document."""

    language: str
    text: str
    start: int
    end: int

    @property
    def file(self) -> str | None:
        """The name of the file that the block is, if it is one."""
        first = _FILE.match(self.text.partition("\n")[0])
        return first["name"] if first and self.language in ("scribble", "python") else None


def read(name: str) -> str:
    """A document."""
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(text: str) -> list[Block]:
    """Every fenced block, in order."""
    return [
        Block(found["language"], found["text"], found.start("text"), found.end("text"))
        for found in _FENCE.finditer(text)
    ]


class Shell:
    """A folder of its own, in which ``antiphon`` and ``python`` are the ones under test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        tools = folder.parent / f"{folder.name}-bin"
        tools.mkdir()
        for name, words in (("python", ""), ("antiphon", "-m antiphon ")):
            tool = tools / name
            tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" {words}"$@"\n')
            tool.chmod(0o755)
        places = [str(ROOT / "src"), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
        self._environment = {
            **os.environ,
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join(filter(None, places)),
            "PYTHONUTF8": "1",
            "COLUMNS": "80",
        }

    def run(self, command: str) -> str:
        """What a command prints, on either stream."""
        done = subprocess.run(
            command,
            shell=True,
            cwd=self.folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=120,
            check=False,
        )
        return "\n".join(line.rstrip() for line in done.stdout.decode().splitlines())


def outputs(text: str, shell: Shell) -> Iterator[tuple[Block, str]]:
    """Run a document: each block that shows output, and the text that it should be."""
    found = blocks(text)
    program: Block | None = None
    for block in found:
        if block.file is not None:
            (shell.folder / block.file).write_text(block.text, encoding="utf-8")
            program = block if block.language == "python" else None
        elif block.language == "console":
            yield block, _session(block.text, shell)
        elif block.language == "python":
            (shell.folder / "example.py").write_text(block.text, encoding="utf-8")
            program = block
            printed = shell.run("python example.py")
            if not _follows(found, block):
                yield Block("", "", -1, -1), printed
        elif block.language == "text" and program is not None:
            name = program.file or "example.py"
            yield block, f"{shell.run(f'python {name}')}\n"
            program = None


def _follows(found: list[Block], block: Block) -> bool:
    """Whether the output of a program is shown right after it."""
    later = found[found.index(block) + 1 :]
    return bool(later) and later[0].language == "text"


def _session(text: str, shell: Shell) -> str:
    lines: list[str] = []
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        printed = shell.run(command)
        kept = shown.rstrip("\n")
        if matches(kept, printed):
            printed = kept
        lines += [f"$ {command}", *([printed] if printed else [])]
    return "\n".join(lines) + "\n"


def matches(shown: str, printed: str) -> bool:
    """Whether an output is what is shown; a line of dots stands for any lines."""
    parts = [re.escape(part) for part in re.split(r"^\.\.\.$", shown.strip(), flags=re.MULTILINE)]
    return re.fullmatch(r"[^\0]*?".join(parts), printed.strip()) is not None


def refreshed(text: str, shell: Shell) -> str:
    """The document with what its commands print now."""
    for block, printed in reversed(list(outputs(text, shell))):
        if block.start >= 0 and not matches(block.text, printed):
            text = text[: block.start] + printed + text[block.end :]
    return text


def main() -> None:
    """Bring every document up to date."""
    for name in DOCUMENTS:
        with tempfile.TemporaryDirectory() as folder:
            inside = Path(folder) / "here"
            inside.mkdir()
            text = read(name)
            new = refreshed(text, Shell(inside))
        if new != text:
            (ROOT / name).write_text(new, encoding="utf-8")
            sys.stdout.write(f"updated {name}\n")


if __name__ == "__main__":
    main()
