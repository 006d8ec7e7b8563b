"""Writing out: each ``do`` once for each way in which it is used."""

from antiphon.language.diagnostic import Problems
from antiphon.language.expand import Expander
from antiphon.language.flow import Fork, Link, Message, reachable, resolve
from antiphon.language.load import load_text, parse_text
from antiphon.language.resolve import declare
from antiphon.values.sort import NAT, named
from tests.unit.language.reading import diagnostics, meaning, write


def messages(text: str) -> list[Message]:
    """Every message of the graph of the protocol P."""
    scope = declare(parse_text(text), "", Problems())
    root = Expander(Problems()).expand(scope.protocols["P"])
    return [node for node in reachable([root]) if isinstance(node, Message)]


def test_messages_of_a_multicast() -> None:
    """A message to several roles is one message after another, all at the same place."""
    found = messages("protocol P(role A, role B, role C) { a(nat) from A to B, C; }")
    assert [(node.sender, node.receiver, node.label) for node in found] == [
        ("A", "B", "a"),
        ("A", "C", "a"),
    ]
    assert found[0].sort is NAT
    assert found[0].place == found[1].place


def test_branches_share_what_follows() -> None:
    """What stands after a choice is there once, however many branches come to it."""
    choice = "choice at A { a() from A to B; } or { b() from A to B; }"
    found = messages(f"protocol P(role A, role B) {{ {choice * 50} c() from A to B; }}")
    assert len(found) == 101


def test_equal_uses_are_written_out_once() -> None:
    """The same ``do`` in two branches is one subgraph; with other roles it is another."""
    inner = "aux protocol Q(role X, role Y) { m() from X to Y; n() from Y to X; }"
    head = "protocol P(role A, role B) { choice at A { a() from A to B; do Q(A, B); } or { b()"
    assert len(messages(f"{head} from A to B; do Q(A, B); }} }} {inner}")) == 4
    assert len(messages(f"{head} from A to B; do Q(B, A); }} }} {inner}")) == 6


def test_arguments_replace_parameters() -> None:
    """Types and messages are handed over, and handed on."""
    text = (
        "sig S; protocol P(role A, role B) { do Q<nat, m(bool), S>(A, B); }"
        "aux protocol Q<type T, sig M, sig N>(role A, role B) { do R<T, M>(B, A); N from A to B; }"
        "aux protocol R<type T, sig M>(role A, role B) { r(T) from A to B; M from A to B; }"
    )
    found = [(node.sender, node.label, node.sort.name) for node in messages(text)]
    assert found == [("B", "r", "nat"), ("B", "m", "bool"), ("A", "S", "S")]


def test_open_parameters_stand_for_themselves() -> None:
    """A protocol with parameters has a meaning of its own."""
    (node,) = messages("protocol P<type T>(role A, role B) { a(T) from A to B; }")
    assert node.sort is named("T")


def test_names_of_recursions() -> None:
    """The first recursion of a name keeps it, the next is numbered; names given are left alone."""
    loop = "rec X { choice at A { a() from A to B; continue X; } or { b() from A to B; } }"
    taken = "rec X_2 { choice at A { a() from A to B; continue X_2; } or { b() from A to B; } }"
    assert meaning(f"{loop} {loop}") == ("rec X.A->B:{a.X, b.rec X_2.A->B:{a.X_2, b.end}}")
    assert meaning(f"{taken} {loop} {loop}").split("rec ")[1:] == [
        "X_2.A->B:{a.X_2, b.",
        "X.A->B:{a.X, b.",
        "X_3.A->B:{a.X_3, b.end}}}",
    ]


def test_recursion_by_do_comes_back() -> None:
    """A ``do`` in last place with the same roles is a loop; with other roles it first turns."""
    text = "protocol P(role A, role B) { a() from A to B; do P(B, A); }"
    assert write(load_text(text)["P"].global_type) == "rec P.A->B:a.B->A:a.P"


def test_links_know_their_place() -> None:
    """The link of a branch stands at its block."""
    text = "protocol P(role A, role B) { choice at A { a() from A to B; } }"
    scope = declare(parse_text(text), "", Problems())
    root = Expander(Problems()).expand(scope.protocols["P"])
    fork, name = resolve(root)
    assert isinstance(fork, Fork)
    (branch,) = fork.branches
    assert isinstance(branch, Link)
    assert (name, text[branch.place[1] : branch.place[2]]) == ("P", "{ a() from A to B; }")


def test_rejects_what_grows_without_end() -> None:
    """Doubling and permuting protocols are refused before they fill the memory."""
    double = [
        f"protocol P{n}(role A, role B) {{ do P{n + 1}(A, B); do P{n + 1}(A, B); }}"
        for n in range(50)
    ]
    text = "\n".join([*double, "protocol P50(role A, role B) { a() from A to B; }"])
    assert [found.code for found in diagnostics(text)] == ["expansion-too-large"]
    roles = [f"R{n}" for n in range(10)]
    turned, swapped = [*roles[1:], roles[0]], [roles[1], roles[0], *roles[2:]]
    text = (
        f"protocol P({', '.join(f'role {role}' for role in roles)}) {{ choice at R0 {{"
        f"a() from R0 to R1; do P({', '.join(turned)}); }} or {{"
        f"b() from R0 to R1; do P({', '.join(swapped)}); }} }}"
    )
    assert [found.code for found in diagnostics(text)] == ["expansion-too-large"]
