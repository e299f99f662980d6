"""What an article carries: its points, its threads, the limits of its advice.

Each is a table in the article's folder (``handbook.model.tables``), so that a second article
brings its own. All is pure.
"""
