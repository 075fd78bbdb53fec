"""What the worker can do, one kind of job a file.

A job's file offers `run(bench, parameters, cancel, report)`: it returns what goes back as JSON, raises JobFailed with words
for the user, and may call `report` with progress. `cancel` is set when the client no longer wants the result. A file that says
`BACKGROUND = True` waits for other processes and runs beside the other jobs.
"""
