"""Evidence for what is claimed of the machines: of which sources it is, its file, who gets it.

Imports ``values``, ``bytecode`` and ``machine``. Start reading in ``sources``, then
``file``. What is in the file was found by ``parity.evidence``; ``model.gates`` and
``engine.gates`` judge it.
"""
