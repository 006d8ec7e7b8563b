"""The registry of the kernel's seeded faults: no function of the kernel is without one."""

import ast
from functools import cache

from antiphon.parity.mutant import Mutant
from antiphon.parity.mutants import MUTANTS
from antiphon.parity.mutants_kernel import KERNEL_MUTANTS
from antiphon.parity.mutants_load import source_of

KERNEL = "engine/kernel.py"
SOURCE = source_of(KERNEL)
LANES = (
    *(
        "align",
        "copied",
        "copied_narrow",
        "copy_tables",
        "deal",
        "deliver",
        "deliver_chunk",
        "flat",
    ),
    *("go", "have_messages", "have_tables", "homes", "is_apart", "is_private", "lanes", "prepare"),
    *("share_tables", "take_generations", "turn_page"),
)
"""What only sessions on threads need, which no case of the corpus has."""
NO_MUTANT = {
    **dict.fromkeys(LANES, "mutants_threads breaks what they do; tests/unit/waves looks at all"),
    "attempt_other": "it only finds the rule; every rule is broken",
    "fail_or_crash": "it only finds the rule; both are broken",
    "free_entries": "it only makes room again; tests/unit/engine looks at how much there is",
    "let_go": "the corpus keeps whole traces; tests/unit/engine/test_kept.py does not",
    "prints": "only recordings have prints; tests/unit/engine/test_trace.py has those, too",
    "stirred": "only recordings have prints; tests/unit/engine/test_trace.py has those, too",
    "reserve_ranks": "it only makes room; tests/unit/engine looks at how much there is",
    "make_by": "no host of the corpus has makers; tests/unit/effects/test_plain.py has some",
    "made": "no host of the corpus has makers; tests/unit/effects/test_plain.py has some",
    "busy": "no host of the corpus calls its machine; tests/unit/engine has one that does",
    "sizes": "how much room there is, is no part of a state; tests/unit/engine looks at it",
}
"""Why a function has none."""


@cache
def functions() -> tuple[tuple[str, range], ...]:
    """Every function of the kernel, with its lines."""
    return tuple(
        (node.name, range(node.lineno, (node.end_lineno or node.lineno) + 1))
        for node in ast.walk(ast.parse(SOURCE))
        if isinstance(node, ast.FunctionDef)
    )


def broken(mutant: Mutant) -> str:
    """The function in which a mutant's text begins."""
    line = SOURCE[: SOURCE.index(mutant.old)].count("\n") + 1
    return next(name for name, lines in functions() if line in lines)


def test_every_function_is_broken() -> None:
    """Each function of the kernel has a seeded fault, or a reason why it has none."""
    mutated = {broken(mutant) for mutant in MUTANTS if mutant.file == KERNEL}
    names = [name for name, _ in functions()]
    assert len(set(names)) == len(names) > 50
    assert sorted(set(names) - mutated) == sorted(NO_MUTANT)


def test_they_break_the_kernel() -> None:
    """All of these are faults of the kernel, and are named so that they can be told apart."""
    assert all(mutant.file == KERNEL for mutant in KERNEL_MUTANTS)
    assert all(mutant.id.startswith("engine-") for mutant in KERNEL_MUTANTS)
