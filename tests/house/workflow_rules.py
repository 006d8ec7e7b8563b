"""What may be wrong with a workflow that ought to run a script: each problem with its code.

no-trigger    it does not run on a push, or on a pull request
no-step       no step runs the script; one in a comment does not
may-fail      the step, or its job, may fail
conditional   the step, or its job, is left out under some condition
no-pipefail   its shell forgets what a pipe comes to
swallowed     the step goes on when the script has failed
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

import yaml

Object: TypeAlias = dict[Any, Any]
TRIGGERS = ("push", "pull_request")
SAFE_SHELLS = re.compile(r"bash|bash .*pipefail.*")
SWALLOWS = re.compile(r"\|\||;\s*true\b|&\s*$|\bset \+e\b")


def complaints(text: str, *scripts: str) -> Iterator[str]:
    """What is wrong with the text of a workflow that ought to run these scripts."""
    workflow: Object = yaml.safe_load(text)
    triggers = workflow.get("on", workflow.get(True, {}))
    yield from (f"no-trigger: {each}" for each in TRIGGERS if each not in triggers)
    for script in scripts:
        steps = [found for found in steps_of(workflow) if script in commands(found[1])]
        if not steps:
            yield f"no-step: {script}"
        for job, step in steps:
            yield from (f"{code}: {script}" for code in wrong(workflow, job, step, script))


def steps_of(workflow: Object) -> Iterator[tuple[Object, Object]]:
    """Each step, with its job."""
    for job in workflow["jobs"].values():
        yield from ((job, step) for step in job["steps"])


def commands(step: Object) -> str:
    """What a step runs, without comments."""
    lines = str(step.get("run", "")).splitlines()
    return "\n".join(re.sub(r"(^|\s)#.*", "", line) for line in lines)


def wrong(workflow: Object, job: Object, step: Object, script: str) -> Iterator[str]:
    """The codes of what is wrong with a step that runs a script."""
    if any(each.get("continue-on-error", False) is not False for each in (job, step)):
        yield "may-fail"
    if any("if" in each for each in (job, step)):
        yield "conditional"
    shell = step.get("shell") or _default(job) or _default(workflow) or ""
    if not SAFE_SHELLS.fullmatch(shell):
        yield "no-pipefail"
    lines = [line for line in commands(step).splitlines() if script in line]
    if any(SWALLOWS.search(line) for line in lines) or "set +e" in commands(step):
        yield "swallowed"


def _default(of: Object) -> str:
    """The shell that a job or a workflow names for its steps."""
    return str(of.get("defaults", {}).get("run", {}).get("shell", ""))
