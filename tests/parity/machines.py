"""Which builds of the engine parity is shown for here."""

from antiphon.cli.lane import A_COMPILER, Lane, has_compiler, is_installed
from antiphon.engine.build import COMPILED
from antiphon.parity.subject import Build


def builds(*, can_compile: bool) -> tuple[Build, ...]:
    """Both builds; the pure one alone where there is no C compiler to make the other."""
    return ("pure", "compiled") if can_compile else ("pure",)


def missing(builds: tuple[Build, ...]) -> tuple[Lane, ...]:
    """The lanes of parity that are not among ``builds``."""
    return () if COMPILED in builds else (Lane(COMPILED, A_COMPILER),)


BUILDS = builds(can_compile=is_installed() or has_compiler())
