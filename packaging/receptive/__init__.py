"""Receptive's kernel, engine and command, started from Python: see launcher.py."""
