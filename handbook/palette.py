"""The colours that leave the style sheet: for pictures, the PDF and the e-book.

The web pages take theirs from ``styles/tokens.css``; a test keeps the two in step. Each colour
has a contrast of at least 7 to 1 on ``PAPER`` (WCAG 2.2, 1.4.6).
"""

PAPER = "#FBF8F3"
INK = "#26231F"
PART_COLOURS = {
    "question": "#5B3A6B",
    "answer": "#0B4F5A",
    "tips": "#2F5223",
    "takeaways": "#6B4200",
}
