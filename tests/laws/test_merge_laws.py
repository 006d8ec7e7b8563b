"""Full merge against plain merge, and against the merge of the textbook."""

import os
from collections import Counter
from functools import cache
from random import Random

import pytest

from antiphon.theory import local_type as local
from antiphon.theory.conflict import Unmergeable
from antiphon.theory.global_type import (
    Comm,
    GlobalEnd,
    GlobalRec,
    GlobalType,
    GlobalVar,
    comm,
    rec,
    roles,
)
from antiphon.theory.local_type import Input, LocalRec, LocalType, LocalVar, Output
from antiphon.theory.projection import project, project_all
from tests.unit.theory.small_scope import (
    Scope,
    global_types,
    random_global,
    report,
    same_behaviour,
)

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"


@cache
def samples() -> list[GlobalType]:
    """Small types, and some that are not so small."""
    every = 1 if DEEP else 12
    rng = Random(3)
    large = [random_global(rng, 3, 3, 4) for _ in range(20_000 if DEEP else 800)]
    return [
        *global_types(Scope(3, 2, 2)),
        *global_types(Scope(3, 2, 2, loops=True))[::every],
        *large,
    ]


def full(root: GlobalType, role: str) -> LocalType | None:
    """The projection by full merge, if there is one."""
    try:
        return project(root, role).local_type
    except Unmergeable:
        return None


def textbook(root: GlobalType, role: str) -> LocalType | None:
    """Inductive full merge, one clause per constructor, by recursion."""
    match root:
        case GlobalEnd():
            return local.END
        case GlobalVar():
            return local.var(root.name)
        case GlobalRec():
            body = textbook(root.body, role)
            if body is None or root.name not in body.free:
                return body
            return local.END if isinstance(body, LocalVar) else local.rec(root.name, body)
        case Comm():
            branches: list[tuple[str, local.Sort, LocalType]] = []
            for label, sort, then in root.branches:
                part = textbook(then, role)
                if part is None:
                    return None
                branches.append((label, sort, part))
            if role == root.sender:
                return local.output(root.receiver, branches)
            if role == root.receiver:
                return local.input_(root.sender, branches)
            merged: LocalType | None = branches[0][2]
            for _, _, part in branches[1:]:
                merged = merged and textbook_merge(merged, part)
            return merged


def textbook_merge(left: LocalType, right: LocalType) -> LocalType | None:
    """Inputs are united, outputs have the same labels, all else is equal."""
    if left is right:
        return left
    if isinstance(left, LocalRec) and isinstance(right, LocalRec) and left.name == right.name:
        body = textbook_merge(left.body, right.body)
        return body and local.rec(left.name, body)
    one, two = left, right
    if not (isinstance(one, Output | Input) and type(one) is type(two)):
        return None
    assert isinstance(two, Output | Input)
    if one.peer != two.peer:
        return None
    if isinstance(one, Output) and {b[0] for b in one.branches} != {b[0] for b in two.branches}:
        return None
    united = {label: (sort, then) for label, sort, then in one.branches}
    for label, sort, then in two.branches:
        if label in united:
            merged = textbook_merge(united[label][1], then)
            if merged is None or united[label][0] is not sort:
                return None
            united[label] = sort, merged
        else:
            united[label] = sort, then
    branches = [(label, sort, then) for label, (sort, then) in united.items()]
    return (local.output if isinstance(one, Output) else local.input_)(one.peer, branches)


def test_full_merge_accepts_what_plain_merge_accepts(request: pytest.FixtureRequest) -> None:
    """Where both have a projection the two behave the same; full merge has it more often."""
    found: Counter[str] = Counter()
    for root in samples():
        try:
            plain = project_all(root, "plain")
        except Unmergeable:
            found["only full"] += all(full(root, role) is not None for role in roles(root))
            continue
        both = project_all(root)
        for role, one in plain.items():
            assert same_behaviour(one.local_type, both[role].local_type), (root, role)
            found["both"] += 1
    report(request, found)
    assert found["both"] > 1_000
    assert found["only full"] > 100


def test_full_merge_accepts_what_the_textbook_accepts(request: pytest.FixtureRequest) -> None:
    """Coinductive merge extends inductive merge, and behaves the same where both exist."""
    found: Counter[str] = Counter()
    for root in samples():
        for role in roles(root):
            ours, theirs = full(root, role), textbook(root, role)
            if theirs is None:
                found["only ours"] += ours is not None
                continue
            assert ours is not None, (root, role)
            assert same_behaviour(ours, theirs), (root, role)
            found["both"] += 1
    report(request, found)
    assert found["both"] > 1_000
    assert found["only ours"] > 100


def reversed_branches(root: GlobalType) -> GlobalType:
    """The same type with the branches of every choice the other way round."""
    match root:
        case Comm():
            parts = [(label, sort, reversed_branches(then)) for label, sort, then in root.branches]
            return comm(root.sender, root.receiver, parts[::-1])
        case GlobalRec():
            return rec(root.name, reversed_branches(root.body))
        case GlobalEnd() | GlobalVar():
            return root


def test_the_order_of_branches_does_not_count(request: pytest.FixtureRequest) -> None:
    """Merge is commutative: turned round, the same is accepted, and behaves the same."""
    compared = 0
    for root in samples():
        turned = reversed_branches(root)
        for role in roles(root):
            one, two = full(root, role), full(turned, role)
            assert (one is None) == (two is None), (root, role)
            if one is not None and two is not None:
                assert same_behaviour(one, two), (root, role)
                compared += 1
    report(request, {"compared": compared})
    assert compared > 1_000
