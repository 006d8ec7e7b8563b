"""Multiparty session types: global and local types, projection, transitions, guarantees.

Imports only ``values``. Start reading in ``global_type``, then ``local_type``, ``projection``.
Every walk is iterative: no protocol is too long for it (S38).
"""
