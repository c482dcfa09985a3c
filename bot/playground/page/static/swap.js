// Puts new HTML in place of old without losing the scroll position, the focus or what is being typed.

const sources = new WeakMap();
const NEAR = 60;

export function remember(container) {
  for (const child of container.children) sources.set(child, child.outerHTML);
}

export function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return [...template.content.children];
}

// Children are told apart by data-key; those whose HTML is unchanged are left alone.
export function swapChildren(container, html) {
  const scroller = container.closest("[data-scroller]");
  const sticks = scroller && isAtEnd(scroller);
  const focus = focusIn(container);
  const old = new Map([...container.children].map((child) => [child.dataset.key, child]));
  const wanted = parse(html).map((fresh) => chooseNode(old.get(fresh.dataset.key), fresh));
  for (const child of [...container.children]) if (!wanted.includes(child)) child.remove();
  wanted.forEach((node, index) => {
    if (container.children[index] !== node) container.insertBefore(node, container.children[index] ?? null);
  });
  focus();
  if (sticks) scrollToEnd(scroller);
}

function chooseNode(kept, fresh) {
  const source = fresh.outerHTML;
  if (kept && (sources.get(kept) === source || isBusy(kept))) return kept;
  sources.set(fresh, source);
  if (kept) carryEntries(kept, fresh);
  return fresh;
}

function isBusy(node) {
  return node.querySelector('.edit-form, [role="combobox"][aria-expanded="true"], .overflow-button[aria-expanded="true"]');
}

export function swapInside(container, html) {
  const focus = focusIn(container);
  const top = container.scrollTop;
  const fresh = document.createElement("div");
  fresh.append(...parse(html));
  carryEntries(container, fresh);
  carryOpen(container, fresh);
  container.replaceChildren(...fresh.childNodes);
  container.scrollTop = top;
  focus();
}

// Inputs that were touched move over as they are, where the new form still has them.
export function carryEntries(from, to) {
  for (const old of from.querySelectorAll("[data-input][data-dirty]")) {
    const { blockId, actionId, element } = old.dataset;
    const fresh = to.querySelector(
      `[data-input][data-block-id="${CSS.escape(blockId)}"][data-action-id="${CSS.escape(actionId)}"]`,
    );
    if (fresh && fresh.dataset.element === element) fresh.replaceWith(old);
  }
}

function carryOpen(from, to) {
  const old = [...from.querySelectorAll("details")];
  [...to.querySelectorAll("details")].forEach((fresh, index) => {
    fresh.open = old[index]?.open ?? fresh.open;
  });
}

// Remembers what is focused and returns a function that focuses its successor.
export function focusIn(container) {
  const active = document.activeElement;
  if (!active || active === container || !container.contains(active)) return () => {};
  const key = active.closest("[data-key]")?.dataset.key;
  const { selectionStart: start, selectionEnd: end } = active;
  return () => {
    const again = active.isConnected ? active : successor(container, key, active);
    if (!again || document.activeElement === again) return;
    again.focus({ preventScroll: true });
    if (typeof start === "number" && again.setSelectionRange && /^(text|search|url)?$/.test(again.type)) {
      again.setSelectionRange(start, end);
    }
  };
}

function successor(container, key, active) {
  const root = key ? container.querySelector(`[data-key="${CSS.escape(key)}"]`) : container;
  if (!root) return null;
  if (active.id) return root.querySelector(`#${CSS.escape(active.id)}`);
  const { actionId, value } = active.dataset;
  if (!actionId) return active.matches("article") ? root : null;
  const same = `[data-action-id="${CSS.escape(actionId)}"]`;
  return root.querySelector(`${same}[data-value="${CSS.escape(value ?? "")}"]`) ?? root.querySelector(same);
}

export function isAtEnd(scroller) {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
}

export function scrollToEnd(scroller) {
  scroller.scrollTop = scroller.scrollHeight;
}

// A picture that arrives late must not push the newest message out of sight.
export function stayAtEnd() {
  const atEnd = new WeakMap();
  const note = ({ target }) => target.matches?.("[data-scroller]") && atEnd.set(target, isAtEnd(target));
  document.addEventListener("scroll", note, { capture: true, passive: true });
  const settle = ({ target }) => {
    const scroller = target.closest?.("[data-scroller]");
    if (scroller && atEnd.get(scroller) !== false) scrollToEnd(scroller);
  };
  document.addEventListener("load", settle, { capture: true });
}
