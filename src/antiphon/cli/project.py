"""``antiphon project``: what each role has to do."""

from __future__ import annotations

import json
from typing import Final

from antiphon.cli.exit_code import ExitCode
from antiphon.cli.terminal import say, say_json
from antiphon.errors import Refusal
from antiphon.protocols import Protocol, load
from antiphon.theory.graph import render_dot, render_mermaid
from antiphon.theory.interchange import local_to_json
from antiphon.theory.local_protocol import render_local_protocol
from antiphon.theory.local_type import LocalType
from antiphon.theory.notation import TOO_LARGE, one_line

TEXT_MAX: Final = 16 * 2**20
_TEXTBOOK_MAX = 20_000


def project(file: str, name: str | None, role: str | None, form: str) -> ExitCode:
    """Print the projections onto one role, or onto all, in the format asked for."""
    protocol = load(file, name)
    roles = protocol.roles if role is None else (role,)
    types = {one: protocol.project(one) for one in roles}
    if form == "json":
        say_json({"protocol": protocol.name, "roles": _to_json(types)})
    else:
        texts: list[str] = []
        size = 0
        for one, found in types.items():
            texts.append(_render(protocol, one, found, form))
            size += len(texts[-1])
            if size > TEXT_MAX:
                words = f"all of it has more than {TEXT_MAX // 2**20} MiB; name one role: --role R"
                raise Refusal(TOO_LARGE, words)
        say("\n".join(texts).rstrip("\n"))
    return ExitCode.YES


def _to_json(types: dict[str, LocalType]) -> dict[str, object]:
    return {
        role: {
            "local_type": json.loads(local_to_json(found)),
            "notation": one_line(found, _TEXTBOOK_MAX),
        }
        for role, found in types.items()
    }


def _render(protocol: Protocol, role: str, found: LocalType, form: str) -> str:
    if form == "mermaid":
        return f"%% {protocol.name} at {role}\n{render_mermaid(found)}"
    if form == "dot":
        return render_dot(found, f"{protocol.name} at {role}")
    return render_local_protocol(protocol.name, role, protocol.roles, found)
