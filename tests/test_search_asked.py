"""Where phrasings may stand."""

import pytest
from docutils import nodes

from handbook.search.asked import asked, well_placed


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (nodes.title(), True),
        (nodes.comment(), True),
        # What docutils leaves under "(ireland)=" and "# Ireland".
        (nodes.system_message(), True),
        (nodes.paragraph(), False),
    ],
)
def test_phrasings_stand_before_all_that_a_section_shows(
    before: nodes.Element, expected: bool
) -> None:
    node = asked(phrasings=["who do I call in Ireland"])
    nodes.section("", before, node)
    assert well_placed(node) is expected
