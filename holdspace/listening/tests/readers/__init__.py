"""Readers: each kind of file reads, then each refusal."""
