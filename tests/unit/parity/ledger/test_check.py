"""The form of fingerprints; the rules are broken one by one in ``bites``."""

import pytest

from antiphon.parity.ledger.check import is_fingerprint


@pytest.mark.parametrize(
    "text",
    [
        "FlowPolicy:missing_in_engine:AllowAll",
        "Value:field_differs:Prod.left:types",
        "behaviour:gates:admit_vm_runtime:answer",
    ],
)
def test_is_fingerprint(text: str) -> None:
    """A type, a kind and what; or a lane, a case and a dimension."""
    assert is_fingerprint(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "FlowPolicy",
        "FlowPolicy:missing_in_engine",
        "FlowPolicy:missing_in_engine:",
        "FlowPolicy:lost:AllowAll",
        "Nothing:missing_in_engine:AllowAll",
        "behaviour:gates:admit_vm_runtime",
        "behaviour:nothing:case:dimension",
        "threaded.round.wave.parallelism",
    ],
)
def test_is_no_fingerprint(text: str) -> None:
    """Anything else is nothing that a lane could find."""
    assert not is_fingerprint(text)
