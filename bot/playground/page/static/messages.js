// What can be done to a message: react, edit, delete, stop.

import { post } from "./net.js";

const whereOf = (element) => {
  const { channel, ts } = element.closest("article").dataset;
  return { channel, ts };
};

export function listen() {
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKeyDown);
}

function onClick({ target }) {
  const button = target.closest("button");
  if (!button) return;
  const { react, edit } = button.dataset;
  if (react) post("react", { ...whereOf(button), name: react });
  else if (edit !== undefined) startEditing(button.closest("article"), edit);
  else if ("delete" in button.dataset) remove(button);
  else if ("stop" in button.dataset) post("stop", whereOf(button));
}

function remove(button) {
  if (confirm("Delete this message? This cannot be undone.")) post("delete", whereOf(button));
}

function startEditing(article, text) {
  if (article.querySelector(".edit-form")) return;
  const form = document.createElement("form");
  form.className = "edit-form";
  const field = document.createElement("textarea");
  field.className = "field";
  field.value = text;
  field.setAttribute("aria-label", "Edit message");
  form.append(field);
  const body = article.querySelector(".body");
  const shown = [...body.childNodes];
  body.replaceChildren(form);
  form.addEventListener("reset", () => {
    article.classList.remove("editing");
    body.replaceChildren(...shown);
  });
  article.classList.add("editing");
  field.focus();
}

async function onKeyDown(event) {
  if (!event.target.matches(".edit-form textarea")) return;
  const article = event.target.closest("article");
  if (event.key === "Escape") {
    event.stopImmediatePropagation();
    event.target.form.reset();
    article.focus();
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    const text = event.target.value.trim();
    event.target.form.className = "edit-sent";
    if (text) await post("edit", { ...whereOf(article), text });
  }
}
