"""Draw the picture in README.md anew: a page of the built handbook on a desk and on a phone.

    make html && .venv/bin/python tools/picture.py

It needs what the tests need (tests/requirements.txt, and a Chromium).
"""

from __future__ import annotations

import base64
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
SITE = ROOT / "build" / "html"
PICTURE = ROOT / "pictures" / "handbook.webp"
DESK, PHONE = "love-me-again/tips.html", "index.html"
HEIGHT = 800

# A canvas, because Chromium writes WebP from one and Playwright only PNG.
JOIN = """async (shots) => {
  const pictures = await Promise.all(shots.map(async (shot) => {
    const picture = new Image();
    picture.src = `data:image/png;base64,${shot}`;
    await picture.decode();
    return picture;
  }));
  const canvas = document.createElement("canvas");
  const edge = 24;
  canvas.width = pictures.reduce((sum, { width }) => sum + width + edge, edge);
  canvas.height = pictures[0].height + 2 * edge;
  const paint = canvas.getContext("2d");
  paint.fillStyle = "#d8d2c6";
  paint.fillRect(0, 0, canvas.width, canvas.height);
  let left = edge;
  for (const picture of pictures) {
    paint.drawImage(picture, left, edge);
    left += picture.width + edge;
  }
  return canvas.toDataURL("image/webp", 0.85).split(",")[1];
}"""


def shot(browser: Browser, page: str, width: int) -> str:
    """Return what a screen of this width shows of a page, as PNG in base64."""
    tab = browser.new_page(viewport={"width": width, "height": HEIGHT}, color_scheme="light")
    tab.goto((SITE / page).as_uri())
    tab.evaluate("document.fonts.ready")
    return base64.b64encode(tab.screenshot()).decode()


def main() -> None:
    """Write the picture."""
    sys.path.insert(0, str(ROOT / "tests"))
    from chromium import FIX, find

    path = find()
    if path is None or not SITE.is_dir():
        sys.exit(f"error: {FIX}" if path is None else "error: build the handbook first: make html")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        shots = [shot(browser, DESK, 1280), shot(browser, PHONE, 390)]
        joined = browser.new_page().evaluate(JOIN, shots)
        browser.close()
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_bytes(base64.b64decode(joined))
    print(f"{PICTURE.relative_to(ROOT)}  {PICTURE.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
