"""What keeps the book from being printed, said so that its author can mend it."""

from __future__ import annotations


class BookError(Exception):
    """A fault in the project: `place` is "file:line" or a file, `sentence` says what to do."""

    def __init__(self, place: str, sentence: str) -> None:
        super().__init__(place, sentence)
        self.place = place
        self.sentence = sentence

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"
