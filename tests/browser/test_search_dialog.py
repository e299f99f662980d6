"""The search as a reader meets it, in the built handbook, from a disk, with the network cut."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from a11y import PHONE
from articles import ARTICLES
from browsers import listen
from chromium import find
from conftest import ROOTS
from playwright.sync_api import Browser, Page, Route, expect

INPUT = "dialog[open] [role=combobox]"
OPTION = "dialog[open] [role=option]"
NOTHING = "dialog[open] .search-nothing p"


@pytest.fixture
def page(used_page: Page) -> Page:
    return used_page


def open_search(page: Page, site: Path, name: str = "index.html") -> None:
    page.goto((site / name).as_uri())
    page.keyboard.press("/")
    expect(page.locator(INPUT)).to_be_focused()


def test_a_misspelled_question_leads_to_the_marked_section(page: Page, site: Path) -> None:
    open_search(page, site)
    page.keyboard.type("my looks, helth and confidense")
    expect(page.locator(".search-note")).to_have_text(
        "Showing results for my looks health and confidence"
    )
    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"{OPTION}[aria-selected=true]")
    expect(chosen).to_have_count(1)
    expect(page.locator(INPUT)).to_have_attribute(
        "aria-activedescendant", chosen.get_attribute("id") or ""
    )
    page.keyboard.press("Enter")
    page.wait_for_url("**/love-me-again/answer.html#appearance-and-confidence")
    mark = "getComputedStyle(document.querySelector('section:target'), '::before').content"
    page.wait_for_function(f"""{mark} === '""'""")  # the address is there before the styles
    expect(page.locator("section:target")).to_be_in_viewport()
    page.keyboard.press("Escape")
    assert page.evaluate(mark) == "none"
    page.keyboard.press("/")
    expect(page.locator(INPUT)).to_be_focused()
    page.keyboard.type("my looks, helth and confidense")
    page.keyboard.press("Enter")  # leads to where the page is already
    page.wait_for_function(f"""{mark} === '""'""")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_enter_follows_the_first_result_even_when_typed_in_a_rush(page: Page, site: Path) -> None:
    open_search(page, site)
    page.evaluate(
        """() => {
            const input = document.querySelector('dialog[open] [role=combobox]');
            input.value = 'stonewalling ';
            input.dispatchEvent(new InputEvent('input', { bubbles: true }));
            input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
        }"""
    )
    page.wait_for_url("**/glossary.html#term-stonewalling")


def test_keys_move_through_the_results_and_back_to_the_field(page: Page, site: Path) -> None:
    open_search(page, site)
    page.keyboard.type("space ")
    expect(page.locator(OPTION).first).to_be_visible()
    page.keyboard.press("ArrowUp")
    expect(page.locator(OPTION).last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"{OPTION}[aria-selected=true]")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(page.locator(OPTION).first).to_have_attribute("aria-selected", "true")


def test_results_are_links_that_tab_reaches(page: Page, site: Path) -> None:
    open_search(page, site)
    page.keyboard.type("space ")
    expect(page.locator(OPTION).first).to_have_attribute("href", re.compile(r"^file://.*#.+"))
    page.keyboard.press("Tab")  # to Close
    page.keyboard.press("Tab")  # to the exit
    page.keyboard.press("Tab")
    expect(page.locator(OPTION).first).to_be_focused()


def test_a_screen_reader_hears_title_and_part_and_may_ask_for_the_rest(
    page: Page, site: Path
) -> None:
    open_search(page, site)
    page.keyboard.type("give him space ")
    tip = page.locator(f"{OPTION}[href$='/love-me-again/tips.html#give-him-space']")
    title = tip.locator(".search-title").inner_text()
    expect(tip).to_have_accessible_name(f"{title} Tip")
    expect(tip).to_have_accessible_description(re.compile("space"))


def test_a_field_that_opens_a_dialog_says_so_before(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    for role in ("searchbox", "button"):
        control = page.locator(".search-field").get_by_role(role, name="Search")
        expect(control).to_have_attribute("aria-haspopup", "dialog")


def test_a_browser_without_dialogs_keeps_the_page_out_all_the_same(
    browser: Browser, site: Path
) -> None:
    context = browser.new_context(offline=True, viewport=PHONE)
    # As an element of formulas it has neither its functions nor the browser's styles.
    context.add_init_script(
        """const make = document.createElement.bind(document);
        const formulas = "http://www.w3.org/1998/Math/MathML";
        document.createElement = (tag, ...more) =>
            tag === "dialog" ? document.createElementNS(formulas, tag) : make(tag, ...more);"""
    )
    page = context.new_page()
    page.goto((site / "glossary.html").as_uri())
    page.locator("main a").last.focus()
    page.keyboard.press("/")
    expect(page.locator(INPUT)).to_be_focused()
    assert page.get_by_role("main").count() == 0  # hidden from screen readers
    # It lies over all of the page, the bar too.
    box = page.locator("dialog.search-dialog").bounding_box()
    assert box == {"x": 0, "y": 0, **PHONE}
    corner = "document.elementFromPoint(innerWidth - 30, 30)"
    assert page.evaluate(f"{corner}.closest('dialog') !== null")
    page.locator(INPUT).fill("space ")
    expect(page.locator(OPTION).first).to_be_in_viewport()
    page.locator(INPUT).fill("")
    page.locator("main a").first.focus()
    expect(page.locator(INPUT)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.search-dialog")).to_be_hidden()
    assert page.get_by_role("main").count() == 1
    expect(page.locator("main a").last).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type("stonewalling ")
    expect(page.locator(OPTION).first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary.html#term-stonewalling")
    expect(page.locator("dialog.search-dialog")).to_be_hidden()
    context.close()


def test_escape_closes_forgets_and_gives_the_focus_back(page: Page, site: Path) -> None:
    page.goto((site / "glossary.html").as_uri())
    page.locator("main a").first.focus()
    page.keyboard.press("Control+k")
    expect(page.locator(INPUT)).to_be_focused()
    page.keyboard.type("space")
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator("main a").first).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator(INPUT)).to_have_value("")


def test_what_is_typed_into_the_field_of_a_page_goes_on_in_the_dialog(
    page: Page, site: Path
) -> None:
    page.goto((site / "index.html").as_uri())
    page.locator(".search-field input").first.focus()
    page.keyboard.type("begging", delay=20)
    expect(page.locator(INPUT)).to_have_value("begging")
    expect(page.locator(".search-field input").first).to_have_value("")


def test_what_is_typed_before_the_dialog_is_there_is_not_lost(page: Page, site: Path) -> None:
    page.goto((site / "glossary.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("begging")
    expect(page.locator(INPUT)).to_have_value("begging")


@pytest.mark.parametrize(
    ("key", "code"),
    [("K", "KeyK"), ("л", "KeyK"), ("k", "KeyV")],
    ids=["with Caps Lock", "on a Cyrillic layout", "where K lies elsewhere"],
)
def test_the_shortcut_opens_on_any_keyboard(page: Page, site: Path, key: str, code: str) -> None:
    page.goto((site / "index.html").as_uri())
    page.evaluate(
        """([key, code]) => document.body.dispatchEvent(
            new KeyboardEvent("keydown", { key, code, ctrlKey: true, bubbles: true })
        )""",
        [key, code],
    )
    expect(page.locator(INPUT)).to_be_focused()


@pytest.mark.parametrize("composing", ["isComposing: true", "keyCode: 229"])
def test_the_keys_of_an_input_method_are_its_own(page: Page, site: Path, composing: str) -> None:
    open_search(page, site)
    page.keyboard.type("space ")
    expect(page.locator(OPTION).first).to_be_visible()
    taken = page.evaluate(
        f"""() => ["Enter", "ArrowDown", "ArrowUp"].filter((key) =>
            !document.querySelector("dialog[open] [role=combobox]").dispatchEvent(
                new KeyboardEvent(
                    "keydown", {{ key, {composing}, bubbles: true, cancelable: true }}
                )))"""
    )
    assert taken == []
    expect(page.locator(f"{OPTION}[aria-selected=true]")).to_have_count(0)


def test_the_slash_is_text_in_a_field_and_can_be_switched_off(page: Page, site: Path) -> None:
    open_search(page, site)
    page.keyboard.type("and/or")
    expect(page.locator(INPUT)).to_have_value("and/or")
    page.get_by_label("/ opens the search").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.press("Control+k")
    expect(page.locator(INPUT)).to_be_focused()


def test_results_stand_under_their_page_with_part_snippet_and_marks(page: Page, site: Path) -> None:
    open_search(page, site)
    page.keyboard.type("give him space ")
    tip = page.locator(f"{OPTION}[href$='/love-me-again/tips.html#give-him-space']")
    expect(tip.locator(".search-part")).to_have_text("Tip")
    expect(tip.locator("mark").first).to_be_visible()
    label = tip.locator("xpath=..").get_attribute("aria-labelledby")
    texts = [
        (site / "love-me-again" / f"{name}.html").read_text("utf-8") for name in ("index", "tips")
    ]
    article, tips = (text.partition("<h1>")[2].partition("</h1>")[0] for text in texts)
    which = f"{article} · about a husband · {tips}"  # of several articles
    expect(page.locator(f"#{label}")).to_have_text(which)


def test_a_result_keeps_its_colours_under_the_pointer(page: Page, site: Path) -> None:
    open_search(page, site)
    page.keyboard.type("give him space ")
    result = page.locator(OPTION).nth(1)
    parts = result.locator(":scope, .search-title, .search-part, .search-snippet")
    colours = "all => all.map((each) => getComputedStyle(each).color)"
    before = parts.evaluate_all(colours)
    paper = result.evaluate("each => getComputedStyle(each).backgroundColor")
    result.hover()
    assert result.evaluate("each => getComputedStyle(each).backgroundColor") != paper
    assert parts.evaluate_all(colours) == before


def test_the_count_is_announced_after_a_pause_and_nothing_at_once(
    fresh_page: Page, site: Path
) -> None:
    fresh_page.clock.install(time="2030-01-01")
    open_search(fresh_page, site)
    fresh_page.clock.pause_at("2030-01-02")  # or a loaded machine lets the pause pass
    status = fresh_page.locator("dialog .search-status")
    fresh_page.keyboard.type("space ")
    expect(fresh_page.locator(OPTION).first).to_be_visible()
    expect(status).to_have_text("")
    fresh_page.clock.run_for(1000)
    expect(status).to_have_text(re.compile(r"^\d+ results$"))
    fresh_page.locator(INPUT).fill("zzzzqq")
    expect(fresh_page.locator(NOTHING).first).to_be_visible()  # or the clock would go on too soon
    fresh_page.clock.run_for(1)
    expect(status).to_have_text("No results")


@pytest.mark.parametrize("letters", ["zzzzqq", "forjkl", "…"])
def test_letters_without_meaning_bring_a_place_to_start_the_list_and_help(
    page: Page, site: Path, letters: str
) -> None:
    open_search(page, site)
    page.keyboard.type(letters)
    nothing = page.locator("dialog[open] .search-nothing")
    expect(nothing.locator("p")).to_have_text(
        ["No results for these words.", "You could start here:"]
    )
    expect(nothing.locator("a").first).to_have_attribute("href", re.compile(f"/{ARTICLES[0]}/"))
    foot = page.locator("dialog[open] .search-foot")
    expect(foot.get_by_text("All questions")).to_have_attribute("href", re.compile("search.html$"))
    expect(foot.get_by_text("Help")).to_have_attribute("href", re.compile("help/index.html$"))


def test_a_word_that_begins_like_a_known_one_brings_its_sections_close(
    page: Page, site: Path
) -> None:
    open_search(page, site)
    page.keyboard.type("divorzzzzzz ")
    near = page.locator("dialog[open] .search-nothing a")
    expect(near.first).to_be_visible()
    assert near.count() == 3
    expect(page.locator(NOTHING).last).to_have_text("The closest topics:")


def test_on_a_phone_the_exit_shares_a_row_and_a_part_stays_with_its_title(
    tab: Callable[..., Page], site: Path
) -> None:
    page = tab(viewport=PHONE)
    open_search(page, site)
    for width in range(300, 400, 7):  # so that some title fills its line
        page.set_viewport_size({"width": width, "height": 844})
        page.locator(INPUT).fill("he hits me and I need space ")
        expect(page.locator(OPTION).first).to_be_visible()
        tops = page.locator(".search-bar > :not([role=status])").evaluate_all(
            "all => all.map((each) => Math.round(each.getBoundingClientRect().top))"
        )
        assert tops[0] < tops[1] == tops[2]
        assert page.locator(OPTION).evaluate_all(ALONE) == []


# The titles whose part has a line of its own: it begins left of the title's last word.
ALONE = """all => all.filter((option) => {
    const title = option.querySelector(".search-title").getClientRects();
    const part = option.querySelector(".search-part").getBoundingClientRect();
    return part.left < title[title.length - 1].right;
}).map((option) => option.innerText)"""


@pytest.mark.parametrize(
    ("hover", "pointer", "shown"),
    [(2, 4, True), (1, 2, False), (2, 2, False), (1, 1, False)],
    ids=["mouse", "finger", "finger that says it hovers", "neither"],
)
def test_a_key_is_offered_where_there_are_keys(
    browser: Browser, site: Path, hover: int, pointer: int, shown: bool
) -> None:
    path = find()
    settings = f"primaryHoverType={hover},primaryPointerType={pointer}"
    chromium = browser.browser_type.launch(
        executable_path=path, args=["--no-sandbox", f"--blink-settings={settings}"]
    )
    page = chromium.new_page()
    open_search(page, site)
    expect(page.get_by_text("/ opens the search")).to_be_visible(visible=shown)
    chromium.close()


def test_the_search_page_has_the_same_search(page: Page, site: Path) -> None:
    open_search(page, site, "search.html")
    page.keyboard.type("stonewalling ")
    expect(page.locator(OPTION).first).to_contain_text("stonewalling")
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary.html#term-stonewalling")


def test_without_scripts_the_field_leads_to_the_questions(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    page.locator(".search-field input").first.fill("he left me")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html*")
    assert "left" not in page.url
    page.locator(f"main article a[href*='{ARTICLES[0]}/']").first.click()
    page.wait_for_url(f"**/{ARTICLES[0]}/*")
    context.close()


def test_a_failed_load_says_so_and_the_next_try_may_succeed(browser: Browser, site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/code.js*", lambda route: route.abort())
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("/")
    said = page.locator("[role=alert]")
    expect(said).to_contain_text("Search could not be loaded.")
    expect(said.locator("a")).to_have_attribute("href", re.compile("search.html$"))
    assert "results" not in said.inner_text().lower()
    page.unroute("**/code.js*")
    page.keyboard.press("/")
    expect(page.locator(INPUT)).to_be_focused()
    context.close()


@pytest.mark.parametrize("script", ["code.js", "index.js", "first.js"])
def test_a_broken_script_says_so_and_the_next_try_may_succeed(
    browser: Browser, site: Path, script: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route(f"**/{script}*", lambda route: route.fulfill(body="handbook.", status=200))
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("/")
    expect(page.locator("[role=alert]")).to_contain_text("Search could not be loaded.")
    page.unroute(f"**/{script}*")
    page.keyboard.press("/")
    expect(page.locator(INPUT)).to_be_focused()
    page.keyboard.type("he left me ")
    expect(page.locator(OPTION).first).to_be_visible()
    context.close()


def test_a_page_that_comes_back_has_no_search_and_no_question(
    browser: Browser, address: str
) -> None:
    """As by an address typed over it and Back: the browser shows the page as it was left."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.evaluate("addEventListener('pageshow', ({ persisted }) => (window.kept = persisted))")
    page.keyboard.press("/")
    page.keyboard.type("he left me ")
    expect(page.locator(OPTION).first).to_be_visible()
    page.goto(f"{address}glossary.html")
    page.go_back(wait_until="commit")  # nothing is loaded
    assert page.evaluate("window.kept"), "this browser keeps no page"
    expect(page.locator("dialog[open]")).to_have_count(0)
    left = "[...document.querySelectorAll('input:not([type=checkbox])')].map(({ value }) => value)"
    assert set(page.evaluate(left)) == {""}
    assert page.locator("[role=option]").count() == 0
    context.close()


def test_an_opening_that_was_dismissed_stays_dismissed(page: Page, site: Path) -> None:
    held: list[Route] = []
    page.route("**/code.js*", lambda route: held.append(route))
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("/")
    page.wait_for_function("document.activeElement.matches('.search-field input')")
    page.keyboard.type("he")
    page.keyboard.press("Escape")
    for route in held:
        route.continue_()
    page.evaluate("handbook.search('space')")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator(".search-field input").first).to_have_value("")
    page.unroute("**/code.js*")


def test_two_quick_slashes_type_nothing(fresh_page: Page, site: Path) -> None:
    fresh_page.goto((site / "index.html").as_uri())
    for _ in range(2):
        fresh_page.keyboard.press("/")
    expect(fresh_page.locator(INPUT)).to_be_focused()
    fresh_page.keyboard.press("/")
    expect(fresh_page.locator(INPUT)).to_have_value("")


ANSWERS = """async (question) => (await handbook.search(question)).map(({ url }) => url)"""
FULL = f"{OPTION} .search-snippet:not(:empty)"
TALK = "he will not talk to me "
# Danger that the first part of the listener is sure of, and danger that only all of it is.
PLAIN = "he hits me when he has been drinking "
OBLIQUE = "left me on the hard shoulder with no coat "
SHOWN = "all => all.map(({ href }) => href)"


@pytest.fixture
def slow(browser: Browser, site: Path) -> Iterator[tuple[Page, Callable[[], None]]]:
    """An open search to which the rest of its index has not come, and what lets it come."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    held: list[Route] = []
    page.route("**/rest.js", lambda route: held.append(route))
    open_search(page, site)

    def release() -> None:
        for route in held:
            route.continue_()

    yield page, release
    context.close()


def test_the_first_answer_waits_for_no_more_and_is_refined_by_the_rest(
    slow: tuple[Page, Callable[[], None]],
) -> None:
    page, release = slow
    said = listen(page)
    page.locator(INPUT).fill(TALK)
    expect(page.locator(OPTION).first).to_be_visible()
    assert page.locator(FULL).count() == 0
    release()
    expect(page.locator(FULL).first).to_be_visible()
    assert set(page.locator(OPTION).evaluate_all(SHOWN)) == set(page.evaluate(ANSWERS, TALK))
    assert said == []


def test_danger_is_heard_before_the_rest_has_come_and_better_after_it(
    slow: tuple[Page, Callable[[], None]],
) -> None:
    page, release = slow
    first = page.locator(OPTION).first
    page.locator(INPUT).fill(PLAIN)
    expect(first).to_have_attribute("href", re.compile("/help/"))
    page.locator(INPUT).fill(OBLIQUE)
    expect(first).to_have_attribute("href", re.compile("^(?!.*/help/)"))
    release()
    expect(first).to_have_attribute("href", re.compile("/help/"))


def test_a_refined_answer_is_not_announced_again(
    slow: tuple[Page, Callable[[], None]],
) -> None:
    page, release = slow
    page.clock.install()
    page.locator(INPUT).fill(TALK)
    expect(page.locator(OPTION).first).to_be_visible()
    page.clock.run_for(1000)
    status = page.locator("dialog .search-status")
    expect(status).to_have_text(re.compile("result"))
    page.evaluate(
        """() => {
            window.heard = 0;
            const status = document.querySelector("dialog .search-status");
            new MutationObserver(() => heard++).observe(status, { childList: true });
        }"""
    )
    release()
    expect(page.locator(FULL).first).to_be_visible()
    page.clock.run_for(1000)
    expect(status).to_have_text(re.compile("result"))
    assert page.evaluate("heard") == 0


@pytest.mark.parametrize("way", ["arrow", "tab", "pointer"])
def test_nothing_moves_once_the_reader_is_among_the_results(
    slow: tuple[Page, Callable[[], None]], way: str
) -> None:
    page, release = slow
    page.locator(INPUT).fill(TALK)
    expect(page.locator(OPTION).first).to_be_visible()
    if way == "arrow":
        page.keyboard.press("ArrowDown")
    elif way == "tab":
        page.locator(OPTION).last.focus()
    else:
        page.locator(OPTION).nth(1).hover()
    before = page.locator(OPTION).evaluate_all(SHOWN)
    release()
    page.evaluate(ANSWERS, TALK)  # waits for the rest
    page.evaluate("() => new Promise((done) => setTimeout(done, 300))")  # and for its turn
    assert page.locator(OPTION).evaluate_all(SHOWN) == before
    assert page.locator(FULL).count() == 0


def test_enter_in_a_rush_follows_what_is_shown_first(
    slow: tuple[Page, Callable[[], None]],
) -> None:
    page, _release = slow
    page.locator(INPUT).fill(TALK)
    first = page.locator(OPTION).first.get_attribute("href") or ""
    page.keyboard.press("Enter")
    page.wait_for_url(first)


def test_where_the_rest_does_not_come_the_first_answer_stays(browser: Browser, site: Path) -> None:
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.route("**/rest.js", lambda route: route.abort())
    open_search(page, site)
    page.locator(INPUT).fill(TALK)
    expect(page.locator(OPTION).first).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.unroute("**/rest.js")
    page.locator(INPUT).fill("he will not talk to me at all ")  # and is asked for again
    expect(page.locator(OPTION).first.locator(".search-snippet")).not_to_be_empty()
    context.close()


def test_nothing_but_the_loader_comes_with_a_page(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    loaded = "[...document.scripts].filter(({src}) => /_static\\/search\\//.test(src)).length"
    assert page.evaluate(loaded) == 1
    page.keyboard.press("/")
    expect(page.locator(INPUT)).to_be_focused()
    assert page.evaluate(loaded) > 1


def test_a_question_is_not_in_the_address_nor_stored(fresh_page: Page, site: Path) -> None:
    open_search(fresh_page, site)
    fresh_page.keyboard.type("he left me")
    expect(fresh_page.locator(OPTION).first).to_be_visible()
    fresh_page.keyboard.press("Enter")
    fresh_page.wait_for_url("**#**")
    kept = fresh_page.evaluate(
        """() => JSON.stringify([
            location.href, history.state, window.name, document.cookie, document.referrer,
            {...localStorage}, {...sessionStorage},
        ])"""
    )
    assert "left" not in kept


HOSTILE = [
    "<img src=x onerror=alert(1)><script>alert(1)</script>",
    "javascript:alert(1)",
    "a" * 10_000,
    "space " * 2_000,
    "💔😢 space 👍🏽",
    "البعد ‮evol‬ אהבה",
    "the of and a to",
    "(space+)+$ [a-z]* \\d{1,9999} ^.*?|",
    "constructor",
    "__proto__ hasOwnProperty toString",
    "' OR 1=1 -- \" `${alert(1)}`",
    "\u0000\ufeff\u200b space",
    "…",
    "9" * 400,
]


@pytest.fixture(scope="module")
def asking(browser: Browser, site: Path) -> Iterator[Page]:
    """An open search that is asked one thing after the other."""
    page = browser.new_context(offline=True).new_page()
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    open_search(page, site)
    yield page
    page.context.close()


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_input_is_only_text(asking: Page, text: str) -> None:
    said = listen(asking)
    asking.locator(INPUT).fill("")
    expect(asking.locator(f"{OPTION}, {NOTHING}")).to_have_count(0)
    asking.locator(INPUT).fill(text)
    expect(asking.locator(f"{OPTION}, {NOTHING}").first).to_be_visible()
    assert asking.locator("dialog[open] :is(img, script, iframe)").count() == 0
    results = asking.evaluate("text => handbook.search(text)", text)
    assert isinstance(results, list)
    assert said == []


def test_the_call_that_is_documented(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    first = page.evaluate("handbook.search('what is stonewaling').then(results => results[0])")
    assert first["url"].endswith("/glossary.html#term-stonewalling")
    assert first["title"] == "stonewalling"
    assert first["part"] == "glossary"
    assert first["page"] == "Glossary"
    assert first["corrected"] == "what is stonewalling"
    assert first["snippet"]


def headings_of(page: Page, question: str) -> list[str]:
    """Ask on a page; what stands above each group of results."""
    page.keyboard.press("/")
    page.locator(INPUT).fill(question)
    expect(page.locator(OPTION).first).to_be_visible()
    return page.locator(".search-page").all_inner_texts()


@pytest.mark.parametrize("builder", ["html", "single"])
def test_with_two_articles_a_result_says_which(
    page: Page, built: Callable[..., Path], builder: str
) -> None:
    """Pages of two articles may have one title; that of an article stands above its own once."""
    out = built("test-two-articles", builder)
    page.goto(
        next(file for file in (out / "index.html", out / "small.html") if file.exists()).as_uri()
    )
    headings = headings_of(page, "can i walk with rain ")
    assert "Can I walk with rain?" in headings
    assert "Can I walk with rain? · Tips for rain" in headings


def test_with_two_articles_a_result_says_whom_its_article_is_about(
    page: Page, sphinx: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    index = (ROOTS / "test-two-articles/docs/dogs/index.md").read_text(encoding="utf-8")
    edit = {"docs/dogs/index.md": index.replace("reviewed:", "partner: she\nreviewed:")}
    done = sphinx("test-two-articles", edit=edit)
    assert done.returncode == 0, done.stderr
    page.goto((tmp_path / "out/index.html").as_uri())
    headings = headings_of(page, "can i walk with dogs or rain ")
    assert "Can I walk with dogs? · about a wife" in headings
    assert "Can I walk with dogs? · about a wife · Tips for dogs" in headings
    assert "Can I walk with rain? · Tips for rain" in headings


@pytest.mark.parametrize("builder", ["html", "single"])
def test_pages_of_one_title_are_told_apart_by_their_articles(
    page: Page, sphinx: Callable[..., CompletedProcess[str]], tmp_path: Path, builder: str
) -> None:
    """Also where one topic holds both, and where the folder of one lies in that of the other."""
    dogs = ROOTS / "test-two-articles/docs/dogs"
    edit: dict[str, str | None] = {f"docs/dogs/{file.name}": None for file in dogs.iterdir()}
    for file in dogs.iterdir():
        text = file.read_text("utf-8").replace("topic: Animals", "topic: Weather")
        edit[f"docs/rain/dogs/{file.name}"] = text.replace("Tips for dogs", "Tips for rain")
    done = sphinx("test-two-articles", builder=builder, edit=edit)
    assert done.returncode == 0, done.stderr
    file = "small.html" if builder == "single" else "index.html"
    page.goto((tmp_path / "out" / file).as_uri())
    page.keyboard.press("/")
    page.locator(INPUT).fill("take a short way with rain or with dogs ")
    expect(page.locator(OPTION).first).to_be_visible()
    named = "group => group.map((each) => [each.querySelector('.search-page').textContent,"
    named += (
        " ...Array.from(each.querySelectorAll('.search-title'), (title) => title.textContent)])"
    )
    groups = page.locator("dialog [role=group]").evaluate_all(named)
    assert sorted(group for group in groups if group[0].endswith("Tips for rain")) == [
        [f"Can I walk with {each}? \u00b7 Tips for rain", f"Take a short way with {each}"]
        for each in ("dogs", "rain")
    ]
    page.locator(INPUT).fill("remembzzzzzz ")
    near = page.locator("dialog[open] .search-nothing li")
    expect(near.first).to_have_text(re.compile(r"^.+ \u00b7 Can I walk with (rain|dogs)\?$"))
