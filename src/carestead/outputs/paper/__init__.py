"""What is printed or sent: a document as data, drawn as a tagged PDF."""
