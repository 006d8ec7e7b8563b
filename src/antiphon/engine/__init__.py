"""The fast machine: one kernel over flat tables of integers, compiled where that is possible.

Imports ``values``, ``theory``, ``bytecode`` and ``machine``. Start reading in ``machine``, then
``kernel``, whose functions stand in the order of the instruction table.
"""
