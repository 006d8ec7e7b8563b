"""What the shipped vectors show of scenarios."""

from __future__ import annotations

from typing import Any, cast

from antiphon.conformance.vectors import Step, shipped


def steps(name: str) -> tuple[Step, ...]:
    """The steps of the vector of a scenario, whose name is without ``rules.``"""
    return next(vector.steps for vector in shipped() if vector.id == f"rules.{name}")


def rows(name: str) -> list[object]:
    """How each of them ended."""
    return [step.then["row"] for step in steps(name)]


def states(name: str) -> list[dict[str, Any]]:
    """The state after each of them."""
    return [cast("dict[str, Any]", step.then["state"]) for step in steps(name)]


def ready(name: str) -> list[list[int]]:
    """Who is ready after each of them."""
    return [state["ready"] for state in states(name)]


def events(name: str, kind: str) -> list[dict[str, Any]]:
    """The events of a kind."""
    every = (cast("list[dict[str, Any]]", step.then["events"]) for step in steps(name))
    return [event for some in every for event in some if event["event"] == kind]


def values(name: str, kind: str = "Received") -> list[Any]:
    """What was sent, or received, one after the other."""
    return [event["value"] for event in events(name, kind)]
