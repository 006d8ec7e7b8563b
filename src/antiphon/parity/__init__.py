"""The proof that both machines agree: the whole state, after every step, on made and found cases.

Only this package and the command line see both machines. Read in this order: ``source``,
``generate``, ``lockstep``, ``shrink``, ``corpus``, ``mutants``.
"""
