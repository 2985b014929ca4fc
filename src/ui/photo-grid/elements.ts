/** Elements of the page by id and selector; one that is missing is a mistake of ours, found by the first test. */

type Kind<E extends Element> = new () => E;

export function byId<E extends Element>(id: string, kind: Kind<E>): E {
  return checked(document.getElementById(id), kind, id);
}

export function within<E extends Element>(root: ParentNode, selector: string, kind: Kind<E>): E {
  return checked(root.querySelector(selector), kind, selector);
}

function checked<E extends Element>(element: Element | null, kind: Kind<E>, name: string): E {
  if (element instanceof kind) return element;
  throw new Error(`The page has no ${name}.`);
}
