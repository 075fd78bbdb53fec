"""What the compiled program does with the choice of a backend; the choice itself is the engine's (`batuta_engine.selection`)."""

from batuta.routing.explanation import BackendAdvice, Compiled, explain

__all__ = ["BackendAdvice", "Compiled", "explain"]
