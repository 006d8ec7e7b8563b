"""Several protocols on one machine: what they share, whether that fits, and how much they need.

Imports ``values``, ``theory``, ``bytecode``, ``machine``, ``replay`` and ``engine``. Start reading
in ``bundle``, then ``links``, ``certificate``, ``memory``, ``admission`` and ``runtime``.
"""
