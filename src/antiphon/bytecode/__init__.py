"""Instructions, how each can end, and program images.

Imports ``values`` and ``theory``. Start reading in ``table``: everything else derives from it.
"""
