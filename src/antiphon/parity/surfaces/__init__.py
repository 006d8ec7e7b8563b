"""The shapes of what can be seen in a replay: what the model declares, what the engine keeps.

Start reading in ``shape``, then ``registry``. The model's side is found by reflection
(``reflect``), the engine's by running it: ``coded``, ``watch`` and ``consulted``.
"""
