"""Local types to bytecode: ``blocks``, then ``emit``, then ``link``; ``compile`` is the pipeline.

Imports ``values``, ``theory`` and ``bytecode``. Start reading in ``compile``.
"""
