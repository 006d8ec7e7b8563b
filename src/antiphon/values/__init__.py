"""What messages carry: run-time values, their sorts, and both as canonical bytes and digests.

Imports nothing of ours but ``errors``. Start reading in ``value``.
"""
