"""The whole handbook as one HTML file, to send or to keep: nothing lies beside it."""
