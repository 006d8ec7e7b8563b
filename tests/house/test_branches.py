"""The unit tests of the model take every branch of it, both ways: it is the specification."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.house.tree import MODULES, ROOT

NO_OTHER = "  # pragma: no branch"
"""Where a match has no other case, as the type checker knows."""


def test_model_is_covered(tmp_path: Path) -> None:
    """Its tests are run once more, in a process of their own, and watched."""
    data, report = tmp_path / "data", tmp_path / "report.json"
    package = ROOT / "src" / "antiphon" / "model"
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    python = (sys.executable, "-m")
    watched = ("coverage", "run", "--branch", f"--source={package}", f"--data-file={data}")
    tests = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "tests/unit/model")
    subprocess.run((*python, *watched, *tests), cwd=ROOT, env=plain, check=True)
    wanted = ("coverage", "json", "-q", f"--data-file={data}", "-o", str(report))
    subprocess.run((*python, *wanted), cwd=ROOT, env=plain, check=True)
    files = json.loads(report.read_text(encoding="utf-8"))["files"]
    assert len(files) > 30
    missed = [
        f"{name}: lines {found['missing_lines']}, branches {found['missing_branches']}"
        for name, found in files.items()
        if found["missing_lines"] or found["missing_branches"]
    ]
    assert not missed, "\n".join(missed)


def test_exceptions_are_cases() -> None:
    """Nothing else is left out."""
    excepted = [
        line
        for module in MODULES
        if module.place.startswith("model/")
        for line in module.text.splitlines()
        if "pragma" in line
    ]
    assert all(line.strip().startswith("case ") for line in excepted)
    assert all(line.endswith(f":{NO_OTHER}") for line in excepted)
