// The modal on top of the person's stack.

import { entries } from "./forms.js";
import { part, post, refresher } from "./net.js";
import { parse, swapInside } from "./swap.js";

const holder = document.getElementById("modals");
// Modals that lie below another one, with what was entered in them.
const covered = new Map();

export const refreshModal = refresher(async () => show(parse(await part("modal"))[0] ?? null), 0);

export function listen() {
  const first = holder.querySelector("dialog");
  if (first) open(first);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("click", ({ target }) => {
    if (target.closest(".modal [data-close]")) close(target.closest(".modal"));
  });
  document.addEventListener("keydown", onEscape);
}

function onEscape(event) {
  if (event.key !== "Escape" || document.getElementById("confirm").open) return;
  const dialog = holder.querySelector("dialog");
  if (!dialog) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  close(dialog);
}

function show(fresh) {
  const current = holder.querySelector("dialog");
  if (!fresh) return current && drop(current);
  if (current?.dataset.viewId === fresh.dataset.viewId) return update(current, fresh);
  if (current) setAside(current, fresh);
  const known = covered.get(fresh.dataset.viewId);
  covered.delete(fresh.dataset.viewId);
  holder.append(known ?? fresh);
  open(known ?? fresh);
  if (known) update(known, fresh);
}

function setAside(current, fresh) {
  if (Number(fresh.dataset.depth) > Number(current.dataset.depth)) covered.set(current.dataset.viewId, current);
  current.close();
  current.remove();
}

function drop(dialog) {
  covered.clear();
  dialog.close();
  dialog.remove();
}

function update(dialog, fresh) {
  if (dialog.dataset.hash === fresh.dataset.hash) return;
  dialog.dataset.hash = fresh.dataset.hash;
  const body = dialog.querySelector(".modal-body");
  dialog.querySelector(".modal-head").replaceWith(fresh.querySelector(".modal-head"));
  dialog.querySelector(".modal-foot").replaceWith(fresh.querySelector(".modal-foot"));
  swapInside(body, fresh.querySelector(".modal-body").innerHTML);
  if (!body.contains(document.activeElement)) focusFirst(dialog);
}

function open(dialog) {
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  if (!dialog.open) dialog.showModal();
  focusFirst(dialog);
}

function focusFirst(dialog) {
  const first = dialog.querySelector("[autofocus]") ?? dialog.querySelector(".modal-body :is(input, textarea, button, a)");
  first?.focus({ preventScroll: true });
}

async function close(dialog) {
  await post("close", { view_id: dialog.dataset.viewId });
  refreshModal();
}

async function onSubmit(event) {
  const dialog = event.target.closest(".modal");
  if (!dialog) return;
  event.preventDefault();
  const button = dialog.querySelector("[type=submit]");
  if (!button || button.disabled || button.classList.contains("loading")) return;
  setBusy(button, true);
  const answer = await post("submit", { view_id: dialog.dataset.viewId, values: entries(dialog) });
  setBusy(button, false);
  showErrors(dialog, answer.errors ?? {}, answer.error);
  refreshModal();
}

function setBusy(button, isBusy) {
  button.classList.toggle("loading", isBusy);
  isBusy ? button.setAttribute("aria-busy", "true") : button.removeAttribute("aria-busy");
}

function showErrors(dialog, errors, general) {
  for (const block of dialog.querySelectorAll(".block-input")) {
    const text = errors[block.dataset.blockId];
    const line = block.querySelector(".field-error");
    block.classList.toggle("invalid", Boolean(text));
    line.textContent = text ?? "";
    line.hidden = !text;
    markInvalid(block, line, Boolean(text));
  }
  const note = dialog.querySelector(".modal-error");
  note.textContent = general ?? "";
  note.hidden = !general;
  dialog.querySelector(".invalid :is(input, textarea)")?.focus();
}

function markInvalid(block, line, isInvalid) {
  const control = block.querySelector('input, textarea, [role="group"]');
  if (!control) return;
  isInvalid ? control.setAttribute("aria-invalid", "true") : control.removeAttribute("aria-invalid");
  isInvalid ? control.setAttribute("aria-errormessage", line.id) : control.removeAttribute("aria-errormessage");
}
