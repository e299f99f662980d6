"""What a copy says of itself: made and checked when, read by whom, and where to report a fault.

A copy may be read years later and far from here, by somebody who has nothing but the copy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register what a copy says of itself with Sphinx."""
    from . import days, old_numbers, report

    # Written by ``days.note``: ISO dates, "" where not known. Each page is made of them.
    app.add_config_value("handbook_made", "", "html", [str])
    app.add_config_value("handbook_checked", "", "html", [str])
    # The section that says how to check a number: page#anchor.
    app.add_config_value("handbook_check_numbers", "", "html", [str])
    app.connect(
        "config-inited", days.note, priority=900
    )  # after all that says which files are pages
    app.connect("html-page-context", days.fill_context)
    app.add_post_transform(old_numbers.SayThatTheyAreOld)

    # Where readers report a mistake: an https: or a mailto: address.
    app.add_config_value("handbook_report", "", "env", [str])
    app.connect("config-inited", report.check_address)
    app.add_directive("report", report.Report)

    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
