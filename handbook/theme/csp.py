"""The Content-Security-Policy of a page: nothing foreign, nothing inline that is not named.

Pure. A page on a server, the same page on a disk and the single-file edition differ only in what
stands inline, so each gives its inline texts and takes the policy that allows just those.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable


def policy(scripts: Iterable[str] = (), styles: Iterable[str] = ()) -> str:
    """Return the policy for a page.

    :param scripts: the text of each inline script, exactly as it stands between its tags.
    :param styles: the text of each inline style sheet, likewise.
    """
    rules = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *map(_hash, scripts)],
        "style-src": ["'self'", *map(_hash, styles)],
        # No page connects to anything; Lighthouse asks for robots.txt from inside the page.
        "connect-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        # The field leads to the list of questions; on a disk, Firefox takes no page for 'self'.
        "form-action": ["'self'", "file:"],
        "base-uri": ["'none'"],
    }
    return "; ".join(" ".join([rule, *sources]) for rule, sources in rules.items())


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
