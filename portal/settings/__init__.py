"""Settings: base, and one file for each of dev, test and production."""
