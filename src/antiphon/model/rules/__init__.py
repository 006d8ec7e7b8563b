"""One function per instruction: guards in the order of the table, then one commit.

Each docstring has four sections: Premise, Change, Observes, Faults. The last lists exactly the
table's rows.
"""
