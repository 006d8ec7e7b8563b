"""How these tests read a text: what it means, or what is wrong with it."""

from pathlib import Path

from antiphon.errors import Diagnostic, ProgramError
from antiphon.language.load import load_text
from antiphon.theory.global_type import Comm, GlobalRec, GlobalType

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "protocols"
THREE = "global protocol P(role A, role B, role C) {{\n{}\n}}\n"


def diagnostics(text: str) -> tuple[Diagnostic, ...]:
    """What is wrong with a file."""
    try:
        load_text(text)
    except ProgramError as error:
        return error.diagnostics
    return ()


def places(text: str) -> list[tuple[str, int, int]]:
    """Code, line and column of everything that is wrong with a file."""
    found: list[tuple[str, int, int]] = []
    for diagnostic in diagnostics(text):
        assert diagnostic.span is not None
        found.append((diagnostic.code, diagnostic.span.line, diagnostic.span.column))
    return found


def body_places(body: str) -> list[tuple[str, int, int]]:
    """The same for the body of a protocol with roles A, B and C, which starts on line 2."""
    return places(THREE.format(body))


def meaning(body: str) -> str:
    """The global type of such a body, written short."""
    return write(load_text(THREE.format(body))["P"].global_type)


def write(root: GlobalType) -> str:
    """A small global type in one line: ``A->B:label<sort>.rest``, unit left out."""
    match root:
        case GlobalRec():
            return f"rec {root.name}.{write(root.body)}"
        case Comm():
            branches = [
                f"{label}{'' if sort.name == 'unit' else f'<{sort.name}>'}.{write(following)}"
                for label, sort, following in root.branches
            ]
            shown = branches[0] if len(branches) == 1 else f"{{{', '.join(branches)}}}"
            return f"{root.sender}->{root.receiver}:{shown}"
        case _:
            return repr(root)
