"""Sphinx run beside the last good output, where anything has changed, and put in place whole."""
