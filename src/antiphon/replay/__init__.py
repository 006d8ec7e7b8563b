"""Runs kept and compared: the normal form of a trace, the recording of a run, its replay.

Imports ``values``, ``theory``, ``bytecode`` and ``machine``. Start reading in ``recording``.
"""
