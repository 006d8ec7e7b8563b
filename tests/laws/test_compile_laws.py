"""Compiled code passes the verifier and does what its type says, and nothing else."""

from collections.abc import Iterator
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from antiphon.bytecode.instruction import (
    Choose,
    Halt,
    Instruction,
    Invoke,
    Jump,
    Offer,
    Receive,
    Select,
    Send,
)
from antiphon.bytecode.program import RoleProgram
from antiphon.bytecode.verify import verify
from antiphon.compiler.compile import compile_protocol, compile_role
from antiphon.theory.local_type import END, Input, LocalType, Output, input_, output, rec, var
from antiphon.theory.unfold import head
from antiphon.values.sort import NAT, UNIT

SORTS = {"a": NAT, "b": UNIT, "c": NAT}


def types(depth: int, names: str = "", guarded: bool = True) -> Iterator[LocalType]:
    """Every type of this depth or less, over these open recursions, with one or two branches."""
    yield END
    if guarded:
        yield from map(var, names)
    if depth:
        inner = list(types(depth - 1, names))
        for make in (output, input_):
            yield from (make("B", [("a", NAT, then)]) for then in inner)
            for one, other in product(inner, repeat=2):
                yield make("B", [("a", NAT, one), ("b", UNIT, other)])
    if depth and len(names) < 2:
        name = "XY"[len(names)]
        yield from (rec(name, body) for body in types(depth, names + name, guarded=False))


SMALL = [*types(2), *(rec("X", body) for body in types(2, "X", guarded=False))]


def larger(inner: st.SearchStrategy[LocalType]) -> st.SearchStrategy[LocalType]:
    """Types over smaller ones, their recursions guarded."""
    labels = st.lists(st.sampled_from("abc"), min_size=1, unique=True)
    branches = labels.flatmap(
        lambda names: st.tuples(*(inner.map(lambda then, n=n: (n, SORTS[n], then)) for n in names))
    )
    talks = st.one_of(
        st.builds(output, st.just("B"), branches), st.builds(input_, st.just("B"), branches)
    )
    return talks | st.builds(rec, st.sampled_from("XYZ"), talks)


OPEN = st.recursive(st.just(END) | st.sampled_from("XYZ").map(var), larger, max_leaves=25)
CLOSED = OPEN.map(lambda body: rec("X", rec("Y", rec("Z", output("B", [("a", NAT, body)])))))


def moves(state: LocalType) -> dict[tuple[str, str], LocalType]:
    """What a type allows next: the way and the label of each message, and what follows."""
    if isinstance(state, Output | Input):
        way = "!" if isinstance(state, Output) else "?"
        return {(way, label): head(then) for label, _, then in state.branches}
    return {}


def steps(code: tuple[Instruction, ...], pc: int, state: LocalType) -> dict[tuple[str, str], int]:
    """What code can do next, and where it then goes on; the host may choose any label.

    This reads the code alone; of the type only the label that ``send`` and ``receive`` leave out.
    """
    found: dict[tuple[str, str], int] = {}
    label = state.branches[0][0] if isinstance(state, Output | Input) else ""
    pending = [pc]
    while pending:
        at = pending.pop()
        match code[at]:
            case Send():
                found["!", label] = at + 1
            case Offer(_, named, _):
                found["!", named] = at + 1
            case Receive():
                found["?", label] = at + 1
            case Choose(_, _, table):
                found.update({("?", named): to for named, to in table})
            case Select(_, table):
                pending += [to for _, to in table]
            case Jump(to):
                pending.append(to)
            case Invoke():
                pending.append(at + 1)
            case Halt():
                found["end", ""] = at
            case other:
                raise AssertionError(other)
    return found


def follows(program: RoleProgram) -> bool:
    """Whether code and type can do the same for ever, from every pair of places they reach."""
    pending = [(0, head(program.local_type))]
    seen = set(pending)
    while pending:
        pc, state = pending.pop()
        allowed, possible = moves(state), steps(program.code, pc, state)
        if (set(allowed) or {("end", "")}) != set(possible):
            return False
        onward = {(possible[move], allowed[move]) for move in allowed} - seen
        seen |= onward
        pending += onward
    return True


def test_the_small_scope_is_not_small() -> None:
    """There are thousands of types in it, most of them with recursion."""
    assert len(SMALL) > 2000
    assert len(set(SMALL)) > 1000


def test_small_types_compile_to_what_they_say() -> None:
    """Every type of the small scope: its code verifies, and walking it is walking the type."""
    for local_type in set(SMALL):
        image = compile_protocol("small", {"A": local_type, "B": END})
        verify(image)
        assert follows(image.programs[0]), image.programs[0].code


@given(CLOSED)
def test_types_compile_to_what_they_say(local_type: LocalType) -> None:
    """So does every other type, with loops to outer binders and choices of any width."""
    image = compile_protocol("any", {"A": local_type, "B": END})
    verify(image)
    assert follows(image.programs[0])


@given(CLOSED)
def test_producers_change_no_message(local_type: LocalType) -> None:
    """Code with producers sends the same messages as code without."""
    assert follows(compile_role("A", local_type, {("A", "a"): "make", ("A", "c"): "make"}))


@given(CLOSED)
def test_compiled_code_has_no_dead_instruction(local_type: LocalType) -> None:
    """Every instruction can be reached, and there are at most two for each state."""
    code = compile_role("A", local_type).code
    reached: set[int] = set()
    pending = [0]
    while pending:
        at = pending.pop()
        if at in reached:
            continue
        reached.add(at)
        match code[at]:
            case Choose() | Select() as one:
                pending += [to for _, to in one.table]
            case Jump(to):
                pending.append(to)
            case Halt():
                pass
            case _:
                pending.append(at + 1)
    assert reached == set(range(len(code)))
    jumps = [one for one in code if isinstance(one, Jump)]
    assert len(jumps) * 2 <= len(code)


def test_changed_code_is_noticed() -> None:
    """The walk that these laws rest on tells wrong code from right code."""
    local_type = rec("X", output("B", [("a", NAT, input_("B", [("b", UNIT, var("X"))]))]))
    right = compile_role("A", local_type)
    wrong = [
        (*right.code[:-1], Jump(1)),
        (*right.code[:-1], Halt()),
        (Offer(0, "b", -1), *right.code[1:]),
        (right.code[1], *right.code[1:]),
    ]
    assert follows(right)
    for code in wrong:
        assert not follows(RoleProgram("A", local_type, code, 2))
