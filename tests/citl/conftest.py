"""The private cache for all tests of this folder."""

from tests.private_cache import private_cache  # noqa: F401
