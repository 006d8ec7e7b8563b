"""Who steps next: each policy as a plain algorithm, and the driver that runs any machine by one.

Imports ``values`` and ``machine``. Start reading in ``drive``.
"""
