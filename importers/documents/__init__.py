"""The importer of documents: a signed file becomes a `Lecture`, a convention with what the reading found."""
