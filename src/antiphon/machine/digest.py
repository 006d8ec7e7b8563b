"""The digests that runs are compared by (S29): SHA-256 over canonical bytes, a domain for each.

``state_digest``  domain ``antiphon.state.1``, then ``snapshot.to_plain`` with what the policies
                  remember that a run is under.
``trace_digest``  domain ``antiphon.trace.1``, then ``event.to_plain`` of each event in order.
``run_digest``    domain ``antiphon.run.1``, then the image digests, the configuration
                  (``interchange.config_to_plain``) and the two above.
``output_digest`` domain ``antiphon.output.1``, then ``event.to_plain`` of the event ``Sent`` that
an output makes, unchecked.

None of them names the machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from antiphon.machine import event as events
from antiphon.machine import snapshot as snapshots
from antiphon.machine.config import Config
from antiphon.machine.event import Event, Sent
from antiphon.machine.interchange import config_to_plain
from antiphon.machine.interface import MEMORY
from antiphon.machine.snapshot import Snapshot
from antiphon.values.canonical import digest

TRACE_DOMAIN: Final = "antiphon.trace.1"


def state_digest(state: Snapshot, *policies: str) -> str:
    """The digest of a whole state, with whatever decides how a run under ``policies`` goes on."""
    remembered = {MEMORY[policy] for policy in policies if policy in MEMORY}
    return digest("antiphon.state.1", (snapshots.to_plain(state, remembered),))


def trace_digest(trace: Iterable[Event]) -> str:
    """The digest of the events as they happened."""
    return digest(TRACE_DOMAIN, map(events.to_plain, trace))


def run_digest(images: tuple[str, ...], config: Config, policy: str, trace: str, state: str) -> str:
    """The digest of a run: what was run, how it was set up, what it did and where it stands."""
    return digest("antiphon.run.1", (images, config_to_plain(config), policy, trace, state))


def output_digest(sent: Sent) -> str:
    """The digest of an output, whether it leaves or not (S13)."""
    return digest("antiphon.output.1", (events.to_plain(replace(sent, checked=False)),))
