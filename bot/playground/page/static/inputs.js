// Everything in Block Kit that can be pressed, picked, ticked or typed into.

import { closeFloat, followScroll, openFloat } from "./float.js";
import { touch, use, valueOf } from "./forms.js";
import * as select from "./select.js";

const selectOf = (target) => target.closest('[data-input="select"]');

export function listen() {
  document.addEventListener("click", onClick);
  document.addEventListener("mousedown", onMouseDown);
  document.addEventListener("input", onInput);
  document.addEventListener("change", onChange);
  document.addEventListener("keydown", onKeyDown);
  document.addEventListener("focusout", onFocusOut);
  followScroll();
}

function onClick(event) {
  const { target } = event;
  const option = target.closest(".listbox [role=option]");
  if (option) return select.pick(selectOf(option), option);
  const chip = target.closest(".chip-remove");
  if (chip) return select.removeChip(selectOf(chip), chip.closest(".chip"));
  if (target.closest(".select-box")) return openSelect(selectOf(target));
  const opener = target.closest(".overflow-button");
  if (opener) return toggleMenu(opener.closest(".overflow"));
  const entry = target.closest(".overflow .menu-item");
  if (entry) return chooseEntry(entry);
  const button = target.closest("[data-surface] :is(button, a)[data-action-id]");
  if (button) press(button);
}

function openSelect(found) {
  found.querySelector("input").focus();
  select.open(found);
}

function press(button) {
  if (button.classList.contains("loading")) return;
  if (button.hasAttribute("aria-pressed")) rate(button);
  use(button, { value: button.dataset.value });
}

function rate(button) {
  for (const each of button.parentElement.querySelectorAll("[aria-pressed]")) {
    each.setAttribute("aria-pressed", String(each === button));
  }
}

function toggleMenu(overflow) {
  const button = overflow.querySelector(".overflow-button");
  const menu = overflow.querySelector(".menu");
  if (button.getAttribute("aria-expanded") === "true") return closeMenu(overflow);
  button.setAttribute("aria-expanded", "true");
  openFloat(menu, button);
  menu.querySelector(".menu-item")?.focus();
}

function closeMenu(overflow) {
  const button = overflow.querySelector(".overflow-button");
  button.setAttribute("aria-expanded", "false");
  closeFloat(overflow.querySelector(".menu"));
}

function chooseEntry(entry) {
  const overflow = entry.closest(".overflow");
  closeMenu(overflow);
  overflow.querySelector(".overflow-button").focus();
  use(overflow, { choose: entry.dataset.value }, overflow.querySelector(".overflow-button"));
}

// Pressing an option must not take the focus from the field.
function onMouseDown(event) {
  if (event.target.closest(".listbox")) event.preventDefault();
  for (const overflow of document.querySelectorAll(".overflow:has([aria-expanded=true])")) {
    if (!overflow.contains(event.target)) closeMenu(overflow);
  }
}

function onInput({ target }) {
  if (target.matches('[role="combobox"]')) return select.typed(selectOf(target));
  if (!target.matches("[data-input=value]")) return;
  touch(target);
  if (target.dataset.dispatch?.includes("on_character_entered")) use(target, { value: target.value });
}

function onChange({ target }) {
  const choices = target.closest("[data-input=checkbox], [data-input=radio]");
  if (choices) {
    touch(choices);
    if ("dispatch" in choices.dataset) use(choices, { choose: valueOf(choices) });
  } else if (target.matches(".picker")) {
    touch(target);
    if ("dispatch" in target.dataset) use(target, { value: target.value });
  }
}

function onKeyDown(event) {
  const { target, key } = event;
  if (target.matches('[data-input="select"] [role="combobox"]')) return selectKey(event, selectOf(target));
  if (target.matches(".overflow *")) return menuKey(event, target.closest(".overflow"));
  if (key === "Enter" && target.matches("input[data-input=value]") && "dispatch" in target.dataset) {
    event.preventDefault();
    if (target.dataset.dispatch.includes("on_enter_pressed")) use(target, { value: target.value });
  }
}

function selectKey(event, found) {
  const { key, target } = event;
  if (key === "ArrowDown" || key === "ArrowUp") {
    event.preventDefault();
    select.move(found, key === "ArrowDown" ? 1 : -1);
  } else if (key === "Enter") {
    event.preventDefault();
    select.isOpen(found) ? select.pickActive(found) : select.open(found);
  } else if (key === "Escape" && select.isOpen(found)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    delete found.dataset.typed;
    select.close(found);
  } else if (key === "Backspace" && target.value === "" && found.dataset.multiple === "true") {
    const chips = found.querySelectorAll(".chip");
    if (chips.length) select.removeChip(found, chips[chips.length - 1]);
  }
}

function menuKey(event, overflow) {
  const entries = [...overflow.querySelectorAll(".menu-item")];
  const at = entries.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && at >= 0) {
    event.preventDefault();
    entries[(at + step + entries.length) % entries.length].focus();
  } else if (event.key === "Escape" && overflow.querySelector("[aria-expanded=true]")) {
    event.preventDefault();
    event.stopImmediatePropagation();
    closeMenu(overflow);
    overflow.querySelector(".overflow-button").focus();
  }
}

function onFocusOut({ target, relatedTarget }) {
  const found = target.closest?.('[data-input="select"]');
  if (found && !found.contains(relatedTarget)) select.close(found);
}
