"""Search of conventions: one query, one French analysis, one contract for the engines."""
