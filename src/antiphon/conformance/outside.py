"""A machine under test in a process of its own, which is told and answers in lines of JSON.

It is never waited for longer than was said, and never read further than a line may be long. One
that does not answer as it should is ended, and begun anew for what comes next.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final, Self

from antiphon.bytecode.interchange import read_json
from antiphon.conformance.inside import Broken
from antiphon.errors import Refusal

LINE_MAX: Final = 2**22
"""How many bytes a line of the machine may have."""
SECONDS: Final = 10.0
"""How long one answer may take, if nothing else is said."""
_GRACE: Final = 2.0
"""How long a machine may take to end by itself when there is nothing more for it."""


class Outside:
    """A machine that is a command; used in a ``with``, after which its process is over.

    Raises ``Refusal`` (``machine-not-started``) if there is no such command to run.
    """

    def __init__(self, command: Sequence[str], seconds: float = SECONDS) -> None:
        self._command = tuple(command)
        self._seconds = seconds
        self._process: Process | None = None

    def __enter__(self) -> Self:
        self._loop = asyncio.Runner()
        return self

    def __exit__(self, *_: object) -> None:
        with self._loop:
            self._loop.run(self._end(_GRACE))

    def ask(self, message: Mapping[str, object]) -> object:
        """The machine's answer to one message."""
        return self._loop.run(self._ask(message))

    async def _ask(self, message: Mapping[str, object]) -> object:
        process = self._process or await self._start()
        line = json.dumps(message, separators=(",", ":")).encode("ascii") + b"\n"
        try:
            async with asyncio.timeout(self._seconds):
                return read_json(await _exchange(process, line), LINE_MAX)
        except TimeoutError:
            words = f"it has not answered in {self._seconds:g} seconds"
            broken = Broken("machine-silent", words)
        except Refusal as error:
            broken = Broken("machine-garbage", str(error))
        except Broken as found:
            broken = found
        code = await self._end(0.2 if broken.code == "machine-crashed" else 0)
        if broken.code == "machine-crashed":
            broken = Broken(broken.code, f"{broken.words}, exit code {code}")
        raise broken

    async def _start(self) -> Process:
        try:
            self._process = await asyncio.create_subprocess_exec(
                *self._command, stdin=PIPE, stdout=PIPE, limit=LINE_MAX, start_new_session=True
            )
        except (OSError, ValueError) as error:
            words = f"{self._command[0]} cannot be run: {error}"
            raise Refusal("machine-not-started", words) from None
        return self._process

    async def _end(self, grace: float) -> int | None:
        """End the process, at once if it has not done so by itself; its exit code."""
        process, self._process = self._process, None
        if process is None:
            return None
        assert process.stdin is not None
        process.stdin.close()
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), grace)
        _kill(process)
        with suppress(ConnectionError):
            await process.stdin.wait_closed()
        return await process.wait()


async def _exchange(process: Process, line: bytes) -> bytes:
    """Write a line, and read one."""
    assert process.stdin is not None
    assert process.stdout is not None
    with suppress(ConnectionError):  # who reads no more may have written before
        process.stdin.write(line)
        await process.stdin.drain()
    try:
        answer = await process.stdout.readline()
    except ValueError:
        words = f"its line has more than {LINE_MAX} bytes"
        raise Broken("machine-too-long", words) from None
    if not answer.endswith(b"\n"):
        raise Broken("machine-crashed", "it has ended without an answer")
    return answer


def _kill(process: Process) -> None:
    """The process, and all that it has started where that can be told."""
    with suppress(ProcessLookupError, PermissionError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:  # pragma: no cover
            process.kill()
