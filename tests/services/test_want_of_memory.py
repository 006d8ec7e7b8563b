"""A machine that runs out of memory goes on with what it has; needs a system that limits memory."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STARVED = """
import resource, sys
from antiphon.engine.machine import Engine
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.values.value import Nat
from tests.unit.engine.images import handshake

image = handshake()
for share in range(1, 60, 3):
    engine = Engine(Config(), lambda ask: Nat(1), build=sys.argv[1], request=unadmitted())
    engine.load(image)
    used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + share * 2**21, resource.RLIM_INFINITY))
    try:
        engine.load_many(image, 2**20)
    except MemoryError:
        print("starved")
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    engine.load_many(image, 1000)
    assert engine.run("round-robin").outcome.value == "Done"
    assert engine.snapshot().sessions == ()
"""


@pytest.mark.parametrize("build", ["pure", "compiled"])
def test_a_machine_survives_a_want_of_memory(build: str) -> None:
    """Sessions for which there is no room leave a machine that opens and runs others."""
    command = [sys.executable, "-c", STARVED, build]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("starved") == 20
