"""Conversations as pictures: events in, lines of text or Mermaid out.

Imports ``values``, ``theory``, ``bytecode`` and ``machine``. Nothing here prints or knows about
terminals. Start reading in ``sequence``.
"""
