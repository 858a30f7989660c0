"""The real servers of the tests: PostgreSQL, Redis and Elasticsearch, on loopback, for as long as a command runs.

Only the standard library: `with_services` runs before anything is installed.
"""
