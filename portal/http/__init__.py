"""The one way out: public sites are asked, and outside services told, through one guarded session."""
