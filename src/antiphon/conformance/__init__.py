"""The conformance kit: what a machine of somebody else's must do, step by step.

Imports ``values``, ``theory``, ``bytecode``, ``machine`` and ``replay``, and neither of our
machines. Start reading in ``vectors``, then ``judge``. ``docs/conformance.md`` says all of it for
someone who reads no Python; ``parity.vectors`` makes the vectors.
"""
