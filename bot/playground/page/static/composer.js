// Writing: Enter sends, Shift+Enter breaks the line; /, @ and # suggest.

import { page, post } from "./net.js";

const aids = JSON.parse(document.getElementById("typing-aids").textContent);
const TRIGGERS = [/^(\/[\w-]*)$/, /(?:^|\s)(@[\w][\w .-]{0,30}|@)$/, /(?:^|\s)(#[\w-]*)$/];
const fieldOf = (form) => form.querySelector("textarea");
const stripOf = (form) => form.querySelector(".suggestions");
let sent = () => {};

export function listen(whenSent) {
  sent = whenSent;
  document.addEventListener("input", ({ target }) => {
    if (target.matches("[data-composer] textarea")) typed(target.form);
  });
  document.addEventListener("keydown", onKeyDown);
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-composer]")) return;
    event.preventDefault();
    send(event.target);
  });
  document.addEventListener("mousedown", onMouseDown);
  document.addEventListener("focusout", ({ target }) => {
    if (target.matches("[data-composer] textarea")) hide(target.form);
  });
  document.addEventListener("click", ({ target }) => {
    const prompt = target.closest("[data-prompt]");
    if (prompt) sendText(prompt.dataset.prompt, "");
  });
}

const draftKey = (form) => `draft ${page.base} ${page.channel} ${form.dataset.threadTs}`;

export function restoreDraft(form) {
  const field = fieldOf(form);
  field.value ||= sessionStorage.getItem(draftKey(form)) ?? ""; // somebody may be typing already
  fit(form);
}

function typed(form) {
  sessionStorage.setItem(draftKey(form), fieldOf(form).value);
  fit(form);
  suggest(form);
}

function fit(form) {
  const field = fieldOf(form);
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, 240)}px`;
  form.querySelector(".send").disabled = field.value.trim() === "";
}

async function send(form) {
  const field = fieldOf(form);
  const text = field.value.trim();
  if (!text) return;
  field.value = "";
  typed(form);
  const answer = await sendText(text, form.dataset.threadTs);
  if (answer.error && field.value === "") {
    field.value = text;
    typed(form);
  }
}

async function sendText(text, threadTs) {
  const answer = await post("say", { channel: page.channel, text, thread_ts: threadTs || null });
  if (answer.ts) sent(answer.ts, threadTs);
  return answer;
}

function onKeyDown(event) {
  if (!event.target.matches("[data-composer] textarea") || event.isComposing) return;
  const form = event.target.form;
  if (!stripOf(form).hidden && suggestionKey(event, form)) return event.preventDefault();
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    send(form);
  }
}

// --- suggestions

function wordBeforeCaret(field) {
  const before = field.value.slice(0, field.selectionStart);
  for (const trigger of TRIGGERS) {
    const found = trigger.exec(before);
    if (found) return found[1];
  }
  return "";
}

function suggest(form) {
  const field = fieldOf(form);
  const word = wordBeforeCaret(field);
  const inThread = form.dataset.threadTs && word.startsWith("/");
  const found = word && !inThread ? aids[word[0]].filter((each) => fits(each, word)).slice(0, 8) : [];
  const strip = stripOf(form);
  strip.replaceChildren(...found.map(row));
  strip.hidden = found.length === 0;
  if (found.length) activate(strip, strip.firstElementChild);
}

function fits({ insert }, word) {
  const [name, typed] = [insert.toLowerCase(), word.toLowerCase()];
  return name.startsWith(typed);
}

function row({ insert, hint = "", about = "", by = "" }, index) {
  const made = document.createElement("li");
  made.className = "suggestion";
  made.id = `suggestion-${index}`;
  made.setAttribute("role", "option");
  made.dataset.insert = insert;
  for (const [name, text] of Object.entries({ insert, hint, about, by })) {
    if (!text) continue;
    const span = document.createElement("span");
    span.className = `suggestion-${name}`;
    span.textContent = text;
    made.append(span);
  }
  return made;
}

function activate(strip, option) {
  for (const each of strip.children) each.setAttribute("aria-selected", String(each === option));
  option.scrollIntoView({ block: "nearest" });
}

function suggestionKey(event, form) {
  const strip = stripOf(form);
  const active = strip.querySelector("[aria-selected=true]");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    const rows = [...strip.children];
    activate(strip, rows[(rows.indexOf(active) + step + rows.length) % rows.length]);
    return true;
  }
  if (event.key === "Escape") {
    event.stopImmediatePropagation();
    hide(form);
    return true;
  }
  const isWhole = active.dataset.insert.toLowerCase() === wordBeforeCaret(fieldOf(form)).toLowerCase();
  if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !isWhole)) {
    insert(form, active.dataset.insert);
    return true;
  }
  return false;
}

function insert(form, text) {
  const field = fieldOf(form);
  const start = field.selectionStart - wordBeforeCaret(field).length;
  field.setRangeText(`${text} `, start, field.selectionStart, "end");
  typed(form);
  field.focus();
}

function hide(form) {
  stripOf(form).hidden = true;
}

function onMouseDown(event) {
  const option = event.target.closest(".suggestion");
  if (!option) return;
  event.preventDefault();
  insert(option.closest("form"), option.dataset.insert);
}
