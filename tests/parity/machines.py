"""Which builds of the engine parity is shown for here."""

import shutil
import sysconfig

from antiphon.engine.build import COMPILED, describe
from antiphon.parity.subject import Build


def builds() -> tuple[Build, ...]:
    """Both builds; the pure one alone where there is no C compiler to make the other."""
    if describe().name == COMPILED or has_compiler():
        return ("pure", "compiled")
    return ("pure",)


def has_compiler() -> bool:
    """Whether the C compiler that Python was made with is there."""
    command = str(sysconfig.get_config_var("CC") or "cc").split()[0]
    return shutil.which(command) is not None


BUILDS = builds()
