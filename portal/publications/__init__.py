"""Where each convention must be published, where it is, and the proof: one row for each convention and channel."""
