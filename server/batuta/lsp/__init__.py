"""The language server.

`server` starts it, `protocol` answers every request once whatever its bytes, `text` and `documents` keep the editor's text,
`session` knows what may be shown and run, `worker_link` talks to the worker process in which everything heavy happens.
`features/` holds one protocol feature a file, `assists/` one quick fix a file, `jobs/` one kind of worker job a file; all
three are found by listing the folder.
"""
