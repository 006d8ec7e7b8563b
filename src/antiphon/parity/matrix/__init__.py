"""The parity matrix, made from evidence: what its rows are, and how each row stands.

Start reading in ``row``, then ``rows`` and ``status``. ``lanes`` finds the evidence, ``record`` is
its file, ``render`` the page, ``check`` what may be wrong with it.
"""
