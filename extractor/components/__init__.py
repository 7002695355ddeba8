"""Recognisers: each reads a text with its terms and writes mentions of one kind."""
