"""The tests, by purpose: see README.md beside this file."""
