"""Rules about telephone numbers: a wrong one costs the reader who dares to call.

A page that lists numbers says, in a paragraph marked ``{.last-checked}``, on which day somebody
last checked them. Other pages may repeat numbers of such a list.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from handbook.model.page import Page, day_in

from .rule import Finding, Setting, rule

DUE = 6  # months after a check
OVERDUE = 12


@rule(after="this handbook", by_day=True)
def helplines_checked(page: Page, setting: Setting) -> Iterator[Finding]:
    """A telephone number stands on a page that says when it was last checked.

    Bad: `This list was last checked last winter.` below `{.last-checked}`
    Good: `This list was last checked on 2026-11-23.` below `{.last-checked}`
    """
    for block in page.dated_blocks:
        checked = day_in(block)
        if checked is None:
            yield block.line, "no day to be read here; write it as 2026-11-23"
        elif checked > setting.today + timedelta(days=1):  # it is tomorrow in New Zealand
            yield block.line, f"{checked} is yet to come; write the day of the last check"
    unlisted = [link for link in page.calls if link.number not in setting.checked_numbers]
    if unlisted:
        numbers = ", ".join(dict.fromkeys(str(link.number) for link in unlisted))
        what = f"no page with the day of its last check, {{.last-checked}}, has {numbers}"
        yield unlisted[0].line, f"{what}; check and list it there"


@rule(after="this handbook", fatal=False, by_day=True)
def helplines_due(page: Page, setting: Setting) -> Iterator[Finding]:
    """Telephone numbers are checked again after six months; a late check is reported.

    Bad: `This list was last checked on 2026-05-01.` below `{.last-checked}`, in December 2026
    Good: `This list was last checked on 2026-11-23.` below `{.last-checked}`, in December 2026
    """
    for block in page.dated_blocks:
        checked = day_in(block)
        if checked and months_after(checked, DUE) <= setting.today:
            end = months_after(checked, OVERDUE)
            if setting.today <= end:
                yield block.line, f"last checked on {checked}; {_TASK} by {end}"


@rule(after="this handbook", fatal=False, by_day=True)
def helplines_overdue(page: Page, setting: Setting) -> Iterator[Finding]:
    """Nothing is given to readers with telephone numbers that nobody has checked for a year.

    It stops `make editions` and `make site`; every other command reports it.

    Bad: `This list was last checked on 2026-05-01.` below `{.last-checked}`, in June 2027
    Good: `This list was last checked on 2026-11-23.` below `{.last-checked}`, in June 2027
    """
    for block in page.dated_blocks:
        checked = day_in(block)
        if checked and months_after(checked, OVERDUE) < setting.today:
            stops = "make editions and make site do nothing before"
            yield block.line, f"last checked on {checked}, over a year ago; {_TASK}; {stops}"


_TASK = "call or look up each number, and put the day here"


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or the last of that month where it has no such."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
