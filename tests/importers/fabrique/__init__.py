"""Makers of authentic files: each module turns the text of an example into a file of one format, in several manners."""
