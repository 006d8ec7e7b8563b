"""The treaty that every machine signs: what goes in, what comes out, what is observable.

Imports ``values``, ``theory`` and ``bytecode``. Start reading in ``interface``.
"""
