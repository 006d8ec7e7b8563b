"""Machines in a process of their own."""

import sys

import pytest

from antiphon.conformance.inside import Broken
from antiphon.conformance.outside import LINE_MAX, Outside
from antiphon.errors import Refusal

ECHO = "import sys\nfor line in sys.stdin: print(line, end='', flush=True)"


def program(text: str) -> tuple[str, ...]:
    """A command that runs a Python program."""
    return (sys.executable, "-S", "-c", text)


def test_a_line_each_way() -> None:
    """The same process answers every message, long ones too."""
    with Outside(program(ECHO)) as subject:
        assert subject.ask({"do": "new"}) == {"do": "new"}
        assert subject.ask({"x": "y" * 300_000}) == {"x": "y" * 300_000}


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("", "machine-crashed", "exit code 0"),
        ("import sys; sys.exit(3)", "machine-crashed", "exit code 3"),
        ("print('no')", "machine-garbage", "not JSON"),
        ("print('1.5')", "machine-garbage", "not an integer"),
        ("print('[' * 100000)", "machine-garbage", "too deep"),
        (f"print('1' * {LINE_MAX + 1})", "machine-too-long", str(LINE_MAX)),
    ],
)
def test_no_answer(text: str, code: str, words: str) -> None:
    """Each way has its code; then the process is begun anew."""
    with Outside(program(text)) as subject:
        for _ in range(2):
            with pytest.raises(Broken) as caught:
                subject.ask({})
            assert caught.value.code == code
            assert words in caught.value.words


def test_silence() -> None:
    """One that neither reads nor writes is ended, with whatever it has started."""
    sleep = "import time; time.sleep(99)"
    text = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {sleep!r}])"
    with Outside(program(text), 0.3) as subject, pytest.raises(Broken) as caught:
        subject.ask({"x": "y" * 300_000})
    assert caught.value.code == "machine-silent"


def test_no_such_command() -> None:
    """It is refused."""
    with Outside(("./no-such-machine",)) as subject, pytest.raises(Refusal) as caught:
        subject.ask({})
    assert caught.value.code == "machine-not-started"
