"""The CMS: each convention is a structured page, edited, judged and published."""
