// Selects: one field to type into, a list of options below it, chips for several choices.

import { closeFloat, openFloat } from "./float.js";
import { placeOf, surfaceOf, touch, use, valueOf } from "./forms.js";
import { post } from "./net.js";

const waiting = new WeakMap();
const partsOf = (select) => ({
  input: select.querySelector('[role="combobox"]'),
  list: select.querySelector('[role="listbox"]'),
  box: select.querySelector(".select-box"),
});
const optionsOf = (list) => [...list.querySelectorAll('[role="option"]:not([hidden])')];

export function isOpen(select) {
  return partsOf(select).input.getAttribute("aria-expanded") === "true";
}

export function open(select) {
  const { input, list, box } = partsOf(select);
  if (!isOpen(select)) {
    select.dataset.label = input.value;
    input.setAttribute("aria-expanded", "true");
    filter(select, "");
    if (select.dataset.multiple !== "true") input.select();
  }
  openFloat(list, box, { wide: true });
}

export function close(select) {
  const { input, list } = partsOf(select);
  if (!isOpen(select)) return;
  closeFloat(list);
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
  restore(select, input);
}

// What was typed was a search, not a choice; an emptied field takes the choice back.
function restore(select, input) {
  if (select.dataset.multiple === "true") input.value = "";
  else if (input.value === "" && input.dataset.chosen && select.dataset.typed === "true") choose(select, "", "");
  else input.value = select.dataset.label ?? "";
  delete select.dataset.typed;
}

export function typed(select) {
  select.dataset.typed = "true";
  const { input } = partsOf(select);
  if (!isOpen(select)) {
    const query = input.value;
    open(select);
    input.value = query;
  }
  filter(select, input.value);
}

function filter(select, query) {
  if (select.dataset.remote === "true") return fetchOptions(select, query);
  const { list } = partsOf(select);
  const wanted = query.trim().toLowerCase();
  for (const option of list.querySelectorAll('[role="option"]')) {
    option.hidden = !option.querySelector(".option-text").innerText.toLowerCase().includes(wanted) && wanted !== "";
  }
  note(list, optionsOf(list).length ? "" : "No results");
  activate(select, optionsOf(list)[0]);
}

function fetchOptions(select, query) {
  const { list } = partsOf(select);
  const missing = Number(select.dataset.minQuery) - query.length;
  clearTimeout(waiting.get(select));
  delete select.dataset.eager;
  list.querySelectorAll('[role="option"], .option-group').forEach((each) => each.remove());
  if (missing > 0) return note(list, `Type ${missing} more ${missing === 1 ? "character" : "characters"} to search`);
  note(list, "Loading…");
  select.dataset.loading = "true";
  waiting.set(select, setTimeout(() => load(select, query), query ? 150 : 0));
}

async function load(select, query) {
  const asked = waiting.get(select);
  const { list, box } = partsOf(select);
  const answer = await post("suggest", { ...placeOf(surfaceOf(select)), action_id: select.dataset.actionId, query });
  if (waiting.get(select) !== asked || !isOpen(select)) return;
  delete select.dataset.loading;
  note(list, answer.error ?? (answer.options.length ? "" : "No results"));
  list.prepend(...(answer.options ?? []).flatMap((each) => (each.options ? [group(each), ...each.options.map((one) => item(select, one))] : [item(select, each)])));
  openFloat(list, box, { wide: true });
  activate(select, optionsOf(list)[0]);
  if (select.dataset.eager) pickActive(select);
}

function group({ label }) {
  const row = document.createElement("li");
  row.className = "option-group";
  row.setAttribute("role", "presentation");
  row.textContent = label.text;
  return row;
}

function item(select, option) {
  const row = document.createElement("li");
  row.className = "option";
  row.setAttribute("role", "option");
  row.id = `${partsOf(select).list.id}-${option.value}`;
  row.dataset.value = option.value;
  row.setAttribute("aria-selected", String(chosenValues(select).includes(option.value)));
  const text = document.createElement("span");
  text.className = "option-text";
  text.textContent = option.text.text;
  row.append(text);
  if (option.description) {
    const about = document.createElement("span");
    about.className = "option-description";
    about.textContent = option.description.text;
    row.append(about);
  }
  return row;
}

function note(list, text) {
  list.querySelector(".option-none")?.remove();
  if (!text) return;
  const row = document.createElement("li");
  row.className = "option-none";
  row.setAttribute("role", "presentation");
  row.textContent = text;
  list.append(row);
}

function chosenValues(select) {
  const { input } = partsOf(select);
  const chips = [...select.querySelectorAll(".chip")].map((chip) => chip.dataset.value);
  return select.dataset.multiple === "true" ? chips : [input.dataset.chosen];
}

function activate(select, option) {
  const { input, list } = partsOf(select);
  list.querySelector(".active")?.classList.remove("active");
  if (!option) return input.removeAttribute("aria-activedescendant");
  option.classList.add("active");
  option.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", option.id);
}

export function move(select, step) {
  if (!isOpen(select)) return open(select);
  const { list } = partsOf(select);
  const options = optionsOf(list);
  const at = options.indexOf(list.querySelector(".active"));
  activate(select, options[(at + step + options.length) % options.length]);
}

export function pickActive(select) {
  const active = partsOf(select).list.querySelector(".active:not([hidden])");
  if (active) pick(select, active);
  // Enter came before the options did: it is for the first of them.
  else if (select.dataset.loading) select.dataset.eager = "true";
}

export function pick(select, option) {
  const label = option.querySelector(".option-text").innerText.trim();
  if (select.dataset.multiple === "true") return toggle(select, option, label);
  choose(select, option.dataset.value, label);
  close(select);
}

function choose(select, value, label) {
  const { input, list } = partsOf(select);
  input.value = label;
  input.dataset.chosen = value;
  select.dataset.label = label;
  delete select.dataset.typed;
  markSelected(select, list);
  changed(select);
}

function toggle(select, option, label) {
  const { input, list, box } = partsOf(select);
  const old = select.querySelector(`.chip[data-value="${CSS.escape(option.dataset.value)}"]`);
  const isFull = select.dataset.max && chosenValues(select).length >= Number(select.dataset.max);
  if (old) old.remove();
  else if (isFull) return;
  else input.before(chip(option.dataset.value, label));
  if (input.value) {
    input.value = "";
    filter(select, "");
  }
  markSelected(select, list);
  openFloat(list, box, { wide: true });
  changed(select);
}

function chip(value, label) {
  const made = document.createElement("span");
  made.className = "chip";
  made.dataset.value = value;
  const text = document.createElement("span");
  text.className = "chip-text";
  text.textContent = label;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "chip-remove";
  remove.setAttribute("aria-label", `Remove ${label}`);
  remove.textContent = "×";
  made.append(text, remove);
  return made;
}

export function removeChip(select, made) {
  made?.remove();
  markSelected(select, partsOf(select).list);
  changed(select);
}

function markSelected(select, list) {
  const values = chosenValues(select);
  for (const option of list.querySelectorAll('[role="option"]')) {
    option.setAttribute("aria-selected", String(values.includes(option.dataset.value)));
  }
}

function changed(select) {
  touch(select);
  if ("dispatch" in select.dataset) use(select, { choose: valueOf(select) });
}
