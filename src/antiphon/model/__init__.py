"""The reference: an executable specification of the machine, pure functions over frozen records.

Standard library only; imports ``values``, ``theory``, ``bytecode`` and ``machine``, never the
engine. Read in this order: ``state``, ``attempt``, ``rules``, ``commit``, ``step``, ``machine``.
"""
