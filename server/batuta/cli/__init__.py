"""The command line. One file is one command: it holds a click command named `command`, and is found by listing this folder.

Files whose name starts with an underscore are shared parts, not commands; `main.py` is the entry.
"""
