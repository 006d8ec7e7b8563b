"""Session types and their pure algorithms: global and local types, projection, transitions.

Imports only ``values``. Start reading in ``global_type``, then ``local_type``, ``projection``.
Every walk is iterative: no protocol is too long for it (S38).
"""
