"""The command ``antiphon``: one file for each verb, and what they share.

May import everything. Start reading in ``main``, which knows every command and option.
"""
