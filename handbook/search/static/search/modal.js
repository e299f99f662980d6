/**
 * A dialog that keeps the rest of the page out where the browser has none: Safari before 15.4.
 *
 * It gets the two functions of the element that are used here, and the keys and the focus that
 * belong to them (WAI-ARIA Authoring Practices, "Dialog (Modal)").
 */
"use strict";

handbook.modal = (box) => {
  if (box.showModal) return;
  let before = null; // what had the focus
  let hidden = []; // what screen readers had and shall not have meanwhile

  const keepInside = ({ target }) => box.contains(target) || box.querySelector("input").focus();
  const closeOnEscape = ({ key }) => key === "Escape" && box.close();

  box.setAttribute("role", "dialog");
  box.setAttribute("aria-modal", "true");
  box.showModal = () => {
    before = document.activeElement;
    hidden = [...document.body.children].filter((each) => each !== box && !each.hasAttribute("aria-hidden"));
    for (const each of hidden) each.setAttribute("aria-hidden", "true");
    box.setAttribute("open", "");
    document.addEventListener("focusin", keepInside);
    box.addEventListener("keydown", closeOnEscape);
  };
  box.close = () => {
    document.removeEventListener("focusin", keepInside);
    box.removeEventListener("keydown", closeOnEscape);
    box.removeAttribute("open");
    for (const each of hidden) each.removeAttribute("aria-hidden");
    before.focus({ preventScroll: true });
    box.dispatchEvent(new Event("close"));
  };
};
