"""Configurations as JSON and as plain data."""

from dataclasses import fields

import pytest

from antiphon.machine.config import Config
from antiphon.machine.interchange import config_from_json, config_to_json, config_to_plain

CONFIGS = (Config(), Config(1), Config(2**31 - 1), Config(priorities=(("B", -3), ("A", 4))))


@pytest.mark.parametrize("config", CONFIGS)
def test_reads_what_it_writes(config: Config) -> None:
    """Every configuration comes back as it was."""
    assert config_from_json(config_to_json(config)) == config


def test_a_default_is_not_written() -> None:
    """But for the capacity, which always was."""
    assert config_to_json(Config()) == {"capacity": 64}


def test_plain_of_a_capacity_alone_never_changes() -> None:
    """Digests of runs that were made before there was more are as they were."""
    assert config_to_plain(Config(3)) == 3


def test_plain_of_priorities() -> None:
    """What is not as by default is named; the order in which it was given does not count."""
    config = Config(3, (("B", -3), ("A", 4)))
    assert config_to_plain(config) == (3, (("priorities", (("A", 4), ("B", -3))),))


def test_knows_every_field() -> None:
    """What is left out is as by default, and no field is unknown to the reader."""
    assert config_from_json({}) == Config()
    with pytest.raises(ValueError, match=", ".join(field.name for field in fields(Config))):
        config_from_json({"capacty": 1})


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([], "an object"),
        (None, "an object"),
        ({"capacity": "1"}, "capacity: an integer"),
        ({"capacity": True}, "capacity: an integer"),
        ({"capacity": 0}, "capacity must be"),
        ({"priorities": [["A", 1]]}, "priorities: priorities are an object"),
        ({"priorities": {"A": True}}, "priorities: not an integer"),
        ({"priorities": {"A": "1"}}, "priorities: not an integer"),
        ({"priorities": {"A": -(2**31)}}, "A: a priority"),
        ({"capacity": 1, "x": 2}, "x: a configuration has only capacity"),
    ],
)
def test_refuses_with_the_place(data: object, words: str) -> None:
    """What is no configuration is refused by name."""
    with pytest.raises(ValueError, match=words):
        config_from_json(data)
