"""In and out: answers as rows, and rows in the formats people use."""
