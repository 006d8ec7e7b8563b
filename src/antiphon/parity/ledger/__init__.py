"""The ledger of known differences: what an entry is, and everything that can be wrong with one.

Start reading in ``entry``, then ``check``. ``update`` is about a change of rows since a revision.
"""
