"""Gates, limits and requests of several bundles at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from antiphon.composition.admission import admit, gate_problems, merged
from antiphon.composition.certificate import certify
from antiphon.composition.memory import MemoryBudget
from antiphon.machine.buffer import DROP, Buffer
from antiphon.machine.config import Config
from antiphon.machine.contracts import PLAIN, RuntimeContracts, RuntimeRequest, unadmitted
from antiphon.machine.determinism import DeterminismMode, EffectDeterminismTier
from tests.unit.composition.test_links import bundle

AGING = RuntimeRequest("aging")
TIERS = tuple(EffectDeterminismTier)
LOOSE = RuntimeRequest(determinism=DeterminismMode.ModuloEffects)
ORDER, BILL = bundle("Order"), bundle("Bill")
CERTIFICATE = certify((ORDER, BILL))


def test_one_request_for_all() -> None:
    """It asks for what any of them asks for."""
    wide = replace(AGING, wave_width=3, speculation=True)
    assert merged([PLAIN, wide, AGING]) == (wide, [])
    assert merged([]) == (PLAIN, [])


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        (AGING, RuntimeRequest("priority"), "policies-differ"),
        (LOOSE, RuntimeRequest(determinism=DeterminismMode.Replay), "profiles-differ"),
        (
            replace(PLAIN, tier=TIERS[0]),
            replace(PLAIN, tier=TIERS[1]),
            "tiers-differ",
        ),
        (PLAIN, unadmitted(), "not-gated"),
    ],
)
def test_what_one_machine_cannot_do(one: RuntimeRequest, other: RuntimeRequest, code: str) -> None:
    """Each is told, with what to do."""
    (found,) = merged([one, other])[1]
    assert found.code == code
    assert found.help


def test_everything_at_once() -> None:
    """Gates, links, images, limits and memory are all looked at."""
    buffers = (("Bank", "Shop", Buffer(full=DROP)),)
    found = admit(
        [(replace(ORDER, request=AGING), 2), (BILL, 1)],
        replace(CERTIFICATE, hash="x"),
        MemoryBudget(),
        Config(max_sessions=2, max_coroutines=6, buffers=buffers),
    )
    assert [each.code for each in found.problems] == [
        "missing-contracts",
        "certificate-hash",
        "lossy-buffer",
        "session-limit",
        "coroutine-limit",
    ]
    assert found.memory is None
    assert all(each.help for each in found.problems)
    budget = MemoryBudget(max_bytes=0)
    small = admit([(ORDER, 1), (BILL, 1)], CERTIFICATE, budget, Config())
    assert [each.code for each in small.problems] == ["memory-budget"]


def test_nothing_is_wrong() -> None:
    """Then the request and the memory are told."""
    found = admit([(ORDER, 1), (BILL, 1)], CERTIFICATE, MemoryBudget(), Config())
    assert found.problems == ()
    assert found.request == PLAIN
    assert found.memory is not None
    empty = admit([], certify(()), MemoryBudget(), Config()).problems
    assert [each.code for each in empty] == ["no-bundle"]


def test_all_that_a_bundle_lacks() -> None:
    """The code is that of the gate; the evidence that is missing can be made, or not."""
    asking = replace(ORDER, request=replace(AGING, speculation=True))
    found = gate_problems(asking, None)
    assert [each.code for each in found] == ["missing-contracts"] * 2
    assert "parity evidence --write" in found[0].help
    refused = gate_problems(replace(ORDER, request=LOOSE), RuntimeContracts())
    assert {each.code for each in refused} == {"unsupported-determinism-profile"}
    assert any("contracts that allow it" in each.help for each in refused)
    assert gate_problems(ORDER, None) == []
