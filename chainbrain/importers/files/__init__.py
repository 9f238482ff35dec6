"""What a file really is: archives, encodings, text, workbooks, web pages, all as lines or sheets of cells."""
