"""The facts of the domain in plain Python: no Django, no database, no network."""
