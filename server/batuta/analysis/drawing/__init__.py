"""Leaving the drawing out of a program, on request: `leave_out.py` is the way in."""
