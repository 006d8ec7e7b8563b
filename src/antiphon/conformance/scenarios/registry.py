"""All scenarios, in the order in which their vectors stand."""

from __future__ import annotations

from typing import Final

from antiphon.conformance.scenarios.of_endpoints import OF_ENDPOINTS
from antiphon.conformance.scenarios.of_forks import OF_FORKS
from antiphon.conformance.scenarios.of_layers import OF_LAYERS
from antiphon.conformance.scenarios.of_queues import OF_QUEUES
from antiphon.conformance.scenarios.of_sessions import OF_SESSIONS
from antiphon.conformance.scenarios.of_time import OF_TIME
from antiphon.conformance.scenarios.of_types import OF_TYPES
from antiphon.conformance.scenarios.of_values import OF_VALUES
from antiphon.conformance.scenarios.scenario import Scenario

SCENARIOS: Final[tuple[Scenario, ...]] = (
    *OF_QUEUES,
    *OF_SESSIONS,
    *OF_VALUES,
    *OF_TYPES,
    *OF_LAYERS,
    *OF_ENDPOINTS,
    *OF_TIME,
    *OF_FORKS,
)
"""Those that need other families than the first four come last."""
