"""The tokens of progress: one for each message that waits for an endpoint (S17)."""

from __future__ import annotations

from dataclasses import dataclass

from antiphon.values.value import Endpoint


@dataclass(frozen=True, slots=True)
class ProgressToken:
    """A message waits in session ``sid`` for ``endpoint``: whoever owns that can go on."""

    sid: int
    endpoint: Endpoint
