"""Several steps at once: planned, certified, taken, and committed in one order (S27).

Imports ``values``, ``theory``, ``bytecode``, ``machine``, ``scheduler`` and ``engine``. Start
reading in ``footprint``, then ``plan``, ``certificate``, ``machine``. Which waves are right is the
model's to say: ``model.waves``.
"""
