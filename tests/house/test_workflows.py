"""The workflows run what the matrix says that they run, and cannot pass when it fails."""

from __future__ import annotations

import os
import re
import subprocess

import pytest
import yaml

from tests.house.tree import ROOT
from tests.house.workflow_rules import complaints

SCRIPTS = ("scripts/check-parity-ledger.sh", "scripts/check-vm-parity-suite.sh")
WORKFLOWS = {
    "check.yml": (".ci/run", *SCRIPTS),
    "verify.yml": ("make ${{ matrix.lane }}", *SCRIPTS),
}
TEXTS = {
    name: (ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8") for name in WORKFLOWS
}
SUITE = "      - run: scripts/check-vm-parity-suite.sh\n"


@pytest.mark.parametrize("name", WORKFLOWS)
def test_workflow(name: str) -> None:
    """Every script is run on a push and on a pull request, and its failure is the workflow's."""
    assert list(complaints(TEXTS[name], *WORKFLOWS[name])) == []


@pytest.mark.parametrize("name", WORKFLOWS)
@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (SUITE, "", "no-step"),
        (SUITE, f"      # {SUITE.strip()}\n", "no-step"),
        (SUITE, "      - run: |\n          # scripts/check-vm-parity-suite.sh\n", "no-step"),
        (SUITE, f"{SUITE}        continue-on-error: true\n", "may-fail"),
        (SUITE, f"{SUITE}        if: github.ref == 'refs/heads/main'\n", "conditional"),
        (SUITE, f"{SUITE}        shell: sh\n", "no-pipefail"),
        (SUITE, f"{SUITE.rstrip()} || true\n", "swallowed"),
        (SUITE, f"{SUITE.rstrip()}; true\n", "swallowed"),
        (
            "  governance:\n",
            "  governance:\n    continue-on-error: true\n",
            "may-fail may-fail",
        ),
        ("  governance:\n", "  governance:\n    if: false\n", "conditional conditional"),
        ("shell: bash -eo pipefail {0}", "shell: bash -e {0}", "no-pipefail " * 3),
    ],
)
def test_rejects(name: str, old: str, new: str, code: str) -> None:
    """Each rule, broken by itself, is named, and nothing else is."""
    assert old in TEXTS[name]
    found = complaints(TEXTS[name].replace(old, new), *WORKFLOWS[name])
    assert [each.split(":")[0] for each in found] == code.split()


@pytest.mark.parametrize(
    ("name", "old", "new", "trigger"),
    [
        ("check.yml", "on: [push, pull_request]", "on: [pull_request]", "push"),
        ("check.yml", "on: [push, pull_request]", "on: [push]", "pull_request"),
        ("verify.yml", "  pull_request:\n", "", "pull_request"),
        ("verify.yml", "  push:\n    branches: [main]\n", "", "push"),
    ],
)
def test_rejects_a_trigger_taken_out(name: str, old: str, new: str, trigger: str) -> None:
    """A workflow that does not run is named with the trigger that it lacks."""
    found = list(complaints(TEXTS[name].replace(old, new), *WORKFLOWS[name]))
    assert found == [f"no-trigger: {trigger}"]


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts(script: str) -> None:
    """A script can be run, fails as soon as something does, and makes what it needs."""
    path = ROOT / script
    assert os.access(path, os.X_OK)
    subprocess.run(("bash", "-n", path), check=True)
    text = path.read_text(encoding="utf-8")
    assert "\nset -euo pipefail\n" in text
    assert "\nmake --no-print-directory .venv/installed-for-tests\n" in text
    for command in re.findall(r"^ *\.venv/bin/.*$", text, re.MULTILINE):
        assert command.endswith(" || status=1"), "all lanes are run, and one that fails is kept"
    assert text.endswith('\nexit "$status"\n')


def test_a_commit_is_held_against_the_update_rule() -> None:
    """The configuration of pre-commit has the rule as a hook that always runs."""
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    hooks = {hook["id"]: hook for repo in config["repos"] for hook in repo["hooks"]}
    rule = hooks["update-rule"]
    assert rule["entry"] == ".venv/bin/antiphon parity changed --base HEAD"
    assert rule["always_run"] is True
