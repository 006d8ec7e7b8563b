"""A machine of the treaty under test: it is told and answers in JSON, as one outside would be."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TextIO, TypeAlias, cast

from antiphon.bytecode.interchange import array, image_from_json, natural, read_json, text
from antiphon.bytecode.table import Row
from antiphon.conformance.state import question_to_json, state_to_json
from antiphon.conformance.vectors import VERSION
from antiphon.errors import AntiphonError
from antiphon.machine import event as events
from antiphon.machine.ask import Answer, Ask, Host, Refused
from antiphon.machine.choice import Advance, Choice, Pick, Wake
from antiphon.machine.config import Config
from antiphon.machine.interchange import config_from_json
from antiphon.machine.interface import Machine
from antiphon.replay.recording import TICKS_MAX, answer_from_json

Factory: TypeAlias = Callable[[Config, Host], Machine]
_UNTOLD = Refused("the vector has no answer to this question")


class Broken(Exception):
    """A machine under test has not answered; ``code`` says how."""

    def __init__(self, code: str, words: str) -> None:
        self.code = code
        self.words = words
        super().__init__(code, words)


class Subject(Protocol):
    """A machine under test."""

    def ask(self, message: Mapping[str, object]) -> object:
        """Its answer; raises ``Broken`` if there is none."""
        ...


class Inside:
    """A machine in this process; ``factory`` makes a new one from a configuration and a host."""

    def __init__(self, factory: Factory) -> None:
        self._factory = factory
        self._answer: Answer = _UNTOLD
        self._asked: list[Ask] = []
        self._machine: Machine | None = None
        self._seen = 0

    def ask(self, message: Mapping[str, object]) -> object:
        """What comes of one message. Whatever the machine raises is ``Broken``."""
        try:
            return self._done(message)
        except AntiphonError as error:
            raise Broken("machine-refused", str(error)) from error
        except Exception as error:
            raise Broken("machine-crashed", f"{type(error).__name__}: {error}") from error

    def _done(self, message: Mapping[str, object]) -> dict[str, object]:
        self._asked.clear()
        row: Row | None = None
        if message["do"] == "new":
            if message["version"] != VERSION:
                raise ValueError(f"only version {VERSION} is known here")
            self._machine = self._factory(config_from_json(message["config"]), self._host)
            self._seen = 0
        elif message["do"] == "load":
            self._live.load(image_from_json(message["image"]), unverified=True)
        else:
            self._answer = answer_from_json(message["host"]) if "host" in message else _UNTOLD
            row = self._live.step(_choice(message["choice"]))
        return self._look(row)

    @property
    def _live(self) -> Machine:
        if self._machine is None:
            raise ValueError("the first message is new")
        return self._machine

    def _host(self, ask: Ask) -> Answer:
        self._asked.append(ask)
        return self._answer

    def _look(self, row: Row | None) -> dict[str, object]:
        machine = self._live
        trace = machine.events()
        new = [events.to_json(event) for event in trace[self._seen :]]
        self._seen = len(trace)
        asked = [question_to_json(ask) for ask in self._asked]
        if len(asked) > 1:
            raise ValueError("a step asks the host at most once")
        return {
            "row": None if row is None else row.id,
            "asked": asked[0] if asked else None,
            "events": json.loads(json.dumps(new)),
            "state": state_to_json(machine.snapshot()),
        }


def _choice(data: object) -> Choice:
    name, number = array(data)
    match text(name):
        case "pick":
            return Pick(natural(number))
        case "wake":
            return Wake(natural(number))
        case "advance":
            return Advance(natural(number, TICKS_MAX))
        case _:
            raise ValueError(f"not a choice: {data!r:.80}")


def serve(factory: Factory, lines: Iterable[str], out: TextIO) -> None:
    """Answer a runner, line by line: for a machine in Python that is to be tested from outside."""
    inside = Inside(factory)
    for line in lines:
        try:
            answer = inside.ask(cast("dict[str, object]", read_json(line.encode())))
        except Broken as error:
            answer = {"error": error.words}
        except AntiphonError as error:
            answer = {"error": str(error)}
        out.write(f"{json.dumps(answer)}\n")
        out.flush()
