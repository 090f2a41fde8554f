/** Everything that every desk page stands on. */
import { speakChinese } from '@jieyou/core/shared/messages.ts';
import { QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { type ReactNode, useMemo } from 'react';
import { MessageProvider } from './messages.tsx';
import { useNarrow, useStill } from './narrow.ts';
import { csp, makeQueries } from './platform.ts';
import { SessionProvider } from './session.tsx';
import { themeOf } from './theme.ts';

dayjs.locale('zh-cn');
speakChinese();
const queries = makeQueries();

/** Theme, words, queries and session. */
export function Providers({ children }: { readonly children: ReactNode }) {
  const [narrow, still] = [useNarrow(), useStill()];
  const theme = useMemo(() => themeOf(narrow, still), [narrow, still]);
  return (
    <ConfigProvider
      theme={theme}
      locale={zhCN}
      button={{ autoInsertSpace: false }}
      csp={csp()}
      variant="outlined"
      wave={{ disabled: still }}
    >
      <MessageProvider>
        <QueryClientProvider client={queries}>
          <SessionProvider>{children}</SessionProvider>
        </QueryClientProvider>
      </MessageProvider>
    </ConfigProvider>
  );
}
