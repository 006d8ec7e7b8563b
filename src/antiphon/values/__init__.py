"""What can be carried and named: run-time values, payload sorts, canonical bytes and digests.

Imports nothing of ours but ``errors``. Start reading in ``value``.
"""
