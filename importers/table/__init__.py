"""The reading table: an editor drops signed files, and confirms what was read beside its source."""
