// A small way to write elements.

type Child = Node | string | null | undefined | false;

type Props<K extends keyof HTMLElementTagNameMap> = {
  [P in keyof HTMLElementTagNameMap[K]]?: HTMLElementTagNameMap[K][P] | undefined;
} & { attrs?: Record<string, string> };

/** An element with its properties, attributes (`attrs`) and children. Texts are never read as HTML. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props<K> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  const { attrs, ...plain } = props;
  for (const [name, value] of Object.entries(plain)) {
    if (value !== undefined) Reflect.set(node, name, value);
  }
  for (const [name, value] of Object.entries(attrs ?? {})) node.setAttribute(name, value);
  node.append(...children.filter((child): child is Node | string => Boolean(child) || child === ""));
  return node;
}

/** The element of the page with this id. */
export function byId<T extends HTMLElement>(id: string, kind: new () => T): T {
  const node = document.getElementById(id);
  if (!(node instanceof kind)) throw new Error(`the page has no ${kind.name} with the id ${id}`);
  return node;
}

let count = 0;

/** An id that no other element has. */
export function freshId(stem: string): string {
  count += 1;
  return `${stem}-${count}`;
}
