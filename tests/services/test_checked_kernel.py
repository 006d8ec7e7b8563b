"""The compiled kernel with every check that a compiler offers, on the corpus and on new cases.

Built apart from the source tree: with Cython's bounds checks, and with AddressSanitizer.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CASES = 400
PLAY = f"""
from pathlib import Path
from antiphon.engine.build import describe
from antiphon.parity import lockstep
from antiphon.parity.corpus import load, play, play_alone
from antiphon.parity.subject import MODEL, engine
from antiphon.replay.recording import Recording

assert describe().name == "compiled", describe()
cases = load(Path({str(ROOT / "tests" / "corpus")!r}))
subject = engine("compiled")
for case in cases.values():
    play(case, (MODEL, subject))
    if isinstance(case, Recording):
        play_alone(case, subject)
report = lockstep.run({CASES}, seed=11, builds=("compiled",))
print(report.counts.steps, "steps,", len(report.differing), "differ")
"""


def compiler() -> str:
    """The C compiler; without one this room shows nothing, and says so."""
    command = str(sysconfig.get_config_var("CC") or "cc").split()[0]
    if shutil.which(command) is None:
        pytest.fail(f"Unreached: needs a C compiler ({command})")
    return command


def build(folder: Path, **environment: str) -> Path:
    """A copy of the source with the kernel compiled under ``environment``; its ``src``."""
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("*.so", "*.c"))
    for name in ("setup.py", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    requirements = folder / "needed"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(requirements)]
    subprocess.run([*install, "setuptools>=77", "cython>=3.1"], check=True)
    paths = {"PYTHONPATH": str(requirements)}
    command = [sys.executable, "setup.py", "--quiet", "build_ext", "--inplace"]
    subprocess.run(command, cwd=folder, env={**os.environ, **environment, **paths}, check=True)
    return folder / "src"


def play(source: Path, **environment: str) -> str:
    """What the corpus and the cases come to on the kernel of ``source``."""
    done = subprocess.run(
        [sys.executable, "-c", PLAY],
        env={**os.environ, "PYTHONPATH": str(source), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


def test_bounds_are_kept(tmp_path: Path) -> None:
    """With a check at every access to a table, no access is out of bounds."""
    compiler()
    source = build(tmp_path, ANTIPHON_DEBUG="1")
    assert play(source).endswith(" steps, 0 differ")


def test_memory_is_kept(tmp_path: Path) -> None:
    """AddressSanitizer sees no invalid access."""
    library = subprocess.run(
        [compiler(), "-print-file-name=libasan.so"], capture_output=True, text=True, check=True
    ).stdout.strip()
    if not Path(library).is_absolute():
        pytest.fail("Unreached: needs AddressSanitizer's library, libasan")
    flags = "-fsanitize=address -fno-omit-frame-pointer -g -O1"
    source = build(tmp_path, CFLAGS=flags, LDFLAGS="-fsanitize=address")
    # Python itself never frees its interned strings, so leaks are not looked for.
    said = play(source, LD_PRELOAD=library, ASAN_OPTIONS="detect_leaks=0", PYTHONMALLOC="malloc")
    assert said.endswith(" steps, 0 differ")
