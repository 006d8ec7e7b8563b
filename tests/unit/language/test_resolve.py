"""Names to declarations: built in, declared, imported, and bound to parameters."""

import pytest

from antiphon.language.diagnostic import Problems
from antiphon.language.load import parse_text
from antiphon.language.resolve import Bindings, Scope, bind_import, bind_to_itself, declare
from antiphon.language.syntax import Import, Name, Transfer
from antiphon.values.sort import BOOL, NAT, STR, UNIT, named, payload
from tests.unit.language.reading import places


def scope(text: str, prefix: str = "") -> Scope:
    """The names of a file."""
    return declare(parse_text(text), prefix, Problems())


def test_sorts() -> None:
    """Four sorts are the core, two more are known, the others are declared."""
    names = scope("type T; data string;")
    found = [names.sort(name) for name in ("unit", "nat", "bool", "string", "int", "float", "T")]
    assert found == [UNIT, NAT, BOOL, STR, named("int"), named("float"), named("T")]
    assert names.sort("U") is None


def test_imported_names_stand_behind_their_prefix() -> None:
    """A prefix is the name of the module or its alias; types of two files are different."""
    names, other = scope("import a.b; type T;"), scope("type T; sig M; protocol Q(role A) {}", "b.")
    (item,) = (tree for tree in names.module.items if isinstance(tree, Import))
    bind_import(names, item, other, Problems())
    assert names.sort("a.b.T") is named("b.T")
    assert names.sort("a.b.nat") is None
    assert names.message("a.b.M") == ("M", named("b.M"))
    assert names.protocol("a.b.Q") is other.protocols["Q"]
    assert names.protocol("Q") is None


def test_what_may_have_declared_a_name() -> None:
    """A name is only unknown when everything that could have declared it was read."""
    names = scope("import a;")
    (item,) = (tree for tree in names.module.items if isinstance(tree, Import))
    bind_import(names, item, None, Problems())
    assert not names.is_complete("a.T")
    assert names.is_complete("T")
    assert names.is_complete("b.T")


def test_parameters_stand_for_themselves() -> None:
    """By itself a protocol's parameter is a type, or a message, of its name."""
    entry = scope("protocol P<type T, sig M>(role A) {}").protocols["P"]
    bindings = bind_to_itself(entry)
    assert bindings.sort("T") is named("T")
    assert bindings.message(Name("M", start=0, end=0)) == ("M", named("M"))


def test_an_open_parameter_is_not_what_it_hides() -> None:
    """Whatever the parameter will stand for, it need not be the type that has its name."""
    entry = scope("type T; protocol P<type T, data nat, sig T>(role A) {}").protocols["P"]
    bindings = bind_to_itself(entry)
    assert bindings.sort("T") is named("T'")
    assert bindings.sort("nat") is named("nat'")
    assert bindings.message(Name("T", start=0, end=0)) == ("T", named("T'"))


def test_bindings_hide_declarations() -> None:
    """A parameter is found before a declaration of the same name, and built-in sorts after."""
    names = scope("type T; protocol P(role A, role B) { a(T, nat) from A to B; }")
    statement = names.protocols["P"].tree.body.statements[0]
    assert isinstance(statement, Transfer)
    plain, bound = Bindings(names, {}, {}), Bindings(names, {"T": BOOL}, {})
    assert plain.message(statement.message) == ("a", payload((named("T"), NAT)))
    assert bound.message(statement.message) == ("a", payload((BOOL, NAT)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("type T; data T;", [("duplicate-declaration", 1, 14)]),
        ("type T; sig T;", [("duplicate-declaration", 1, 13)]),
        ("type T';", [("invalid-sort-name", 1, 6)]),
        ("protocol P(role A) {} protocol P(role A) {}", [("duplicate-protocol", 1, 32)]),
    ],
)
def test_rejects(text: str, expected: list[tuple[str, int, int]]) -> None:
    """A name is declared once, and one of a payload type has no prime."""
    assert places(text) == expected
