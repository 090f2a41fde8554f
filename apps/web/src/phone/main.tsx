import '../house/house.css';
import './phone.css';
import './dialogs.ts';
import { speakChinese } from '@jieyou/core/shared/messages.ts';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { Fragment, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { makeQueries, nameStyles, reloadOnceAfterUpdate } from '../house/platform.ts';
import { isCarrying } from '../house/pocket.ts';
import { SessionProvider } from '../house/session.tsx';
import { router } from './router.tsx';

speakChinese();
nameStyles();
reloadOnceAfterUpdate();
const queries = makeQueries();
const root = document.getElementById('root');

const start = async () => {
  if (root === null) return;
  // A phone that carries something asks for its PIN first, with or without network.
  const Gate = isCarrying() ? (await import('../pocket/PocketGate.tsx')).PocketGate : Fragment;
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <Gate>
          <SessionProvider>
            <RouterProvider router={router} />
          </SessionProvider>
        </Gate>
      </QueryClientProvider>
    </StrictMode>,
  );
};
void start();
