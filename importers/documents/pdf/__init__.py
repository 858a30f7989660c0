"""What a PDF holds, page by page: its text layer, what is drawn, what OCR reads of its pictures."""
