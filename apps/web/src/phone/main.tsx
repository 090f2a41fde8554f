import '../house/house.css';
import './phone.css';
import './dialogs.ts';
import { speakChinese } from '@jieyou/core/shared/messages.ts';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { makeQueries, nameStyles, reloadOnceAfterUpdate } from '../house/platform.ts';
import { SessionProvider } from '../house/session.tsx';
import { router } from './router.tsx';

speakChinese();
nameStyles();
reloadOnceAfterUpdate();
const queries = makeQueries();
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <SessionProvider>
          <RouterProvider router={router} />
        </SessionProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
