"""The features of the server, one a file, found by listing this folder.

A feature offers `register(server)`, which names its handlers, and `announce(capabilities, params)`, which says in the answer to
`initialize` what it can do for this client.
"""
