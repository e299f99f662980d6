"""The e-book: EPUB 3 as EPUBCheck and Ace want it, and as a reader's own settings like it."""
