"""The Sphinx extension that makes a folder of Markdown pages a handbook."""
