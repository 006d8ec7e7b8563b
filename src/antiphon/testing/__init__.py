"""For those who write a machine: hold it against what ours do. A face, without logic of its own.

``conformance`` tests a machine of ``machine.interface`` in this process; ``serve`` lets one be
tested from outside, by ``antiphon conformance --cmd``.
"""

from antiphon.conformance.inside import Factory, serve
from antiphon.conformance.judge import Finding, Report, conformance

__all__ = ["Factory", "Finding", "Report", "conformance", "serve"]
