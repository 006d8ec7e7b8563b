"""What is claimed of the machines and of their types, each claim with the evidence that it ran.

A claim that is about nothing is no claim: one whose hypotheses were never met fails. Words are
exact: ``holds`` means in the scope that is named, by the method that is named, and no more.
"""
