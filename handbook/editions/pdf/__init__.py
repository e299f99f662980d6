"""The book: pages to a tagged PDF, with Typst."""
