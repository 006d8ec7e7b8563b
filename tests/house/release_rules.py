"""What may be wrong with the ways in which a release is made: each problem with its code.

no-tag        the workflow does not run on a tag
no-gate       nothing asks whether the evidence covers every row
ungated       a job does not wait for the gate, or goes on without it
no-build      nothing builds wheels
no-system     wheels for a system are not built
no-python     wheels for a version of Python are not built
late-gate     something is built before the gate

And what ``workflow_rules`` names: ``may-fail``, ``conditional``, ``no-pipefail``, ``swallowed``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from tests.house.workflow_rules import SWALLOWS, Object, commands, steps_of, wrong

GATES = ("antiphon parity matrix --check --release", "antiphon parity ledger")
BUILDS = "python -m cibuildwheel"
SYSTEMS = ("ubuntu", "macos", "windows")
PYTHONS = ("cp311", "cp312", "cp313", "cp314")


def workflow_complaints(text: str, project: Object) -> Iterator[str]:
    """What is wrong with the workflow of releases; ``project`` is what pyproject.toml says."""
    workflow: Object = yaml.safe_load(text)
    triggers: Object = workflow.get("on", workflow.get(True, {}))
    pushed: Object = triggers.get("push") or {}
    if set(triggers) != {"push"} or not pushed.get("tags"):
        yield "no-tag"
    gates = [_jobs_with(workflow, gate) for gate in GATES]
    for gate, found in zip(GATES, gates, strict=True):
        if not found:
            yield f"no-gate: {gate}"
        for job, step in found.values():
            yield from (f"{code}: {gate}" for code in wrong(workflow, job, step, gate))
    names = set[str]().union(*gates)
    for name, job in workflow["jobs"].items():
        if name not in names and (not names <= _needed(workflow, name) or "if" in job):
            yield f"ungated: {name}"
    yield from _of_wheels(workflow, project)


def _of_wheels(workflow: Object, project: Object) -> Iterator[str]:
    built = _jobs_with(workflow, BUILDS)
    if not built:
        yield "no-build"
        return
    for job, step in built.values():
        yield from (f"{code}: {BUILDS}" for code in wrong(workflow, job, step, BUILDS))
        systems = [each.split("-")[0] for each in job["strategy"]["matrix"]["os"]]
        yield from (f"no-system: {each}" for each in SYSTEMS if each not in systems)
    wanted = project["tool"]["cibuildwheel"]["build"]
    yield from (f"no-python: {each}" for each in PYTHONS if f"{each}-*" not in wanted)


def _jobs_with(workflow: Object, script: str) -> dict[str, tuple[Object, Object]]:
    """The jobs in which a step runs a script, by name, each with that step."""
    found = [(job, step) for job, step in steps_of(workflow) if script in commands(step)]
    names = {id(job): name for name, job in workflow["jobs"].items()}
    return {names[id(job)]: (job, step) for job, step in found}


def _needed(workflow: Object, name: str) -> set[str]:
    """The jobs that a job waits for, whatever it takes."""
    listed: Any = workflow["jobs"][name].get("needs", [])
    needs = {listed} if isinstance(listed, str) else set(listed)
    return needs.union(*(_needed(workflow, each) for each in needs))


def makefile_complaints(text: str) -> Iterator[str]:
    """What is wrong with the target ``dist``."""
    recipe = re.search(r"^dist:.*\n((?:\t.*\n)*)", text, re.MULTILINE)
    lines = recipe[1].splitlines() if recipe else []
    built = next((n for n, line in enumerate(lines) if "python -m build" in line), len(lines))
    for gate in GATES:
        found = [n for n, line in enumerate(lines) if gate in line]
        if not found:
            yield f"no-gate: {gate}"
        elif found[0] > built:
            yield f"late-gate: {gate}"
        elif SWALLOWS.search(lines[found[0]]) or lines[found[0]].strip("\t@").startswith("-"):
            yield f"swallowed: {gate}"
