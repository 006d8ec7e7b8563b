"""What the documents show is what happens."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer

from antiphon.cli.main import app
from tests.cli.command import call
from tests.docs.documents import DOCUMENTS, ROOT, Shell, blocks, matches, outputs, read

LINKED = (
    *DOCUMENTS,
    "docs/parity.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/decisions/README.md",
    "examples/third_machine/README.md",
)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_examples_run(name: str, tmp_path: Path) -> None:
    """Every fenced command and program prints what is shown below it."""
    inside = tmp_path / "here"
    inside.mkdir()
    for block, printed in outputs(read(name), Shell(inside)):
        assert matches(block.text, printed), (
            f"{name}: run `python -m tests.docs.documents` and read what changed:\n{printed}"
        )


@pytest.mark.parametrize("name", DOCUMENTS)
def test_fences_are_of_a_kind_that_is_run(name: str) -> None:
    """No fenced block escapes the test above."""
    for block in blocks(read(name)):
        known = block.language in ("console", "python", "text") or block.file is not None
        assert known, f"{name}: {block.language} is not run:\n{block.text}"


@pytest.mark.parametrize("name", LINKED)
def test_links_resolve(name: str) -> None:
    """Every link to a file leads to one."""
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", read(name)):
        if "://" not in target:
            assert (ROOT / name).parent.joinpath(target).exists(), f"{name}: {target} is not there"


def test_readme_opens_with_what_it_is() -> None:
    """Three sentences, a protocol of about 15 lines, two commands that exist."""
    text = read("README.md")
    first = blocks(text)[0]
    opening = text[: text.index("```")].partition("\n\n")[2]
    assert len(re.findall(r"\.\s", opening)) == 3
    assert first.language == "scribble"
    assert len(first.text.splitlines()) <= 15
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^    make (\w+)", text, flags=re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE)


def verbs() -> dict[str, Any]:
    """Every command that does something, by its full name."""
    found: dict[str, Any] = {}
    stack: list[tuple[str, Any]] = [("antiphon", typer.main.get_command(app))]
    while stack:
        name, command = stack.pop()
        inner = getattr(command, "commands", None)
        if inner:
            stack += ((f"{name} {verb}", one) for verb, one in inner.items())
        else:
            found[name] = command
    return found


def sections() -> dict[str, str]:
    """The sections of the reference of commands, by title."""
    parts = re.split(r"^## ", read("docs/cli.md"), flags=re.MULTILINE)[1:]
    return {part.partition("\n")[0]: part.partition("\n")[2] for part in parts}


def test_every_command_is_documented() -> None:
    """The reference has one section for each command, and none for another."""
    assert set(sections()) == set(verbs())


@pytest.mark.parametrize("name", verbs())
def test_every_option_is_documented(name: str) -> None:
    """A section starts as the command's help does, and lists its options in order, in its words."""
    section, command = sections()[name], verbs()[name]
    assert section.strip().startswith(command.help)
    options = [
        (one.opts[-1], one.help) for one in command.params if one.param_type_name == "option"
    ]
    assert re.findall(r"^\| `(--[\w-]+)` \| (.*) \|$", section, flags=re.MULTILINE) == options


@pytest.mark.parametrize("verb", verbs())
def test_help(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each command has help, and ends well with it."""
    answer = call(capsys, *verb.split()[1:], "--help")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith(f"Usage: {verb} ")
