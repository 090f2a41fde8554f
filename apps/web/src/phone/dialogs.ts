import { unstableSetRender } from 'antd-mobile';
import { createRoot, type Root } from 'react-dom/client';

const roots = new WeakMap<Element | DocumentFragment, Root>();

// Toasts and dialogs that are called by name draw with a way that React 19 no longer has, unless they are told the new one.
unstableSetRender((node, container) => {
  const root = roots.get(container) ?? createRoot(container as Element);
  roots.set(container, root);
  root.render(node);
  return async () => {
    await Promise.resolve();
    root.unmount();
    roots.delete(container);
  };
});
