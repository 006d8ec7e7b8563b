"""Loading: files, imports, what a protocol knows of itself, and choosing one."""

from pathlib import Path

import pytest

from antiphon.errors import Diagnostic, ProgramError, Refusal
from antiphon.language.diagnostic import ERRORS_MAX, InvalidProtocol
from antiphon.language.load import load_file, load_text, parse_file, parse_text, select
from antiphon.values.sort import payload
from tests.unit.language.reading import write

MAIN = "global protocol Main(role A, role B) {{ {} }}"


def put(folder: Path, name: str, text: str) -> Path:
    """A file with this text."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def wrong(path: Path) -> list[Diagnostic]:
    """What is wrong with a file."""
    with pytest.raises(ProgramError) as caught:
        load_file(path)
    return list(caught.value.diagnostics)


def test_loaded_protocols() -> None:
    """Protocols are in order, and know their roles, whether they are aux, and their place."""
    text = "aux global protocol Q(role B, role A) {}\n\nglobal protocol P(role A) {}"
    loaded = load_text(text, "f.scr")
    assert list(loaded) == ["Q", "P"]
    found = loaded["Q"]
    assert (found.name, found.roles, found.aux, loaded["P"].aux) == ("Q", ("B", "A"), True, False)
    assert (found.span.file, found.span.line, found.span.column) == ("f.scr", 1, 1)
    assert text[: found.span.end_column - 1] == "aux global protocol Q(role B, role A)"
    assert (loaded["P"].span.line, loaded["P"].source.text) == (3, text)


def test_parse_only() -> None:
    """A tree can be had without its meaning being checked."""
    assert len(parse_text("protocol P(role A) { do Nothing(Z); }").protocols) == 1
    with pytest.raises(InvalidProtocol):
        parse_text("protocol P(role A) { do }")


def test_parse_file(tmp_path: Path) -> None:
    """A file is parsed as a text is, and has its name in its places."""
    path = put(tmp_path, "p.scr", MAIN.format("a( from A to B;"))
    with pytest.raises(ProgramError) as caught:
        parse_file(path)
    span = caught.value.diagnostics[0].span
    assert span is not None
    assert span.file == str(path)
    with pytest.raises(Refusal):
        parse_file(tmp_path)


@pytest.mark.parametrize("suffix", [".scr", ".nuscr", ".scribble"])
def test_imports(tmp_path: Path, suffix: str) -> None:
    """Protocols, types and messages of another file are used behind its name or alias."""
    put(tmp_path, f"lib/tools{suffix}", (
        "module lib.tools; type T; sig S;"
        "global protocol Echo(role X, role Y) { e(T) from X to Y; S from Y to X; }"
    ))  # fmt: skip
    text = "import lib.tools{}; " + MAIN.format("a({}.T) from A to B; do {}.Echo(B, A);")
    for alias, prefix in (("", "lib.tools"), (" as t", "t")):
        path = put(tmp_path, "main.scr", text.replace("{}", alias, 1).replace("{}", prefix))
        loaded = load_file(path)
        assert list(loaded) == ["Main"]
        assert write(loaded["Main"].global_type) == (
            "A->B:a<lib.tools.T>.B->A:e<lib.tools.T>.A->B:S<lib.tools.S>.end"
        )
        files = [Path(span.file).name for span in loaded["Main"].spans.values()]
        assert files == ["main.scr", f"tools{suffix}", f"tools{suffix}"]


def test_sessions_of_imported_protocols_are_handed_over(tmp_path: Path) -> None:
    """They go by the name of their file, and are known with all that they hand over in turn."""
    put(tmp_path, "lib.scr", (
        "global protocol Echo(role X, role Y) { e(Deep@Z) from X to Y; }"
        "global protocol Deep(role Z, role W) { d(Echo@X) from Z to W; }"
        "global protocol Idle(role V, role W) { i() from V to W; }"
    ))  # fmt: skip
    text = "import lib as l; " + MAIN.format("a(l.Echo@Y) from A to B; b(Main@A) from B to A;")
    main = load_file(put(tmp_path, "main.scr", text))["Main"]
    assert write(main.global_type) == "A->B:a<lib.Echo@Y>.B->A:b<Main@A>.end"
    assert list(main.known) == ["Main", "lib.Echo", "lib.Deep"]
    assert write(main.known["lib.Echo"].global_type) == "X->Y:e<lib.Deep@Z>.end"
    assert Path(main.known["lib.Deep"].span.file).name == "lib.scr"
    assert main.known["Main"] is main


def test_imports_from_the_root_of_the_module(tmp_path: Path) -> None:
    """A module called a.b finds a.c beside itself, below the folder that holds a."""
    put(tmp_path, "a/c.scr", "module a.c; global protocol Q(role A, role B) { q() from A to B; }")
    path = put(tmp_path, "a/b.scr", "module a.b; import a.c; " + MAIN.format("do a.c.Q(A, B);"))
    assert write(load_file(path)["Main"].global_type) == "A->B:q.end"


def test_imports_in_a_circle(tmp_path: Path) -> None:
    """Files may import each other; each is read once."""
    inner = "import p; aux global protocol Q(role A, role B) { b() from A to B; do p.Main(B, A); }"
    put(tmp_path, "q.scr", inner)
    path = put(tmp_path, "p.scr", "import q; " + MAIN.format("a() from A to B; do q.Q(A, B);"))
    assert write(load_file(path)["Main"].global_type) == (
        "rec Main.A->B:a.A->B:b.B->A:a.B->A:b.Main"
    )


def test_rejects_unknown_imports(tmp_path: Path) -> None:
    """An import that cannot be read is reported at its name, and its names are not."""
    (tmp_path / "bad.scr").write_bytes(b"\xff")
    put(tmp_path, "good.scr", "type T;")
    text = "import no; import bad; import good; import good; " + MAIN.format(
        "do no.Q(A, B); a(bad.T, good.U) from A to B;"
    )
    found = wrong(put(tmp_path, "main.scr", text))
    assert [diagnostic.code for diagnostic in found] == [
        "unknown-import", "unknown-import", "duplicate-declaration", "undeclared-sort",
    ]  # fmt: skip
    assert "no such file" in found[0].message
    assert "not UTF-8" in found[1].message
    with pytest.raises(ProgramError):
        load_text("import good;")


def test_rejects_errors_in_imported_files(tmp_path: Path) -> None:
    """What is wrong with an imported file is told after what is wrong with the importing one."""
    put(tmp_path, "a.scr", "global protocol Q(role A, role B) { a() from A to Z; b() }")
    path = put(tmp_path, "main.scr", "import a; " + MAIN.format("a() from A to Z;"))
    found = wrong(path)
    places = [(item.code, Path(item.span.file).name) for item in found if item.span is not None]
    assert places == [("undeclared-role", "main.scr"), ("syntax-error", "a.scr")]


def test_rejects_everything_at_once() -> None:
    """Errors of names, of control and of choices in different protocols come together."""
    text = "\n".join([
        "protocol P(role A, role B) { a() from A to Z; }",
        "protocol Q(role A, role B) { rec X { a() from A to B; continue X; } b() from A to B; }",
        "protocol R(role A, role B) { choice at A { a() from B to A; } or { b() from A to B; } }",
        "protocol S(role A, role B) { a( from A to B; }",
    ])  # fmt: skip
    with pytest.raises(ProgramError) as caught:
        load_text(text)
    assert [found.code for found in caught.value.diagnostics] == [
        "undeclared-role", "unreachable-statement", "branch-not-started-by-chooser", "syntax-error",
    ]  # fmt: skip


def test_types_of_the_main_file_have_their_own_names() -> None:
    """A declared type is a sort of its name; several payloads are one."""
    loaded = load_text("type T; " + MAIN.format("a(T, nat) from A to B;"))
    root = loaded["Main"].global_type
    assert write(root) == "A->B:a<(T * nat)>.end"
    assert payload(()).name == "unit"


def test_select() -> None:
    """The only protocol that is not aux, or the one that is named."""
    one = load_text("aux protocol Q(role A) {} protocol P(role A) {}")
    assert select(one).name == "P"
    assert select(one, "Q").name == "Q"


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("protocol P(role A) {}", "Q", "unknown-protocol"),
        ("protocol P(role A) {} protocol Q(role A) {}", None, "several-protocols"),
        ("aux protocol P(role A) {}", None, "unknown-protocol"),
        ("", None, "unknown-protocol"),
    ],
)
def test_rejects_selections(text: str, name: str | None, code: str) -> None:
    """A protocol that is not there, and a choice that was not made, are refused."""
    with pytest.raises(Refusal, match=r"^a\\nb\.scr has ") as caught:
        select(load_text(text), name, "a\nb.scr")
    assert caught.value.code == code


def test_only_so_much_is_reported() -> None:
    """Names that nobody declared, however many, make a list that can be read."""
    body = "x() from C to D;" * 2000
    with pytest.raises(ProgramError) as caught:
        load_text("global protocol " + "P" * 255 + "(role A, role B) {" + body + "}")
    assert len(caught.value.diagnostics) == ERRORS_MAX + 1
    assert sum(one.code == "too-many-errors" for one in caught.value.diagnostics) == 1
    assert max(len(one.message) for one in caught.value.diagnostics) < 400


def test_paths_are_names() -> None:
    """The parts of a path and their dots count together."""
    with pytest.raises(ProgramError) as caught:
        load_text("import " + ".".join("a" * 200) + "; " + ".".join("b" * 100) + ";")
    assert [one.code for one in caught.value.diagnostics][:2] == ["name-too-long", "unknown-import"]


def test_types_of_two_files_of_one_name_differ(tmp_path: Path) -> None:
    """Two files may be imported under one name from two folders; their types are not the same."""
    put(tmp_path, "y.scr", "type T;")
    put(tmp_path, "lib/y.scr", "type T;")
    put(
        tmp_path,
        "lib/x.scr",
        "import y; aux global protocol Q(role B, role C) { m(y.T) from B to C; }",
    )
    main = put(
        tmp_path,
        "main.scr",
        "import y; import lib.x as x;"
        "global protocol P(role B, role C) { m(y.T) from B to C; do x.Q(B, C); }",
    )
    assert write(load_file(main)["P"].global_type) == "B->C:m<y.T>.B->C:m<y_2.T>.end"
