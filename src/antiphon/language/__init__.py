"""Protocols as text: Scribble with the nuScr extensions, read into global types.

Imports only ``values`` and ``theory``. Start reading in ``load``, then follow the text:
``source``, ``lexer``, ``parser`` (to the tree of ``syntax``), ``resolve``, ``check``, ``lower``
(to the graph of ``flow``), and from there to a global type. ``format`` goes the other way.
Every walk is iterative: no protocol is too long or too deep for it (S38).
"""
