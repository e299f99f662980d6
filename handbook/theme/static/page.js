/* The menu, the theme, and measures that only a browser knows. Without scripts all of it works on:
   the menu is a disclosure, the theme follows the device, the measures are those of the styles. */
(() => {
  "use strict";

  const menu = document.querySelector(".menu");
  const sidebar = document.querySelector(".sidebar");
  const close = (focus) => {
    if (!menu.open) return;
    menu.open = false;
    if (focus) menu.firstElementChild.focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(true);
  });
  // An open menu would hide where the keyboard has gone on to.
  document.addEventListener("focusin", (event) => {
    if (!menu.contains(event.target) && !sidebar.contains(event.target)) close(false);
  });
  sidebar.addEventListener("click", (event) => {
    if (event.target.closest("a")) close(false);
  });

  const dark = matchMedia("(prefers-color-scheme: dark)");
  document.querySelector(".theme").addEventListener("click", () => {
    // From the device's own to the other one first: that is what a press asks for.
    const order = dark.matches ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
    const theme = order[(order.indexOf(document.body.dataset.theme) + 1) % order.length];
    document.body.dataset.theme = document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem("theme", theme);
    } catch (error) {
      // Storage is forbidden: the choice lasts as long as the page.
    }
  });

  // Large letters give the bar a second row; what is led to still stands below it.
  const bar = document.querySelector(".bar");
  new ResizeObserver(() => {
    document.documentElement.style.setProperty("--bar-now", `${bar.offsetHeight}px`);
  }).observe(bar);

  // A table of which all is in sight needs no stop of the keyboard.
  const tables = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const scrolls = target.scrollWidth > target.clientWidth;
      if (scrolls) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  for (const wrapper of document.querySelectorAll(".table-wrapper[role]")) tables.observe(wrapper);
})();
