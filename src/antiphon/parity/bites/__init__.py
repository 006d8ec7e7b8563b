"""Rules that parity is governed by, each broken by itself. Start reading in ``bite``."""
