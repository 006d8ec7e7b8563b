"""``antiphon conformance``"""

import json
import sys
from pathlib import Path

import pytest

from antiphon.cli import conformance as verb
from antiphon.conformance.vectors import FILE, encode_vectors, shipped
from tests.cli.command import call

SERVED = (
    "import sys; from antiphon.engine.machine import Engine; from antiphon.testing import serve"
)
ENGINE = f"{sys.executable} -c '{SERVED}; serve(Engine, sys.stdin, sys.stdout)'"
MUTE = f"{sys.executable} -S -c 1"
CONTROL = ("--family", "control", "--family", "communication")


def test_a_machine_that_passes(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 0."""
    done = call(capsys, "conformance", "--cmd", ENGINE, *CONTROL, "--json")
    report = json.loads(done.out)
    assert done.code == 0
    assert report["is_good"]
    assert report["passed"] == report["vectors"] > 20
    assert report["families"] == ["control", "communication"]
    shown = call(capsys, "conformance", "--cmd", ENGINE, *CONTROL)
    assert shown.out.startswith(f"{report['vectors']} of {report['vectors']} vectors of control")


def test_a_machine_that_does_not(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 1, in words and in JSON."""
    shown = call(capsys, "conformance", "--cmd", MUTE)
    assert shown.code == 1
    assert "machine-crashed: it has ended without an answer, exit code 0" in shown.out
    assert "were not tried" in shown.out
    report = json.loads(call(capsys, "conformance", "--cmd", MUTE, "--json").out)
    assert [found["code"] for found in report["findings"]] == ["machine-crashed"] * 3


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), "usage"),
        (("--cmd", "x", "--write-vectors", "y"), "usage"),
        (("--cmd", "'"), "usage"),
        (("--cmd", ""), "usage"),
        (("--cmd", "./no-such-machine"), "machine-not-started"),
        (("--cmd", MUTE, "--family", "x"), "unknown-family"),
        (("--cmd", MUTE, "--family", "delegation"), "no-vectors"),
        (("--write-vectors", "no-such-directory"), "unwritable-file"),
    ],
)
def test_bad_usage(
    arguments: tuple[str, ...], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, and what to do."""
    done = call(capsys, "conformance", *arguments, "--json")
    assert done.code == 2
    assert json.loads(done.out)["error"]["code"] == code


def test_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file has the name of its version."""
    data = encode_vectors(shipped()[:3])

    def made(_: object) -> bytes:
        return data

    monkeypatch.setattr(verb, "make_vectors", made)
    done = call(capsys, "conformance", "--write-vectors", str(tmp_path), "--json")
    assert json.loads(done.out) == {
        "file": str(tmp_path / FILE),
        "vectors": 3,
        "bytes": len(data),
    }
    assert (tmp_path / FILE).read_bytes() == data
    assert "3 vectors" in call(capsys, "conformance", "--write-vectors", str(tmp_path)).out
