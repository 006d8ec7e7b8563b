"""Nothing goes out unless the evidence, at these very sources, covers every row."""

from __future__ import annotations

import tomllib

import pytest

from tests.house.release_rules import makefile_complaints, workflow_complaints
from tests.house.tree import ROOT

WORKFLOW = (ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GATE = "      - run: .venv/bin/antiphon parity matrix --check --release\n"
LEDGER = "      - run: .venv/bin/antiphon parity ledger\n"
WHEELS = "      - run: python -m cibuildwheel --output-dir dist\n"
RECIPE = "\t$(BIN)/antiphon parity matrix --check --release\n"
MADE = "\t$(BIN)/python -m build\n"


def test_workflow() -> None:
    """On a tag, wheels for every system and Python are built, after the gate."""
    assert list(workflow_complaints(WORKFLOW, PROJECT)) == []


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ('    tags: ["v*"]\n', "    branches: [main]\n", "no-tag"),
        ("on:\n", "on:\n  pull_request:\n", "no-tag"),
        (GATE, "", "no-gate"),
        (GATE, f"      # {GATE.strip()}\n", "no-gate"),
        (GATE, GATE.replace(" --release", ""), "no-gate"),
        (LEDGER, "", "no-gate"),
        (GATE, f"{GATE.rstrip()} || true\n", "swallowed"),
        (GATE, f"{GATE}        continue-on-error: true\n", "may-fail"),
        (GATE, f"{GATE}        if: always()\n", "conditional"),
        (GATE, f"{GATE}        shell: sh\n", "no-pipefail"),
        ("  sdist:\n    needs: gate\n", "  sdist:\n", "ungated"),
        ("  wheels:\n    needs: gate\n", "  wheels:\n", "ungated"),
        ("needs: [gate, sdist, wheels]", "needs: []", "ungated"),
        ("  release:\n", "  release:\n    if: always()\n", "ungated"),
        (WHEELS, "", "no-build"),
        (WHEELS, f"{WHEELS.rstrip()} || true\n", "swallowed"),
        ("macos-latest, ", "", "no-system"),
        (", windows-latest", "", "no-system"),
    ],
)
def test_rejects_a_workflow(old: str, new: str, codes: str) -> None:
    """Each rule, broken by itself, is named, and nothing else is."""
    assert WORKFLOW.count(old) == 1
    found = workflow_complaints(WORKFLOW.replace(old, new), PROJECT)
    assert [each.split(":")[0] for each in found] == codes.split()


@pytest.mark.parametrize("place", range(4))
def test_rejects_a_python_left_out(place: int) -> None:
    """Every version that is promised is built for."""
    build = PROJECT["tool"]["cibuildwheel"]["build"]
    left = {"tool": {"cibuildwheel": {"build": build[:place] + build[place + 1 :]}}}
    found = list(workflow_complaints(WORKFLOW, left))
    assert found == [f"no-python: {build[place].removesuffix('-*')}"]


def test_make_dist() -> None:
    """The gate comes before what is built."""
    assert list(makefile_complaints(MAKEFILE)) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (RECIPE, "", "no-gate"),
        (RECIPE, f"\t-{RECIPE.strip()}\n", "swallowed"),
        (RECIPE, f"{RECIPE.rstrip()} || true\n", "swallowed"),
        (MADE, f"{MADE}{RECIPE}", "late-gate"),
    ],
)
def test_rejects_a_makefile(old: str, new: str, code: str) -> None:
    """Each rule, broken by itself, is named, and nothing else is."""
    text = MAKEFILE.replace(RECIPE, "") if code == "late-gate" else MAKEFILE
    found = makefile_complaints(text.replace(old, new))
    assert [each.split(":")[0] for each in found] == [code]


def test_a_wheel_has_its_kernel() -> None:
    """An install goes on without a compiled kernel; a wheel that lacks it is not released."""
    assert "kernel_class('compiled')" in PROJECT["tool"]["cibuildwheel"]["test-command"]
