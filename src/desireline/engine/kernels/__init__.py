"""Loops over bare arrays, compiled to machine code."""
