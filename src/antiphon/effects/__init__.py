"""What a machine asks of the world, answered: by default, by seed, by script, by a user's handler.

Imports ``values`` and ``machine``. Start reading in ``host``.
"""
