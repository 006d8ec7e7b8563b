"""Configurations on disk."""

from pathlib import Path

import pytest

from antiphon.cli.config_file import read_config
from antiphon.errors import Refusal
from antiphon.machine.config import Config
from antiphon.machine.failure import Crash


def test_reads(tmp_path: Path) -> None:
    """What stands in the file; the usual configuration without one."""
    file = tmp_path / "trouble.json"
    file.write_text(
        '{"budget": 3, "failures": [{"failure": "crash", "session": 0, "role": "A", "step": 2}]}'
    )
    assert read_config(str(file)) == Config(budget=3, failures=(Crash(0, "A", 2),))
    assert read_config(None) == Config()


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("{", "not-json", "line 1 column 2"),
        ("[]", "malformed-config", "an object"),
        ('{"budget": -1}', "malformed-config", "budget: an integer"),
        ('{"failures": [{"failure": "fire"}]}', "malformed-config", r"failures\[0\]: .*partition"),
        (
            '{"failures": [{"failure": "crash", "session": 0, "role": 1, "step": 0}]}',
            "malformed-config",
            r"failures\[0\]\.role: a text",
        ),
    ],
)
def test_refuses_with_the_place(tmp_path: Path, text: str, code: str, words: str) -> None:
    """The file, and where in it what is wrong stands."""
    file = tmp_path / "trouble.json"
    file.write_text(text)
    with pytest.raises(Refusal, match=rf"trouble\.json: .*{words}") as refused:
        read_config(str(file))
    assert refused.value.code == code


def test_refuses_what_is_not_there(tmp_path: Path) -> None:
    """A file that is missing is said to be."""
    with pytest.raises(Refusal) as refused:
        read_config(str(tmp_path / "none.json"))
    assert refused.value.code == "missing-file"
