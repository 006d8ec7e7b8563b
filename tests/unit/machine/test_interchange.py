"""Configurations as JSON and as plain data."""

import json
from dataclasses import fields

import pytest

from antiphon.machine.buffer import Buffer
from antiphon.machine.config import Config
from antiphon.machine.failure import Corrupt, Crash, Delay, Drop, Partition, Pause
from antiphon.machine.flow_policy import FactContains, Predicate
from antiphon.machine.interchange import config_from_json, config_to_json, config_to_plain
from antiphon.machine.output_condition import PredicateAllowList

FULL = Config(
    3,
    priorities=(("B", -3), ("A", 4)),
    buffers=(
        ("A", "B", Buffer("latest")),
        ("B", "A", Buffer(full="resize", capacity=2, maximum=8)),
    ),
    budget=100,
    max_coroutines=2**35,
    max_sessions=2**36,
    failures=(
        Crash(0, "A", 3),
        Pause(1, "A", 3, 10),
        Drop(0, "A", "B", 0),
        Corrupt(0, "A", "B", 1),
        Corrupt(0, "A", "B", 2, "erase"),
        Delay(0, "A", "B", 3, 7),
        Partition(0, "A", "B", 1, 7),
        Partition(0, "A", "B", 2),
    ),
    flow=Predicate("public"),
    flow_predicates=(("public", FactContains("public")),),
    outputs=PredicateAllowList(("ok", "a")),
    pure_actions=("act", "look"),
)
KNOWING = Config(flow=FULL.flow, flow_predicates=FULL.flow_predicates, outputs=FULL.outputs)
CONFIGS = (Config(), Config(1), Config(2**31 - 1), Config(budget=0), FULL, KNOWING)


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


def test_policies_as_json_and_plain() -> None:
    """A flow policy, the predicates that it may name, and an output condition."""
    predicates = {"public": {"FactContains": "public"}}
    assert config_to_json(KNOWING) == {
        "capacity": 64,
        "flow": {"Predicate": "public"},
        "flow_predicates": predicates,
        "outputs": {"PredicateAllowList": ["a", "ok"]},
    }
    assert config_to_plain(KNOWING) == (
        64,
        (
            ("flow", (("Predicate", "public"),)),
            ("flow_predicates", (("public", (("FactContains", "public"),)),)),
            ("outputs", (("PredicateAllowList", ("a", "ok")),)),
        ),
    )


def test_knows_every_field() -> None:
    """What is left out is as by default, and no field is unknown to the reader."""
    assert config_from_json({}) == Config()
    with pytest.raises(ValueError, match=", ".join(field.name for field in fields(Config))):
        config_from_json({"capacty": 1})


CRASH: dict[str, object] = {"failure": "crash", "session": 0, "role": "A", "step": 1}
DROP: dict[str, object] = {
    "failure": "drop",
    "session": 0,
    "sender": "A",
    "receiver": "B",
    "index": 0,
}
EDGE: dict[str, object] = {"sender": "A", "receiver": "B"}


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
        ({"failures": [{"failure": "fire"}]}, r"^failures\[0\]: .* one of crash, pause"),
        ({"failures": [1]}, r"^failures\[0\]: .* one of crash, pause"),
        ({"failures": [CRASH | {"step": -1}]}, r"^failures\[0\]\.step: an integer"),
        ({"failures": [CRASH | {"ticks": 1}]}, r"^failures\[0\]: an object with failure"),
        ({"failures": [DROP | {"failure": "delay"}]}, r"^failures\[0\]: .* index, ticks"),
        ({"failures": [DROP | {"failure": "corrupt", "kind": "x"}]}, "kind is one of"),
        ({"failures": [CRASH, CRASH]}, "two failures at one place"),
        ({"flow": "Allow"}, "flow: Allow: not a flow policy"),
        ({"flow": {"Predicate": "x"}}, "flow: there is no predicate 'x'"),
        ({"flow_predicates": []}, "flow_predicates: predicates are an object"),
        ({"flow_predicates": {"a": "b"}}, "flow_predicates: b: not a flow predicate"),
        ({"outputs": {}}, "outputs: Disabled, AllowAll"),
    ],
)
def test_refuses_with_the_place(data: object, words: str) -> None:
    """What is no configuration is refused by name."""
    with pytest.raises(ValueError, match=words):
        config_from_json(data)
