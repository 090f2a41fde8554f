/** Short messages at the top of the page. Ant Design's own `App` would bring dialogs and notifications to the first page as well. */
import { message } from 'antd';
import { createContext, type ReactNode, useContext } from 'react';

type Messages = ReturnType<typeof message.useMessage>[0];

const Context = createContext<Messages | null>(null);

/** Gives the pages inside it their messages. */
export function MessageProvider({ children }: { readonly children: ReactNode }) {
  const [messages, holder] = message.useMessage({ maxCount: 3 });
  return (
    <Context.Provider value={messages}>
      {holder}
      {children}
    </Context.Provider>
  );
}

/** The messages of this page. */
export const useMessages = (): Messages => {
  const messages = useContext(Context);
  if (messages === null) throw new Error('no MessageProvider around this page');
  return messages;
};
