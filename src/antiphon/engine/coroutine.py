"""What coroutines can go on with: the kernel's counts of tokens as the tokens themselves."""

from __future__ import annotations

from antiphon.engine.build import Kernel
from antiphon.engine.catalogue import Catalogue
from antiphon.machine.token import ProgressToken
from antiphon.values.value import Endpoint


def progress_tokens(kernel: Kernel, catalogue: Catalogue) -> tuple[ProgressToken, ...]:
    """The tokens that there are, by session, then in the image's order of roles."""
    found: list[ProgressToken] = []
    for session, slot in sorted(kernel.sessions()):
        image, _, _, sides, *_ = kernel.session_view(slot)
        for role, (_, _, tokens, _, _) in zip(catalogue.images[image].roles, sides, strict=True):
            found += [ProgressToken(session, Endpoint(session, role))] * tokens
    return tuple(found)
