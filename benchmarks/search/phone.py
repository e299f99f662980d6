"""The first answer on a phone: how much is read for it over a slow line, and how long it takes.

The site is served from this machine as a server would, packed with gzip, to a Chromium that is
held back: its processor four times slower, 1.6 Mbit/s, 150 ms for each request.
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser

SLOWER = 4
LINE = {"latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}


class Measured(NamedTuple):
    """What answers cost: bytes as they came, files, milliseconds.

    Of the first answer to a question, of the refined one, and of the first to the next question.
    """

    first: int
    files: int
    first_time: float
    whole_time: float
    second: int
    second_time: float


class Packed(SimpleHTTPRequestHandler):
    """Gives each file packed."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        packed = gzip.compress(path.read_bytes(), mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(packed)))
        self.end_headers()
        self.wfile.write(packed)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a folder, as long as it is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Packed, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


# For each question from the key, the first one that which opens the search, to its results on the
# screen, then until they are refined; and what was loaded by then, all one after the other.
ASK = """async (questions) => {
  const frame = () => new Promise(requestAnimationFrame);
  const loaded = () => performance.getEntriesByType("resource").map(({ name }) => name);
  const found = { times: [], loaded: [] };
  const note = (start) => {
    found.times.push(performance.now() - start);
    found.loaded.push(loaded());
  };
  for (const question of questions) {
    let start = performance.now();
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "/" }));
    while (!document.querySelector("dialog[open]")) await frame();
    const list = document.querySelector("dialog [role=listbox]");
    const input = document.querySelector("dialog [role=combobox]");
    const before = list.firstChild;
    input.value = question;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    while (!list.firstChild || list.firstChild === before) await frame();
    await frame();
    note(start);
    await handbook.search(question);
    note(start);
    await new Promise((done) => setTimeout(done, 1000)); // the reader reads
  }
  return found;
}"""


def measure(browser: Browser, site: Path, page_name: str, questions: Sequence[str]) -> Measured:
    """Ask two questions on a page that is there already, in a browser that knows nothing else."""
    context = browser.new_context()
    page = context.new_page()
    with served(site) as address:
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        page.goto(address + page_name, wait_until="networkidle")
        before = set(page.evaluate("performance.getEntriesByType('resource').map((e) => e.name)"))
        names: dict[str, str] = {}
        sizes: dict[str, int] = {}
        session.on(
            "Network.requestWillBeSent",
            lambda e: names.update({e["requestId"]: e["request"]["url"]}),
        )
        session.on(
            "Network.loadingFinished",
            lambda e: sizes.update({names.get(e["requestId"], ""): int(e["encodedDataLength"])}),
        )
        session.send("Network.emulateNetworkConditions", {"offline": False, **LINE})
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        found = page.evaluate(ASK, questions)
        page.wait_for_timeout(100)  # for the last event
    context.close()
    first, whole, second, _all = map(set, found["loaded"])
    needed = [sizes.get(name, 0) for name in first - before]
    more = [sizes.get(name, 0) for name in second - whole]
    times = found["times"]
    return Measured(sum(needed), len(needed), *times[:2], sum(more), times[2])
