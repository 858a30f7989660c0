"""The editors' board: what is due, late, blocked, divergent or doubtful, and what to do of it."""
