"""An act as a file: accessible text, data, spreadsheet, tagged PDF. The same facts give the same bytes."""
