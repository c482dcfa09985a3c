// What stands in a form's inputs, and sending an element's use to the app.

import { post } from "./net.js";

const rows = {
  value: (input) => input.value,
  radio: (input) => input.querySelector("input:checked")?.value ?? null,
  checkbox: (input) => [...input.querySelectorAll("input:checked")].map((each) => each.value),
  select: selected,
};

function selected(select) {
  const remote = select.dataset.remote === "true";
  const option = (value, label) => (remote ? { value, text: { type: "plain_text", text: label } } : value);
  if (select.dataset.multiple === "true") {
    return [...select.querySelectorAll(".chip")].map((chip) => option(chip.dataset.value, chip.querySelector(".chip-text").textContent.trim()));
  }
  const input = select.querySelector("input");
  return input.dataset.chosen ? option(input.dataset.chosen, input.value) : null;
}

export function valueOf(input) {
  return rows[input.dataset.input](input);
}

// The touched inputs of a form, by their block's id.
export function entries(surface) {
  const touched = surface.querySelectorAll(".block-input [data-input][data-dirty]");
  return Object.fromEntries([...touched].map((input) => [input.dataset.blockId, valueOf(input)]));
}

export function surfaceOf(element) {
  return element.closest("[data-surface]");
}

export function placeOf(surface) {
  const { surface: kind, viewId, channel, ts } = surface.dataset;
  return kind === "view" ? { view_id: viewId } : { channel, ts };
}

// Uses an element: asks first where the app wants that, and shows that it is under way.
export async function use(element, what, shownOn = element) {
  if (element.dataset.confirm && !(await confirmed(JSON.parse(element.dataset.confirm)))) return false;
  const surface = surfaceOf(element);
  const { actionId, blockId } = element.dataset;
  shownOn.classList.add("loading");
  shownOn.setAttribute("aria-busy", "true");
  const place = placeOf(surface);
  const answer = await post("click", { ...place, action_id: actionId, block_id: blockId, values: entries(surface), ...what });
  shownOn.classList.remove("loading");
  shownOn.removeAttribute("aria-busy");
  return !answer.error;
}

export function touch(input) {
  input.dataset.dirty = "true";
  const error = input.closest(".block")?.querySelector(".field-error");
  if (error) error.hidden = true;
  input.closest(".block")?.classList.remove("invalid");
}

function confirmed({ title, text, confirm, deny, style }) {
  const dialog = document.getElementById("confirm");
  dialog.innerHTML = `<form method="dialog"><h2 id="confirm-title">${title ?? ""}</h2><div id="confirm-text">${text ?? ""}</div>
    <footer><button value="no" class="btn btn-default"></button><button value="yes" class="btn btn-${style === "danger" ? "danger" : "primary"}"></button></footer></form>`;
  const [no, yes] = dialog.querySelectorAll("button");
  no.textContent = deny;
  yes.textContent = confirm;
  dialog.returnValue = "no";
  dialog.showModal();
  yes.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
