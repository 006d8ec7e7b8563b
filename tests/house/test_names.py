"""Names: a module is named for its subject, a function for what it does."""

from collections.abc import Iterator

import pytest

from tests.house.tree import MODULES, Module

EMPTY_WORDS = {"utils", "util", "helpers", "helper", "common", "misc", "base", "core", "manager"}
EMPTY_PREFIXES = ("get_", "do_", "handle_", "process_")


def complaints(module: Module) -> Iterator[str]:
    """Every name in a file that says nothing about its subject."""
    for part in module.place.removesuffix(".py").split("/"):
        for word in EMPTY_WORDS.intersection(part.split("_")):
            yield f"{module.place}: {word!r} is no subject: name what the file is about"
    for function in module.functions():
        if function.name.startswith(EMPTY_PREFIXES):
            yield (
                f"{module.place}:{function.lineno}: {function.name}: "
                "name what it answers or does (is_, check_, parse_, render_, load_, a verb)"
            )


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.place)
def test_names_say_something(module: Module) -> None:
    """No module and no public function has a name that would fit any other."""
    found = list(complaints(module))
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("engine/utils.py", ""),
        ("common/x.py", ""),
        ("engine/queue_manager.py", ""),
        ("engine/x.py", "def get_queue(): ..."),
        ("engine/x.py", "class C:\n    async def handle_message(self): ..."),
    ],
)
def test_rejects(place: str, text: str) -> None:
    """Each kind of empty name is found, in classes too."""
    assert len(list(complaints(Module(place, text)))) == 1


def test_accepts() -> None:
    """A word that only contains an empty one is a word of its own."""
    text = "def _get_x(): ...\ndef getter(): ...\ndef double(): ..."
    assert not list(complaints(Module("engine/coroutine.py", text)))
