//! Python's semantics: text forms, exceptions, numbers, containers.
