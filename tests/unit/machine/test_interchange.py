"""Configurations as JSON and as plain data."""

import json
from dataclasses import fields
from typing import Any

import pytest

from antiphon.machine.buffer import Buffer
from antiphon.machine.config import Config
from antiphon.machine.interchange import config_from_json, config_to_json, config_to_plain

FULL = Config(
    3,
    priorities=(("B", -3), ("A", 4)),
    buffers=(
        ("A", "B", Buffer("latest")),
        ("B", "A", Buffer(full="resize", capacity=2, maximum=8)),
    ),
    budget=100,
    max_coroutines=2**35,
    pure_actions=("act", "look"),
)
CONFIGS = (Config(), Config(1), Config(2**31 - 1), Config(budget=0), FULL)


@pytest.mark.parametrize("config", CONFIGS)
def test_reads_what_it_writes(config: Config) -> None:
    """Every configuration comes back as it was."""
    assert config_from_json(json.loads(json.dumps(config_to_json(config)))) == config


def test_every_field_has_a_form() -> None:
    """Whatever is not as by default is written."""
    assert list(config_to_json(FULL)) == [field.name for field in fields(Config)]


def test_a_default_is_not_written() -> None:
    """But for the capacity, which always was."""
    assert config_to_json(Config()) == {"capacity": 64}
    assert config_to_json(FULL)["buffers"] == [
        {"sender": "A", "receiver": "B", "mode": "latest"},
        {"sender": "B", "receiver": "A", "full": "resize", "capacity": 2, "maximum": 8},
    ]


def test_plain_of_a_capacity_alone_never_changes() -> None:
    """Digests of runs that were made before there was more are as they were."""
    assert config_to_plain(Config(3)) == 3


def test_plain_of_priorities() -> None:
    """What is not as by default is named; the order in which it was given does not count."""
    config = Config(3, (("B", -3), ("A", 4)))
    assert config_to_plain(config) == (3, (("priorities", (("A", 4), ("B", -3))),))


def test_plain_of_more() -> None:
    """What differs from the default follows the capacity, by name."""
    assert config_to_plain(Config(3, budget=7)) == (3, (("budget", 7),))
    edge = (("sender", "A"), ("receiver", "B"), ("mode", "latest"))
    config = Config(buffers=(("A", "B", Buffer("latest")),))
    assert config_to_plain(config) == (64, (("buffers", (edge,)),))


def test_knows_every_field() -> None:
    """What is left out is as by default, and no field is unknown to the reader."""
    assert config_from_json({}) == Config()
    with pytest.raises(ValueError, match=", ".join(field.name for field in fields(Config))):
        config_from_json({"capacty": 1})


EDGE: dict[str, Any] = {"sender": "A", "receiver": "B"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([], "an object"),
        (None, "an object"),
        ({"capacity": "1"}, r"^capacity: an integer"),
        ({"capacity": True}, r"^capacity: an integer"),
        ({"capacity": 0}, "capacity must be"),
        ({"priorities": [["A", 1]]}, "priorities: priorities are an object"),
        ({"priorities": {"A": True}}, "priorities: not an integer"),
        ({"priorities": {"A": "1"}}, "priorities: not an integer"),
        ({"priorities": {"A": -(2**31)}}, "A: a priority"),
        ({"pure_actions": [1]}, "^pure_actions: a text"),
        ({"capacity": 1, "x": 2}, r"^x: a configuration has only capacity"),
        ({"buffers": {}}, r"^buffers: an array"),
        ({"buffers": [EDGE, 1]}, r"^buffers\[1\]: an object with sender, receiver, perhaps mode"),
        ({"buffers": [{"sender": "A"}]}, r"^buffers\[0\]: an object with"),
        ({"buffers": [EDGE | {"to": "B"}]}, r"^buffers\[0\]: an object with"),
        ({"buffers": [EDGE | {"sender": 1}]}, r"^buffers\[0\]\.sender: a text"),
        ({"buffers": [EDGE | {"capacity": -1}]}, r"^buffers\[0\]\.capacity: an integer"),
        ({"buffers": [EDGE | {"mode": "lifo"}]}, r"^buffers\[0\]: mode is one of"),
        ({"buffers": [EDGE, EDGE]}, "one buffer"),
        ({"budget": -1}, r"^budget: an integer"),
    ],
)
def test_refuses_with_the_place(data: object, words: str) -> None:
    """What is no configuration is refused by name."""
    with pytest.raises(ValueError, match=words):
        config_from_json(data)
