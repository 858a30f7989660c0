"""data.gouv.fr as a channel sees it: how it is asked, and how an act is a dataset there."""
