"""What Word and LibreOffice compute and do not write: automatic numbers, what styles hide, whom a file names."""
